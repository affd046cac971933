"""Spot consults: the question, its offers, and who could answer.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight.
"""

from dataclasses import dataclass, replace
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
    """What became of an offer.

    RESTING: comes back at a date; FORWARDED: put to a colleague instead; GONE: taken by somebody
    else, withdrawn or closed; TAKEN_BACK: made by name, before the asker chose to ask anonymously,
    and not made again.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    RESTING = "resting"
    PASSED = "passed"
    FORWARDED = "forwarded"
    RELEASED = "released"
    GONE = "gone"
    TAKEN_BACK = "taken_back"


class DetailState(StrEnum):
    """What became of the one detail an expert asked for.

    OPEN stops the clock of the consult; CHANGED: the asker changed the question instead; LAPSED: no
    answer came in time; OVER: nobody waits for it any more.
    """

    OPEN = "open"
    ANSWERED = "answered"
    CHANGED = "changed"
    LAPSED = "lapsed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail that an expert asked of the asker.

    The clock of the consult stood still from `asked_at` to `settled_at` (None: it still does), and
    goes on by itself at `due_at`.
    """

    id: int
    consult_id: int
    expert: str
    question: str
    answer: str | None
    state: DetailState
    asked_at: int
    due_at: int
    settled_at: int | None = None


class Ground(StrEnum):
    """Why an expert was asked. What the words of each are, `bot.views.consults.why` says."""

    CHOSEN = "chosen"
    FORWARDED = "forwarded"
    HANDED_ON = "handed_on"
    ANSWERED = "answered"
    DECLARED = "declared"
    GIVEN = "given"
    ENDORSED = "endorsed"
    DESCRIBED = "described"
    NEAR = "near"
    ANYBODY = "anybody"
    TURN = "turn"
    LEAST_LATELY = "least_lately"
    AT_WORK = "at_work"


@dataclass(frozen=True, slots=True)
class Why:
    """One ground on which an expert was asked, and how many topics, questions or words it was."""

    ground: Ground
    many: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """An expert as the walks of the store meet them; `turn_at`: since when it is their turn.

    `held` of the topics asked for, `met` of the question's words in their line about themselves.
    """

    user: str
    held: int = 0
    met: int = 0
    turn_at: int = 0


# An answered question that has a term in it: its id, who answered, and what the term is worth
# there. There are thousands at a time.
Posting = tuple[int, str, float]

# An answered question: its id, who answered, how much that helped (0 to 1), and when it was.
Answered = tuple[int, str, float, int]


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody who has answered questions.

    `many` in all; `recent` of them as counted at `recent_at`, older ones faded; `held` topics of
    those that a question asks for.
    """

    user: str
    many: int
    recent: float
    recent_at: int
    held: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert as routing sees them for one consult.

    `topics_held` of the consult's `topics_asked` topics, of which `topics_given` by those who run
    the programme and `topics_endorsed` by colleagues; `words_met`: how many of the question's words
    stand in their line about themselves; `answered`: questions like it that they answered; `score`:
    how well all of it matches; `load`: consults accepted, and offers made that are open, in the
    last seven days; `last_asked_at`: 0 if never. `near`: they hold a topic that only the words
    name; `chosen`: the asker did.
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
    topics_given: int = 0
    topics_endorsed: int = 0
    answered: int = 0
    score: float = 0.0
    near: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as its asker puts it, before it is a consult or while it is changed."""

    question: str = ""
    tried: str = ""
    topic_ids: tuple[int, ...] = ()
    urgency: Urgency = Urgency.THIS_WEEK
    wanted_expert: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Consult:
    """One spot question and what became of it.

    `due_at` is when the clock next has to do with it (a wider step, a question after silence);
    None when it waits for nobody. `wanted_expert`: the particular expert the asker chose.
    `stage`: how many stages of its pace it has been through; `silence_asked`: how often the asker
    was asked after silence. `names_personal`: its words name a topic of the personal class.
    `revealed_at`: when an anonymous asker showed who they are.
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
    anonymous: bool = False
    revealed_at: int | None = None
    topics: tuple[Topic, ...] = ()
    names_personal: bool = False
    details: tuple[Detail, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether a topic of the personal class, chosen or named, keeps it out of channels."""
        held = any(topic.topic_class is TopicClass.PERSONAL for topic in self.topics)
        return held or self.names_personal

    @property
    def waits_for(self) -> Detail | None:
        """The detail for which its clock stands still; None while the clock goes."""
        return next((each for each in self.details if each.state is DetailState.OPEN), None)

    @property
    def hidden(self) -> bool:
        """Whether nobody may learn from the bot who asks."""
        return self.anonymous and self.revealed_at is None

    def seen_by(self, user: str) -> "Consult":
        """The consult as `user` may see it: to all but its asker, a hidden one has none.

        What draws a consult for somebody else is given this, and can't name whom it does not know.
        """
        return replace(self, asker="") if self.hidden and user != self.asker else self

    def asked_by(self, user: str) -> bool:
        """Whether it is theirs."""
        return user == self.asker

    def relays_with(self, expert: str) -> bool:
        """Whether the asker and this expert now write to each other through the bot."""
        taken = self.state is ConsultState.ACCEPTED and self.expert == expert
        return taken and self.conversation and self.hidden

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
    """A consult put to one expert. `partial`: they hold only some of the topics asked for.

    `rests_until`: the date before which they would rather not; `forwarded_to`: the colleague they
    put it to instead; `thought_of_by`: the colleague who put it to them.
    """

    consult_id: int
    expert: str
    state: OfferState
    offered_at: int
    partial: bool = False
    reminded_at: int | None = None
    reason: str | None = None
    rests_until: int | None = None
    forwarded_to: str | None = None
    thought_of_by: str | None = None
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """How one of the topic's latest consults went: asked when, in what state it is, taken or not.

    `waited`: seconds of working time until it was taken.
    """

    asked_at: int
    state: ConsultState
    closed_at: int | None
    outcome: Outcome | None
    waited: int | None
