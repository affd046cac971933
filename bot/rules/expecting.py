"""What an asker can expect on a topic, from how the programme's latest consults of it went."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from storage.records import ConsultState, Outcome, Wait

LOOKED_AT = 50  # latest consults of a topic
# product.md, section 1.1: nothing is said of fewer.
AT_LEAST = 5
DAY = 24 * 3600
# Until then a question that nobody has taken may still find somebody.
SETTLED_AFTER = 7 * DAY
# Who withdraws sooner has changed their mind; later, they got no answer.
CHANGED_THEIR_MIND = DAY


@dataclass(frozen=True, slots=True)
class Expectation:
    """How the last `of` consults of a topic went.

    `answered` of them were taken and helped; `within`: seconds of working time until half of those
    that were taken had been; None where fewer than AT_LEAST were.
    """

    topic: str
    answered: int
    of: int
    within: int | None


def expect(topic: str, latest: Sequence[Wait], now: int) -> Expectation | None:
    """What the topic's latest consults tell; None where fewer than AT_LEAST are settled."""
    settled = [each for each in latest if _settled(each, now)]
    if len(settled) < AT_LEAST:
        return None
    waits = [each.waited for each in settled if each.waited is not None]
    answered = sum(each.waited is not None and each.outcome is not Outcome.NO for each in settled)
    within = round(statistics.median(waits)) if len(waits) >= AT_LEAST else None
    return Expectation(topic, answered, len(settled), within)


def _settled(each: Wait, now: int) -> bool:
    """Whether it is known if it found somebody."""
    if each.waited is not None:
        return True
    if each.state is ConsultState.WITHDRAWN:
        return (each.closed_at or each.asked_at) - each.asked_at > CHANGED_THEIR_MIND
    return now - each.asked_at > SETTLED_AFTER
