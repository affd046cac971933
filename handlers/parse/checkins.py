"""The forms of check-ins as plain values."""

from typing import Any

from bot.errors import Unusable
from bot.rules.checkins import AGENDA_MAX, LENGTHS
from bot.views.checkins.forms import NOTE_MAX, PROMISE_MAX
from bot.views.goals import PROGRESS
from handlers import parse
from storage.records.checkins import CheckinDraft, Promised, Told
from storage.records.mentorships import CheckinRhythm

Body = dict[str, Any]


def draft(body: Body) -> CheckinDraft:
    """A check-in, as the form has it. Raises Unusable."""
    starts_at = parse.moment(body, "when")
    if starts_at is None:
        raise Unusable("when", "Please choose a date and a time.")
    agenda = parse.text(body, "agenda", longest=AGENDA_MAX)
    return CheckinDraft(starts_at, _minutes(body, "minutes"), agenda)


def told(body: Body) -> Told:
    """What somebody tells of a check-in, as the form has it. Raises Unusable."""
    held = parse.choices(body, "held")
    return Told(
        held=held == ["yes"] if held else None,
        shared=parse.text(body, "shared", longest=NOTE_MAX),
        own=parse.text(body, "own", longest=NOTE_MAX),
        mine=_promised(body, "mine"),
        theirs=_promised(body, "theirs"),
        settled=parse.commitments(body),
        progress=_progress(body),
        next_at=parse.moment(body, "next"),
        next_minutes=_minutes(body, "next_minutes"),
    )


def rhythm(body: Body) -> CheckinRhythm:
    """The rhythm chosen. Raises Unusable."""
    said = parse.choices(body, "rhythm")
    if not said or said[0] not in set(CheckinRhythm):
        raise Unusable("rhythm", "Please choose one.")
    return CheckinRhythm(said[0])


def colleague(body: Body) -> str:
    """With whom, where the form asks for it. Raises Unusable."""
    chosen = parse.users(body, "user")
    if not chosen:
        raise Unusable("user", "Please choose a colleague.")
    return chosen[0]


def _minutes(body: Body, name: str) -> int:
    chosen = parse.ids(body, name)
    return chosen[0] if chosen else LENGTHS[0]


def _promised(body: Body, name: str) -> Promised | None:
    words, by_on = (
        parse.text(body, name, longest=PROMISE_MAX),
        parse.day_if_said(body, f"{name}_by"),
    )
    if by_on and not words:
        raise Unusable(name, "Please write what, or leave the date open too.")
    return Promised(words, by_on) if words else None


def _progress(body: Body) -> dict[int, int]:
    """How far each goal is, in quarters, as far as it was said."""
    found = {
        goal_id: parse.ids(body, f"goal-{goal_id}") for goal_id in parse.ids_with(body, "goal-")
    }
    return {goal: said[0] for goal, said in found.items() if said and said[0] < len(PROGRESS)}
