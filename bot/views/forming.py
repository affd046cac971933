"""What a person sees of circles formed in one go: the wish, the proposal, what became of it."""

from collections.abc import Mapping, Sequence

from bot.rules.grouping import LEAST, Fault, Meeting, Rule, WhyLeft
from bot.rules.working_hours import DAYS, hours_text
from bot.views.blocks import (
    SECTION_MAX,
    Block,
    Message,
    Modal,
    actions,
    button,
    choice_of,
    counted,
    date,
    field_of,
    option,
    safe,
    section,
    text_input,
    user,
    users_select,
)
from bot.views.circles import FIND, GROUND_RULES, LEAVE, STAGES, people, rhythm_of
from bot.views.help import say
from bot.views.message import Line, message
from storage.records import Circle, CircleWish, FormingState, ProposedForming, Topic

WISH = FIND
NO_WISH = "forming.no_wish"
ASK = "forming.ask"
APPROVE = "forming.approve"
DISCARD = "forming.discard"
MOVE = "forming.move"
WISH_FORM = "forming.wish_form"
MOVE_FORM = "forming.move_form"
SEE_ALL = "forming.see_all"

# Groups in the message, people without one for each reason, and groups to mend beyond these: with
# more, `text` could not carry it all.
SHOWN, MORE_TO_MEND = 8, 3
PAGE_BLOCKS = 95  # of a hundred in a modal
EARLIEST, LATEST = 7, 20  # hours of the day that can be chosen

BY_HAND = "taken out by hand"
# As an admin reads it of others, and as each of them reads it.
WHY = {
    WhyLeft.NO_FREE_HOUR: "they named no hour at which they could meet",
    WhyLeft.FEW_OF_STAGE: "too few of a like career stage would like a circle",
    WhyLeft.FEW_AT_ONCE: "too few of a like career stage are free at one of their hours",
    WhyLeft.KEPT_APART: "those who could meet with them are not to be brought together",
    WhyLeft.NO_PLACE: "those who could meet with them are in other circles, which are full",
    BY_HAND: BY_HAND,
}
WHY_YOU = {
    WhyLeft.NO_FREE_HOUR: "you named no hour at which you could meet",
    WhyLeft.FEW_OF_STAGE: "too few people at a career stage like yours would like a circle yet",
    WhyLeft.FEW_AT_ONCE: "too few people at a career stage like yours are free when you are",
    # Whom somebody asked not to be brought together with is nobody's to guess.
    WhyLeft.KEPT_APART: "too few people at a career stage like yours could meet when you could",
    WhyLeft.NO_PLACE: "those who could meet when you could are in other circles, which are full",
    BY_HAND: "those who run the programme have not found the right company for you yet",
}


def wish_form(topics: Sequence[Topic], own: CircleWish | None, wishing: int) -> Modal:
    """Where somebody says that they would like a circle, and when they could meet."""
    wanted = own or CircleWish("")
    hours = [option(f"{hours_text(h * 60)}–{hours_text(h * 60 + 60)}", str(h)) for h in _HOURS]
    blocks = [
        section(
            "The people who run the programme form circles of those who would like one: of a like"
            " career stage, free at the same time, and different otherwise."
        ),
        field_of(
            "stage",
            "Career stage",
            choice_of(
                "static_select",
                [option(words.capitalize(), each.value) for each, words in STAGES.items()],
                [wanted.stage.value] if wanted.stage else [],
            ),
            optional=True,
        ),
        field_of(
            "days",
            "Days on which you could meet",
            choice_of(
                "checkboxes",
                [option(name.capitalize(), str(day)) for day, name in enumerate(DAYS, 1)],
                [str(day) for day in wanted.days],
            ),
        ),
        field_of(
            "hours",
            "Times of day, in your own time zone",
            choice_of("multi_static_select", hours, [str(hour) for hour in wanted.hours]),
        ),
        field_of(
            "discipline",
            "Discipline",
            text_input(wanted.discipline, longest=60, example="Nursing, pharmacy, medicine"),
            optional=True,
        ),
        field_of("site", "Site", text_input(wanted.site, longest=60), optional=True),
    ]
    if topics:
        options = [option(topic.name, str(topic.id)) for topic in topics]
        chosen = [str(topic_id) for topic_id in wanted.topic_ids]
        blocks.append(
            field_of(
                "topics",
                "Topics",
                choice_of("multi_static_select", options, chosen),
                optional=True,
            )
        )
    if own:
        blocks.insert(1, section(f"You would like one. {_why_not_yet(wishing)}"))
        blocks.append(actions(button("I no longer want one", NO_WISH, "mine")))
    return Modal("Find me a circle", blocks, WISH_FORM, "Save")


