"""What the outbox shows of cohorts matched in one go."""

from collections.abc import Callable

from bot import cohorts as use_cases
from bot import needs
from bot.delivery.target import Person, Posted, Target
from bot.views import cohorts as view
from storage import cohorts, mentorships
from storage.database import Tx


def _proposal(tx: Tx, cohort_id: str) -> Target | None:
    cohort = cohorts.get(tx, int(cohort_id))
    if cohort is None:
        return None
    return Posted(Person(cohort.admin), view.proposal(use_cases.seen(tx, cohort)))


def _pair(tx: Tx, _cohort_id: str, user: str, mentorship_id: str) -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None or mentorship.ended:
        return None
    need = needs.get(tx, mentorship.need) if mentorship.need else None
    both = use_cases.topics_of(tx, mentorship)
    told = view.paired(mentorship, user, need.name if need else None, both)
    return Posted(Person(user), told)


def _without(tx: Tx, cohort_id: str, user: str) -> Target | None:
    cohort = cohorts.get(tx, int(cohort_id))
    left = [each for each in cohort.left if each.user == user] if cohort else []
    return Posted(Person(user), view.without(left)) if left else None


TARGETS: dict[str, Callable[..., Target | None]] = {
    "cohort": _proposal,
    "cohort-pair": _pair,
    "cohort-none": _without,
}
