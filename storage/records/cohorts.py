"""Cohorts: who would like to be matched with whom, and the pairs proposed from that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Side(StrEnum):
    """On which side of a pair somebody would like to be; some would like both."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class CohortState(StrEnum):
    """RUNNING is worked on, DRAFT waits for an admin; the others are ends."""

    RUNNING = "running"
    DRAFT = "draft"
    APPROVED = "approved"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class MatchWish:
    """Somebody would like to be matched in the next round.

    `choices`: with whom, dearest first. `need`: what a mentee looks for, None if it is open.
    """

    user: str
    side: Side
    choices: tuple[str, ...] = ()
    need: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """A mentee and their mentor to be. `worth` is the solver's measure, 0 for one made by hand."""

    mentee: str
    mentor: str
    worth: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody without a pair on one side, and why: a reason of the rule, or words of ours."""

    user: str
    side: Side
    why: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """Pairs proposed to an admin, by mentee, and who is left."""

    id: int
    admin: str
    state: CohortState
    pairs: Mapping[str, ProposedPair] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
