"""How mentorships stand, with what belongs to each, for what people see of them."""

from bot import needs
from bot.views.mentorships.cards import Seen
from storage import checkins, mentorships, topics
from storage.database import Tx
from storage.records.checkins import CheckinState
from storage.records.mentorships import Mentorship


def seen(tx: Tx, mentorship: Mentorship) -> Seen:
    """The mentorship with its need, its swap's topics, its agreement and its next check-in."""
    swapped = [each for each in (mentorship.gives, mentorship.gets) if each]
    names = {topic.id: topic.name for topic in topics.these(tx, swapped)}
    planned = checkins.of_mentorship(tx, mentorship.id, CheckinState.PLANNED)
    return Seen(
        mentorship,
        need=needs.get(tx, mentorship.need) if mentorship.need else None,
        gives=names.get(mentorship.gives or 0),
        gets=names.get(mentorship.gets or 0),
        waits_for=mentorships.waits_for_signature(tx, mentorship.id),
        next_at=next((each.starts_at for each in planned if each.starts_at > tx.now), None),
    )


def mine(tx: Tx, user: str) -> list[Seen]:
    """Those of a member that have not ended, requests among them, oldest first."""
    return [seen(tx, each) for each in mentorships.of_member(tx, user)]
