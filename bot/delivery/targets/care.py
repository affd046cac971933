"""What the outbox shows experts of their own week."""

from collections.abc import Callable

from bot import care
from bot.delivery.target import Person, Posted, Target
from bot.nudges import Thing
from bot.views import care as view
from storage import members
from storage.database import Tx
from storage.nudges import was_heeded


def _week_full(tx: Tx, _own: str, user: str, _occasion: str = "0") -> Target | None:
    expert, until = members.expert(tx, user), care.full_until(tx, user)
    if expert is None or until is None:
        return None
    return Posted(Person(user), view.week_full(expert.capacity, until))


def _rest_week(tx: Tx, own: str, user: str, occasion: str = "0") -> Target | None:
    if not was_heeded(tx, Thing.REST_WEEK, int(own), user, int(occasion)):
        return Posted(Person(user), view.rest_week(int(occasion)))
    until = members.paused_until(tx, user) or 0
    return Posted(Person(user), view.rest_answered(until if until > tx.now else None))


def _kind_words(_tx: Tx, answered: str, user: str, _occasion: str = "0") -> Target | None:
    return Posted(Person(user), view.kind_words(int(answered)))


TARGETS: dict[str, Callable[..., Target | None]] = {
    "week-full": _week_full,
    "rest-week": _rest_week,
    "kind-words": _kind_words,
}
