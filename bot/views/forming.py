"""What a person sees of circles formed in one go: the wish, the proposal, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.rules.grouping import LEAST, Fault, WhyLeft
from bot.rules.working_hours import DAYS, hours_text
from bot.views.blocks import (
    Message,
    Modal,
    actions,
    button,
    choice_of,
    counted,
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

SHOWN = 30  # groups in the message
EARLIEST, LATEST = 7, 20  # hours of the day that can be chosen

WHY = {
    WhyLeft.NO_FREE_HOUR: "named no hour at which they could meet",
    WhyLeft.FEW_OF_STAGE: "too few of a like career stage would like a circle",
    WhyLeft.FEW_AT_ONCE: "too few of a like career stage are free at one of their hours",
    WhyLeft.KEPT_APART: "those who could meet with them are not to be brought together",
    WhyLeft.NO_PLACE: "those who could meet with them are in other circles, which are full",
}
BY_HAND = "taken out by hand"


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


def proposal(proposed: ProposedForming, faults: Mapping[int, Sequence[Fault]]) -> Message:
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
    lines: list[Line] = [
        f"*{counted(len(proposed.groups), 'circle')}* for {inside} people;"
        f" {len(proposed.left)} without one."
    ]
    if len(proposed.left) < LEAST and not inside:
        lines.append(f"No new circle: {_opted_in(len(proposed.left))}, {LEAST} are needed.")
    for number, (hour, users) in list(proposed.groups.items())[:SHOWN]:
        broken = "; ".join(sorted({fault.rule.value for fault in faults.get(number, ())}))
        warning = f" *To mend:* it should hold that {broken}." if broken else ""
        lines.append(f"*{number}.* {_hour(hour)}: {people(users) or 'nobody'}.{warning}")
    if len(proposed.groups) > SHOWN:
        lines.append(f"… and {len(proposed.groups) - SHOWN} more.")
    lines += _left(proposed)
    lines.append(
        "Each of them hears: “You are in a circle with …”, when it meets first, what circles agree"
        " on, and how to leave. Whoever has none hears why. Nothing is sent before you approve."
    )
    value = str(proposed.id)
    return message(
        lines,
        [
            button("Approve", APPROVE, value, style="primary"),
            button("Move somebody", MOVE, value),
            button("Discard", DISCARD, value, style="danger"),
        ],
    )


def _left(proposed: ProposedForming) -> list[Line]:
    reasons: dict[str, list[str]] = {}
    for each, why in proposed.left.items():
        reasons.setdefault(why, []).append(each)
    return [
        f"Without one, because they {_because(why)}: {people(users[:SHOWN])}."
        if why in set(WhyLeft) and WhyLeft(why) is WhyLeft.NO_FREE_HOUR
        else f"Without one ({_because(why)}): {people(users[:SHOWN])}."
        for why, users in sorted(reasons.items())
    ]


def _because(why: str) -> str:
    return WHY[WhyLeft(why)] if why in set(WhyLeft) else why


def _hour(hour: int) -> str:
    day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hour)  # a Monday
    return f"{day:%A} at {day:%H:%M} UTC"


def move_form(proposed: ProposedForming) -> Modal:
    """Where an admin puts somebody into another group."""
    return Modal(
        "Move somebody",
        [
            field_of("user", "Who", users_select("user", "Somebody of the proposal")),
            field_of(
                "number",
                "Into group",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "1",
                    "max_value": str(max(proposed.groups, default=1)),
                },
                optional=True,
                hint="Left open, they are in none.",
            ),
        ],
        MOVE_FORM,
        "Move",
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
            f"No circle could be formed for you this time: {_because(why)}. You stay on the list"
            " for the next; more times at which you could meet help most.",
        ],
        [button("Change when I could meet", WISH, "mine")],
    )


def asked(admin: str) -> Message:
    """What an admin sees who has asked for circles."""
    return say(f"{user(admin)}, the proposal comes into your messages with the bot.")
