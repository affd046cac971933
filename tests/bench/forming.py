"""Circles formed in one go, beside chance and a plain greedy way: worth, share placed, seconds.

`python -m tests.bench.forming` prints one run. The people are made up: three time zones, four
disciplines, five sites, early, mid and late career, each free in some of their working hours.
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.rules.grouping import Group, Wish, faults, form, score
from bot.rules.grouping.worth import PLACED
from storage.records import CareerStage

ZONES = {"America/New_York": 5, "America/Los_Angeles": 8, "Europe/Berlin": -1}
DISCIPLINES, SITES = ("medicine", "nursing", "pharmacy", "research"), ("a", "b", "c", "d", "e")


def people(count: int) -> list[Wish]:
    """So many wishes, the same in each run."""
    chance = random.Random(count)  # noqa: S311 - repeatable
    made = []
    for number in range(count):
        zone = chance.choice(list(ZONES))
        days = chance.sample(range(5), 3)
        hours = chance.sample(range(8, 18), 4)
        free = frozenset((day * 24 + hour + ZONES[zone]) % 168 for day in days for hour in hours)
        made.append(
            Wish(
                user=f"U{number:04d}",
                stage=chance.choice(list(CareerStage)),
                topics=frozenset(chance.sample(range(15), 2)),
                free=free,
                zone=zone,
                discipline=chance.choice(DISCIPLINES),
                site=chance.choice(SITES),
                companions=frozenset(f"U{chance.randrange(count):04d}" for _ in range(3)),
            )
        )
    return made


def one_after_another(wishes: Sequence[Wish], *, seed: int | None = None) -> list[Group]:
    """Groups by taking people in their order (or by chance) as long as no rule is broken."""
    waiting = list(wishes)
    if seed is not None:
        random.Random(seed).shuffle(waiting)  # noqa: S311 - repeatable
    groups = []
    while waiting:
        first = waiting.pop(0)
        best: tuple[list[Wish], int] = ([], 0)
        for hour in sorted(first.free):
            together = [first]
            for other in waiting:
                users = tuple(each.user for each in (*together, other))
                if len(together) < 6 and not faults(Group(users, hour), wishes, least=1):
                    together.append(other)
            if len(together) > len(best[0]):
                best = (together, hour)
        if len(best[0]) >= 4:
            groups.append(Group(tuple(each.user for each in best[0]), best[1]))
            waiting = [each for each in waiting if each not in best[0]]
    return groups


def measured(
    way: Callable[[], Sequence[Group]], wishes: Sequence[Wish]
) -> tuple[float, float, float]:
    """Worth, share placed, seconds."""
    began = time.perf_counter()
    groups = way()
    seconds = time.perf_counter() - began
    placed = sum(len(group.users) for group in groups)
    return score(groups, wishes), placed / len(wishes), seconds


def main() -> None:
    """Print the table."""
    for count in (50, 200, 500):
        wishes = people(count)
        ways: dict[str, Callable[[], Sequence[Group]]] = {
            "formed": lambda wishes=wishes: form(wishes).groups,  # type: ignore[misc]
            "by chance": lambda wishes=wishes: one_after_another(wishes, seed=1),  # type: ignore[misc]
            "greedy": lambda wishes=wishes: one_after_another(wishes),  # type: ignore[misc]
        }
        found = {name: measured(way, wishes) for name, way in ways.items()}
        best = found["formed"][0]
        for name, (worth, placed, seconds) in found.items():
            beyond = worth / (placed * count) - PLACED
            sys.stdout.write(
                f"{count:>4} people  {name:<9} worth {worth / best:6.3f} of formed"
                f"  placed {placed:4.0%}  beyond that {beyond:7.2f} a person  {seconds:6.2f} s\n"
            )
    # Where everybody could meet everybody, most trades are possible.
    alike = [replace(wish, free=frozenset({40}), stage=None) for wish in people(500)]
    _, placed, seconds = measured(lambda: form(alike).groups, alike)
    sys.stdout.write(f" 500 free at one hour, placed {placed:4.0%}  {seconds:6.2f} s\n")
    tracemalloc.start()
    form(people(500))
    sys.stdout.write(f"peak memory for 500: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB\n")


if __name__ == "__main__":
    main()
