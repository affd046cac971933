"""What the search asks again and again, reckoned once: who can meet whom, and their worth as pairs.

People are numbers, in the order of their ids, whatever order they came in. A set of people is an
integer with a bit for each. So is a set of slots: a slot is an hour of the week together with two
stages that are next to each other. People can be one group just if they have a slot in common and
nobody is apart from another.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.rules.grouping.wishes import HOURS_A_WEEK, Wish
from bot.rules.grouping.worth import STAGES, pair_worth
from storage.records import CareerStage

NEIGHBOURS = tuple(pairwise(STAGES))


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many people a group has: the fewest, the most and the best number."""

    least: int
    most: int
    best: int


@dataclass(frozen=True, slots=True)
class Table:
    """People and all that is known of them; each tuple has a place a person.

    `open_at` has a place a slot: who could meet then. `meetable`: how many others somebody could
    meet at all, by hours and stages.
    """

    wishes: tuple[Wish, ...]
    bounds: Bounds
    slots: tuple[int, ...]
    apart: tuple[int, ...]
    pairs: tuple[tuple[float, ...], ...]
    open_at: tuple[int, ...]
    meetable: tuple[int, ...]
    of_stage: dict[CareerStage | None, int]


def table_of(wishes: Sequence[Wish], bounds: Bounds) -> Table:
    """The table of these people."""
    ordered = tuple(sorted(wishes, key=lambda wish: wish.user))
    slots = tuple(slots_of(wish) for wish in ordered)
    open_at = tuple(
        bits_of(person for person, mine in enumerate(slots) if mine >> slot & 1)
        for slot in range(HOURS_A_WEEK * len(NEIGHBOURS))
    )
    return Table(
        ordered,
        bounds,
        slots,
        _apart(ordered),
        _pairs(ordered),
        open_at,
        tuple(_union(open_at, mine).bit_count() for mine in slots),
        {
            stage: bits_of(
                person for person, wish in enumerate(ordered) if wish.stage in (stage, None)
            )
            for stage in STAGES
        }
        | {None: (1 << len(ordered)) - 1},
    )


def slots_of(wish: Wish) -> int:
    """The slots at which somebody can meet; who has not said their stage goes with any."""
    hours = bits_of(wish.free)
    return sum(
        hours << band * HOURS_A_WEEK
        for band, stages in enumerate(NEIGHBOURS)
        if wish.stage is None or wish.stage in stages
    )


def bits_of(numbers: Iterable[int]) -> int:
    """The set of these numbers, as an integer."""
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def each(bits: int) -> Iterator[int]:
    """The members of such a set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _union(sets: Sequence[int], chosen: int) -> int:
    union = 0
    for number in each(chosen):
        union |= sets[number]
    return union


def _apart(wishes: Sequence[Wish]) -> tuple[int, ...]:
    number_of = {wish.user: number for number, wish in enumerate(wishes)}
    apart = [0] * len(wishes)
    for number, wish in enumerate(wishes):
        for user in wish.apart:
            other = number_of.get(user)
            if other is not None and other != number:
                apart[number] |= 1 << other
                apart[other] |= 1 << number
    return tuple(apart)


def _pairs(wishes: Sequence[Wish]) -> tuple[tuple[float, ...], ...]:
    rows = [[0.0] * len(wishes) for _ in wishes]
    for number, one in enumerate(wishes):
        for other in range(number):
            rows[number][other] = rows[other][number] = pair_worth(one, wishes[other])
    return tuple(map(tuple, rows))
