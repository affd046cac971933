"""How an offer widens as working time passes, by urgency; product.md, section 1.3."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.records import Offer, OfferState, Step, Urgency

HOUR = 3600
WORKING_DAY = 8 * HOUR
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Stage:
    """What happens once `after` seconds of working time have passed since the first offer.

    `experts`: to how many more it is put; `remind`: those who have it before them are reminded;
    `day_of`: earlier, if the working day is over in which so many seconds of it had passed.
    """

    after: int
    step: Step
    experts: int = 0
    remind: bool = False
    day_of: int | None = None


TODAY = (
    Stage(0, Step.EXPERTS, experts=3),
    Stage(2 * HOUR, Step.MORE_EXPERTS, experts=3, remind=True),
    Stage(4 * HOUR, Step.FALLBACK_CHANNEL),
    Stage(WORKING_DAY, Step.ADMIN, day_of=4 * HOUR),
)
# One at a time for a working day, then as above: over in two days.
THIS_WEEK = (
    Stage(0, Step.EXPERTS, experts=1),
    Stage(4 * HOUR, Step.EXPERTS, experts=1),
    Stage(WORKING_DAY, Step.MORE_EXPERTS, experts=3, remind=True),
    Stage(12 * HOUR, Step.FALLBACK_CHANNEL),
    Stage(2 * WORKING_DAY, Step.ADMIN),
)
NO_HURRY = (
    Stage(0, Step.EXPERTS, experts=1),
    Stage(WORKING_DAY, Step.EXPERTS, experts=1),
    Stage(2 * WORKING_DAY, Step.EXPERTS, experts=1, remind=True),
    Stage(3 * WORKING_DAY, Step.FALLBACK_CHANNEL),
    Stage(4 * WORKING_DAY, Step.ADMIN),
)
_PLANS = {Urgency.TODAY: TODAY, Urgency.THIS_WEEK: THIS_WEEK, Urgency.NO_HURRY: NO_HURRY}

# product.md, section 1.5: a working day (of working time), then 7 and 14 days after acceptance.
SILENCE = (WORKING_DAY, 7 * DAY, 14 * DAY)
# After *Not yet*, or when the bot was down, two of these dates may be close, or past.
SILENCE_APART = 3 * DAY


def plan(urgency: Urgency) -> tuple[Stage, ...]:
    """The stages a consult of this urgency goes through, in order of working time."""
    return _PLANS[urgency]


def not_to_ask(offers: Iterable[Offer], now: int) -> frozenset[str]:
    """Whom the bot does not put a consult to: they have it, or have had it and said no to it.

    Passed, given back, put to a colleague; or rather not before a date that is still to come, also
    where somebody had it meanwhile. Whose offer just went (taken by another, changed) may be asked.
    """
    return frozenset(
        offer.expert
        for offer in offers
        if offer.state is not OfferState.GONE or (offer.rests_until or 0) > now
    )
