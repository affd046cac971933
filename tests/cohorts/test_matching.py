"""Who is matched: the best there is, nobody with whom they may not be, and a true reason else."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.matching import (
    CHOICES,
    LOAD,
    LOADS,
    PLACED,
    Fault,
    Matching,
    Mentor,
    Person,
    Why,
    WhyLeft,
    faults,
    fits,
    kept_apart,
    match,
    total,
    why,
    worth,
)
from storage.records import CareerStage
from storage.records.cohorts import ProposedPair, Side

EARLY, MID, LATE = CareerStage
TRIALS, PAIN, ETHICS = 1, 2, 3

users = st.integers(0, 9).map(lambda number: f"U{number}")
about = {
    "user": users,
    "choices": st.lists(users, max_size=3, unique=True).map(tuple),
    "topics": st.frozensets(st.sampled_from([TRIALS, PAIN, ETHICS]), max_size=2),
    "stage": st.none() | st.sampled_from(CareerStage),
    "discipline": st.sampled_from(["medicine", "nursing", ""]),
    "site": st.sampled_from(["north", "south", ""]),
    "never": st.frozensets(users, max_size=2),
}
people = st.builds(Person, **about)
givers = st.builds(Mentor, **about, room=st.integers(0, 3), mentees=st.integers(0, 25))
seekers_of = st.lists(people, max_size=8, unique_by=lambda each: each.user)
givers_of = st.lists(givers, max_size=6, unique_by=lambda each: each.user)
few_seekers = st.lists(people, max_size=4, unique_by=lambda each: each.user)
few_givers = st.lists(givers, max_size=3, unique_by=lambda each: each.user)


def mentee(user: str, *choices: str, **about: object) -> Person:
    return Person(user, choices, **about)  # type: ignore[arg-type] # each test names what matters


def mentor(user: str, *choices: str, **about: object) -> Mentor:
    return Mentor(user, choices, **about)  # type: ignore[arg-type] # the same


def pairs_of(made: Matching) -> dict[str, str]:
    return {pair.mentee: pair.mentor for pair in made.pairs}


def why_of(made: Matching, side: Side = Side.MENTEE) -> dict[str, str]:
    return {each.user: each.why for each in made.left if each.side is side}


def possible(seekers: Sequence[Person], mentors: Sequence[Mentor]) -> set[tuple[str, str]]:
    """The pairs that may be; of two who could be one both ways only the way worth more."""
    worths = {
        (one.user, two.user): worth(one, two) for one in seekers for two in mentors if two.room
    }
    return {
        (one, two)
        for (one, two), here in worths.items()
        if here and (-here, one) <= (-worths.get((two, one), 0), two)
    }


def every_way(seekers: Sequence[Person], mentors: Sequence[Mentor]) -> Iterator[list[ProposedPair]]:
    """All that could be proposed, by trying everybody with everybody."""
    may = possible(seekers, mentors)
    room = {each.user: each.room for each in mentors}
    chances = [
        [None, *(two.user for two in mentors if (one.user, two.user) in may)] for one in seekers
    ]
    for chosen in product(*chances):
        many = Counter(each for each in chosen if each)
        if all(count <= room[each] for each, count in many.items()):
            yield [
                ProposedPair(one.user, two) for one, two in zip(seekers, chosen, strict=True) if two
            ]


@settings(max_examples=200, deadline=None)
@given(few_seekers, few_givers)
def test_nothing_else_is_worth_more(seekers: list[Person], mentors: list[Mentor]) -> None:
    known, teach = {each.user: each for each in seekers}, {each.user: each for each in mentors}
    best = max(total(way, known, teach) for way in every_way(seekers, mentors))
    assert total(match(seekers, mentors).pairs, known, teach) == best


@settings(max_examples=150, deadline=None)
@given(seekers_of, givers_of)
def test_nobody_is_with_whom_they_may_not_be_and_room_is_kept(
    seekers: list[Person], mentors: list[Mentor]
) -> None:
    made = match(seekers, mentors)
    known, teach = {each.user: each for each in seekers}, {each.user: each for each in mentors}
    for pair in made.pairs:
        one, two = known[pair.mentee], teach[pair.mentor]
        assert fits(one, two)
        assert not kept_apart(one, two)
        assert one.user != two.user
        assert pair.worth == worth(one, two) > 0
    many = Counter(pair.mentor for pair in made.pairs)
    assert all(count <= teach[each].room for each, count in many.items())
    assert faults(made.pairs, known, teach) == {}


@settings(max_examples=150, deadline=None)
@given(seekers_of, givers_of)
def test_everybody_has_a_pair_or_a_reason_once(
    seekers: list[Person], mentors: list[Mentor]
) -> None:
    made = match(seekers, mentors)
    left = [each.user for each in made.left if each.side is Side.MENTEE]
    assert sorted([*pairs_of(made), *left]) == sorted(each.user for each in seekers)
    free = [each.user for each in made.left if each.side is Side.MENTOR]
    assert sorted({*pairs_of(made).values()} | {*free}) == sorted(each.user for each in mentors)
    assert not set(free) & set(pairs_of(made).values())


@settings(max_examples=150, deadline=None)
@given(seekers_of, givers_of)
def test_the_reason_is_true(seekers: list[Person], mentors: list[Mentor]) -> None:
    made = match(seekers, mentors)
    may, many = possible(seekers, mentors), Counter(pairs_of(made).values())
    room = {each.user: each.room for each in mentors}
    for user, reason in why_of(made).items():
        (one,) = [each for each in seekers if each.user == user]
        fitting = [each for each in mentors if fits(one, each)]
        open_to = [each for each in fitting if not kept_apart(one, each)]
        could = [each.user for each in mentors if (user, each.user) in may]
        assert (reason == WhyLeft.NOBODY) == all(each.user == user for each in mentors)
        assert (not fitting) == (reason in (WhyLeft.NOBODY, WhyLeft.NO_TOPIC))
        assert (reason == WhyLeft.NOT_TOGETHER) == bool(fitting and not open_to)
        full = bool(open_to) and not any(each.room for each in open_to)
        assert (reason == WhyLeft.NO_ROOM) == full
        assert (reason == WhyLeft.TAKEN) == bool(could)
        assert all(many[each] == room[each] for each in could)
    for user, reason in why_of(made, Side.MENTOR).items():
        could = [each.user for each in seekers if (each.user, user) in may]
        assert (reason == WhyLeft.OWN_ROOM) == (room[user] == 0)
        assert (reason == WhyLeft.TAKEN) == bool(could)
        assert all(pairs_of(made).get(each) not in (None, user) for each in could)


@settings(max_examples=100, deadline=None)
@given(seekers_of, givers_of, st.randoms(use_true_random=False))
def test_the_order_they_come_in_changes_nothing(
    seekers: list[Person], mentors: list[Mentor], chance: random.Random
) -> None:
    again, anew = list(seekers), list(mentors)
    chance.shuffle(again)
    chance.shuffle(anew)
    assert match(again, anew) == match(seekers, mentors)


@settings(max_examples=200, deadline=None)
@given(seekers_of, givers_of)
def test_two_who_name_one_another_first_are_always_together(
    seekers: list[Person], mentors: list[Mentor]
) -> None:
    made, may = pairs_of(match(seekers, mentors)), possible(seekers, mentors)
    for one in seekers:
        for two in mentors:
            first = one.choices[:1] == (two.user,) and two.choices[:1] == (one.user,)
            if first and (one.user, two.user) in may:
                assert made[one.user] == two.user


def test_a_choice_outweighs_all_that_topics_stage_and_difference_can_be() -> None:
    named = worth(
        mentee("U1", "A", "B", "C", "D", "E", topics={TRIALS}, stage=LATE),
        mentor("E", topics={PAIN}, stage=EARLY),
    )
    best = worth(
        mentee("U1", topics={TRIALS}, stage=EARLY, discipline="medicine", site="north"),
        mentor("F", topics={TRIALS}, stage=MID, discipline="nursing", site="south"),
    )
    assert named > best
    assert CHOICES[0] > best


def test_the_earlier_choice_has_it() -> None:
    made = match(
        [mentee("U1", "A"), mentee("U2", "B", "A")], [mentor("A", room=1), mentor("B", room=0)]
    )
    assert pairs_of(made) == {"U1": "A"}
    assert why_of(made) == {"U2": WhyLeft.TAKEN}


def test_what_the_mentors_would_like_counts_as_much() -> None:
    made = match([mentee("U1", "A"), mentee("U2", "A")], [mentor("A", "U2", room=1)])
    assert pairs_of(made) == {"U2": "A"}


def test_a_topic_counts_more_than_a_stage_ahead() -> None:
    (pair,) = match(
        [mentee("U1", topics={TRIALS, PAIN}, stage=EARLY)],
        [mentor("A", topics={TRIALS, PAIN}, stage=EARLY), mentor("B", topics={PAIN}, stage=LATE)],
    ).pairs
    assert pair.mentor == "A"


def test_of_equal_topics_the_mentor_ahead_is_taken() -> None:
    (pair,) = match(
        [mentee("U1", stage=EARLY)], [mentor("A", stage=EARLY), mentor("B", stage=MID)]
    ).pairs
    assert pair.mentor == "B"


def test_two_first_choices_stay_together_though_four_would_each_have_a_second_one() -> None:
    made = match(
        [mentee("U1", "A", "B"), mentee("U2", "A")],
        [mentor("A", "U1", "U2", room=1), mentor("B", "U1", room=1)],
    )
    assert pairs_of(made)["U1"] == "A"


def test_the_load_falls_evenly_those_counted_whom_mentors_have_already() -> None:
    teach = [mentor("A", room=9, mentees=2), mentor("B", room=9), mentor("C", room=9, mentees=1)]
    for number, loads in ((2, [1, 2, 2]), (3, [2, 2, 2]), (6, [3, 3, 3])):
        made = match([mentee(f"U{each}") for each in range(number)], teach)
        many = Counter(pairs_of(made).values())
        assert sorted(many[each.user] + each.mentees for each in teach) == loads


def test_nobody_is_left_because_a_mentor_has_many() -> None:
    assert LOAD * LOADS < PLACED
    crowd = [mentee(f"U{number:02d}", stage=LATE) for number in range(40)]
    made = match(crowd, [mentor("A", stage=EARLY, room=40, mentees=60)])
    assert len(made.pairs) == 40


def test_nobody_mentors_themself_and_no_two_each_other() -> None:
    assert match([mentee("U1", "U1")], [mentor("U1", "U1")]).pairs == ()
    made = match([mentee("U1", "U2"), mentee("U2")], [mentor("U1"), mentor("U2")])
    assert pairs_of(made) == {"U1": "U2"}
    assert why_of(made) == {"U2": WhyLeft.OTHER_WAY}


def test_who_is_kept_apart_declined_or_together_is_never_proposed_whoever_named_whom() -> None:
    for pair in (
        (mentee("U1", "A", never={"A"}), mentor("A", "U1")),
        (mentee("U1", "A"), mentor("A", "U1", never={"U1"})),
    ):
        made = match(pair[:1], pair[1:])
        assert made.pairs == ()
        assert why_of(made) == {"U1": WhyLeft.NOT_TOGETHER}


def test_nobody_at_all_is_matched_with_nobody() -> None:
    assert match([], []) == Matching((), ())
    assert why_of(match([mentee("U1")], [])) == {"U1": WhyLeft.NOBODY}
    assert why_of(match([], [mentor("A")]), Side.MENTOR) == {"A": WhyLeft.NOBODY}


def test_what_speaks_for_a_pair_is_told() -> None:
    one = mentee("U1", "B", "A", topics={TRIALS, PAIN}, stage=EARLY, site="north")
    two = mentor("A", "U1", topics={PAIN}, stage=LATE, site="South")
    assert why(one, two) == Why(2, 1, (PAIN,), 2, other_discipline=False, other_site=True)


def test_what_has_become_wrong_with_a_pair_is_named() -> None:
    known = {each.user: each for each in (mentee("U1", never={"A"}), mentee("U2"), mentee("B"))}
    teach = {each.user: each for each in (mentor("A", room=1), mentor("B"), mentor("U2"))}
    pairs = [
        ProposedPair("U1", "A"),
        ProposedPair("U9", "A"),
        ProposedPair("U2", "B"),
        ProposedPair("B", "U2"),
    ]
    assert faults(pairs, known, teach) == {
        "U1": (Fault.NEVER, Fault.FULL),
        "U9": (Fault.MENTEE_GONE, Fault.FULL),
        "U2": (Fault.BOTH_WAYS,),
        "B": (Fault.BOTH_WAYS,),
    }
    assert faults([ProposedPair("U2", "X")], known, teach) == {"U2": (Fault.MENTOR_GONE,)}
