"""What members say of themselves, and the needs of each career stage."""

from dataclasses import dataclass, field

from storage.records import CareerStage, Topic, WorkingHours


@dataclass(frozen=True, slots=True)
class Profile:
    """A member as they describe themselves.

    `mentees`: how many they would mentor at a time, 0 for none; `introduced`: how many of the three
    steps of the first visit are behind them.
    """

    user: str
    stage: CareerStage | None = None
    discipline: str = ""
    site: str = ""
    about: str = ""
    mentees: int = 0
    hours: WorkingHours = field(default_factory=WorkingHours)
    paused_until: int | None = None
    introduced: int = 0
    offers: tuple[Topic, ...] = ()
    seeks: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Something people of a career stage look for in a mentor. `topics` are names or synonyms."""

    id: str
    stage: CareerStage
    name: str
    about: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """A need that is met: by a mentorship, or by whom its member has named (None: nobody here)."""

    need: str
    by: str | None = None
    mentorship_id: int | None = None
