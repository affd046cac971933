"""Peer circles: who is in them, their sessions, and circles formed in one go.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.records.members import Topic


class CareerStage(StrEnum):
    """Where in their working life somebody is."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


class Rhythm(StrEnum):
    """How often a circle meets; MONTHLY is on the nth weekday of the month."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class CircleState(StrEnum):
    """ACTIVE and PAUSED circles have members; an ENDED one is kept for the record."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Standing(StrEnum):
    """What somebody is to a circle."""

    IN = "in"
    WAITING = "waiting"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class CircleDraft:
    """A circle as its founder puts it. `first_on` is a local date, `minutes` of that day.

    `sessions`: how many there will be; None is open-ended. `channel`: one to adopt, by id; None
    has one made.
    """

    name: str
    purpose: str = ""
    stage: CareerStage | None = None
    topic_ids: tuple[int, ...] = ()
    size: int = 6
    private: bool = False
    rhythm: Rhythm = Rhythm.FORTNIGHTLY
    first_on: date = date.min
    minutes: int = 12 * 60
    zone: str = "UTC"
    sessions: int | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """When a circle meets: its rhythm from a local date on, at `minutes` of the day in a zone."""

    rhythm: Rhythm
    first_on: date
    minutes: int
    zone: str


_SHUT_OUT = frozenset({"not_in_channel", "channel_not_found", "is_archived", "deleted"})


@dataclass(frozen=True, slots=True)
class Circle:
    """A peer group with a channel, and its rhythm in its own zone.

    `fault`: why Slack did not let its channel be made or kept, as Slack's own code. `furnished`:
    its topic and purpose are set. `quiet`: how many sessions in a row nobody wrote in.
    """

    id: int
    name: str
    purpose: str
    stage: CareerStage | None
    size: int
    private: bool
    rhythm: Rhythm
    first_on: date
    minutes: int
    zone: str
    sessions: int | None
    state: CircleState
    founder: str
    founded_at: int
    channel: str | None = None
    fault: str | None = None
    furnished: bool = False
    quiet: int = 0
    topics: tuple[Topic, ...] = ()

    @property
    def shut_out(self) -> bool:
        """Whether the bot can't speak in its channel until somebody mends that."""
        return self.fault in _SHUT_OUT


@dataclass(frozen=True, slots=True)
class CircleMember:
    """Somebody in a circle, or waiting for a place. `led`: sessions they have led.

    `present`: they are in its channel, as far as Slack has said; `heard_at`: when what it said last
    happened, in UTC microseconds.
    """

    user: str
    standing: Standing
    since: int
    present: bool = False
    led: int = 0
    last_led_at: int = 0
    heard_at: int = 0


class SessionState(StrEnum):
    """PLANNED, then PREPARED (its facilitator knows), OPEN and CLOSED; or MISSED, or SKIPPED."""

    PLANNED = "planned"
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Session:
    """One occurrence of a circle. `meets_on` is the date in the circle's zone.

    `planned_on`: the date its rhythm gave it, from which the next is reckoned when it was moved.
    """

    id: int
    circle_id: int
    number: int
    planned_on: date
    meets_on: date
    starts_at: int
    state: SessionState
    facilitator: str | None = None
    confirmed: bool = False
    question_id: str | None = None
    opened_at: int | None = None
    closed_at: int | None = None
    due_at: int | None = None


class CommitmentState(StrEnum):
    """OPEN until its member says what became of it; MOVED is open for one more session."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a member said they would do by the next session."""

    id: int
    circle_id: int
    session_id: int
    user: str
    words: str
    state: CommitmentState


@dataclass(frozen=True, slots=True)
class Attendance:
    """One member and one session. `coming` None: they have not said; `replies` in its thread."""

    user: str
    coming: bool | None = None
    replies: int = 0
    useful: bool | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something for a circle to discuss. `stage` None: for every stage.

    `prompt` helps the facilitator go deeper; `suggested_by`: the member it comes from.
    """

    id: str
    text: str
    stage: CareerStage | None = None
    prompt: str = ""
    suggested_by: str | None = None


@dataclass(frozen=True, slots=True)
class CircleWish:
    """Somebody who would like a circle. `days` are ISO weekdays, `hours` of the day, both local."""

    user: str
    stage: CareerStage | None = None
    topic_ids: tuple[int, ...] = ()
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    hours: tuple[int, ...] = ()
    discipline: str = ""
    site: str = ""


class FormingState(StrEnum):
    """RUNNING while groups are looked for; a DRAFT waits for its admin."""

    RUNNING = "running"
    DRAFT = "draft"
    APPROVED = "approved"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class ProposedForming:
    """Circles proposed to an admin. `groups`: by number, the UTC hour of the week and the people.

    `left`: who has no group, and why. `asked_at`: UTC seconds.
    """

    id: int
    admin: str
    state: FormingState
    asked_at: int
    groups: Mapping[int, tuple[int, tuple[str, ...]]]
    left: Mapping[str, str]
