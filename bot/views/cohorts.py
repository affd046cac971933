"""What a person sees of a cohort matched in one go: the wish, the proposal, what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.matching import CHOICES, Fault, Why, WhyLeft
from bot.views.blocks import (
    SECTION_MAX,
    Block,
    Message,
    Modal,
    actions,
    button,
    choice_of,
    context,
    counted,
    field_of,
    joined,
    option,
    plain,
    safe,
    section,
    user,
    users_select,
)
from bot.views.circles import people
from bot.views.help import say
from bot.views.message import Line, message
from bot.views.profiles import MENTEES_MAX
from storage.records.cohorts import Cohort, CohortState, Left, MatchWish, ProposedPair, Side
from storage.records.mentorships import Mentorship
from storage.records.profiles import Need

WISH = "cohort.wish"
NO_WISH = "cohort.no_wish"
ASK = "cohort.ask"
APPROVE = "cohort.approve"
DISCARD = "cohort.discard"
CHANGE = "cohort.change"
ALL = "cohort.all"
WISH_FORM = "cohort.wish_form"
CHANGE_FORM = "cohort.change_form"

TITLE = "Match me"
# A message's `text` holds 3900 characters; the pairs get what the sentences around them leave.
PAIRS_ROOM, LEFT_ROOM = 2200, 900
PAIRS_SHOWN = 30
BLOCKS_MOST = 70  # full ones in a modal: Slack takes 250 KB
NAMED = 20  # people of one reason
MENDED = 10  # pairs in a refusal
BY_HAND = "taken out by hand"

SIDES = {Side.MENTEE: "Find me a mentor", Side.MENTOR: "I would mentor somebody"}
ORDINALS = ("first", "second", "third", "fourth", "fifth")

# What an admin reads after "Mentees without a mentor" and "Mentors without a mentee".
WHY_MENTEE = {
    WhyLeft.NOBODY: "there is no mentor in the round",
    WhyLeft.NO_TOPIC: "no mentor offers what they look for",
    WhyLeft.NOT_TOGETHER: "those who fit can't be brought together with them, or are already",
    WhyLeft.NO_ROOM: "those who fit have no room",
    WhyLeft.OTHER_WAY: "those who fit could rather be mentored by them",
    WhyLeft.TAKEN: "those who fit have other mentees now, and no more room",
}
WHY_MENTOR = {
    WhyLeft.OWN_ROOM: "they have as many mentees as they would take",
    WhyLeft.NOBODY: "there is no mentee in the round",
    WhyLeft.NO_TOPIC: "no mentee looks for what they offer",
    WhyLeft.NOT_TOGETHER: WHY_MENTEE[WhyLeft.NOT_TOGETHER],
    WhyLeft.OTHER_WAY: "those who fit could rather mentor them",
    WhyLeft.TAKEN: "those who fit have other mentors now",
}
WHY = {Side.MENTEE: WHY_MENTEE, Side.MENTOR: WHY_MENTOR}
WITHOUT = {Side.MENTEE: "Mentees without a mentor", Side.MENTOR: "Mentors without a mentee"}
# What the person hears; whom they are kept apart from, and who said no, is never told.
OTHERS = "those who fit best were not free this time"
TOLD_MENTEE = {
    WhyLeft.NOBODY: "there was no mentor in this round",
    WhyLeft.NO_TOPIC: "nobody in this round offers what you look for",
}
TOLD_MENTOR = {
    WhyLeft.OWN_ROOM: "you have as many mentees as your profile says you would take",
    WhyLeft.NOBODY: "there was no mentee in this round",
    WhyLeft.NO_TOPIC: "nobody in this round looked for what you offer",
}
TOLD = {Side.MENTEE: TOLD_MENTEE, Side.MENTOR: TOLD_MENTOR}


@dataclass(frozen=True, slots=True)
class ToWish:
    """What the form needs: the needs to choose from, and what they said before.

    `capacity`: how many they would mentor at a time, by their profile.
    """

    needs: Sequence[Need]
    wishes: Mapping[Side, MatchWish]
    capacity: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A cohort as its admin sees it: what speaks for each pair, and what is wrong with it now.

    Both by mentee; `topics` are names by id.
    """

    cohort: Cohort
    whys: Mapping[str, Why] = field(default_factory=dict)
    faults: Mapping[str, Sequence[Fault]] = field(default_factory=dict)
    topics: Mapping[int, str] = field(default_factory=dict)


def wish_form(shown: ToWish) -> Modal:
    """Where somebody says that they would like to be matched, and with whom."""
    mentee, mentor = (shown.wishes.get(side) for side in Side)
    blocks = [
        section(
            "In a round, mentees and mentors are matched all at once, from what both sides would"
            " like. Whoever is matched hears of it, and nothing begins before the two have signed"
            " an agreement."
        ),
        field_of(
            "sides",
            "In the next round",
            choice_of(
                "checkboxes",
                [option(words, side.value) for side, words in SIDES.items()],
                [side.value for side in shown.wishes],
            ),
        ),
        *_as_mentee(shown.needs, mentee),
        *_as_mentor(shown.capacity, mentor),
        context("Those who run the programme see whom you named, and nobody else does."),
    ]
    if shown.wishes:
        blocks.append(actions(button("Take me out of the round", NO_WISH, "mine")))
    return Modal(TITLE, blocks, WISH_FORM, "Save")


