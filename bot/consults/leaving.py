"""What happens to consults when somebody leaves the workspace."""

from collections.abc import Sequence

from bot import members, mentorships
from bot.consults import cards, widening
from bot.consults.offering import reopen
from storage import consults, received
from storage.database import Tx
from storage.records import ConsultState, Member, OfferState


def person_changed(tx: Tx, person: Member, delivery: str) -> None:
    """Store what Slack tells of one person; see `keep_people`."""
    if received.first_time(tx, delivery):
        keep_people(tx, [person])


def keep_people(tx: Tx, people: Sequence[Member]) -> None:
    """Store what Slack says of people now; questions that those who left had go to others."""
    members.keep_all(tx, people)
    for person in people:
        if person.deactivated:
            _route_on(tx, person.user)
            mentorships.left(tx, person.user)


def _route_on(tx: Tx, user: str) -> None:
    for consult in consults.taken_by(tx, user):
        consults.answer_offer(tx, consult.id, user, OfferState.RELEASED)
        reopen(tx, consult.id)
    for consult in consults.offered_to(tx, user):
        consults.answer_offer(tx, consult.id, user, OfferState.PASSED)
        if consult.state is ConsultState.OPEN:
            widening.step(tx, consult)
        cards.changed(tx, consult.id)
