"""How a consult ends, and the one question to each side afterwards."""

from dataclasses import replace

from bot import ledger as helps
from bot.authority import Action, Actor, authorise
from bot.consults import cards, learning, widening
from bot.consults.offering import reopen
from storage import care, consults, ledger, offers, outbox
from storage.database import Tx
from storage.records import Consult, ConsultState, HelpCategory, OfferState, Outcome

# product.md, section 1.5: after "not yet" the next question comes with the one due after 7 days.
SNOOZED_AFTER_NOT_YET = 1


def close(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """Close an accepted consult; closing a closed one changes nothing.

    Writes the Help row and asks each side one thing. Raises Refused.
    """
    standing = consults.get(tx, consult_id)
    if (
        standing
        and standing.state is ConsultState.CLOSED
        and actor.user in (standing.asker, standing.expert)
    ):
        return standing
    consult = authorise(tx, actor, Action.CLOSE, consult_id)
    widening.end(tx, consult, by=actor.user)
    return consult


def keep_open(tx: Tx, actor: Actor, consult_id: int) -> None:
    """The asker says it still goes on: they are asked again a week from now."""
    consult = authorise(tx, actor, Action.KEEP_OPEN, consult_id)
    times = SNOOZED_AFTER_NOT_YET
    due_at = widening.silence_due(tx, replace(consult, accepted_at=tx.now), times)
    consults.asked_after_silence(tx, consult_id, times, due_at)
    care.heard(tx, consult_id)
    cards.changed(tx, consult_id)


def say_outcome(tx: Tx, actor: Actor, consult_id: int, outcome: Outcome, thanks: str) -> None:
    """The asker says whether it helped, with a thank-you for the expert if they like."""
    consult = authorise(tx, actor, Action.SAY_OUTCOME, consult_id)
    consults.tell_outcome(tx, consult_id, outcome)
    learning.learn(tx, consult, outcome)
    if consult.expert:
        ledger.tell_outcome(tx, consult_id, consult.expert, outcome, thanks)
        if thanks:
            outbox.mark_stale(tx, f"thank-you/{consult_id}/{consult.expert}")
    cards.changed(tx, consult_id)


def say_effort(tx: Tx, actor: Actor, consult_id: int, minutes: int | None, learned: str) -> None:
    """The expert says how long it took and what they learned: that is a Help the other way."""
    consult = authorise(tx, actor, Action.SAY_EFFORT, consult_id)
    ledger.tell_effort(tx, consult_id, actor.user, minutes, learned)
    if learned:
        helps.add(
            tx,
            helper=consult.asker,
            helped=actor.user,
            category=HelpCategory.TRANSFORMATIONAL,
            consult=consult,
        )
    cards.changed(tx, consult_id)


def ask_others(tx: Tx, actor: Actor, consult_id: int) -> None:
    """A consult that did not help is put to others; its Help row stays."""
    consult = authorise(tx, actor, Action.ASK_OTHERS, consult_id)
    if consult.expert:
        offers.answer(tx, consult_id, consult.expert, OfferState.RELEASED)
    learning.unlearn(tx, consult)
    reopen(tx, consult_id)
