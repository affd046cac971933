"""Mentorships: formal and informal pairs, their agreements and goals."""

from dataclasses import dataclass
from enum import StrEnum

from storage.records import CareerStage, HelpCategory, HelpKind


class MentorshipKind(StrEnum):
    """What the two have asked of one another; only a FORMAL one has an agreement and an end.

    OBSERVE: one sits in on something the other does. SWAP: one topic for another.
    """

    FORMAL = "formal"
    INFORMAL = "informal"
    OBSERVE = "observe"
    SWAP = "swap"


class MentorshipState(StrEnum):
    """Where a mentorship stands.

    ASKED waits for an answer, MEETING for both to say after a first meeting, AGREEING for two
    signatures; ACTIVE and PAUSED are under way; the others are ends.
    """

    ASKED = "asked"
    MEETING = "meeting"
    AGREEING = "agreeing"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class CheckinRhythm(StrEnum):
    """How often a pair means to meet."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ON_DEMAND = "on_demand"


@dataclass(frozen=True, slots=True)
class Mentorship:
    """A pair. In a swap and between equals `mentor` is who was asked.

    `note`: what was written with the request; `mentor_says`, `mentee_says`: what each said after
    the first meeting; `due_at`: when the clock next has to do with it; `checkin_due_at`: when it
    next looks whether a check-in is planned, and `checkin_step` how far it has gone with that.
    `version` of the agreement is the last one that both signed, 0 for none. In a swap `gives` is
    the topic that the mentee offers, `gets` the one they would like. `met_at`: since when the two
    may meet before either says yes.
    """

    id: int
    kind: MentorshipKind
    state: MentorshipState
    mentor: str
    mentee: str
    asked_by: str
    asked_at: int
    need: str | None = None
    note: str = ""
    category: HelpCategory = HelpCategory.TRADITIONAL
    rhythm: CheckinRhythm | None = None
    months: int | None = None
    due_at: int | None = None
    reminded_at: int | None = None
    mentor_says: bool | None = None
    mentee_says: bool | None = None
    started_at: int | None = None
    ends_at: int | None = None
    ended_at: int | None = None
    ended_by: str | None = None
    paused_until: int | None = None
    checkin_due_at: int | None = None
    checkin_step: int = 0
    version: int = 0
    cohort_id: int | None = None
    gives: int | None = None
    gets: int | None = None
    met_at: int | None = None

    @property
    def under_way(self) -> bool:
        """Whether the two are mentor and mentee now."""
        return self.state in (MentorshipState.ACTIVE, MentorshipState.PAUSED)

    @property
    def ended(self) -> bool:
        """Whether nothing can happen to it any more, feedback apart."""
        return self.state in ENDS

    @property
    def help_kind(self) -> HelpKind:
        """The kind of mentoring it counts as."""
        formal = self.kind is MentorshipKind.FORMAL
        return HelpKind.FORMAL if formal else HelpKind.INFORMAL

    def other(self, user: str) -> str:
        """The one of the two who is not `user`."""
        return self.mentee if user == self.mentor else self.mentor


ENDS = frozenset(
    {
        MentorshipState.ENDED,
        MentorshipState.DECLINED,
        MentorshipState.LAPSED,
        MentorshipState.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class PossibleMentor:
    """Somebody who may mentor one member, as pairing sees them.

    `offers`: ids of topics, of those that were looked for; `capacity`: how many mentees they would
    have at a time, `mentees`: how many they have. `here`: neither a guest nor a bot nor gone;
    `declined`: they said no to this member before, or lately nothing.
    """

    user: str
    stage: CareerStage | None = None
    discipline: str = ""
    site: str = ""
    offers: frozenset[int] = frozenset()
    capacity: int = 0
    mentees: int = 0
    paused_until: int | None = None
    here: bool = True
    kept_apart: bool = False
    together: bool = False
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says, as typed. `months` None: until either ends it."""

    objectives: str = ""
    mentee_does: str = ""
    mentor_does: str = ""
    boundaries: str = ""
    rhythm: CheckinRhythm = CheckinRhythm.FORTNIGHTLY
    months: int | None = 12
    feedback: str = ""
    category: HelpCategory = HelpCategory.TRADITIONAL
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of a formal mentorship's contract; it holds once both have signed it."""

    mentorship_id: int
    version: int
    terms: Terms
    proposed_by: str
    proposed_at: int
    mentee_signed_at: int | None = None
    mentor_signed_at: int | None = None

    @property
    def signed(self) -> bool:
        """Whether both have signed it."""
        return self.mentee_signed_at is not None and self.mentor_signed_at is not None


class GoalState(StrEnum):
    """OPEN until it is REACHED or its mentee has DROPPED it."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a mentee wants to reach; theirs alone to change. `progress`: 0 to 4 quarters."""

    id: int
    user: str
    words: str
    state: GoalState
    progress: int
    set_at: int
    mentorship_id: int | None = None
