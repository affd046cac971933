"""Who is put together: everybody placed or with a true reason, no hard rule ever broken."""

import random
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.grouping import Forming, Group, Rule, WhyLeft, Wish, faults, form, score
from storage.records import CareerStage

EARLY, MID, LATE = CareerStage

users = st.integers(0, 30).map(lambda number: f"U{number:02d}")
wishes = st.builds(
    Wish,
    user=users,
    stage=st.none() | st.sampled_from(CareerStage),
    topics=st.frozensets(st.integers(1, 4), max_size=2),
    free=st.frozensets(st.integers(8, 12), max_size=4),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
    discipline=st.sampled_from(["medicine", "nursing", ""]),
    site=st.sampled_from(["north", "south", ""]),
    companions=st.frozensets(users, max_size=2),
    apart=st.frozensets(users, max_size=2),
)
many = st.lists(wishes, max_size=20, unique_by=lambda wish: wish.user)
few = st.lists(wishes, max_size=8, unique_by=lambda wish: wish.user)


def wish(number: int, **changes: object) -> Wish:
    usual: dict[str, object] = {
        "user": f"U{number:02d}",
        "stage": EARLY,
        "topics": frozenset(),
        "free": frozenset({10}),
        "zone": "Europe/Berlin",
        "discipline": "medicine",
        "site": "north",
    }
    return Wish(**{**usual, **changes})  # type: ignore[arg-type]


def possible(people: tuple[Wish, ...]) -> bool:
    """Whether these could be a group, by trying every hour."""
    return any(
        not faults(Group(tuple(each.user for each in people), hour), people)
        for hour in range(8, 13)
    )


def groups_with(person: Wish, everybody: list[Wish]) -> Iterator[tuple[Wish, ...]]:
    others = [each for each in everybody if each.user != person.user]
    for size in range(3, 8):
        for company in combinations(others, size):
            if possible((person, *company)):
                yield (person, *company)


@settings(max_examples=50, deadline=None)
@given(many, st.integers(0, 3))
def test_everybody_is_placed_or_left_once_and_no_rule_is_broken(
    people: list[Wish], seed: int
) -> None:
    made = form(people, seed=seed)
    placed = [user for group in made.groups for user in group.users]
    assert sorted(placed + [user for user, _ in made.left]) == sorted(each.user for each in people)
    for group in made.groups:
        assert faults(group, people) == ()


@settings(max_examples=15, deadline=None)
@given(many, st.randoms(use_true_random=False))
def test_the_order_they_come_in_changes_nothing(people: list[Wish], chance: random.Random) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert form(shuffled) == form(people)


@settings(max_examples=60, deadline=None)
@given(few)
def test_every_reason_is_true(people: list[Wish]) -> None:
    made = form(people)
    known = {each.user: each for each in people}
    for user, why in made.left:
        could = next(groups_with(known[user], people), None)
        assert (why is WhyLeft.NO_PLACE) == (could is not None)
        if why is WhyLeft.NO_FREE_HOUR:
            assert not known[user].free
    left = [known[user] for user, _ in made.left]
    assert not any(possible(each) for size in (4, 5) for each in combinations(left, size))
    for group in made.groups:
        if len(group.users) < 8:
            for person in left:
                assert not possible((*(known[user] for user in group.users), person))


def best_by_trying_all(people: list[Wish]) -> float:
    """The best score of any division into groups, by trying all."""

    def best(rest: tuple[Wish, ...]) -> float:
        if len(rest) < 4:
            return 0.0
        first, others = rest[0], rest[1:]
        found = best(others)
        for size in range(3, 8):
            for company in combinations(others, size):
                together = (first, *company)
                if possible(together):
                    left = tuple(each for each in others if each not in company)
                    group = Group(tuple(each.user for each in together), 0)
                    found = max(found, score([group], people) + best(left))
        return found

    return best(tuple(people))


@settings(max_examples=30, deadline=None)
@given(few)
def test_what_is_found_for_few_is_as_good_as_the_best_there_is(people: list[Wish]) -> None:
    best = best_by_trying_all(people)
    assert score(form(people).groups, people) == pytest.approx(best, abs=1e-3)


