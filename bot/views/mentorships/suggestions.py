"""Suggested mentors and the reasons in words; the forms in which a mentor is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules.pairing import Bar, Differs, Suggested, Suggestion
from bot.views.blocks import (
    Block,
    Modal,
    actions,
    button,
    context,
    counted,
    cut,
    field_of,
    joined,
    option,
    safe,
    section,
    text_input,
    user,
)
from bot.views.circles import STAGES
from bot.views.cohorts import WISH as MATCH_ME
from bot.views.mentorships import ids
from bot.views.message import Line
from storage.records import CareerStage
from storage.records.profiles import Need, Profile

NOTE_MAX = 1500
TITLE = "Find a mentor"
AHEAD = {1: "a career stage", 2: "two career stages"}
WHERE = {
    CareerStage.EARLY: "early in my career",
    CareerStage.MID: "in the middle of my career",
    CareerStage.LATE: "late in my career",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """Mentors suggested for a need; `names`: the topics spoken of, by id."""

    need: Need
    suggested: Suggested
    names: Mapping[int, str]


def find_form(needs: Mapping[CareerStage, Sequence[Need]]) -> Modal:
    """Where a mentee picks the need they look for a mentor for."""
    known = {stage: those for stage, those in needs.items() if those}
    if not known:
        return Modal(TITLE, [section("There are no needs to choose from yet.")])
    groups = [
        {
            "label": {"type": "plain_text", "text": STAGES[stage].capitalize(), "emoji": False},
            "options": [option(need.name, cut(need.id, 75)) for need in those[:100]],
        }
        for stage, those in known.items()
    ]
    blocks = [
        section(
            "Nobody's needs are met by one mentor. Pick one need; you see three people who could"
            " help with it, and why these."
        ),
        field_of(
            "need",
            "What would you like a mentor for?",
            {"type": "static_select", "option_groups": groups},
            hint="" if len(known) == 1 else "/mentor profile is where you say your stage.",
        ),
        context("Or let those who run the programme match you, from both sides' wishes:"),
        actions(button("Match me in the next round", MATCH_ME, "mine")),
    ]
    return Modal(TITLE, blocks, ids.FIND_FORM, "Show me")


def suggestions(offered: Offered) -> Modal:
    """Three mentors for a need, each with the reasons and a button to ask them."""
    lines, buttons = offered_lines(offered)
    heading, *rest = [line for line in lines if isinstance(line, str)]
    blocks = [section(heading)]
    asks = iter(buttons)
    for number, line in enumerate(rest):
        blocks.append(section(line))
        if number < len(offered.suggested.those):
            blocks.append(actions(next(asks)))
    left = list(asks)
    return Modal(TITLE, [*blocks, *([actions(*left)] if left else [])])


def offered_lines(offered: Offered) -> tuple[list[Line], list[Block]]:
    """Those suggested in sentences, and a button each; or why there is nobody."""
    need, those = safe(offered.need.name), offered.suggested.those
    if not those:
        return list(_nobody(offered)), [button("Another need", ids.FIND, ids.ANY_NEED)]
    count = "Somebody" if len(those) == 1 else f"{counted(len(those), 'person').capitalize()}"
    count = count.replace("persons", "people")
    lines: list[Line] = [f"{count} who could help with “{need}”:"]
    buttons = []
    for number, each in enumerate(those, 1):
        lines.append(f"{number}. {user(each.mentor.user)}: {reasons(each, offered.names)}")
        value = f"{each.mentor.user}/{offered.need.id}"
        buttons.append(button(f"Ask no. {number}", f"{ids.REQUEST}.{number}", value))
    return lines, buttons


def reasons(each: Suggestion, names: Mapping[int, str]) -> str:
    """Why this person, as a sentence."""
    offers = [_topics(each.fits, names), _topics(each.also, names)]
    why = [f"offers {offers[0]}"] if each.fits else []
    if each.also:
        why.append(f"offers {offers[1]} too, which you seek")
    if each.ahead and each.ahead > 0:
        why.append(f"{AHEAD[each.ahead]} ahead of you")
    elif each.ahead == 0:
        why.append("at your own career stage")
    why.append(f"room for {counted(each.room, 'mentee')}")
    told = f"{'; '.join(why)}."
    return f"{told} {_different(each)}" if each.differs else told


def _topics(topics: Sequence[int], names: Mapping[int, str]) -> str:
    return joined([safe(names[each]) for each in topics if each in names][:3])


def _different(each: Suggestion) -> str:
    if each.differs is Differs.DISCIPLINE:
        kind = f"another discipline ({safe(each.mentor.discipline)})"
    else:
        kind = f"another site ({safe(each.mentor.site)})"
    return f"Different on purpose: from {kind}; one often learns more from another perspective."


def _nobody(offered: Offered) -> list[str]:
    topics = [safe(name) for name in offered.names.values()][:5]
    who = f"offers {' or '.join(topics)}" if topics else "is a mentor here"
    why = {
        Bar.NO_ROOM: f"Nobody who {who} has room for one more mentee just now.",
        Bar.TOGETHER: f"You are in touch with everybody who {who} already.",
        Bar.NOT_OFFERED: f"Nobody who {who} has said yet that they would be a mentor.",
    }
    return [
        f"For “{safe(offered.need.name)}” there is nobody at the moment."
        f" {why[offered.suggested.why_none or Bar.NOT_OFFERED]}",
        "What you can do: ask a single question with `/mentor how do I …?`, meet peers with"
        " `/mentor circles`, ask somebody you know with `/mentor with @colleague`, or try another"
        " need. Those who run the programme can ask for more mentors.",
    ]


def request_form(mentor: str, profile: Profile, need: Need | None) -> Modal:
    """Where a mentee asks a mentor, with a note to begin from."""
    if need is None:
        return Modal(TITLE, [section("This need is not there any more. Please choose another.")])
    blocks = [
        section(f"You ask {user(mentor)} to be your mentor for “{safe(need.name)}”."),
        field_of(
            "note",
            "Your words to them",
            text_input(drafted_note(profile, need), multiline=True, longest=NOTE_MAX),
            hint="Drafted from your profile; change what you like.",
        ),
        context("They can accept, meet first or decline. You can take it back at any time."),
    ]
    return Modal("Ask a mentor", blocks, ids.REQUEST_FORM, "Send", f"{mentor}/{need.id}")


def drafted_note(profile: Profile, need: Need) -> str:
    """What a mentee could write, from what they have said of themselves; as typed words."""
    told = []
    works = " at ".join(each for each in (profile.discipline, profile.site) if each)
    if works:
        works = f"in {works}" if profile.discipline else f"at {works}"
    stands = WHERE[profile.stage] if profile.stage else ""
    if stands or works:
        told.append(f"I am {', '.join(each for each in (stands, works) if each)}.")
    if profile.about:
        told.append(profile.about.rstrip(".") + ".")
    told.append(f"I am looking for a mentor for: {need.name}. {need.about}".strip())
    if profile.seeks:
        told.append(f"I would like to learn about {joined([t.name for t in profile.seeks][:5])}.")
    told.append("Would you have time for a first talk?")
    return cut("\n".join(told), NOTE_MAX)
