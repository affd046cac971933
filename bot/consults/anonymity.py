"""Who asks: hidden from everybody else, and shown again, by the asker alone."""

from bot import inviting
from bot.authority import Action, Actor, authorise
from bot.consults import cards, clock, widening
from bot.errors import Reason, Refused
from bot.views.consults.anonymity import Known
from storage import consults, details, members, offers, outbox
from storage.database import Tx
from storage.records import Consult, ConsultState, DetailState, OfferState, Step


def to_hide(tx: Tx, actor: Actor, consult_id: int) -> Known:
    """Who has been shown the asker's name so far, as far as the bot can know; raises Refused."""
    consult = authorise(tx, actor, Action.ASK_ANONYMOUSLY, consult_id)
    shown = outbox.may_stand_under(tx, f"admin-card/{consult_id}")
    return Known(
        tuple(offer.expert for offer in offers.of_consult(tx, consult_id)),
        outbox.stands_in(tx, f"fallback-card/{consult_id}"),
        tuple(key.rpartition("/")[2] for key in shown if not consult.hidden),
    )


def ask_anonymously(tx: Tx, actor: Actor, consult_id: int) -> None:
    """Hide who asks, and put the question to others than those who have read the name.

    Hiding what is hidden changes nothing; raises Refused, (NAME_KNOWN) once the name was shown.
    """
    consult = authorise(tx, actor, Action.ASK_ANONYMOUSLY, consult_id)
    if consult.hidden:
        return
    if consult.anonymous:
        raise Refused(Reason.NAME_KNOWN)
    consults.hide_asker(tx, consult_id)
    asked = offers.of_consult(tx, consult_id)
    for offer in asked:
        offers.take_back(tx, consult_id, offer.expert)
    # Whoever asked for a detail has read the name, and is not asked any more.
    details.settle(tx, consult_id, DetailState.OVER)
    if asked or consult.step in (Step.FALLBACK_CHANNEL, Step.ADMIN):
        consults.begins_again(tx, consult_id)
        widening.step(tx, clock.looked_at(tx, _get(tx, consult_id)))
    cards.changed(tx, consult_id)


def reveal(tx: Tx, actor: Actor, consult_id: int) -> None:
    """Show everybody who has to do with it who asks; there is no way back.

    Where the two wrote to each other through the bot they get a group message. Showing what is
    shown changes nothing.
    """
    consult = authorise(tx, actor, Action.REVEAL, consult_id)
    if not consult.hidden:
        return
    consults.reveal_asker(tx, consult_id)
    if consult.state is ConsultState.ACCEPTED and consult.conversation:
        outbox.mark_stale(tx, f"conversation/{consult_id}/{consult.expert}")
    if consult.state is ConsultState.CLOSED:
        inviting.after_consult(tx, _get(tx, consult_id))
    cards.changed(tx, consult_id)


def barred(tx: Tx, consult: Consult, user: str) -> bool:
    """Whether the asker is why somebody can't be asked: it is them, or not to be brought to them.

    So it is with those who read a hidden asker's name before it was hidden.
    """
    offer = offers.of_expert(tx, consult.id, user)
    knows = consult.hidden and offer is not None and offer.state is OfferState.TAKEN_BACK
    return user == consult.asker or knows or members.kept_apart(tx, user, consult.asker)


def _get(tx: Tx, consult_id: int) -> Consult:
    consult = consults.get(tx, consult_id)
    if consult is None:
        raise Refused(Reason.NOT_YOURS)
    return consult
