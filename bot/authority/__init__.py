"""Who may do what: actors × actions × states as one table, asked inside the transaction."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import Reason, Refused
from storage import circles, consults, members, offers, outbox, programme
from storage.database import Tx
from storage.records import (
    Circle,
    CircleState,
    Consult,
    ConsultState,
    OfferState,
    Session,
    Standing,
    Step,
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who clicked or typed, and in which channel Slack says they did so."""

    user: str
    channel: str | None = None


class Role(StrEnum):
    """What somebody is to a consult, a circle, a mentorship or to the programme.

    ASKED_FIRST sent the request of a mentorship, ASKED is the other one of the two.
    """

    ASKER = "asker"
    EXPERT = "expert"
    OFFERED = "offered"
    RESTING = "resting"
    IN_FALLBACK_CHANNEL = "in_fallback_channel"
    GIVEN_TO = "given_to"
    ADMIN = "admin"
    MEMBER = "member"
    IN_CIRCLE = "in_circle"
    WAITING = "waiting"
    FOUNDER = "founder"
    LEADS = "leads"
    MENTOR = "mentor"
    MENTEE = "mentee"
    ASKED_FIRST = "asked_first"
    ASKED = "asked"


class Action(StrEnum):
    """What somebody may want to do to a consult."""

    CHANGE = "change"
    WITHDRAW = "withdraw"
    ASK_ANONYMOUSLY = "ask_anonymously"
    REVEAL = "reveal"
    ACCEPT = "accept"
    PASS = "pass"  # noqa: S105 - declining an offer, no secret
    NEED_DETAIL = "need_detail"
    ANSWER_DETAIL = "answer_detail"
    REST = "rest"
    FORWARD = "forward"
    HAND_ON = "hand_on"
    RELEASE = "release"
    TALK = "talk"
    CONFIRM_RELAYED = "confirm_relayed"
    KEEP_OPEN = "keep_open"
    CLOSE = "close"
    SAY_OUTCOME = "say_outcome"
    SAY_EFFORT = "say_effort"
    ASK_OTHERS = "ask_others"
    SEE_WHY = "see_why"
    SHARE = "share"


class CircleAction(StrEnum):
    """What somebody may want to do to a circle or to one of its sessions."""

    JOIN = "join"
    LEAVE = "leave"
    PAUSE = "pause"
    RESUME = "resume"
    ARCHIVE = "archive"
    ADOPT = "adopt"
    HAND_ON = "hand_on"
    CHANGE_RHYTHM = "change_rhythm"
    MOVE = "move"
    HAND_OVER = "hand_over"
    SWAP_QUESTION = "swap_question"
    LEAD = "lead"
    TAKE_PART = "take_part"


OPEN, ACCEPTED, CLOSED = ConsultState.OPEN, ConsultState.ACCEPTED, ConsultState.CLOSED

# product.md section 1: what each may do, and in which states of the consult.
ALLOWED: dict[Action, tuple[frozenset[Role], frozenset[ConsultState]]] = {
    Action.CHANGE: (frozenset({Role.ASKER}), frozenset({OPEN})),
    Action.WITHDRAW: (frozenset({Role.ASKER}), frozenset({OPEN})),
    Action.ASK_ANONYMOUSLY: (frozenset({Role.ASKER}), frozenset({OPEN})),
    Action.REVEAL: (frozenset({Role.ASKER}), frozenset({OPEN, ACCEPTED, CLOSED})),
    Action.ACCEPT: (
        frozenset({Role.OFFERED, Role.RESTING, Role.IN_FALLBACK_CHANNEL, Role.GIVEN_TO}),
        frozenset({OPEN}),
    ),
    Action.PASS: (frozenset({Role.OFFERED, Role.RESTING}), frozenset({OPEN})),
    Action.NEED_DETAIL: (frozenset({Role.OFFERED}), frozenset({OPEN})),
    Action.ANSWER_DETAIL: (frozenset({Role.ASKER}), frozenset({OPEN})),
    Action.REST: (frozenset({Role.OFFERED}), frozenset({OPEN})),
    Action.FORWARD: (frozenset({Role.OFFERED}), frozenset({OPEN})),
    Action.HAND_ON: (frozenset({Role.GIVEN_TO, Role.ADMIN}), frozenset({OPEN})),
    Action.RELEASE: (frozenset({Role.EXPERT, Role.ASKER, Role.ADMIN}), frozenset({ACCEPTED})),
    Action.TALK: (frozenset({Role.EXPERT, Role.ASKER}), frozenset({ACCEPTED})),
    Action.CONFIRM_RELAYED: (frozenset({Role.EXPERT, Role.ASKER}), frozenset({ACCEPTED})),
    Action.KEEP_OPEN: (frozenset({Role.ASKER}), frozenset({ACCEPTED})),
    Action.CLOSE: (frozenset({Role.EXPERT, Role.ASKER}), frozenset({ACCEPTED})),
    Action.SAY_OUTCOME: (frozenset({Role.ASKER}), frozenset({CLOSED})),
    Action.SAY_EFFORT: (frozenset({Role.EXPERT}), frozenset({CLOSED})),
    Action.ASK_OTHERS: (frozenset({Role.ASKER}), frozenset({CLOSED})),
    Action.SEE_WHY: (frozenset({Role.ASKER}), frozenset({OPEN, ACCEPTED})),
    Action.SHARE: (frozenset({Role.EXPERT, Role.ASKER}), frozenset({CLOSED})),
}

