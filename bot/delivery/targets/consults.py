"""What the outbox shows of consults."""

from collections.abc import Callable

from bot import notes
from bot.consults import expecting
from bot.delivery import askers
from bot.delivery.target import Channel, Person, Posted, Target
from bot.views.consults import closing, details, offers, status, talking, widened
from storage import consults, ledger, outbox
from storage import offers as offer_queries
from storage.database import Tx
from storage.records import Consult, Detail, DetailState, OfferState

EVERYBODY = ""


def _consult(tx: Tx, consult_id: str) -> Consult | None:
    """The consult for its asker."""
    return consults.get(tx, int(consult_id))


def _seen(tx: Tx, consult_id: str, user: str) -> Consult | None:
    """The consult for anybody else; `user` empty: for everybody."""
    consult = _consult(tx, consult_id)
    return askers.shown_to(consult, user) if consult else None


def _status_card(tx: Tx, consult_id: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    offers = offer_queries.of_consult(tx, consult.id)
    expected = expecting.expected(tx, consult)
    return Posted(askers.messages_of(consult), status.status_card(consult, offers, expected))


def _offer_card(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _seen(tx, consult_id, expert)
    offer = offer_queries.of_expert(tx, int(consult_id), expert)
    if consult is None or offer is None:
        return None
    standing = outbox.stands_in(tx, f"offer-card/{consult_id}/{expert}")
    if offer.state not in (OfferState.OPEN, OfferState.RESTING) and standing is None:
        return None  # it was never shown, so there is nothing to take back
    return Posted(Person(expert), offers.offer_card(consult, offer))


def _reminder(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _seen(tx, consult_id, expert)
    offer = offer_queries.of_expert(tx, int(consult_id), expert)
    message = offers.reminder(consult, offer) if consult and offer else None
    return Posted(Person(expert), message) if message else None


def _offer_again(tx: Tx, consult_id: str, expert: str, _offered_at: str) -> Target | None:
    consult = _seen(tx, consult_id, expert)
    offer = offer_queries.of_expert(tx, int(consult_id), expert)
    message = offers.offered_again(consult, offer) if consult and offer else None
    return Posted(Person(expert), message) if message else None


def _detail_of(tx: Tx, consult_id: str, expert: str) -> tuple[Consult, Detail] | None:
    consult = _consult(tx, consult_id)
    asked = consult.details if consult else ()
    found = next((each for each in asked if each.expert == expert), None)
    return (consult, found) if consult and found else None


def _detail(tx: Tx, consult_id: str, expert: str) -> Target | None:
    found = _detail_of(tx, consult_id, expert)
    if found is None:
        return None
    consult, detail = found
    waits = detail.state in (DetailState.OPEN, DetailState.LAPSED) and not consult.ended
    if not waits and outbox.stands_in(tx, f"detail/{consult_id}/{expert}") is None:
        return None  # it was settled before it was ever shown
    return Posted(askers.messages_of(consult), details.detail_question(consult, detail))


def _detail_answered(tx: Tx, consult_id: str, expert: str) -> Target | None:
    found = _detail_of(tx, consult_id, expert)
    if found is None:
        return None
    consult, detail = found
    message = details.detail_answered(askers.shown_to(consult, expert), detail)
    return Posted(Person(expert), message) if message else None


def _fallback_card(tx: Tx, consult_id: str) -> Target | None:
    consult = _seen(tx, consult_id, EVERYBODY)
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
    consult = _seen(tx, consult_id, admin)
    if consult is None:
        return None
    offers = offer_queries.of_consult(tx, consult.id)
    return Posted(Person(admin), widened.admin_card(consult, offers))


def _conversation(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    place = askers.group_with(consult, expert)
    if place is None:
        return None
    if consult.expert == expert:
        return Posted(place, talking.conversation_opening(consult))
    opened = outbox.stands_in(tx, f"conversation/{consult_id}/{expert}")
    return Posted(place, talking.conversation_moved_on()) if opened else None


def _answer(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None or consult.expert != expert or not consult.answer:
        return None
    return Posted(askers.messages_of(consult), talking.answer_message(consult))


def _silence(tx: Tx, consult_id: str, _asked_at: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    return Posted(askers.messages_of(consult), talking.silence_question(consult))


def _closing_question(tx: Tx, consult_id: str, user: str, _closed_at: str) -> Target | None:
    consult = _consult(tx, consult_id)
    if consult is None:
        return None
    if askers.is_asker(consult, user):
        place = askers.messages_of(consult)
        shareable = notes.may_begin(tx, place.user, consult)
        return Posted(place, closing.closing_question_to_asker(consult, shareable=shareable))
    if user != consult.expert:
        return None
    helps, seen = ledger.of_consult(tx, consult.id), askers.shown_to(consult, user)
    shareable = notes.may_begin(tx, user, consult)
    asked = closing.closing_question_to_expert(seen, helps, shareable=shareable)
    return Posted(Person(user), asked)


def _thank_you(tx: Tx, consult_id: str, expert: str) -> Target | None:
    consult = _seen(tx, consult_id, expert)
    if consult is None:
        return None
    rows = ledger.of_consult(tx, consult.id)
    thanks = next((row.thanks for row in rows if row.helper == expert and row.thanks), None)
    return Posted(Person(expert), closing.thank_you(consult, thanks)) if thanks else None


TARGETS: dict[str, Callable[..., Target | None]] = {
    "status-card": _status_card,
    "offer-card": _offer_card,
    "offer-again": _offer_again,
    "detail": _detail,
    "detail-answered": _detail_answered,
    "reminder": _reminder,
    "fallback-card": _fallback_card,
    "admin-card": _admin_card,
    "conversation": _conversation,
    "answer": _answer,
    "silence": _silence,
    "closing-question": _closing_question,
    "thank-you": _thank_you,
}
