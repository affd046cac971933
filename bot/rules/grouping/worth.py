"""How good groups are. One measure for those formed here, by hand and by chance.

Mixture is counted by pairs, as Blau's index does (Inequality and Heterogeneity, 1977): the chance
that two of a group differ. A person's share is the mean over those they are with, so that a large
group is no better than a small one by its size alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import combinations

from bot.rules.grouping.wishes import BEST, Group, Wish
from bot.rules.working_hours import zone_of
from storage.records import CareerStage

# To be the one of another stage outweighs whatever one move or swap between two circles of twelve
# can gain: shares of 7 a person from worst to best, and at most 81 by their sizes.
GUEST = 250.0
# To be in a circle outweighs that, and twelve guests in these two.
PLACED = 4000.0
# More than all that may speak for a pair (3): old companions meet only where nobody else would do.
AGAIN = 4.0
DISCIPLINE = 1.0  # one often learns more from a different perspective
TOPICS = 1.0  # something to speak about from the first session on
SITE = 0.5  # people of one site meet anyway; it matters less than another discipline
ZONE = 0.5  # the hour they share stays a decent one; they have shared it already, so half
SIZE = 0.5  # for each person from the best size, squared: two circles of 4 rather than one of 8

FAR = 6.0  # hours between two zones from which they are not near at all
HALF_A_DAY = 12.0
STAGES = tuple(CareerStage)


def score(groups: Iterable[Group], wishes: Sequence[Wish], *, best: int = BEST) -> float:
    """The worth of all groups; hard rules are `faults`' to judge. Unknown people count nothing."""
    known = {wish.user: wish for wish in wishes}
    return sum(
        _worth_of([known[user] for user in group.users if user in known], best) for group in groups
    )


def _worth_of(people: list[Wish], best: int) -> float:
    pairs = sum(pair_worth(one, other) for one, other in combinations(people, 2))
    return worth(len(people), pairs, guests_among(person.stage for person in people), best)


def worth(size: int, pairs: float, guests: int, best: int) -> float:
    """The worth of one group, from the sum over its pairs."""
    shares = 2 * pairs / (size - 1) if size > 1 else 0.0
    return size * PLACED - guests * GUEST + shares - SIZE * (size - best) ** 2


def pair_worth(one: Wish, other: Wish) -> float:
    """What two people are to each other, from -AGAIN to 3. What is not known says nothing."""
    total = ZONE * _nearness(one.zone, other.zone)
    if one.topics and other.topics:
        shared = len(one.topics & other.topics)
        total += TOPICS * shared / min(len(one.topics), len(other.topics))
    if one.discipline != other.discipline and one.discipline and other.discipline:
        total += DISCIPLINE
    if one.site != other.site and one.site and other.site:
        total += SITE
    if were_together(one, other):
        total -= AGAIN
    return total


def were_together(one: Wish, other: Wish) -> bool:
    """Whether one names the other as a companion of their last circle."""
    return other.user in one.companions or one.user in other.companions


def stage_of(stages: Iterable[CareerStage | None]) -> CareerStage | None:
    """The stage that most have who said it; None if nobody has."""
    counted = Counter(stage for stage in stages if stage)
    return max(STAGES, key=lambda stage: counted[stage]) if counted else None


def guests_among(stages: Iterable[CareerStage | None]) -> int:
    """How many are not of the stage that most of them have."""
    counted = Counter(stage for stage in stages if stage)
    return counted.total() - max(counted.values(), default=0)


@lru_cache(maxsize=4096)
def _nearness(one: str, other: str) -> float:
    """1 in the same zone, 0 from FAR hours on; around the globe, as wall clocks go."""
    apart = abs(_offset(one) - _offset(other))
    return max(0.0, 1 - min(apart, 2 * HALF_A_DAY - apart) / FAR)


def _offset(zone: str) -> float:
    """Hours east of UTC on a day in January: an hour more in summer makes nobody far."""
    offset = datetime(2026, 1, 15, tzinfo=zone_of(zone)).utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0
