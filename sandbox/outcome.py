"""What becomes of something sent to the app."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

NO_ANSWER, OUT_OF_REACH = 504, 503


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the app answered: `body` of its acknowledgement, and how long it took.

    `why`: Slack's word for what went wrong, empty if nothing did; `final`: the app wants no retry.
    """

    status: int
    body: Json
    seconds: float
    why: str = ""
    final: bool = False

    @property
    def acknowledged(self) -> bool:
        """Whether it answered well and in time."""
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP


@dataclass(frozen=True, slots=True)
class Retry:
    """The first to third time that an event is sent again, and why."""

    number: int
    reason: str
