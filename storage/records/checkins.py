"""Check-ins: dated meetings of a pair, their notes and commitments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    change. `due_at`: when the clock next has to do with it; `moved_from`: when it was to start
    before it was last moved; `changed_by`: who last moved or cancelled it; `told_by`: who said
    whether it took place (None: nobody).
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
    moved_from: int | None = None
    changed_by: str | None = None
    told_by: str | None = None

    @property
    def ends_at(self) -> int:
        """When it is over, as planned."""
        return self.starts_at + 60 * self.minutes


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


@dataclass(frozen=True, slots=True)
class CheckinDraft:
    """A check-in as the form has it: when it starts, how many minutes long, the agenda as typed."""

    starts_at: int
    minutes: int
    agenda: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """What one of the two will do, as typed, and by which local date if it was said."""

    words: str
    by_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of a check-in afterwards.

    `held` None: not asked, as it is known. `shared` is for both, `own` for nobody else; `mine` and
    `theirs`: what each will do; `settled`: what became of earlier commitments, by id; `progress`:
    quarters reached of each goal, by id; `next_at`: when the next check-in starts (None: not said).
    """

    held: bool | None = None
    shared: str = ""
    own: str = ""
    mine: Promised | None = None
    theirs: Promised | None = None
    settled: Mapping[int, CommitmentState] = field(default_factory=dict)
    progress: Mapping[int, int] = field(default_factory=dict)
    next_at: int | None = None
    next_minutes: int = 30