def by_chance(chance: random.Random) -> list[Wish]:
    """Nine to twelve people who have little in common, so that most divisions leave somebody."""
    users = [f"U{number:02d}" for number in range(chance.randint(9, 12))]
    hours = chance.choice((2, 4, 8))
    return [
        wish(
            number,
            stage=chance.choice((EARLY, EARLY, MID, LATE, None)),
            free=frozenset(chance.sample(range(hours), chance.randint(1, min(3, hours)))),
            discipline=chance.choice(("medicine", "nursing")),
            companions=frozenset(chance.sample(users, chance.choice((0, 1, 3)))),
            apart=frozenset({chance.choice(users)} - {user}),
        )
        for number, user in enumerate(users)
    ]


def best_there_is(people: list[Wish]) -> float:
    """The best score, from the worth of every set of people that can be one group."""
    worth = {}
    for bits in range(1 << len(people)):
        if 4 <= bits.bit_count() <= 8:
            group = [person for number, person in enumerate(people) if bits >> number & 1]
            if frozenset.intersection(*(each.free for each in group)) and near(group):
                named = Group(tuple(each.user for each in group), 0)
                worth[bits] = score([named], people)

    @cache
    def best(left: int) -> float:
        if not left:
            return 0.0
        first = left & -left
        with_first = (bits for bits in worth if bits & first and bits & left == bits)
        return max([best(left ^ first), *(worth[bits] + best(left ^ bits) for bits in with_first)])

    return best((1 << len(people)) - 1)


def near(group: list[Wish]) -> bool:
    """Whether they are of like stages and nobody is apart from another."""
    stages = {list(CareerStage).index(each.stage) for each in group if each.stage}
    apart = any(one.user in other.apart for one in group for other in group)
    return not apart and (not stages or max(stages) - min(stages) < 2)


@pytest.mark.parametrize("seed", range(60))
def test_nobody_is_left_whom_another_division_would_place(seed: int) -> None:
    people = by_chance(random.Random(seed))  # noqa: S311 - repeatable
    assert score(form(people).groups, people) == pytest.approx(best_there_is(people), abs=1e-3)


def test_eight_of_two_sites_are_mixed_and_nobody_is_with_old_companions() -> None:
    people = [
        wish(
            number,
            site="north" if number < 4 else "south",
            companions=frozenset(
                {f"U{other:02d}" for other in range(4 * (number // 4), 4 * (number // 4) + 4)}
                - {f"U{number:02d}"}
            ),
        )
        for number in range(8)
    ]
    made = form(people, most=4, best=4)
    assert len(made.groups) == 2
    for group in made.groups:
        assert sum(user < "U04" for user in group.users) == 2


def test_those_of_another_stage_come_in_only_where_they_would_have_no_place() -> None:
    people = [wish(number) for number in range(5)] + [wish(9, stage=MID)]
    (group,) = form(people).groups
    assert group.guests == ("U09",)
    assert group.stage is EARLY
    assert form([*[wish(n) for n in range(4)], wish(9, stage=LATE)]).left == (
        ("U09", WhyLeft.FEW_OF_STAGE),
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"free": frozenset({11})}, Rule.HOUR),
        ({"apart": frozenset({"U01"})}, Rule.APART),
        ({"stage": LATE}, Rule.STAGE),
    ],
)
def test_a_group_changed_by_hand_shows_the_rule_it_breaks(
    changes: dict[str, object], rule: Rule
) -> None:
    people = [wish(0, **changes), *(wish(number) for number in range(1, 5))]
    group = Group(tuple(each.user for each in people), 10)
    assert [fault.rule for fault in faults(group, people)] == [rule]


def test_too_few_strangers_and_names_twice_are_seen() -> None:
    people = [wish(number) for number in range(3)]
    group = Group(("U00", "U00", "U77"), 10)
    assert {fault.rule for fault in faults(group, people)} == {Rule.KNOWN, Rule.ONCE, Rule.SIZE}


def test_nobody_makes_nothing() -> None:
    assert form([]) == Forming((), ())


def test_eight_who_were_together_in_fours_are_two_circles_rather_than_one() -> None:
    fours = [frozenset(f"U{number:02d}" for number in four) for four in (range(4), range(4, 8))]
    people = [
        wish(number, companions=fours[number // 4] - {f"U{number:02d}"}) for number in range(8)
    ]
    made = form(people)
    assert [len(group.users) for group in made.groups] == [4, 4]
    assert all(len(group.again) == 2 for group in made.groups)
