"""What a person sees of being an expert: the form, the pause."""

from collections.abc import Sequence

from bot.rules.working_hours import DAYS, days_text, hours_text
from bot.views.blocks import (
    Message,
    Modal,
    choice_of,
    date,
    field_of,
    option,
    plain,
    safe,
    section,
    text_input,
)
from bot.views.help import say
from storage.records import Expert, Topic, WorkingHours
from storage.records.profiles import Profile

EXPERT_FORM = "members.expert_form"
CAPACITY = 3  # consults a week, unless they say otherwise
CAPACITY_MAX = 50
# A pause without a date is stored as one of fifty years; nobody names a date this far away.
FAR_AWAY = 20 * 365 * 24 * 3600


def expert_form(
    topics: Sequence[Topic],
    expert: Expert | None,
    left_out: Sequence[str],
    profile: Profile | None = None,
) -> Modal:
    """Where somebody says which topics they take questions on, and when.

    Who is no expert yet begins from their `profile`.
    """
    known = expert or profile
    hours = known.hours if known else WorkingHours()
    held = [str(topic.id) for topic in expert.topics] if expert else []
    if not topics:
        return Modal(
            "Take questions",
            [section("There are no topics yet. Those who run the programme add them.")],
        )
    blocks = [
        field_of(
            "topics",
            "Topics you take questions on",
            choice_of("multi_static_select", [option(t.name, str(t.id)) for t in topics], held),
            hint="To stop taking questions, take them all away.",
            optional=True,
        ),
        field_of(
            "about",
            "One line about you",
            text_input(known.about if known else "", longest=200),
            optional=True,
        ),
        field_of("capacity", "Questions a week at most", _capacity(expert)),
        field_of("starts", "From", time_picker(hours.starts), hint="In your own time zone."),
        field_of("ends", "To", time_picker(hours.ends)),
        field_of(
            "days",
            "Days",
            choice_of(
                "checkboxes",
                [option(name.capitalize(), str(day)) for day, name in enumerate(DAYS, 1)],
                [str(day) for day in hours.days],
            ),
        ),
        field_of(
            "left_out",
            "People never to match me with",
            {"type": "multi_users_select", "placeholder": plain("Nobody")}
            | ({"initial_users": list(left_out)} if left_out else {}),
            optional=True,
            hint="A supervisor, a conflict of interest. Nobody is told.",
        ),
    ]
    return Modal("Take questions", blocks, EXPERT_FORM, "Save")


def _capacity(expert: Expert | None) -> dict[str, object]:
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(CAPACITY_MAX),
        "initial_value": str(expert.capacity if expert else CAPACITY),
    }


def time_picker(minutes: int) -> dict[str, object]:
    """A time of day to choose, from minutes after midnight."""
    # A time picker ends at 23:59; midnight at the end of a day is shown, and read back, as that.
    return {"type": "timepicker", "initial_time": hours_text(min(minutes, 24 * 60 - 1))}


def expert_saved(expert: Expert | None) -> Message:
    """Says what is stored now."""
    if expert is None:
        return say("You take no questions now. `/mentor expert` is there if you would like to.")
    topics = ", ".join(safe(topic.name) for topic in expert.topics)
    hours = f"{hours_text(expert.hours.starts)}–{hours_text(expert.hours.ends)}"
    return say(
        f"Thank you! You take questions on {topics}: up to {expert.capacity} a week,"
        f" {days_text(expert.hours.days)}, {hours}. `/mentor pause` gives you a rest,"
        " `/mentor expert` changes it."
    )


def pause_of(expert: Expert | Profile, now: int) -> str:
    """How long they rest, as the end of a sentence; empty if they don't at `now`."""
    until = expert.paused_until or 0
    if until <= now:
        return ""
    return "paused" if until > now + FAR_AWAY else f"paused until {date(until)}"


def paused(until: int | None) -> Message:
    """Says how long the rest lasts."""
    if until is None:
        return say("You are paused: no questions and no reminders until you say `/mentor resume`.")
    return say(
        f"You are paused until {date(until)}: no questions and no reminders. `/mentor resume` ends"
        " it earlier."
    )


def resumed() -> Message:
    """Says that the rest is over."""
    return say("Welcome back! Questions and reminders reach you again.")


def misread_pause() -> Message:
    """Says how a pause is written."""
    return say(
        "I could not read that date. Please write it like `/mentor pause until friday`,"
        " `/mentor pause until 2027-01-15` or `/mentor pause 2 weeks`. To ask it as a question,"
        " end it with a question mark."
    )
