"""What the outbox shows of circles formed in one go."""

from collections.abc import Callable

from bot import forming as use_cases
from bot.delivery.target import Person, Posted, Target
from bot.views import forming as view
from storage import circles, forming
from storage.database import Tx
from storage.records import FormingState, Standing


def _proposal(tx: Tx, forming_id: str) -> Target | None:
    proposed = forming.get(tx, int(forming_id))
    if proposed is None:
        return None
    draft = proposed.state is FormingState.DRAFT
    faults = use_cases.faults_of(tx, proposed) if draft else {}
    meetings = use_cases.meetings_of(tx, proposed) if draft else {}
    return Posted(Person(proposed.admin), view.proposal(proposed, meetings, faults))


def _formed(tx: Tx, circle_id: str, user: str) -> Target | None:
    circle = circles.get(tx, int(circle_id))
    member = circles.member(tx, int(circle_id), user)
    if circle is None or member is None or member.standing is not Standing.IN:
        return None
    users = [each.user for each in circles.members(tx, circle.id)]
    return Posted(Person(user), view.formed(circle, users, user))


def _without_one(tx: Tx, forming_id: str, user: str) -> Target | None:
    proposed = forming.get(tx, int(forming_id))
    if proposed is None or user not in proposed.left:
        return None
    return Posted(Person(user), view.without_one(proposed.left[user]))


TARGETS: dict[str, Callable[..., Target | None]] = {
    "forming": _proposal,
    "circle-formed": _formed,
    "circle-none": _without_one,
}
