"""What happens to consults when somebody leaves the workspace."""

from bot.consults import cards, widening
from bot.consults.offering import reopen
from storage import consults
from storage.database import Tx
from storage.records import ConsultState, OfferState


def route_on(tx: Tx, user: str) -> None:
    """Questions that somebody had who has left the workspace go to others."""
    for consult in consults.taken_by(tx, user):
        consults.answer_offer(tx, consult.id, user, OfferState.RELEASED)
        reopen(tx, consult.id)
    for consult in consults.offered_to(tx, user):
        consults.answer_offer(tx, consult.id, user, OfferState.PASSED)
        if consult.state is ConsultState.OPEN:
            widening.step(tx, consult)
        cards.changed(tx, consult.id)