def _as_mentee(needs: Sequence[Need], own: MatchWish | None) -> list[Block]:
    blocks = []
    if needs:
        options = [option(need.name, need.id) for need in needs]
        chosen = [own.need] if own and own.need else []
        blocks.append(
            field_of(
                "need",
                "For a mentee: what do you look for?",
                choice_of("static_select", options, chosen),
                optional=True,
                hint="Left open, what you would like to learn by your profile counts.",
            )
        )
    label = "Mentors you would like, in order of preference"
    return [*blocks, _choices("mentors", label, own)]


def _as_mentor(capacity: int, own: MatchWish | None) -> list[Block]:
    number: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(MENTEES_MAX),
    }
    if capacity:
        number["initial_value"] = str(capacity)
    return [
        field_of(
            "capacity",
            "For a mentor: how many mentees would you have at a time?",
            number,
            optional=True,
            hint="Those you have already count. It changes your profile, too.",
        ),
        _choices("mentees", "Mentees you would like, in order of preference", own),
    ]


def _choices(name: str, label: str, own: MatchWish | None) -> Block:
    element: Block = {
        "type": "multi_users_select",
        "placeholder": plain("Anybody"),
        "max_selected_items": len(CHOICES),
    }
    if own and own.choices:
        element["initial_users"] = list(own.choices)
    hint = f"Up to {len(CHOICES)}, the dearest first. They have to take part as well."
    return field_of(name, label, element, optional=True, hint=hint)


def wished() -> Message:
    """What somebody sees who would like to be matched."""
    return say(
        "Thank you! You hear from the bot once the next round is matched, whether there is somebody"
        " for you or not. Until then you can change this or take it back here."
    )


def not_wished() -> Message:
    """What somebody sees who would not like to be matched any more."""
    return say("Done: you are not in the next round. You can come back to it at any time.")


def asked(admin: str) -> Message:
    """What an admin sees who has asked for pairs."""
    return say(f"{user(admin)}, the proposal comes into your messages with the bot.")


def proposal(seen: Seen) -> Message:
    """What an admin sees: working, the pairs to approve, or what became of them."""
    cohort = seen.cohort
    if cohort.state is CohortState.RUNNING:
        return say("Matching those who would like a mentor or a mentee. This message changes.")
    if cohort.state is CohortState.DISCARDED:
        return say("This proposal is discarded; nobody was told.")
    without = [sum(each.side is side for each in cohort.left) for side in Side]
    left = f"{counted(without[0], 'mentee')} and {counted(without[1], 'mentor')} without one"
    if cohort.state is CohortState.APPROVED:
        return say(
            f"{counted(len(cohort.pairs), 'pair')} matched; both of each have heard from the bot,"
            f" and write their agreement now. {left} have heard why."
        )
    value = str(cohort.id)
    wrong = f" *{counted(len(seen.faults), 'pair')} to mend.*" if seen.faults else ""
    lines: list[Line] = [
        f"*{counted(len(cohort.pairs), 'pair')}* proposed; {left}.{wrong}",
        *_first(_pairs(seen), PAIRS_SHOWN, PAIRS_ROOM),
        *_first(_left(cohort.left), len(WHY_MENTEE) + len(WHY_MENTOR), LEFT_ROOM),
        "Nothing is sent before you approve. Then both of each pair hear of one another and write"
        " an agreement; whoever has nobody hears why, and stays on the list.",
    ]
    return message(
        lines,
        [
            button("Approve", APPROVE, value, style="primary"),
            button("Change a pair", CHANGE, value),
            button("See everything", ALL, value),
            button("Discard", DISCARD, value, style="danger"),
        ],
    )


def everything(seen: Seen) -> Modal:
    """All pairs and all who are left, where a message has no room for them."""
    lines = [*_pairs(seen), *_left(seen.cohort.left)]
    blocks: list[Block] = []
    part = ""
    for line in lines:
        if len(part) + len(line) >= SECTION_MAX:
            blocks.append(section(part))
            part = ""
        part += f"\n{line}" if part else line
    blocks += [section(part or "Nobody would like to be matched.")]
    if len(blocks) > BLOCKS_MOST:
        blocks = [*blocks[:BLOCKS_MOST], context("There are more than fit here.")]
    return Modal("The proposal", blocks)


def _first(lines: Sequence[str], most: int, room: int) -> list[str]:
    """As many as there is room for, and how many more there are."""
    told: list[str] = []
    for line in lines[:most]:
        if sum(map(len, told)) + len(line) > room:
            break
        told.append(line)
    rest = len(lines) - len(told)
    return [*told, f"… and {rest} more: *See everything* shows them."] if rest else told


def _pairs(seen: Seen) -> list[str]:
    """A line for each pair: those to mend first, then the weakest, which are worth a look."""
    pairs = sorted(seen.cohort.pairs.values(), key=lambda pair: pair.mentee not in seen.faults)
    return [_pair(seen, pair) for pair in pairs]


