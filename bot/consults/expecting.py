"""What the asker of a consult can expect, from this programme's own consults."""

from bot.rules.expecting import LOOKED_AT, Expectation, expect
from storage import topics
from storage.database import Tx
from storage.records import Consult, ConsultState


def expected(tx: Tx, consult: Consult) -> Expectation | None:
    """What to expect of an open consult: of the first of its topics of which enough is known."""
    if consult.state is not ConsultState.OPEN:
        return None
    found = (
        expect(topic.name, topics.latest(tx, topic.id, LOOKED_AT), tx.now)
        for topic in consult.topics
    )
    return next((each for each in found if each), None)
