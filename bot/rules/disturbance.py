"""Whether a nudge may reach somebody now, and if not, why and until when. product.md, section 4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.rules import working_hours
from storage.records import WorkingHours
from storage.records.nudges import KindState, Nudge, NudgeKind

DAY = 24 * 3600
WEEK = 7 * DAY
WEEKLY_LIMIT = 3
IGNORED_LIMIT = 3


class Because(StrEnum):
    """Why a nudge is held back or was dropped."""

    OUT_OF_HOURS = "out_of_hours"
    PAUSED = "paused"
    DO_NOT_DISTURB = "do_not_disturb"
    ENOUGH_THIS_WEEK = "enough_this_week"
    IGNORED = "ignored"
    TURNED_OFF = "turned_off"
    SNOOZED = "snoozed"
    DONE = "done"
    TOO_LATE = "too_late"
    NO_LONGER = "no_longer"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody whom a nudge would reach.

    `quiet`: from when until when they are in do-not-disturb; `sent`: when nudges of any kind
    reached them, oldest first, the last week at least; `kinds`: how each kind stands with them (ON
    where it is not in it); `ignored`: how many of a kind in a row they did nothing about.
    """

    hours: WorkingHours = field(default_factory=WorkingHours)
    here: bool = True
    paused_until: int | None = None
    quiet: tuple[int, int] | None = None
    sent: tuple[int, ...] = ()
    kinds: Mapping[NudgeKind, KindState] = field(default_factory=dict)
    ignored: Mapping[NudgeKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hold:
    """What holds a nudge, and until when (UTC seconds)."""

    because: Because
    until: int


@dataclass(frozen=True, slots=True)
class Drop:
    """Why a nudge is never said."""

    because: Because


@dataclass(frozen=True, slots=True)
class AskFirst:
    """Ask whether they want this kind at all, instead of the nudge."""


def may_disturb(person: Person, nudge: Nudge, now: int) -> Hold | Drop | AskFirst | None:
    """None if the nudge may go out now, else what becomes of it.

    What would be held until it is no longer worth saying is dropped at once.
    """
    never = _never(person, nudge, now)
    if never:
        return Drop(never)
    if person.kinds.get(nudge.kind) is KindState.ASKED:
        return Hold(Because.IGNORED, nudge.until)
    hold = held(person, now)
    if hold:
        return hold if hold.until < nudge.until else Drop(Because.TOO_LATE)
    return AskFirst() if person.ignored.get(nudge.kind, 0) >= IGNORED_LIMIT else None


def _never(person: Person, nudge: Nudge, now: int) -> Because | None:
    if not person.here:
        return Because.LEFT
    if person.kinds.get(nudge.kind) is KindState.OFF:
        return Because.TURNED_OFF
    return Because.TOO_LATE if now >= nudge.until else None


def held(person: Person, now: int) -> Hold | None:
    """What keeps everything from somebody now, whatever its kind."""
    if (person.paused_until or 0) > now:
        return Hold(Because.PAUSED, person.paused_until or now)
    if person.quiet and person.quiet[0] <= now < person.quiet[1]:
        return Hold(Because.DO_NOT_DISTURB, person.quiet[1])
    if not working_hours.working(person.hours, now):
        start = working_hours.next_start(person.hours, now)
        return Hold(Because.OUT_OF_HOURS, max(start, now + 1))
    lately = [at for at in person.sent if at > now - WEEK]
    if len(lately) >= WEEKLY_LIMIT:
        return Hold(Because.ENOUGH_THIS_WEEK, lately[-WEEKLY_LIMIT] + WEEK)
    return None
