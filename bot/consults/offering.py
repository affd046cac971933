"""What those do to whom a consult is put: accept, answer, pass, hand on, give back, talk."""

from bot import care
from bot.authority import Action, Actor, authorise, kept_from
from bot.consults import cards, widening
from bot.errors import Reason, Refused, Unusable
from storage import care as care_queries
from storage import consults, members, offers, outbox
from storage.database import Tx
from storage.records import Consult, ConsultState, OfferState


def accept(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """Make the actor the one who answers, with a group direct message of the two.

    Accepting what one has accepted already changes nothing. Raises Refused(TAKEN) if somebody was
    faster, (NOT_YOURS) if it was never theirs to accept.
    """
    consult = _take(tx, actor, consult_id)
    if not consult.conversation:
        _open_conversation(tx, consult_id, actor.user)
    cards.changed(tx, consult_id)
    return consult


def answer(tx: Tx, actor: Actor, consult_id: int, words: str) -> None:
    """Accept by answering: the answer goes straight back to the asker."""
    if not words:
        raise Unusable("answer", "Please write your answer.")
    _take(tx, actor, consult_id)
    consults.answered(tx, consult_id, words)
    outbox.mark_stale(tx, f"answer/{consult_id}/{actor.user}")
    cards.changed(tx, consult_id)


def to_answer(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """The consult as the actor may answer it; raises Refused."""
    return authorise(tx, actor, Action.ACCEPT, consult_id)


def _take(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    standing = consults.get(tx, consult_id)
    if standing and standing.state is ConsultState.ACCEPTED and standing.expert == actor.user:
        return standing
    consult = authorise(tx, actor, Action.ACCEPT, consult_id)
    consults.take(tx, consult_id, actor.user, widening.silence_due(tx, consult, 0))
    care.after_taking(tx, actor.user)
    return consult


def pass_on(tx: Tx, actor: Actor, consult_id: int, reason: str) -> None:
    """The expert passes; `reason` (may be empty) is kept for admins and never shown to the asker.

    When nobody else has it before them, the next are asked at once.
    """
    consult = authorise(tx, actor, Action.PASS, consult_id)
    offers.answer(tx, consult_id, actor.user, OfferState.PASSED, reason or None)
    widening.step(tx, consult)
    cards.changed(tx, consult_id)


def hand_on(tx: Tx, actor: Actor, consult_id: int, user: str) -> None:
    """An admin puts a consult to somebody by name, expert or not.

    Raises Refused(NOT_PICKABLE) for the asker, people kept apart from them, guests and bots.
    """
    consult = authorise(tx, actor, Action.HAND_ON, consult_id)
    member = members.get(tx, user)
    if (
        member is None
        or member.deactivated
        or member.bot
        or member.guest
        or kept_from(tx, user, consult)
    ):
        raise Refused(Reason.NOT_PICKABLE)
    widening.put_to(tx, consult_id, user, partial=False)
    cards.changed(tx, consult_id)


def release(tx: Tx, actor: Actor, consult_id: int) -> None:
    """Give an accepted consult back into routing, to others than who had it."""
    consult = authorise(tx, actor, Action.RELEASE, consult_id)
    if consult.expert:
        offers.answer(tx, consult_id, consult.expert, OfferState.RELEASED)
    reopen(tx, consult_id)


def reopen(tx: Tx, consult_id: int) -> None:
    """Look for an expert from the start, passing over whoever passed, released or answered."""
    consults.begins_again(tx, consult_id)
    consult = consults.get(tx, consult_id)
    if consult:
        widening.step(tx, consult)
    cards.changed(tx, consult_id)


def talk(tx: Tx, actor: Actor, consult_id: int) -> None:
    """Open the group direct message after an answer by form."""
    consult = authorise(tx, actor, Action.TALK, consult_id)
    if actor.user == consult.asker:
        care_queries.heard(tx, consult_id)
    if consult.expert:
        _open_conversation(tx, consult_id, consult.expert)
    cards.changed(tx, consult_id)


def _open_conversation(tx: Tx, consult_id: int, expert: str) -> None:
    consults.talk(tx, consult_id)
    outbox.mark_stale(tx, f"conversation/{consult_id}/{expert}")
