"""Which view belongs to which outbox key, drawn from what the store says now.

A new thing to show is one more line in its feature's `TARGETS`. None means that there is nothing to
show (any more): what was never posted is not, what was stays as it is.
"""

from collections.abc import Callable

from bot.delivery.target import Person, Posted, Target
from bot.delivery.targets import agreements as agreement_targets
from bot.delivery.targets import circles as circle_targets
from bot.delivery.targets import cohorts as cohort_targets
from bot.delivery.targets import consults as consult_targets
from bot.delivery.targets import feedback as feedback_targets
from bot.delivery.targets import forming as forming_targets
from bot.delivery.targets import home as home_targets
from bot.delivery.targets import sessions as session_targets
from bot.views import programme as programme_view
from storage import outbox
from storage.database import Tx


def render(tx: Tx, key: str) -> Target | None:
    """The thing of this key as it should look now."""
    thing, _, rest = key.partition("/")
    return _TARGETS[thing](tx, *rest.split("/"))


def _dead_letters(tx: Tx, _day: str, admin: str) -> Target | None:
    failed = outbox.dead(tx)
    return Posted(Person(admin), programme_view.dead_letters(failed)) if failed else None


_TARGETS: dict[str, Callable[..., Target | None]] = {
    **consult_targets.TARGETS,
    **circle_targets.TARGETS,
    **session_targets.TARGETS,
    **forming_targets.TARGETS,
    **home_targets.TARGETS,
    **agreement_targets.TARGETS,
    **feedback_targets.TARGETS,
    **cohort_targets.TARGETS,
    "dead-letters": _dead_letters,
}
