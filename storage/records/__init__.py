"""What the store holds, as plain values. No SQL here, so rules and views may read these.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Urgency(StrEnum):
    """How soon the asker would like an answer."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    NO_HURRY = "no_hurry"


class ConsultState(StrEnum):
    """Where a consult stands. OPEN looks for an expert; ACCEPTED has one; the others are ends."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """How far a consult has widened, in order."""

    WAITING = "waiting"
    EXPERTS = "experts"
    MORE_EXPERTS = "more_experts"
    FALLBACK_CHANNEL = "fallback_channel"
    ADMIN = "admin"


class OfferState(StrEnum):
    """What became of an offer. GONE: taken by somebody else, withdrawn or closed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PASSED = "passed"
    RELEASED = "released"
    GONE = "gone"


class Outcome(StrEnum):
    """What the asker said when it was closed; UNKNOWN when nobody said anything."""

    SOLVED = "solved"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class TopicClass(StrEnum):
    """PERSONAL topics (burn-out, conflict, confidence) never go to a channel."""

    GENERAL = "general"
    PERSONAL = "personal"


class TopicSource(StrEnum):
    """How an expert came to a topic."""

    DECLARED = "declared"
    ADMIN = "admin"
    ANSWERED = "answered"


class DeliveryState(StrEnum):
    """Where an outbox row stands. UNSURE: it may have been sent, nobody knows yet."""

    PENDING = "pending"
    SENT = "sent"
    UNSURE = "unsure"
    DEAD = "dead"


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert as routing sees them for one consult.

    `topics_held` of the consult's `topics_asked` topics; `words_met`: how many of the question's
    words stand in their line about themselves or among what they answered; `load`: consults
    accepted in the last seven days and offers open now; `last_asked_at`: 0 if never.
    """

    user: str
    hours: WorkingHours
    capacity: int
    paused_until: int | None
    last_asked_at: int
    load: int
    topics_held: int
    topics_asked: int
    words_met: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as its asker puts it, before it is a consult or while it is changed."""

    question: str = ""
    tried: str = ""
    topic_ids: tuple[int, ...] = ()
    urgency: Urgency = Urgency.THIS_WEEK
    wanted_expert: str | None = None


@dataclass(frozen=True, slots=True)
class Consult:
    """One spot question and what became of it.

    `due_at` is when the clock next has to do with it (a wider step, a question after silence);
    None when it waits for nobody. `wanted_expert`: the particular expert the asker chose.
    `stage`: how many stages of its pace it has been through; `silence_asked`: how often the asker
    was asked after silence.
    """

    id: int
    asker: str
    question: str
    tried: str
    urgency: Urgency
    state: ConsultState
    step: Step
    asked_at: int
    wanted_expert: str | None = None
    expert: str | None = None
    admin: str | None = None
    first_offered_at: int | None = None
    accepted_at: int | None = None
    answer: str | None = None
    answered_at: int | None = None
    conversation: bool = False
    closed_at: int | None = None
    closed_by: str | None = None
    outcome: Outcome | None = None
    due_at: int | None = None
    stage: int = 0
    silence_asked: int = 0
    topics: tuple[Topic, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether a topic of the personal class keeps it out of channels."""
        return any(topic.topic_class is TopicClass.PERSONAL for topic in self.topics)

    @property
    def ended(self) -> bool:
        """Whether nothing can happen to it any more, feedback apart."""
        return self.state in (ConsultState.CLOSED, ConsultState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Offer:
    """A consult put to one expert. `partial`: they hold only some of the topics asked for."""

    consult_id: int
    expert: str
    state: OfferState
    offered_at: int
    partial: bool = False
    reminded_at: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An outbox row: a thing Slack should show. `mark` is the opaque id put into the metadata.

    `wanted` counts how often the thing changed, `sent` which of them Slack shows; `channel` and
    `ts` say where it stands once posted (`channel` alone: where it may stand). `claimed_by` names
    the claim that holds or last held it.
    """

    id: int
    workspace: str
    key: str
    mark: str
    state: DeliveryState
    wanted: int
    attempts: int
    created_at: int
    channel: str | None = None
    ts: str | None = None
    reason: str | None = None
    claimed_by: str | None = None


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


_SHUT_OUT = frozenset({"not_in_channel", "channel_not_found", "is_archived", "deleted"})


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