_HOURS = range(EARLIEST, LATEST)


def wished(wishing: int) -> Message:
    """What somebody sees who would like a circle, as so many do."""
    return say(
        "Thank you! You hear from the bot as soon as a circle is formed with you in it."
        f" {_why_not_yet(wishing)}"
    )


def _why_not_yet(wishing: int) -> str:
    if wishing < LEAST:
        return f"No new circle yet: {_opted_in(wishing)}, {LEAST} are needed."
    return (
        f"So far {_opted_in(wishing)}, which is enough to begin: it waits for those who run the"
        " programme to form circles."
    )


def _opted_in(count: int) -> str:
    return "1 person has opted in" if count == 1 else f"{count} people have opted in"


def not_wished() -> Message:
    """What somebody sees who would like none any more."""
    return say(
        "Done: you are not looked a circle for any more. `/mentor circles` shows those open."
    )


def proposal(
    proposed: ProposedForming,
    meetings: Mapping[int, Meeting],
    faults: Mapping[int, Sequence[Fault]],
) -> Message:
    """What an admin sees: working, the groups to approve, or what became of them."""
    if proposed.state is FormingState.RUNNING:
        return say("Looking for circles among those who would like one. This message changes.")
    if proposed.state is FormingState.DISCARDED:
        return say("This proposal is discarded; nobody was told.")
    inside = sum(len(users) for _, users in proposed.groups.values())
    if proposed.state is FormingState.APPROVED:
        formed = sum(1 for _, users in proposed.groups.values() if users)
        return say(
            f"{counted(formed, 'circle')} formed with {inside} people; each has heard from the bot."
        )
    if not proposed.groups and not proposed.left:
        return say(
            "Nobody would like a circle yet. `/mentor circles` has *Find me a circle*: tell people"
            " of it, and ask for circles again."
        )
    return message(_proposed(proposed, meetings, faults), _decisions(proposed))


def _proposed(
    proposed: ProposedForming,
    meetings: Mapping[int, Meeting],
    faults: Mapping[int, Sequence[Fault]],
) -> list[Line]:
    inside = sum(len(users) for _, users in proposed.groups.values())
    groups = _groups(proposed, meetings, faults)
    # One that breaks a rule is shown, wherever it stands: it has to be mended.
    shown = groups[:SHOWN] + [
        line
        for number, line in zip(proposed.groups, groups, strict=True)
        if number in faults and line not in groups[:SHOWN]
    ]
    shown = shown[: SHOWN + MORE_TO_MEND]
    lines: list[Line] = [
        f"*{counted(len(proposed.groups), 'circle')}* for {inside} people;"
        f" {len(proposed.left)} without one. They meet every two weeks; the dates are those of the"
        " first time if you approve today.",
        *shown,
    ]
    if len(proposed.left) < LEAST and not inside:
        lines.append(f"No new circle: {_opted_in(len(proposed.left))}, {LEAST} are needed.")
    if len(groups) > len(shown):
        lines.append(f"… and {len(groups) - len(shown)} more: *See all of it*.")
    lines += _left(proposed, SHOWN)
    lines.append(
        "Each of them hears: “You are in a circle with …”, when it meets first, what circles agree"
        " on, and how to leave. Whoever has none hears why. Nothing is sent before you approve."
    )
    return lines


