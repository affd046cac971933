"""What those do to whom a consult is put: accept, answer, pass, hand on, give back, talk."""

from bot import care
from bot.authority import Action, Actor, authorise
from bot.consults import cards, clock, widening
from bot.consults.anonymity import barred
from bot.errors import Reason, Refused, Unusable
from bot.members import hours_of
from bot.rules import working_hours
from storage import care as care_queries
from storage import consults, offers, outbox
from storage.database import Tx
from storage.records import Consult, ConsultState, Ground, OfferState
from storage.records.relay import Side


def accept(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """Make the actor the one who answers, with a conversation of the two.

    It is a group direct message; with an anonymous asker one through the bot.

    Accepting what one has accepted already changes nothing. Raises Refused(TAKEN) if somebody was
    faster, (NOT_YOURS) if it was never theirs to accept.
    """
    consult = _take(tx, actor, consult_id)
    if not consult.conversation:
        _open_conversation(tx, consult, actor.user)
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
    """The consult as the actor may answer and see it; raises Refused."""
    return authorise(tx, actor, Action.ACCEPT, consult_id).seen_by(actor.user)


def _take(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    standing = consults.get(tx, consult_id)
    if standing and standing.state is ConsultState.ACCEPTED and standing.expert == actor.user:
        return standing
    consult = authorise(tx, actor, Action.ACCEPT, consult_id)
    waited = working_hours.worked_between(hours_of(tx, actor.user), consult.asked_at, tx.now)
    due_at = widening.silence_due(tx, consult, 0)
    consults.take(tx, consult_id, actor.user, due_at, waited=waited)
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

    Raises Refused(NOT_PICKABLE) for the asker, people kept apart from them, guests and bots. Who
    can't be asked because of an anonymous asker is passed over without a word: a refusal would tell
    the admin who asks.
    """
    consult = authorise(tx, actor, Action.HAND_ON, consult_id)
    passed_over = barred(tx, consult, user)
    if not clock.may_be_asked(tx, user) or (passed_over and not consult.hidden):
        raise Refused(Reason.NOT_PICKABLE)
    if not passed_over:
        widening.put_to(tx, consult_id, user, why=Ground.HANDED_ON)
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
    offers.rest_on(tx, consult_id)
    consult = consults.get(tx, consult_id)
    if consult:
        widening.step(tx, consult)
    cards.changed(tx, consult_id)


def talk(tx: Tx, actor: Actor, consult_id: int) -> None:
    """Open a conversation of the two after an answer by form."""
    consult = authorise(tx, actor, Action.TALK, consult_id)
    if actor.user == consult.asker:
        care_queries.heard(tx, consult_id)
    if consult.expert:
        _open_conversation(tx, consult, consult.expert)
    cards.changed(tx, consult_id)


def _open_conversation(tx: Tx, consult: Consult, expert: str) -> None:
    consults.talk(tx, consult.id)
    if not consult.hidden:
        outbox.mark_stale(tx, f"conversation/{consult.id}/{expert}")
        return
    for side in Side:
        outbox.mark_stale(tx, f"relay/{consult.id}/{expert}/{side}")
