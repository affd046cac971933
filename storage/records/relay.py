"""What an anonymous asker and their expert say to each other through the bot.

A `version` is the instant of the newest wording, in microseconds since 1970.
"""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which of the two: the asker's id stands in nothing that is said or shown."""

    ASKER = "asker"
    EXPERT = "expert"

    @property
    def other(self) -> "Side":
        """The one who reads what this one writes."""
        return Side.EXPERT if self is Side.ASKER else Side.ASKER


class Notice(StrEnum):
    """Why the newest wording has not reached the other as it was written.

    ASKED: it seems to identify a patient, and its author may say that it does not; CONFIRMED: they
    have said so.
    """

    CUT = "cut"
    FILE = "file"
    OVER = "over"
    STOPPED = "stopped"
    ASKED = "asked"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Relayed:
    """One message: where its author wrote it, and the words that the other reads.

    `words` are empty while none have been passed on, or were deleted; `kinds`: what the words that
    were stopped seemed to hold.
    """

    id: int
    consult_id: int
    expert: str
    side: Side
    channel: str
    ts: str
    version: int
    words: str = ""
    deleted: bool = False
    notice: Notice | None = None
    kinds: tuple[str, ...] = ()