def _decisions(proposed: ProposedForming) -> list[Block]:
    value = str(proposed.id)
    return [
        button("Approve", APPROVE, value, style="primary"),
        button("Move or swap", MOVE, value),
        button("See all of it", SEE_ALL, value),
        button("Discard", DISCARD, value, style="danger"),
    ]


def whole_proposal(
    proposed: ProposedForming,
    meetings: Mapping[int, Meeting],
    faults: Mapping[int, Sequence[Fault]],
) -> Modal:
    """Every group and everybody without one, on one page."""
    pages: list[str] = []
    for line in [*_groups(proposed, meetings, faults), *_left(proposed, len(proposed.left))]:
        for part in _parts(line):
            if pages and len(pages[-1]) + len(part) < SECTION_MAX:
                pages[-1] += f"\n{part}"
            else:
                pages.append(part)
    return Modal("Proposed circles", [section(page) for page in pages[:PAGE_BLOCKS]])


def _parts(line: str) -> list[str]:
    """A line of many people in parts that a block holds."""
    parts = [""]
    for word in line.split(" "):
        if len(parts[-1]) + len(word) >= SECTION_MAX - 1:
            parts.append("")
        parts[-1] += f"{word} "
    return [part.rstrip() for part in parts]


def _groups(
    proposed: ProposedForming,
    meetings: Mapping[int, Meeting],
    faults: Mapping[int, Sequence[Fault]],
) -> list[str]:
    lines = []
    for number, (_, users) in proposed.groups.items():
        broken = "; ".join(sorted({_broken(fault) for fault in faults.get(number, ())}))
        warning = f" *To mend:* it should hold that {broken}." if broken else ""
        meets = f" First {date(meetings[number].starts_at)}:" if number in meetings else ""
        lines.append(f"*{number}.*{meets} {people(users) or 'nobody'}.{warning}")
    return lines


def _broken(fault: Fault) -> str:
    """The rule, and who breaks it where it is not the whole group."""
    if fault.rule in (Rule.HOUR, Rule.KNOWN):
        return f"{fault.rule.value}, which is not so of {people(fault.users)}"
    return fault.rule.value


def _left(proposed: ProposedForming, most: int) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for each, why in proposed.left.items():
        reasons.setdefault(why, []).append(each)
    return [
        f"Without one ({WHY.get(why, why)}): {people(users[:most])}"
        + (f" … and {len(users) - most} more." if len(users) > most else ".")
        for why, users in sorted(reasons.items())
    ]


def move_form(proposed: ProposedForming) -> Modal:
    """Where an admin puts somebody into another group, or has two change places."""
    return Modal(
        "Move or swap",
        [
            field_of("user", "Who", users_select("user", "Somebody of the proposal")),
            field_of(
                "other",
                "Changes places with",
                users_select("other", "Somebody of the proposal"),
                optional=True,
                hint="Left open, they only move.",
            ),
            field_of(
                "number",
                "Or goes into group",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "1",
                    "max_value": str(max(proposed.groups, default=1)),
                },
                optional=True,
                hint="With both left open, they are in none.",
            ),
        ],
        MOVE_FORM,
        "Save",
        str(proposed.id),
    )


def formed(circle: Circle, users: Sequence[str], reader: str) -> Message:
    """What somebody hears who is in a new circle."""
    others = people([each for each in users if each != reader])
    lines: list[Line] = [
        f"You are in a circle with {others}: *{safe(circle.name)}*, which meets"
        f" {rhythm_of(circle)}. The bot asks you into its channel.",
        "What we agree on:",
        *GROUND_RULES,
        "If it does not suit you, leave with one click; no reason is asked.",
    ]
    return message(lines, [button("Leave", LEAVE, str(circle.id))])


def without_one(why: str) -> Message:
    """What somebody hears who has none this time."""
    return message(
        [
            f"No circle could be formed for you this time: {WHY_YOU.get(why, why)}. You stay on the"
            " list for the next; more times at which you could meet help most.",
        ],
        [button("Change when I could meet", WISH, "mine")],
    )


def asked(admin: str) -> Message:
    """What an admin sees who has asked for circles."""
    return say(f"{user(admin)}, the proposal comes into your messages with the bot.")
