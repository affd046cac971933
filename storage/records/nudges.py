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
    CARE = "care"


class NudgeState(StrEnum):
    """WAITING until it is SENT; DROPPED ones are never said.

    The last three are what its reader has made of one that was said. SNOOZED: to be said again,
    another row waits for that; DONE: seen to; STOPPED: they want none of its kind.
    """

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    SNOOZED = "snoozed"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say to one person, once.

    `thing` with `about` (an id) and `occasion` (0, or what tells one time from another) is what it
    is for; `round`: how often it was snoozed before. `due_at`: not before then; after `until` it is
    no longer worth saying. `importance`: 0 goes first. `look_at`: when it is next decided about,
    None once it is settled. `because`: why it is held, or was dropped. `heeded_at`: when they did
    something about it.
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
    due_at: int
    round: int = 0
    look_at: int | None = None
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
