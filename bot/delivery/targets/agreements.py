"""What the outbox shows of agreements."""

from collections.abc import Callable

from bot.delivery.target import Person, Posted, Target
from bot.nudges import Thing
from bot.views import agreements as view
from bot.views.checkins import PLAN
from storage import agreements, mentorships, outbox
from storage.database import Tx
from storage.nudges import was_heeded


def _card(tx: Tx, mentorship_id: str, user: str, version: str) -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    agreement = agreements.get(tx, int(mentorship_id), int(version))
    newest = agreements.latest(tx, int(mentorship_id))
    if mentorship is None or agreement is None or newest is None:
        return None
    card = view.agreement_card(mentorship, agreement, user, newest=newest.version)
    return Posted(Person(user), card)


def _signed(tx: Tx, mentorship_id: str, version: str, user: str) -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None:
        return None
    if not mentorship.under_way:
        stands = outbox.stands_at(tx, f"agreement-signed/{mentorship_id}/{version}/{user}")
        return Posted(Person(user), view.was_signed(mentorship, user)) if stands else None
    first = agreements.first_signed(tx, mentorship.id) == int(version)
    return Posted(Person(user), view.signed_news(mentorship, user, first=first, plan=PLAN))


def _waits(tx: Tx, mentorship_id: str, user: str, _occasion: str = "0") -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    newest = agreements.latest(tx, int(mentorship_id))
    message = view.waiting(mentorship, newest, user) if mentorship else None
    return Posted(Person(user), message) if message else None


def _review(tx: Tx, mentorship_id: str, user: str, occasion: str = "0") -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None:
        return None
    if was_heeded(tx, Thing.AGREEMENT_REVIEW, mentorship.id, user, int(occasion)):
        return None
    message = view.review(mentorship, user)
    return Posted(Person(user), message) if message else None


def _term_ends(tx: Tx, mentorship_id: str, user: str, occasion: str = "0") -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None:
        return None
    answered = was_heeded(tx, Thing.TERM_ENDS, mentorship.id, user, int(occasion))
    message = view.term_ends(mentorship, user, int(occasion), answered=answered)
    return Posted(Person(user), message) if message else None


TARGETS: dict[str, Callable[..., Target | None]] = {
    "agreement-card": _card,
    "agreement-signed": _signed,
    "agreement-waits": _waits,
    "agreement-review": _review,
    "term-ends": _term_ends,
}
