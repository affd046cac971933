"""Groups while they are being formed, and what a move or a swap between two of them would gain."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from bot.rules.grouping.table import Table, bits_of
from bot.rules.grouping.worth import guests_among, worth


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """People who can be one group; never changed, so that a search can go back to it.

    `near` has a place for everybody: the sum of their worth as pairs with each member. `slots` are
    those all members share; `without` has a place a member: those all *others* share, and `reach`
    is the union of these. `bits` are the members as a set.
    """

    members: tuple[int, ...]
    near: tuple[float, ...]
    pairs: float
    slots: int
    without: tuple[int, ...]
    reach: int
    bits: int
    worth: float


class Trade(NamedTuple):
    """Who goes from one group to the other and who comes back; None: nobody."""

    gain: float
    goes: int | None
    comes: int | None


def draft(table: Table, members: tuple[int, ...]) -> Draft:
    """The draft with these members."""
    near = tuple(map(sum, zip(*(table.pairs[each] for each in members), strict=True)))
    pairs = sum(near[each] for each in members) / 2
    slots = [table.slots[each] for each in members]
    without = tuple(
        reduce(and_, slots[:place] + slots[place + 1 :]) for place in range(len(members))
    )
    return Draft(
        members,
        near,
        pairs,
        reduce(and_, slots),
        without,
        reduce(or_, without),
        bits_of(members),
        _worth(table, members, pairs),
    )


def best_trade(table: Table, one: Draft, other: Draft) -> Trade | None:
    """The move or swap between two groups that gains most, of those that break no rule."""
    found = [*_moves(table, one, other)]
    found += [Trade(gain, comes, goes) for gain, goes, comes in _moves(table, other, one)]
    found += _swaps(table, one, other)
    return max(found, key=lambda trade: trade.gain, default=None)


def effort(table: Table, one: Draft, other: Draft) -> int:
    """How many pairs of people the trades between two groups look at."""
    able = sum(1 for member in other.members if one.reach & table.slots[member])
    return len(one.members) * able + len(other.members)


def _moves(table: Table, one: Draft, other: Draft) -> Iterator[Trade]:
    """One person goes from `one` to `other`."""
    if len(one.members) <= table.bounds.least:
        return
    for person in one.members:
        if can_join(table, other, person):
            rest = tuple(each for each in one.members if each != person)
            loss = one.worth - _worth(table, rest, one.pairs - one.near[person])
            yield Trade(joining(table, other, person) - loss, person, None)


def can_join(table: Table, group: Draft, person: int) -> bool:
    """Whether a group can take in one more, this person."""
    return (
        len(group.members) < table.bounds.most
        and bool(group.slots & table.slots[person])
        and not group.bits & table.apart[person]
    )


def joining(table: Table, group: Draft, person: int) -> float:
    """What a group gains by taking somebody in."""
    return _worth(table, (*group.members, person), group.pairs + group.near[person]) - group.worth


def _swaps(table: Table, one: Draft, other: Draft) -> Iterator[Trade]:
    """Two people change places. This is where the search spends its time."""
    slots, apart = table.slots, table.apart
    back = [
        (member, slots[member], other.without[place])
        for place, member in enumerate(other.members)
        if one.reach & slots[member]
    ]
    for place, goes in enumerate(one.members):
        mine, shared = slots[goes], one.without[place]
        if not other.reach & mine:
            continue
        for comes, theirs, left in back:
            if not (shared & theirs and left & mine):
                continue
            if (one.bits ^ 1 << goes) & apart[comes] or (other.bits ^ 1 << comes) & apart[goes]:
                continue
            gain = _exchanged(table, one, goes, comes) + _exchanged(table, other, comes, goes)
            yield Trade(gain, goes, comes)


def _exchanged(table: Table, group: Draft, goes: int, comes: int) -> float:
    """What a group gains if one comes for another."""
    more = group.near[comes] - table.pairs[goes][comes] - group.near[goes]
    gain = 2 * more / (len(group.members) - 1)
    if table.wishes[goes].stage is table.wishes[comes].stage:
        return gain
    then = tuple(comes if each == goes else each for each in group.members)
    return _worth(table, then, group.pairs + more) - group.worth


def _worth(table: Table, members: tuple[int, ...], pairs: float) -> float:
    guests = guests_among(table.wishes[each].stage for each in members)
    return worth(len(members), pairs, guests, table.bounds.best)