# Those to whom the consult was put hear that somebody was faster; it is no secret to them.
_WAS_OFFERED = frozenset(OfferState) - {OfferState.ACCEPTED}
_TO_AN_OFFER = frozenset(
    {Action.ACCEPT, Action.PASS, Action.NEED_DETAIL, Action.REST, Action.FORWARD}
)


def authorise(tx: Tx, actor: Actor, action: Action, consult_id: int) -> Consult:
    """The consult, if `actor` may do `action` to it as it now stands.

    Raises Refused(NOT_YOURS) for who has no say in it, and in the same words when there is no such
    consult in this workspace, so that a guessed id tells nothing; Refused(TAKEN), (HAS_SOMEBODY) or
    (TOO_LATE) for who had a say while it was in another state.
    """
    consult = consults.get(tx, consult_id)
    if consult is None:
        raise Refused(Reason.NOT_YOURS)
    allowed, states = ALLOWED[action]
    if not allowed & roles(tx, actor, consult):
        raise Refused(_too_late_or_not_yours(tx, actor, action, consult))
    if consult.state not in states:
        raise Refused(_too_late(action, consult))
    return consult


def roles(tx: Tx, actor: Actor, consult: Consult) -> frozenset[Role]:
    """What `actor` is to `consult` now."""
    found = set()
    if actor.user == consult.asker:
        found.add(Role.ASKER)
    if actor.user == consult.expert:
        found.add(Role.EXPERT)
    state = _offer_state(tx, actor, consult)
    if state is OfferState.OPEN:
        found.add(Role.OFFERED)
    if state is OfferState.RESTING:
        found.add(Role.RESTING)
    if _in_fallback_channel(tx, actor, consult):
        found.add(Role.IN_FALLBACK_CHANNEL)
    if programme.is_admin(tx, actor.user):
        found.add(Role.ADMIN)
        if actor.user == consult.admin and not kept_from(tx, actor.user, consult):
            found.add(Role.GIVEN_TO)
    return frozenset(found)


def kept_from(tx: Tx, user: str, consult: Consult) -> bool:
    """Whether `user` can't be the one who answers: the asker, or kept apart from them.

    Of a hidden asker only their own wish counts here: whoever could add people to those they keep
    away from, and look each time what is refused, would find out who asks.
    """
    if consult.hidden:
        return user == consult.asker or user in members.left_out_by(tx, consult.asker)
    return user == consult.asker or members.kept_apart(tx, user, consult.asker)


def require_admin(tx: Tx, actor: Actor) -> None:
    """Raise Refused(NOT_ADMIN) unless the programme is theirs to run."""
    if not programme.is_admin(tx, actor.user):
        raise Refused(Reason.NOT_ADMIN)


def require_member(tx: Tx, actor: Actor) -> None:
    """Raise Refused(GUEST) for guests, bots and deactivated people; who is unknown may ask."""
    member = members.get(tx, actor.user)
    if member and (member.guest or member.bot or member.deactivated):
        raise Refused(Reason.GUEST)


def _offer_state(tx: Tx, actor: Actor, consult: Consult) -> OfferState | None:
    offer = offers.of_expert(tx, consult.id, actor.user)
    return offer.state if offer else None


