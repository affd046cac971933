"""What Slack tells of people: stored, and what it means for consults and circles."""

from collections.abc import Sequence

from bot import circles, consults, members, mentorships, notes
from storage import received
from storage.database import Tx
from storage.records import Member


def person_changed(tx: Tx, person: Member, delivery: str) -> None:
    """Store what Slack tells of one person; see `keep`."""
    if received.first_time(tx, delivery):
        keep(tx, [person])


def keep(tx: Tx, people: Sequence[Member]) -> None:
    """Store what Slack says of people now; who left is asked nothing more and is in no circle."""
    members.keep_all(tx, people)
    for person in people:
        if person.deactivated:
            consults.withdraw_of(tx, person.user)
            consults.route_on(tx, person.user)
            circles.left_workspace(tx, person.user)
            mentorships.left(tx, person.user)
            notes.left(tx, person.user)
    consults.to_admins(tx)
