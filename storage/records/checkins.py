"""Check-ins: dated meetings of a pair, their notes and commitments."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.records import CommitmentState


class CheckinState(StrEnum):
    """PLANNED until its end; HELD once somebody says so or nobody says otherwise."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Checkin:
    """A dated meeting of a pair. `minutes` long; `agenda` as typed.

    `uid` and `sequence` are its calendar entry's: one id for ever, a number that rises with each
    change. `due_at`: when the clock next has to do with it.
    """

    id: int
    mentorship_id: int
    proposed_by: str
    starts_at: int
    minutes: int
    agenda: str
    state: CheckinState
    uid: str
    sequence: int = 0
    due_at: int | None = None


@dataclass(frozen=True, slots=True)
class CheckinNote:
    """What one of the two wrote about a check-in: for both if `shared`, else for themselves."""

    checkin_id: int
    user: str
    words: str
    shared: bool


@dataclass(frozen=True, slots=True)
class CheckinCommitment:
    """What one of the two said they would do, and by which local date if they said so."""

    id: int
    checkin_id: int
    user: str
    words: str
    state: CommitmentState
    by_on: date | None = None