def _in_fallback_channel(tx: Tx, actor: Actor, consult: Consult) -> bool:
    """Whether they clicked in the channel where the consult's card stands.

    Slack, not the button, says in which channel a click was; only people of a channel click there.
    """
    if consult.step not in (Step.FALLBACK_CHANNEL, Step.ADMIN) or actor.channel is None:
        return False
    if consult.personal:
        return False  # a copy of the card from before its topic became personal
    member = members.get(tx, actor.user)
    if member is None or member.guest or member.bot or member.deactivated:
        return False  # a channel may hold guests and people of another workspace
    stands_in = outbox.stands_in(tx, f"fallback-card/{consult.id}")
    return actor.channel == stands_in and not kept_from(tx, actor.user, consult)


_BEFORE_IT_IS_TAKEN = (Action.CHANGE, Action.WITHDRAW, Action.ASK_ANONYMOUSLY)


def _too_late(action: Action, consult: Consult) -> Reason:
    if consult.state is not ACCEPTED:
        return Reason.TOO_LATE
    return Reason.HAS_SOMEBODY if action in _BEFORE_IT_IS_TAKEN else Reason.TAKEN


def _too_late_or_not_yours(tx: Tx, actor: Actor, action: Action, consult: Consult) -> Reason:
    took_part = _offer_state(tx, actor, consult) in _WAS_OFFERED
    if action in _TO_AN_OFFER and took_part:
        return Reason.TAKEN if consult.state is ACCEPTED else Reason.TOO_LATE
    return Reason.NOT_YOURS


_ACTIVE = frozenset({CircleState.ACTIVE})
_ALIVE = frozenset({CircleState.ACTIVE, CircleState.PAUSED})
_RUN = frozenset({Role.FOUNDER, Role.ADMIN})

# product.md section 2: what each may do, and in which states of the circle.
ALLOWED_IN_CIRCLES: dict[CircleAction, tuple[frozenset[Role], frozenset[CircleState]]] = {
    CircleAction.JOIN: (frozenset({Role.MEMBER}), _ALIVE),
    CircleAction.LEAVE: (frozenset({Role.IN_CIRCLE, Role.WAITING}), _ALIVE),
    CircleAction.PAUSE: (_RUN, _ACTIVE),
    CircleAction.RESUME: (_RUN, frozenset({CircleState.PAUSED})),
    CircleAction.ARCHIVE: (_RUN, _ALIVE),
    CircleAction.ADOPT: (_RUN, _ALIVE),
    CircleAction.HAND_ON: (_RUN, _ALIVE),
    CircleAction.CHANGE_RHYTHM: (_RUN, _ALIVE),
    CircleAction.MOVE: (_RUN | {Role.LEADS}, _ACTIVE),
    CircleAction.HAND_OVER: (_RUN | {Role.LEADS}, _ACTIVE),
    CircleAction.SWAP_QUESTION: (frozenset({Role.LEADS}), _ACTIVE),
    CircleAction.LEAD: (frozenset({Role.IN_CIRCLE}), _ACTIVE),
    CircleAction.TAKE_PART: (frozenset({Role.IN_CIRCLE}), _ALIVE),
}


def authorise_in_circle(
    tx: Tx, actor: Actor, action: CircleAction, circle_id: int, session: Session | None = None
) -> Circle:
    """The circle, if `actor` may do `action` to it (or to its `session`) as it now stands.

    Raises Refused(NOT_IN_CIRCLE) for who has no say in it, and in the same words when there is no
    such circle here; Refused(CIRCLE_RESTS) for who has a say while it is in another state.
    """
    circle = circles.get(tx, circle_id)
    if circle is None:
        raise Refused(Reason.NOT_IN_CIRCLE)
    allowed, states = ALLOWED_IN_CIRCLES[action]
    if not allowed & roles_in_circle(tx, actor, circle, session):
        raise Refused(Reason.NOT_IN_CIRCLE)
    if circle.state not in states:
        raise Refused(Reason.CIRCLE_RESTS)
    return circle


def roles_in_circle(
    tx: Tx, actor: Actor, circle: Circle, session: Session | None = None
) -> frozenset[Role]:
    """What `actor` is to `circle` now. Who is in no private circle is nothing to it."""
    found = set()
    member = circles.member(tx, circle.id, actor.user)
    if member and member.standing is Standing.IN:
        found.add(Role.IN_CIRCLE)
        if session and session.facilitator == actor.user:
            found.add(Role.LEADS)
    if member and member.standing is Standing.WAITING:
        found.add(Role.WAITING)
    if actor.user == circle.founder:
        found.add(Role.FOUNDER)
    if programme.is_admin(tx, actor.user):
        found.add(Role.ADMIN)
    if not circle.private or found:
        found.add(Role.MEMBER)
    return frozenset(found)
