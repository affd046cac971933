"""Mentees and mentors matched all at once, from what both sides prefer. product.md, section 3.1.

The pairs are those of the greatest total worth there is: the assignment problem, solved exactly by
SciPy's `linear_sum_assignment` (Crouse 2016, a modified Jonker-Volgenant algorithm). A mentor's
places are columns, each a little less worth than the one before it; a worth of 0 is no pair.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from storage.records import CareerStage
from storage.records.cohorts import Left, ProposedPair, Side

# What somebody's first, second … choice is worth. The last is worth more than all that topics,
# stage and difference can be (44), a first one also more than one pair more of people who have
# named nobody (84).
CHOICES = (100, 90, 80, 70, 60)
# Two who named one another first are always together: more than the best that both could be worth
# with others (548) is more than they alone are worth at least (202).
MUTUAL_FIRST = 400
PLACED = 40
TOPICS = 30  # where the mentor offers all that is looked for
AHEAD = 10
EQUAL = 4  # of one stage, or not known
OTHER_DISCIPLINE = 2  # one often learns more from a different perspective
OTHER_SITE = 2
# Less for each mentee a mentor has already, so that the load falls evenly; never so much that
# somebody has nobody because of it.
LOAD, LOADS = 2, 19

STAGES = tuple(CareerStage)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on one side of the round.

    `choices`: with whom they would like to be, dearest first; `topics`: ids a mentee looks for or a
    mentor offers; `never`: with whom not. It is enough that one of two names the other in it.
    """

    user: str
    choices: tuple[str, ...] = ()
    topics: frozenset[int] = frozenset()
    stage: CareerStage | None = None
    discipline: str = ""
    site: str = ""
    never: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mentor(Person):
    """A mentor, with the mentees they have and the `room` for more."""

    room: int = 1
    mentees: int = 0


P = TypeVar("P", bound=Person)


class WhyLeft(StrEnum):
    """Why somebody has no pair. The first that is true is given."""

    OWN_ROOM = "own room"
    """They have as many mentees as they would take."""
    NOBODY = "nobody"
    """Nobody else is on the other side."""
    NO_TOPIC = "no topic"
    """No mentor offers what they look for, or no mentee looks for what they offer."""
    NOT_TOGETHER = "not together"
    """All who fit are with them already, are kept apart from them, or have said no before."""
    NO_ROOM = "no room"
    """No mentor of those has room for one more."""
    OTHER_WAY = "other way"
    """All who fit might be on the other side of a pair with them, which is worth more."""
    TAKEN = "taken"
    """All who fit are matched with others, and have no place left."""


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a pair. Ranks count from 1; None if the one has not named the other.

    `ahead`: career stages the mentor is ahead, None if not known.
    """

    mentee_rank: int | None
    mentor_rank: int | None
    topics: tuple[int, ...]
    ahead: int | None
    other_discipline: bool
    other_site: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs, and everybody else with the reason; by user, mentees before mentors."""

    pairs: tuple[ProposedPair, ...]
    left: tuple[Left, ...]


class Fault(StrEnum):
    """What is wrong with a pair that was right, or was made by hand."""

    MENTEE_GONE = "the mentee takes part no more"
    MENTOR_GONE = "the mentor takes part no more"
    NEVER = "the two can't be brought together, or are already"
    FULL = "the mentor has no room for so many"
    BOTH_WAYS = "the two are matched the other way round as well"


def match(mentees: Iterable[Person], mentors: Iterable[Mentor]) -> Matching:
    """The pairs of the greatest total worth, and who is left and why.

    The same people give the same pairs, whatever order they come in. Between two who are on both
    sides only the way that is worth more is looked at. 1000 of each side take seconds: to be run
    where nobody waits.
    """
    seekers, givers = _by_user(mentees), _by_user(mentors)
    table = _table(seekers, givers)
    pairs = [
        ProposedPair(seekers[row].user, givers[column].user, table[row][column])
        for row, column in _assigned(table, givers)
    ]
    placed, teach = {pair.mentee for pair in pairs}, {pair.mentor for pair in pairs}
    left = [
        Left(each.user, Side.MENTEE, _why_seeker_left(each, givers, table[row]))
        for row, each in enumerate(seekers)
        if each.user not in placed
    ]
    left += [
        Left(each.user, Side.MENTOR, _why_giver_left(each, seekers, [row[column] for row in table]))
        for column, each in enumerate(givers)
        if each.user not in teach
    ]
    return Matching(tuple(pairs), tuple(left))


def _by_user(people: Iterable[P]) -> list[P]:
    return sorted(people, key=lambda each: each.user)


def _table(seekers: Sequence[Person], givers: Sequence[Mentor]) -> list[list[int]]:
    """What each mentee and mentor are worth to one another; 0 where they can't be a pair."""
    as_seeker = {each.user: each for each in seekers}
    as_giver = {each.user: each for each in givers}

    def one_way(mentee: Person, mentor: Mentor) -> bool:
        other_mentee, other_mentor = as_seeker.get(mentor.user), as_giver.get(mentee.user)
        if other_mentee is None or other_mentor is None or not other_mentor.room:
            return True
        here, there = worth(mentee, mentor), worth(other_mentee, other_mentor)
        return here > there or (here == there and mentee.user < mentor.user)

    return [
        [
            worth(mentee, mentor) if mentor.room and one_way(mentee, mentor) else 0
            for mentor in givers
        ]
        for mentee in seekers
    ]


