"""Which view belongs to which outbox key, drawn from what the store says now.

A new thing to show is one more line in its feature's `TARGETS`. None means that there is nothing to
show (any more): what was never posted is not, what was stays as it is.
"""

from collections.abc import Callable

from bot.delivery.target import Drawn, Person, Posted, Target
from bot.delivery.targets import agreements as agreement_targets
from bot.delivery.targets import care as care_targets
from bot.delivery.targets import checkins as checkin_targets
from bot.delivery.targets import circles as circle_targets
from bot.delivery.targets import cohorts as cohort_targets
from bot.delivery.targets import consults as consult_targets
from bot.delivery.targets import endorsements as endorsement_targets
from bot.delivery.targets import feedback as feedback_targets
from bot.delivery.targets import forming as forming_targets
from bot.delivery.targets import home as home_targets
from bot.delivery.targets import mentorships as mentorship_targets
from bot.delivery.targets import notes as note_targets
from bot.delivery.targets import nudges as nudge_targets
from bot.delivery.targets import relay as relay_targets
from bot.delivery.targets import sessions as session_targets
from bot.nudges import is_nudge
from bot.views import programme as programme_view
from storage import outbox
from storage.database import Tx


def render(tx: Tx, key: str) -> Drawn:
    """The thing of this key as it should look now."""
    thing, _, rest = key.partition("/")
    if is_nudge(key):
        return nudge_targets.around(tx, key, _TARGETS[thing])
    return _TARGETS[thing](tx, *rest.split("/"))


def _dead_letters(tx: Tx, _day: str, admin: str) -> Target | None:
    failed = outbox.dead(tx)
    return Posted(Person(admin), programme_view.dead_letters(failed)) if failed else None


_TARGETS: dict[str, Callable[..., Target | None]] = {
    **consult_targets.TARGETS,
    **relay_targets.TARGETS,
    **circle_targets.TARGETS,
    **session_targets.TARGETS,
    **forming_targets.TARGETS,
    **home_targets.TARGETS,
    **agreement_targets.TARGETS,
    **endorsement_targets.TARGETS,
    **feedback_targets.TARGETS,
    **mentorship_targets.TARGETS,
    **checkin_targets.TARGETS,
    **note_targets.TARGETS,
    **care_targets.TARGETS,
    **nudge_targets.TARGETS,
    **cohort_targets.TARGETS,
    "dead-letters": _dead_letters,
}
