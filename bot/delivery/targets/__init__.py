"""Which view belongs to which outbox key, drawn from what the store says now.

A new thing to show is one more line in its feature's `TARGETS`. None means that there is nothing to
show (any more): what was never posted is not, what was stays as it is.
"""

from collections.abc import Callable

from bot.delivery.target import Drawn, HomeOf, Person, Posted, Target
from bot.delivery.targets import circles as circle_targets
from bot.delivery.targets import consults as consult_targets
from bot.delivery.targets import forming as forming_targets
from bot.delivery.targets import nudges as nudge_targets
from bot.delivery.targets import sessions as session_targets
from bot.nudges import is_nudge
from bot.views import home as home_view
from bot.views import programme as programme_view
from storage import circles, consults, members, outbox, sessions
from storage.database import Tx


def render(tx: Tx, key: str) -> Drawn:
    """The thing of this key as it should look now."""
    thing, _, rest = key.partition("/")
    if is_nudge(key):
        return nudge_targets.around(tx, key, _TARGETS[thing])
    return _TARGETS[thing](tx, *rest.split("/"))


def _home(tx: Tx, user: str) -> Target | None:
    standing = home_view.Standing(
        user=user,
        waiting=consults.offered_to(tx, user),
        taken=consults.taken_by(tx, user),
        asked=consults.unfinished_of(tx, user),
        expert=members.expert(tx, user),
        now=tx.now,
        circles=[(each, sessions.ahead(tx, each.id)) for each in circles.of_member(tx, user)],
        commitments=sessions.open_commitments_of(tx, user),
    )
    return HomeOf(user, home_view.home(standing))


def _dead_letters(tx: Tx, _day: str, admin: str) -> Target | None:
    failed = outbox.dead(tx)
    return Posted(Person(admin), programme_view.dead_letters(failed)) if failed else None


_TARGETS: dict[str, Callable[..., Target | None]] = {
    **consult_targets.TARGETS,
    **circle_targets.TARGETS,
    **session_targets.TARGETS,
    **forming_targets.TARGETS,
    **nudge_targets.TARGETS,
    "home": _home,
    "dead-letters": _dead_letters,
}
