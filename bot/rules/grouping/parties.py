"""Whether somebody can be in a group at all, and if not, why."""

from collections.abc import Iterator

from bot.rules.grouping.table import NEIGHBOURS, Table, each
from bot.rules.grouping.wishes import HOURS_A_WEEK, WhyLeft

# Each is a person tried as a member. Only where very many are kept apart are so many needed; who
# is still looked for then counts as somebody a group is possible with, which forbids nothing.
TRIES = 2000


def why_never(table: Table, person: int) -> WhyLeft | None:
    """Why no group with this person is possible; None if one is."""
    mine, least = table.slots[person], table.bounds.least
    if not mine:
        return WhyLeft.NO_FREE_HOUR
    if all(
        len(_of_band(table, band)) < least
        for band in range(len(NEIGHBOURS))
        if mine >> band * HOURS_A_WEEK & (1 << HOURS_A_WEEK) - 1
    ):
        return WhyLeft.FEW_OF_STAGE
    if all(table.open_at[slot].bit_count() < least for slot in each(mine)):
        return WhyLeft.FEW_AT_ONCE
    tries = iter(range(TRIES))
    everybody = (1 << len(table.wishes)) - 1
    if party(table, person, everybody, tries) or next(tries, None) is None:
        return None
    return WhyLeft.KEPT_APART


def party(
    table: Table, person: int, among: int, tries: Iterator[int] | None = None
) -> tuple[int, ...]:
    """The fewest people who can be a group with this person, all of them in `among`; or nobody."""
    tries = iter(range(TRIES)) if tries is None else tries
    seen: set[int] = set()
    for slot in each(table.slots[person]):
        others = table.open_at[slot] & among & ~table.apart[person] & ~(1 << person)
        if others not in seen:
            seen.add(others)
            found = _agreeing(table, others, table.bounds.least - 1, tries)
            if found is not None:
                return person, *found
    return ()


def _agreeing(
    table: Table, among: int, wanted: int, tries: Iterator[int]
) -> tuple[int, ...] | None:
    """So many people of whom none is apart from another; None if there are not."""
    if not wanted:
        return ()
    while among.bit_count() >= wanted and next(tries, None) is not None:
        first = next(each(among))
        among ^= 1 << first
        rest = _agreeing(table, among & ~table.apart[first], wanted - 1, tries)
        if rest is not None:
            return first, *rest
    return None


def _of_band(table: Table, band: int) -> list[int]:
    stages = (*NEIGHBOURS[band], None)
    return [person for person, wish in enumerate(table.wishes) if wish.stage in stages]
