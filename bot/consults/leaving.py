"""What happens to consults when somebody leaves the workspace."""

from bot.consults import cards, widening
from bot.consults.offering import reopen
from storage import consults, offers, programme
from storage.database import Tx
from storage.records import ConsultState, OfferState, Outcome


def withdraw_of(tx: Tx, asker: str) -> None:
    """What somebody had asked who has left, and nobody has taken, is withdrawn."""
    for consult in consults.unfinished_of(tx, asker):
        if consult.state is ConsultState.OPEN:
            consults.end(tx, consult.id, ConsultState.WITHDRAWN, None, Outcome.UNKNOWN)
            cards.changed(tx, consult.id)


def to_admins(tx: Tx) -> None:
    """What waits for an admin who is none any more waits for another."""
    admins = set(programme.admins(tx))
    for consult in consults.with_admin(tx):
        if consult.admin not in admins:
            widening.to_another_admin(tx, consult)
            cards.changed(tx, consult.id)


def route_on(tx: Tx, user: str) -> None:
    """Questions that somebody had who has left the workspace go to others."""
    for consult in consults.taken_by(tx, user):
        offers.answer(tx, consult.id, user, OfferState.RELEASED)
        reopen(tx, consult.id)
    for consult in (*consults.offered_to(tx, user), *consults.resting_with(tx, user)):
        offers.answer(tx, consult.id, user, OfferState.PASSED)
        if consult.state is ConsultState.OPEN:
            widening.step(tx, consult)
        cards.changed(tx, consult.id)
