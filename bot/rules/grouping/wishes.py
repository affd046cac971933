"""What people wish for their circle and what is made of it, as plain values."""

from dataclasses import dataclass
from enum import StrEnum

from storage.records import CareerStage

HOURS_A_WEEK = 7 * 24

LEAST, MOST, BEST = 4, 8, 6  # people in a circle; product.md, section 2


@dataclass(frozen=True, slots=True)
class Wish:
    """One person who wants a circle.

    `free`: whole hours of the UTC week, 0 (Monday, midnight) to 167. `stage`: None if they have not
    said; they go with any. `companions`: with whom they were in their last circle; `apart`: whom
    they are never brought together with. It is enough that one of two names the other.
    """

    user: str
    stage: CareerStage | None
    topics: frozenset[int]
    free: frozenset[int]
    zone: str
    discipline: str
    site: str
    companions: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """A circle to be: who, and an hour of the UTC week.

    `guests` are of the stage next to that of the others; `topics` were named by two or more, the
    commonest first; `again`: those who were together last time.
    """

    users: tuple[str, ...]
    hour: int
    stage: CareerStage | None = None
    guests: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()
    again: tuple[tuple[str, str], ...] = ()


class WhyLeft(StrEnum):
    """Why somebody is in no group. The first that is true is given.

    Like stages are the same one or the next, and one group has no more than two.
    """

    NO_FREE_HOUR = "no free hour"
    """They named no hour."""
    FEW_OF_STAGE = "few of a like stage"
    """With everybody of a like stage they are too few for a group."""
    FEW_AT_ONCE = "few at one hour"
    """At none of their hours are enough of a like stage free."""
    KEPT_APART = "kept apart"
    """Enough could meet at one hour, but not without two who are apart."""
    NO_PLACE = "no place"
    """A group with them is possible, but those they need are in others, and none of these can take
    them in."""


@dataclass(frozen=True, slots=True)
class Forming:
    """The groups, and everybody else with the reason; each person is in one of the two, once."""

    groups: tuple[Group, ...]
    left: tuple[tuple[str, WhyLeft], ...]


class Rule(StrEnum):
    """What must hold in every group."""

    KNOWN = "everybody wishes for a circle"
    ONCE = "nobody is named twice"
    SIZE = "neither too few nor too many"
    HOUR = "all are free at its hour"
    APART = "nobody is with whom they are apart from"
    STAGE = "one stage, or two that are next to each other"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a group breaks, and who is concerned."""

    rule: Rule
    users: tuple[str, ...] = ()
