"""A cohort matched by the solver, beside chance and first-come: how content people are, seconds.

`python -m tests.bench.matching` prints one run for 50, 200 and 500 mentees. The people are made up:
for five mentees there are two mentors with one to four places; each mentee names up to five mentors
among those who fit, some mentors more wanted than others, and half of the mentors name mentees.
"""

import random
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.rules.matching import Mentor, Person, match, total, why, worth
from storage.records import CareerStage
from storage.records.cohorts import ProposedPair

DISCIPLINES, SITES = ("medicine", "nursing", "pharmacy", "research"), ("a", "b", "c", "d", "e")
TOPICS = range(15)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Both sides of one round."""

    mentees: Sequence[Person]
    mentors: Sequence[Mentor]


def cohort(count: int) -> Cohort:
    """So many mentees and their mentors, the same in each run."""
    chance = random.Random(count)  # noqa: S311 - repeatable
    mentors = [
        Mentor(
            f"A{number:04d}",
            topics=frozenset(chance.sample(TOPICS, 4)),
            stage=chance.choice([CareerStage.MID, CareerStage.LATE]),
            discipline=chance.choice(DISCIPLINES),
            site=chance.choice(SITES),
            room=chance.randint(1, 4),
            mentees=chance.randint(0, 2),
        )
        for number in range(count * 2 // 5)
    ]
    wanted = [1 / (1 + number) ** 0.5 for number in range(len(mentors))]
    mentees = []
    for number in range(count):
        topics = frozenset(chance.sample(TOPICS, 2))
        drawn = chance.choices(mentors, wanted, k=12)
        fitting = dict.fromkeys(each.user for each in drawn if each.topics & topics)
        mentees.append(
            Person(
                f"U{number:04d}",
                tuple(fitting)[: chance.randint(0, 5)],
                topics,
                chance.choice([CareerStage.EARLY, CareerStage.EARLY, CareerStage.MID]),
                chance.choice(DISCIPLINES),
                chance.choice(SITES),
                frozenset(each.user for each in chance.choices(mentors, k=2)),
            )
        )
    names = [each.user for each in mentees]
    return Cohort(mentees, [_choosing(each, names, chance) for each in mentors])


def _choosing(mentor: Mentor, names: Sequence[str], chance: random.Random) -> Mentor:
    many = chance.choice([0, 0, 3, 5])
    return replace(mentor, choices=tuple(chance.sample(names, min(many, len(names)))))


def first_come(people: Cohort) -> list[ProposedPair]:
    """Each in turn gets their best choice that has room, else the best one who fits."""
    return _in_turn(people, people.mentees, _best)


def by_chance(people: Cohort) -> list[ProposedPair]:
    """Each in turn gets anybody who fits and has room."""
    chance = random.Random(1)  # noqa: S311 - repeatable
    mentees = chance.sample(people.mentees, len(people.mentees))
    return _in_turn(people, mentees, lambda _mentee, able: chance.choice(able))


def _best(mentee: Person, able: Sequence[Mentor]) -> Mentor:
    ranks = {user: rank for rank, user in enumerate(mentee.choices)}
    return min(able, key=lambda each: (ranks.get(each.user, 9), -worth(mentee, each)))


def _in_turn(
    people: Cohort,
    mentees: Sequence[Person],
    choose: Callable[[Person, Sequence[Mentor]], Mentor],
) -> list[ProposedPair]:
    taken: Counter[str] = Counter()
    made = []
    for mentee in mentees:
        able = [
            each for each in people.mentors if taken[each.user] < each.room and worth(mentee, each)
        ]
        if able:
            mentor = choose(mentee, able)
            taken[mentor.user] += 1
            made.append(ProposedPair(mentee.user, mentor.user, worth(mentee, mentor)))
    return made


def content(people: Cohort, pairs: Sequence[ProposedPair]) -> str:
    """How content the two sides are with the pairs."""
    mentees = {each.user: each for each in people.mentees}
    mentors = {each.user: each for each in people.mentors}
    seen = [why(mentees[pair.mentee], mentors[pair.mentor]) for pair in pairs]
    choosy = sum(bool(each.choices) for each in people.mentees)
    ranks = [each.mentee_rank for each in seen if each.mentee_rank]
    loads = Counter(pair.mentor for pair in pairs)
    most = max((mentors[user].mentees + count for user, count in loads.items()), default=0)
    named = sum(bool(each.mentor_rank) for each in seen)
    return (
        f"worth {total(pairs, mentees, mentors):>6}  placed {len(pairs) / len(mentees):4.0%}"
        f"  of those who chose: first {ranks.count(1) / choosy:4.0%},"
        f" any {len(ranks) / choosy:4.0%}, mean rank {sum(ranks) / max(len(ranks), 1):4.2f}"
        f"  mentors' choices {named:>3}  most mentees {most}"
    )


def solved(people: Cohort) -> list[ProposedPair]:
    """The pairs of the solver."""
    return list(match(people.mentees, people.mentors).pairs)


def main() -> None:
    """Print the table."""
    solved(cohort(5))  # loads the solver, so that the first row does not count that
    ways: dict[str, Callable[[Cohort], list[ProposedPair]]] = {
        "solver": solved,
        "first-come": first_come,
        "by chance": by_chance,
    }
    for count in (50, 200, 500):
        people = cohort(count)
        for name, way in ways.items():
            began = time.perf_counter()
            pairs = way(people)
            seconds = time.perf_counter() - began
            told = content(people, pairs)
            sys.stdout.write(f"{count:>4} mentees  {name:<10} {told}  {seconds:5.2f} s\n")
    most = cohort(1000)
    began = time.perf_counter()
    tracemalloc.start()
    solved(most)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    seconds = time.perf_counter() - began
    sys.stdout.write(f"1000 mentees, traced: {seconds:.1f} s, peak {peak:.0f} MiB\n")


if __name__ == "__main__":
    main()
