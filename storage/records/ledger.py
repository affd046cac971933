"""Help rows: who helped whom, and how.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the asker said when it was closed; UNKNOWN when nobody said anything."""

    SOLVED = "solved"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class HelpKind(StrEnum):
    """The four kinds of mentoring."""

    FORMAL = "formal"
    INFORMAL = "informal"
    SPOT = "spot"
    PEER = "peer"


class HelpCategory(StrEnum):
    """TRADITIONAL: the more experienced guides; TRANSFORMATIONAL: equals, or the other way."""

    TRADITIONAL = "traditional"
    TRANSFORMATIONAL = "transformational"


@dataclass(frozen=True, slots=True)
class Help:
    """One row of the ledger of who helped whom. `minutes` and `learned` if they were told."""

    id: int
    helper: str
    helped: str
    kind: HelpKind
    category: HelpCategory
    topic: str | None
    happened_at: int
    consult_id: int | None = None
    minutes: int | None = None
    outcome: Outcome | None = None
    learned: str | None = None
    thanks: str | None = None
    mentorship_id: int | None = None
    checkin_id: int | None = None
