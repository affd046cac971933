"""Colleagues who say of one another what they know. Instants are UTC seconds."""

from dataclasses import dataclass
from enum import StrEnum


class EndorsementState(StrEnum):
    """What became of an endorsement. DECLINED is told to nobody, least of all to who endorsed."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """`by` says that `user` knows a topic.

    `forwarded`: they only put a question on it to them, which vouches for nothing. Those asked
    about together, on one card, have the same `asked_at`.
    """

    user: str
    topic_id: int
    by: str
    state: EndorsementState
    forwarded: bool
    asked_at: int
    answered_at: int | None = None
