"""Whether a nudge may reach somebody now, and if not, why and until when."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules import working_hours
from storage.records import WorkingHours


class Because(StrEnum):
    """Why a nudge is held back or was dropped."""

    OUT_OF_HOURS = "out_of_hours"
    TOO_LATE = "too_late"
    NO_LONGER = "no_longer"


@dataclass(frozen=True, slots=True)
class Hold:
    """What holds a nudge, and until when (UTC seconds)."""

    because: Because
    until: int


def may_disturb(hours: WorkingHours, now: int) -> Hold | None:
    """None if a nudge may go out now, else what holds it."""
    if working_hours.working(hours, now):
        return None
    return Hold(Because.OUT_OF_HOURS, max(working_hours.next_start(hours, now), now + 1))
