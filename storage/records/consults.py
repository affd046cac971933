"""Spot consults: the question, its offers, and who could answer.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from dataclasses import dataclass
from enum import StrEnum

from storage.records.ledger import Outcome
from storage.records.members import Topic, TopicClass, WorkingHours


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert as routing sees them for one consult.

    `topics_held` of the consult's `topics_asked` topics; `words_met`: how many of the question's
    words stand in their line about themselves or among what they answered; `load`: consults
    accepted, and offers made that are open, in the last seven days; `last_asked_at`: 0 if never.
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
class Ended:
    """How a question ended that somebody had taken.

    `silent`: the clock closed it, and its asker never gave a sign; `settled`: they closed it, or
    said whether it helped.
    """

    closed_at: int
    silent: bool
    settled: bool


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
