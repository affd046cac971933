"""When a pair is to meet: a time that suits both, and who is asked to plan one when none is.

Pure; instants are UTC seconds. product.md, section 3.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.rules import working_hours
from storage.records import WorkingHours
from storage.records.mentorships import CheckinRhythm, Goal

LENGTHS = (30, 45, 60)  # minutes; product.md, section 3.3
AGENDA_MAX = 2000  # characters
HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY
# product.md, section 3.4
FIRST_WITHIN = 10 * DAY
PLANNED_WITHIN = 14 * DAY
NEXT_ASKED_AFTER = WEEK
# How often a pair means to meet, in seconds; on demand is no rhythm.
PERIODS = {
    CheckinRhythm.WEEKLY: WEEK,
    CheckinRhythm.FORTNIGHTLY: 2 * WEEK,
    CheckinRhythm.MONTHLY: 30 * DAY,
    CheckinRhythm.QUARTERLY: 91 * DAY,
}
_GRID = 1800  # seconds between two times that are tried
_LOOK_AHEAD = 3 * WEEK


def period(rhythm: CheckinRhythm | None) -> int:
    """How many seconds from one check-in to the next by the rhythm; none where there is none."""
    return PERIODS.get(rhythm, 0) if rhythm else 0


class Step(IntEnum):
    """Who was asked last to plan a check-in; a new gap begins with NOBODY."""

    NOBODY = 0
    MENTEE = 1
    MENTOR = 2
    BOTH = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """What the rule needs to know of a pair.

    `met_at`: when their last check-in ended (None: never met); `quiet_until`: before then nobody is
    asked, as they have just settled something, or rested.
    """

    rhythm: CheckinRhythm | None
    started_at: int
    planned: bool = False
    paused: bool = False
    met_at: int | None = None
    quiet_until: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom to ask now, as the step it is, and when to look again (None: not in this gap)."""

    step: Step
    next_at: int | None


def first_asked_at(pair: Pair) -> int | None:
    """When the mentee is asked to plan, if nothing is planned until then; None: never."""
    if pair.planned or pair.paused or pair.rhythm is None:
        return None
    if pair.met_at is None:
        asked_at = pair.started_at + FIRST_WITHIN
    elif pair.rhythm is CheckinRhythm.ON_DEMAND:
        return None
    else:
        asked_at = pair.met_at + min(PLANNED_WITHIN, PERIODS[pair.rhythm])
    return max(asked_at, pair.quiet_until or 0)


def ask_now(pair: Pair, step: Step, now: int) -> Ask | None:
    """Whom to ask now that the clock has come to it; None if nobody is to be.

    The mentor, and then both, are asked a week later each, and not before the agreed rhythm is
    over: who meets once a quarter is not late after a month.
    """
    if step is Step.BOTH or first_asked_at(pair) is None:
        return None
    asked = Step(step + 1)
    if asked is Step.BOTH:
        return Ask(asked, None)
    later = now + NEXT_ASKED_AFTER
    if pair.met_at is not None and pair.rhythm in PERIODS:
        grace = 0 if asked is Step.MENTEE else NEXT_ASKED_AFTER
        later = max(later, pair.met_at + PERIODS[pair.rhythm] + grace)
    return Ask(asked, later)


def reminders(starts_at: int, now: int, hours: WorkingHours) -> list[tuple[int, int]]:
    """Somebody's reminders of a check-in that are still to come: which it is, and when.

    `which` (the `occasion` of the nudge) holds the time it is for, so that a check-in that was
    moved is reminded of anew. The one a day before comes sooner where that day is free, as before a
    Monday: nothing is said outside somebody's working hours.
    """
    day, hour = starts_at - DAY, starts_at - HOUR
    due = ((1, _last_worked(hours, day, now)), (2, hour))
    return [(starts_at * 10 + number, due_at) for number, due_at in due if due_at > now]


def _last_worked(hours: WorkingHours, at: int, now: int) -> int:
    """The last half hour up to `at` in which they work; `at` itself if none is left from `now`."""
    for back in range(at, max(now, at - WEEK), -_GRID):
        if working_hours.working(hours, back):
            return back
    return at


def reminded_of(occasion: int) -> int:
    """When the check-in starts that a reminder is for."""
    return occasion // 10


def next_slot(one: WorkingHours, other: WorkingHours, after: int, minutes: int) -> int:
    """The first half hour from `after` on at which both work, for so long.

    Rather one before which both have worked an hour, so that they are reminded; at a quarter to or
    past where only that suits both, as some zones are that far apart; where the two never work at
    the same time within three weeks, `one`'s own next working hour.
    """
    first = -(-after // _GRID) * _GRID
    for early, apart in ((HOUR, _GRID), (0, _GRID), (0, _GRID // 2)):
        for starts_at in range(first, first + _LOOK_AHEAD, apart):
            span = (starts_at - early, starts_at + 60 * minutes)
            if all(_works_through(hours, *span) for hours in (one, other)):
                return starts_at
    return -(-working_hours.next_start(one, first) // _GRID) * _GRID


def _works_through(hours: WorkingHours, begins: int, ends: int) -> bool:
    return working_hours.worked_between(hours, begins, ends) == ends - begins


def agenda_from(goals: Sequence[Goal]) -> str:
    """The mentee's open goals, a line each; as many as an agenda holds."""
    lines = [f"- {goal.words}" for goal in goals]
    while lines and len("\n".join(lines)) > AGENDA_MAX:
        lines = lines[:-1]
    return "\n".join(lines)