def _pair(seen: Seen, pair: ProposedPair) -> str:
    known = seen.whys.get(pair.mentee)
    reasons = why_of(known, seen.topics) if known else "not known any more"
    broken = "; ".join(fault.value for fault in seen.faults.get(pair.mentee, ()))
    warning = f" *To mend:* {broken}." if broken else ""
    return f"{user(pair.mentee)} with {user(pair.mentor)}: {reasons}.{warning}"


def why_of(why: Why, topics: Mapping[int, str]) -> str:
    """What speaks for a pair, in words for an admin."""
    told = _named(why)
    names = [safe(topics[each]) for each in why.topics if each in topics]
    if names:
        told.append(joined(names[:3]) + (" and more" if len(names) > 3 else ""))  # noqa: PLR2004 - the first three
    if why.ahead is not None:
        told.append(_stages(why.ahead))
    told += ["another discipline"] if why.other_discipline else []
    told += ["another site"] if why.other_site else []
    return "; ".join(told) or "neither has named anybody or anything"


def _named(why: Why) -> list[str]:
    if why.mentee_rank == why.mentor_rank == 1:
        return ["each is the other's first choice"]
    ranks = (("mentee", why.mentee_rank), ("mentor", why.mentor_rank))
    return [f"the {who}'s {ORDINALS[rank - 1]} choice" for who, rank in ranks if rank]


def _stages(ahead: int) -> str:
    if not ahead:
        return "the same career stage"
    stages = "a stage" if abs(ahead) == 1 else f"{abs(ahead)} stages"
    return f"the mentor is {stages} {'ahead' if ahead > 0 else 'behind'}"


def _left(left: Iterable[Left]) -> list[str]:
    reasons: dict[tuple[Side, str], list[str]] = {}
    for each in left:
        reasons.setdefault((each.side, each.why), []).append(each.user)
    return [
        f"{WITHOUT[side]} ({_because(side, why)}): {_some(users)}."
        for (side, why), users in sorted(reasons.items())
    ]


def _because(side: Side, why: str) -> str:
    return WHY[side][WhyLeft(why)] if why in set(WhyLeft) else why


def _some(users: Sequence[str]) -> str:
    if len(users) <= NAMED:
        return people(users)
    return f"{', '.join(user(each) for each in users[:NAMED])} and {len(users) - NAMED} more"


def to_mend(cohort: Cohort, faults: Mapping[str, Sequence[Fault]]) -> str:
    """Says which pairs can't be approved, and why."""
    named = [
        f"{user(mentee)} with {user(cohort.pairs[mentee].mentor)}: "
        + "; ".join(fault.value for fault in broken)
        for mentee, broken in faults.items()
    ]
    more = f" … and {len(named) - MENDED} more." if len(named) > MENDED else ""
    return (
        "Nothing was sent: something has changed meanwhile. *Change a pair* mends it. "
        + ". ".join(named[:MENDED])
        + f".{more}"
    )


def change_form(cohort: Cohort) -> Modal:
    """Where an admin gives a mentee another mentor, or nobody."""
    return Modal(
        "Change a pair",
        [
            field_of("mentee", "Mentee", users_select("mentee", "Somebody of the proposal")),
            field_of(
                "mentor",
                "Mentor",
                users_select("mentor", "Nobody"),
                optional=True,
                hint="Somebody who would mentor in this round. Left open, the mentee has nobody.",
            ),
        ],
        CHANGE_FORM,
        "Change",
        str(cohort.id),
    )


def paired(mentorship: Mentorship, me: str, need: str | None, topics: Sequence[str]) -> Message:
    """What one of a new pair hears; `topics` are for both of them."""
    other = user(mentorship.other(me))
    mine = me == mentorship.mentee
    found = "you have a mentor" if mine else "you have a mentee"
    whose = "You look for" if mine else "They look for"
    lines: list[Line] = [f"The round is matched, and {found}: {other}."]
    if need:
        lines.append(f"{whose}: {safe(need)}.")
    if topics:
        lines.append(f"Topics for both of you: {joined([safe(each) for each in topics[:5]])}.")
    lines.append(
        "Say hello! The card that comes with this has the next step. If it does not suit you,"
        " either of you can end it there with one click; no reason is asked."
    )
    return message(lines)


def without(left: Sequence[Left]) -> Message:
    """What somebody hears for whom there is nobody this time, on one side or on both."""
    lines: list[Line] = ["The round is matched, and this time there is nobody for you:"]
    for each in left:
        known = WhyLeft(each.why) if each.why in set(WhyLeft) else None
        told = TOLD[each.side].get(known, OTHERS) if known else OTHERS
        lines.append(f"• as a {each.side.value}, because {told}.")
    if any(each.side is Side.MENTEE for each in left):
        lines.append("`/mentor find` shows mentors whom you can ask at any time.")
    lines.append("You stay on the list for the next round.")
    return message(lines, [button("Change what I would like", WISH, "mine")])
