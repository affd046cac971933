"""What becomes of the nudges that are due to somebody: said now, later or never, and why.

product.md, section 4. Instants are UTC seconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules import working_hours
from bot.rules.nudges import Thing
from storage.records import WorkingHours
from storage.records.nudges import KindState, Nudge, NudgeKind

DAY = 24 * 3600
WEEK = 7 * DAY
WEEKLY_LIMIT = 3
IGNORED_LIMIT = 3
# Working time that somebody has to do something about a nudge, before they have ignored it.
IGNORED_AFTER = 8 * 3600


class Because(StrEnum):
    """Why a nudge is held back or was dropped."""

    OUT_OF_HOURS = "out_of_hours"
    PAUSED = "paused"
    DO_NOT_DISTURB = "do_not_disturb"
    ENOUGH_THIS_WEEK = "enough_this_week"
    IGNORED = "ignored"
    TURNED_OFF = "turned_off"
    DONE = "done"
    TOO_LATE = "too_late"
    NO_LONGER = "no_longer"
    UNDELIVERED = "undelivered"
    LEFT = "left"


class Snooze(StrEnum):
    """How long a nudge can be put off by who reads it."""

    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind stands with somebody.

    `answered_at`: when they last did something about one, or said how they want them (0: never);
    `unanswered`: when those were said that they did nothing about, the newest few in any order.
    """

    state: KindState = KindState.ON
    answered_at: int = 0
    unanswered: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody whom a nudge would reach.

    `quiet`: from when until when they are in do-not-disturb; `sent`: when nudges of any kind
    reached them, oldest first, the last week at least; `kinds`: as `Kind()` where not in it.
    """

    hours: WorkingHours = field(default_factory=WorkingHours)
    here: bool = True
    paused_until: int | None = None
    quiet: tuple[int, int] | None = None
    sent: tuple[int, ...] = ()
    kinds: Mapping[NudgeKind, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Send:
    """It goes out now."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What holds a nudge, and when it is decided about anew: never later than it is worth saying.

    It is not known before: a pause or do-not-disturb may end early, hours may change.
    """

    because: Because
    until: int


@dataclass(frozen=True, slots=True)
class Drop:
    """Why a nudge is never said."""

    because: Because


@dataclass(frozen=True, slots=True)
class AskFirst:
    """Ask whether they want this kind at all, in the place of the nudge, which is held."""


Decision = Send | Hold | Drop | AskFirst


def decide(person: Person, due: Sequence[Nudge], now: int) -> list[tuple[Nudge, Decision]]:
    """What becomes of everything that is due to somebody now, the most important first.

    What goes out counts for what comes after it.
    """
    decided: list[tuple[Nudge, Decision]] = []
    for nudge in sorted(due, key=lambda each: (each.importance, each.due_at, each.id)):
        decision = may_disturb(person, nudge, now)
        if isinstance(decision, Send | AskFirst):
            person = replace(person, sent=(*person.sent, now))
        if isinstance(decision, AskFirst):
            asked = {nudge.kind: Kind(KindState.ASKED, now)}
            person = replace(person, kinds={**person.kinds, **asked})
        decided.append((nudge, decision))
    return decided


def may_disturb(person: Person, nudge: Nudge, now: int) -> Decision:
    """What becomes of one nudge that is due."""
    never = _never(person, nudge, now)
    if never:
        return Drop(never)
    hold = _silent(person, nudge) or held(person, now)
    if hold:
        return Hold(hold.because, min(hold.until, nudge.until))
    return AskFirst() if _ignored(person, nudge, now) else Send()


def _never(person: Person, nudge: Nudge, now: int) -> Because | None:
    if not person.here:
        return Because.LEFT
    if _kind(person, nudge).state is KindState.OFF:
        return Because.TURNED_OFF
    return Because.TOO_LATE if now >= nudge.until else None


def _silent(person: Person, nudge: Nudge) -> Hold | None:
    """What holds everything of a kind of which they were asked whether to keep it."""
    asked = _kind(person, nudge).state is KindState.ASKED
    return Hold(Because.IGNORED, nudge.until) if asked and nudge.thing != Thing.KEEP else None


def _ignored(person: Person, nudge: Nudge, now: int) -> bool:
    """Whether they did nothing about so many of the kind, in a row, though they had the time."""
    if nudge.thing == Thing.KEEP:
        return False
    kind = _kind(person, nudge)
    since = [
        at
        for at in kind.unanswered
        if at > kind.answered_at and working_hours.after(person.hours, at, IGNORED_AFTER) <= now
    ]
    return len(since) >= IGNORED_LIMIT


def _kind(person: Person, nudge: Nudge) -> Kind:
    return person.kinds.get(nudge.kind, Kind())


def held(person: Person, now: int) -> Hold | None:
    """What keeps everything from somebody now, whatever its kind."""
    if (person.paused_until or 0) > now:
        return Hold(Because.PAUSED, person.paused_until or now)
    if person.quiet and person.quiet[0] <= now < person.quiet[1]:
        return Hold(Because.DO_NOT_DISTURB, person.quiet[1])
    if not working_hours.working(person.hours, now):
        start = working_hours.next_start(person.hours, now)
        # Who never works is looked at again in a week: they may have said when they do.
        return Hold(Because.OUT_OF_HOURS, start if start > now else now + WEEK)
    lately = sorted(at for at in person.sent if at > now - WEEK)
    if len(lately) >= WEEKLY_LIMIT:
        return Hold(Because.ENOUGH_THIS_WEEK, lately[-WEEKLY_LIMIT] + WEEK)
    return None


def earliest(person: Person, nudge: Nudge) -> int:
    """When a nudge that waits can come at the earliest, as things stand."""
    at = max(nudge.look_at or 0, nudge.due_at)
    return working_hours.next_start(person.hours, at)


def again_at(hours: WorkingHours, wanted: Snooze, now: int) -> int:
    """When a snoozed nudge is due: as their first working day from then on begins."""
    today = datetime.fromtimestamp(now, working_hours.zone_of(hours.zone)).date()
    days = 1 if wanted is Snooze.TOMORROW else 7 - today.weekday()
    midnight = working_hours.instant(today + timedelta(days=days), 0, hours.zone)
    return working_hours.next_start(hours, midnight)


def quiet_span(*, on: bool, starts: int, ends: int) -> tuple[int, int] | None:
    """Do-not-disturb as Slack tells of it: from when until when; None where it is off."""
    return (starts, ends) if on and starts < ends else None
