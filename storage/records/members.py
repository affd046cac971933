"""Who is there, what they know and when they work.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from dataclasses import dataclass
from enum import StrEnum


class TopicClass(StrEnum):
    """PERSONAL topics (burn-out, conflict, confidence) never go to a channel."""

    GENERAL = "general"
    PERSONAL = "personal"


class TopicSource(StrEnum):
    """How an expert came to a topic."""

    DECLARED = "declared"
    ADMIN = "admin"
    ANSWERED = "answered"
    ENDORSED = "endorsed"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When somebody works: minutes of the local day, ISO weekdays (1 Monday … 7 Sunday), IANA zone.

    `ends` may be 1440 (midnight) and is later than `starts`.
    """

    starts: int = 9 * 60
    ends: int = 17 * 60
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the workspace known to the bot. `name` is what others see."""

    user: str
    name: str
    zone: str
    email: str | None = None
    workspace_admin: bool = False
    guest: bool = False
    bot: bool = False
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag of the programme's list. `fallback_channel` is a channel id."""

    id: int
    name: str
    topic_class: TopicClass = TopicClass.GENERAL
    fallback_channel: str | None = None
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expert:
    """A member who takes spot questions. `capacity`: consults accepted in seven days at most."""

    user: str
    about: str
    capacity: int
    hours: WorkingHours
    paused_until: int | None
    topics: tuple[Topic, ...]