def _assigned(table: Sequence[Sequence[int]], givers: Sequence[Mentor]) -> list[tuple[int, int]]:
    """The rows and columns of the table that are pairs."""
    places = [
        (column, taken)
        for column, giver in enumerate(givers)
        for taken in range(min(giver.room, sum(row[column] > 0 for row in table)))
    ]
    if not places:
        return []
    # Loading it takes a second and 50 MB, which the bot itself should not have to hold.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    worths = [
        [row[column] and row[column] - load(givers[column], taken) for column, taken in places]
        for row in table
    ]
    rows, chosen = linear_sum_assignment(worths, maximize=True)
    found = [
        (row, places[place][0]) for row, place in zip(rows.tolist(), chosen.tolist(), strict=True)
    ]
    return [(row, column) for row, column in found if table[row][column]]


def worth(mentee: Person, mentor: Person) -> int:
    """What a pair is worth before the mentor's load is counted; 0 if it can't be one."""
    if not fits(mentee, mentor) or kept_apart(mentee, mentor):
        return 0
    seen = why(mentee, mentor)
    total = PLACED + sum(
        CHOICES[rank - 1]
        for rank in (seen.mentee_rank, seen.mentor_rank)
        if rank and rank <= len(CHOICES)
    )
    if seen.mentee_rank == seen.mentor_rank == 1:
        total += MUTUAL_FIRST
    if mentee.topics:
        total += TOPICS * len(seen.topics) // len(mentee.topics)
    total += EQUAL if seen.ahead in (0, None) else AHEAD * ((seen.ahead or 0) > 0)
    return total + OTHER_DISCIPLINE * seen.other_discipline + OTHER_SITE * seen.other_site


def load(mentor: Mentor, taken: int) -> int:
    """What a place is worth less, after so many of the mentor's others are taken."""
    return LOAD * min(mentor.mentees + taken, LOADS)


def fits(mentee: Person, mentor: Person) -> bool:
    """Whether something speaks for the pair: one named the other, or there is a topic for both.

    Who has no topics looks for, or offers, anything.
    """
    if mentee.user == mentor.user:
        return False
    named = mentor.user in mentee.choices or mentee.user in mentor.choices
    topics = mentee.topics & mentor.topics or not mentee.topics or not mentor.topics
    return bool(named or topics)


def kept_apart(one: Person, other: Person) -> bool:
    """Whether the two are never a pair."""
    return one.user in other.never or other.user in one.never


def why(mentee: Person, mentor: Person) -> Why:
    """What speaks for the pair."""
    known = mentee.stage and mentor.stage
    return Why(
        mentee_rank=_rank(mentor.user, mentee.choices),
        mentor_rank=_rank(mentee.user, mentor.choices),
        topics=tuple(sorted(mentee.topics & mentor.topics)),
        ahead=_place(mentor.stage) - _place(mentee.stage) if known else None,
        other_discipline=_differ(mentee.discipline, mentor.discipline),
        other_site=_differ(mentee.site, mentor.site),
    )


def _rank(user: str, choices: Sequence[str]) -> int | None:
    return choices.index(user) + 1 if user in choices else None


def _place(stage: CareerStage | None) -> int:
    return STAGES.index(stage) if stage else 0


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one.casefold() != other.casefold()


def _why_seeker_left(mentee: Person, mentors: Sequence[Mentor], worths: Sequence[int]) -> WhyLeft:
    fitting = [each for each in mentors if fits(mentee, each)]
    never = _why_never(mentee, mentors, fitting)
    if never:
        return never
    if not any(each.room for each in fitting if not kept_apart(mentee, each)):
        return WhyLeft.NO_ROOM
    return WhyLeft.TAKEN if any(worths) else WhyLeft.OTHER_WAY


def _why_giver_left(mentor: Mentor, mentees: Sequence[Person], worths: Sequence[int]) -> WhyLeft:
    if not mentor.room:
        return WhyLeft.OWN_ROOM
    never = _why_never(mentor, mentees, [each for each in mentees if fits(each, mentor)])
    return never or (WhyLeft.TAKEN if any(worths) else WhyLeft.OTHER_WAY)


def _why_never(
    person: Person, others: Sequence[Person], fitting: Collection[Person]
) -> WhyLeft | None:
    if all(each.user == person.user for each in others):
        return WhyLeft.NOBODY
    if not fitting:
        return WhyLeft.NO_TOPIC
    return WhyLeft.NOT_TOGETHER if all(kept_apart(person, each) for each in fitting) else None


def total(
    pairs: Iterable[ProposedPair], mentees: Mapping[str, Person], mentors: Mapping[str, Mentor]
) -> int:
    """The worth of all pairs together, each mentor's load counted; what `match` makes greatest."""
    taken: Counter[str] = Counter()
    summed = 0
    for pair in pairs:
        mentor = mentors[pair.mentor]
        summed += worth(mentees[pair.mentee], mentor) - load(mentor, taken[pair.mentor])
        taken[pair.mentor] += 1
    return summed


def faults(
    pairs: Collection[ProposedPair], mentees: Mapping[str, Person], mentors: Mapping[str, Mentor]
) -> dict[str, tuple[Fault, ...]]:
    """What is wrong with which pair now, by mentee; pairs without a fault are left out."""
    many = Counter(pair.mentor for pair in pairs)
    ways = {(pair.mentee, pair.mentor) for pair in pairs}
    found = {}
    for pair in pairs:
        mentee, mentor = mentees.get(pair.mentee), mentors.get(pair.mentor)
        wrong = {
            Fault.MENTEE_GONE: mentee is None,
            Fault.MENTOR_GONE: mentor is None,
            Fault.NEVER: bool(mentee and mentor and kept_apart(mentee, mentor)),
            Fault.FULL: bool(mentor and many[pair.mentor] > mentor.room),
            Fault.BOTH_WAYS: (pair.mentor, pair.mentee) in ways,
        }
        found[pair.mentee] = tuple(fault for fault, holds in wrong.items() if holds)
    return {mentee: each for mentee, each in found.items() if each}
