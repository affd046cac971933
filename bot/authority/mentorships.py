"""Who may do what to a mentorship: actors × actions × states as one table."""

from enum import StrEnum

from bot.authority import Actor, Role
from bot.errors import Reason, Refused
from storage import mentorships
from storage.database import Tx
from storage.records.mentorships import Mentorship, MentorshipState


class MentorshipAction(StrEnum):
    """What somebody may want to do to a mentorship or to one of its check-ins."""

    ACCEPT = "accept"
    DECLINE = "decline"
    MEET_FIRST = "meet_first"
    WITHDRAW = "withdraw"
    SAY_AFTER_MEETING = "say_after_meeting"
    PROPOSE = "propose"
    SIGN = "sign"
    READ = "read"
    PLAN_CHECKIN = "plan_checkin"
    CHANGE_CHECKIN = "change_checkin"
    WRITE_NOTES = "write_notes"
    CHANGE_RHYTHM = "change_rhythm"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    SAY_HEALTH = "say_health"
    SAY_CLOSING = "say_closing"
    SAY_OUTCOMES = "say_outcomes"


ASKED, MEETING = MentorshipState.ASKED, MentorshipState.MEETING
AGREEING, ACTIVE = MentorshipState.AGREEING, MentorshipState.ACTIVE
PAUSED, ENDED = MentorshipState.PAUSED, MentorshipState.ENDED

_ASKED_ONE = frozenset({Role.ASKED})
_PAIR = frozenset({Role.MENTOR, Role.MENTEE})
_UNDER_WAY = frozenset({ACTIVE, PAUSED})
_TALKING = frozenset({MEETING, AGREEING, ACTIVE, PAUSED})

# product.md section 3: what each may do, and in which states of the mentorship.
ALLOWED_IN_MENTORSHIPS: dict[
    MentorshipAction, tuple[frozenset[Role], frozenset[MentorshipState]]
] = {
    MentorshipAction.ACCEPT: (_ASKED_ONE, frozenset({ASKED})),
    MentorshipAction.DECLINE: (_ASKED_ONE, frozenset({ASKED})),
    MentorshipAction.MEET_FIRST: (_ASKED_ONE, frozenset({ASKED})),
    MentorshipAction.WITHDRAW: (
        frozenset({Role.ASKED_FIRST}),
        frozenset({ASKED, MEETING, AGREEING}),
    ),
    MentorshipAction.SAY_AFTER_MEETING: (_PAIR, frozenset({MEETING})),
    MentorshipAction.PROPOSE: (_PAIR, frozenset({AGREEING, ACTIVE, PAUSED})),
    MentorshipAction.SIGN: (_PAIR, frozenset({AGREEING, ACTIVE, PAUSED})),
    MentorshipAction.READ: (_PAIR, frozenset(MentorshipState)),
    MentorshipAction.PLAN_CHECKIN: (_PAIR, _TALKING),
    MentorshipAction.CHANGE_CHECKIN: (_PAIR, _TALKING),
    MentorshipAction.WRITE_NOTES: (_PAIR, _TALKING | {ENDED}),
    MentorshipAction.CHANGE_RHYTHM: (_PAIR, _UNDER_WAY),
    MentorshipAction.PAUSE: (_PAIR, frozenset({ACTIVE})),
    MentorshipAction.RESUME: (_PAIR, frozenset({PAUSED})),
    MentorshipAction.END: (_PAIR, frozenset({AGREEING, ACTIVE, PAUSED})),
    MentorshipAction.SAY_HEALTH: (_PAIR, _UNDER_WAY | {ENDED}),
    MentorshipAction.SAY_CLOSING: (_PAIR, frozenset({ENDED})),
    MentorshipAction.SAY_OUTCOMES: (_PAIR, frozenset({ENDED})),
}


def authorise_in_mentorship(
    tx: Tx, actor: Actor, action: MentorshipAction, mentorship_id: int
) -> Mentorship:
    """The mentorship, if `actor` may do `action` to it as it now stands.

    Raises Refused(NOT_YOUR_MENTORSHIP) for who has no say in it, and in the same words when there
    is no such mentorship here; Refused(MENTORSHIP_MOVED_ON) for who has a say while it is in
    another state.
    """
    mentorship = mentorships.get(tx, mentorship_id)
    if mentorship is None:
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    allowed, states = ALLOWED_IN_MENTORSHIPS[action]
    if not allowed & roles_in_mentorship(actor, mentorship):
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    if mentorship.state not in states:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    return mentorship


def roles_in_mentorship(actor: Actor, mentorship: Mentorship) -> frozenset[Role]:
    """What `actor` is to `mentorship`."""
    if actor.user not in (mentorship.mentor, mentorship.mentee):
        return frozenset()
    side = Role.MENTOR if actor.user == mentorship.mentor else Role.MENTEE
    first = Role.ASKED_FIRST if actor.user == mentorship.asked_by else Role.ASKED
    return frozenset({side, first})
