"""Looks for the best groups: built around the scarcest, bettered by trades, then broken up again.

To divide people into groups of bounded size so that the sum over pairs is greatest is the
*maximally diverse grouping problem*, NP-hard; insertions and swaps on a table of each person's
worth to each group are its proven neighbourhood (Gallego, Laguna, Martí and Duarte, "Tabu search
with strategic oscillation for the maximally diverse grouping problem", Journal of the Operational
Research Society 64, 2013). Here hours and people apart forbid most trades, so what a trade cannot
reach is looked for by breaking a few related groups up and building them anew (Schrimpf and others,
"Record breaking optimization results using the ruin and recreate principle", Journal of
Computational Physics 159, 2000). What is no better is undone; the number of rounds is fixed.

For n people the table takes n² steps. A trade between two groups is found in the product of their
sizes; so many are looked at as EFFORT allows, which bounds the time for any number of people.
"""

import random

from bot.rules.grouping.drafts import (
    Draft,
    best_trade,
    can_join,
    draft,
    effort,
    joining,
)
from bot.rules.grouping.parties import party
from bot.rules.grouping.table import Table, each

ROUNDS = 1000
EFFORT = 1_500_000  # pairs of people looked at, in all: some seconds for 500 people
BROKEN_UP = 3  # groups a round
# Sums of the same numbers in another order differ by less; what gains less is no gain.
TRIFLE = 1e-6


class Search:
    """The groups found so far, and the set of those in none. `people`: all who may be in one."""

    def __init__(self, table: Table, people: int, seed: int) -> None:
        self.table = table
        self.drafts: list[Draft] = []
        self.left = people
        self._effort = EFFORT
        self._chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret

    def run(self) -> None:
        """Form groups and better them."""
        best = self.table.bounds.best
        self._build((best, best))
        self._settle(set(self.drafts))
        for _ in range(ROUNDS):
            if self._effort <= 0 or not self.drafts or self._is_one_for_all():
                break
            self._round()

    def _is_one_for_all(self) -> bool:
        """Whether everybody is in one group, which is too small to be two."""
        members = len(self.drafts[0].members)
        return len(self.drafts) == 1 and not self.left and members < 2 * self.table.bounds.least

    def _round(self) -> None:
        """Break some groups up, build anew, and go back if that was worse."""
        before, left = list(self.drafts), self.left
        broken = self._to_break_up()
        self.drafts = [each_ for each_ in self.drafts if each_ not in broken]
        for each_ in broken:
            self.left |= each_.bits
        kept = set(self.drafts)
        # One that takes all it likes may take those whom another group needs.
        self._build((self.table.bounds.least, self.table.bounds.best))
        self._settle(set(self.drafts) - kept)
        if self._worth() < sum(each_.worth for each_ in before) - TRIFLE:
            self.drafts, self.left = before, left

    def _worth(self) -> float:
        return sum(draft_.worth for draft_ in self.drafts)

    def _to_break_up(self) -> set[Draft]:
        """One group by chance, and those that have most hours in common with it."""
        first = self._chance.choice(self.drafts)
        others = [each_ for each_ in self.drafts if each_ is not first]
        self._chance.shuffle(others)
        others.sort(key=lambda each_: -(each_.reach & first.reach).bit_count())
        return {first, *others[: BROKEN_UP - 1]}

    def _build(self, sizes: tuple[int, int]) -> None:
        """Groups of those in none: each begins with who could meet the fewest, and grows.

        It grows to a size by chance, between these two; who is left then joins where they can.
        """
        tried = 0
        while waiting := self.left & ~tried:
            person = min(each(waiting), key=self._ease)
            tried |= 1 << person
            found = self._party(person)
            if found:
                self._grow(draft(self.table, found), self._chance.randint(*sizes))
        self._take_in()

    def _party(self, person: int) -> tuple[int, ...]:
        """The fewest who can begin a group with somebody; of half the others by chance, if any."""
        some = self._chance.getrandbits(len(self.table.wishes))
        return party(self.table, person, self.left & some) or party(self.table, person, self.left)

    def _ease(self, person: int) -> tuple[float, int]:
        """Small for who is hard to place; chance has a part, so that rounds differ."""
        return self.table.meetable[person] * self._chance.uniform(0.5, 1.5), person

    def _grow(self, group: Draft, size: int) -> None:
        self.left &= ~group.bits
        while len(group.members) < size:
            able = [each_ for each_ in each(self.left) if can_join(self.table, group, each_)]
            if not able:
                break
            near = group
            chosen = max(able, key=lambda each_: (joining(self.table, near, each_), -each_))
            group = draft(self.table, (*group.members, chosen))
            self.left &= ~(1 << chosen)
        self.drafts.append(group)

    def _take_in(self) -> None:
        """Whoever is in none joins a group that can take them, the one that gains most by it."""
        for person in list(each(self.left)):
            able = [each_ for each_ in self.drafts if can_join(self.table, each_, person)]
            if able:
                taken = max(able, key=lambda each_: joining(self.table, each_, person))
                self._change(taken, (*taken.members, person))
                self.left &= ~(1 << person)

    def _settle(self, changed: set[Draft]) -> None:
        """Trade between groups, those that changed first, until no trade gains."""
        while changed and self._effort > 0:
            one = min(changed, key=lambda each_: each_.members)
            changed.discard(one)
            if one not in self.drafts:
                continue
            for other in [each_ for each_ in self.drafts if each_ is not one]:
                self._effort -= effort(self.table, one, other)
                trade = best_trade(self.table, one, other)
                if trade and trade.gain > TRIFLE:
                    changed |= {
                        self._change(other, _traded(other, trade.comes, trade.goes)),
                        self._change(one, _traded(one, trade.goes, trade.comes)),
                    }
                    break
        self._take_in()

    def _change(self, group: Draft, members: tuple[int, ...]) -> Draft:
        changed = draft(self.table, members)
        self.drafts[self.drafts.index(group)] = changed
        return changed


def _traded(group: Draft, goes: int | None, comes: int | None) -> tuple[int, ...]:
    stay = tuple(each_ for each_ in group.members if each_ != goes)
    return stay if comes is None else (*stay, comes)
