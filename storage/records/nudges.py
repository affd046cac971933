"""Nudges: what the bot says of its own accord because something is due."""

from dataclasses import dataclass
from enum import StrEnum


class NudgeKind(StrEnum):
    """What people can turn off, each by itself."""

    CONSULTS = "consults"
    SESSIONS = "sessions"
    CHECKINS = "checkins"
    MENTORSHIPS = "mentorships"
    FEEDBACK = "feedback"
    INVITATIONS = "invitations"


class NudgeState(StrEnum):
    """WAITING until it is SENT; DROPPED ones are never said. SNOOZED: another one waits instead."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say to one person, once.

    `thing` with `about` (an id) and `occasion` (0, or what tells one time from another) is what it
    is for; after `until` it is no longer worth saying. `importance`: 0 goes first. `because`: why
    it is held, or was dropped. `heeded_at`: when they did something about it.
    """

    id: int
    user: str
    thing: str
    kind: NudgeKind
    about: int
    occasion: int
    state: NudgeState
    importance: int
    until: int
    due_at: int | None = None
    because: str | None = None
    sent_at: int | None = None
    heeded_at: int | None = None


class KindState(StrEnum):
    """How a kind stands with somebody. ASKED: whether to keep it, and they have not answered."""

    ON = "on"
    ASKED = "asked"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class KindChoice:
    """How a kind stands with somebody, and since when."""

    state: KindState
    since: int
