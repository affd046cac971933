"""What the outbox shows of consults."""

from collections.abc import Callable

from bot import notes
from bot.delivery.target import Channel, Group, Person, Posted, Target
from bot.views.consults import closing, offers, status, talking, widened
from storage import consults, ledger, outbox
from storage import offers as offer_queries
from storage.database import Tx
from storage.records import Consult, OfferState


def _consult(tx: Tx, consult_id: str) -> Consult | None:
    return consults.get(tx, int(consult_id))


def _status_card(tx: Tx, consult_id: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    offers = offer_queries.of_consult(tx, consult.id)
    return Posted(Person(consult.asker), status.status_card(consult, offers))


def _offer_card(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult, offer = _consult(tx, consult_id), offer_queries.of_expert(tx, int(consult_id), expert)
    if consult is None or offer is None:
        return None
    standing = outbox.stands_in(tx, f"offer-card/{consult_id}/{expert}")
    if offer.state is not OfferState.OPEN and standing is None:
        return None  # it was never shown, so there is nothing to take back
    return Posted(Person(expert), offers.offer_card(consult, offer))


def _reminder(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult, offer = _consult(tx, consult_id), offer_queries.of_expert(tx, int(consult_id), expert)
    message = offers.reminder(consult, offer) if consult and offer else None
    return Posted(Person(expert), message) if message else None


def _offer_again(tx: Tx, consult_id: str, expert: str, _offered_at: str) -> Target | None:
    consult, offer = _consult(tx, consult_id), offer_queries.of_expert(tx, int(consult_id), expert)
    message = offers.offered_again(consult, offer) if consult and offer else None
    return Posted(Person(expert), message) if message else None


def _fallback_card(tx: Tx, consult_id: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    stands_in = outbox.stands_in(tx, f"fallback-card/{consult_id}")
    place = stands_in or next(
        (topic.fallback_channel for topic in consult.topics if topic.fallback_channel), None
    )
    if place is None or (stands_in is None and (consult.ended or consult.personal)):
        return None  # what stands there already is still to be taken back
    return Posted(Channel(place), widened.fallback_card(consult))


def _admin_card(tx: Tx, consult_id: str, admin: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    offers = offer_queries.of_consult(tx, consult.id)
    return Posted(Person(admin), widened.admin_card(consult, offers))


def _conversation(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    place = Group(tuple(sorted((consult.asker, expert))))
    if consult.expert == expert:
        return Posted(place, talking.conversation_opening(consult))
    opened = outbox.stands_in(tx, f"conversation/{consult_id}/{expert}")
    return Posted(place, talking.conversation_moved_on()) if opened else None


def _answer(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None or consult.expert != expert or not consult.answer:
        return None
    return Posted(Person(consult.asker), talking.answer_message(consult))


def _silence(tx: Tx, consult_id: str, _asked_at: str) -> Target | None:
    consult = _consult(tx, consult_id)
    return Posted(Person(consult.asker), talking.silence_question(consult)) if consult else None


def _closing_question(tx: Tx, consult_id: str, user: str, _closed_at: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    shareable = notes.may_begin(tx, user, consult)
    if user == consult.asker:
        asked = closing.closing_question_to_asker(consult, shareable=shareable)
        return Posted(Person(user), asked)
    if user != consult.expert:
        return None
    helps = ledger.of_consult(tx, consult.id)
    asked = closing.closing_question_to_expert(consult, helps, shareable=shareable)
    return Posted(Person(user), asked)


def _thank_you(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    rows = ledger.of_consult(tx, consult.id)
    thanks = next((row.thanks for row in rows if row.helper == expert and row.thanks), None)
    return Posted(Person(expert), closing.thank_you(consult, thanks)) if thanks else None


TARGETS: dict[str, Callable[..., Target | None]] = {
    "status-card": _status_card,
    "offer-card": _offer_card,
    "offer-again": _offer_again,
    "reminder": _reminder,
    "fallback-card": _fallback_card,
    "admin-card": _admin_card,
    "conversation": _conversation,
    "answer": _answer,
    "silence": _silence,
    "closing-question": _closing_question,
    "thank-you": _thank_you,
}
