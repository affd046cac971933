"""Whom the bot suggests as a mentor, and why these."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.pairing import Bar, Differs, Seeker, bar, differs_in, suggest
from storage.records import CareerStage
from storage.records.mentorships import PossibleMentor

NOW = 1_795_532_400
EARLY, MID, LATE = CareerStage
SEEKER = Seeker("U0BEN", EARLY, "Medical oncology", "East", frozenset({1, 2}), frozenset({3}))
ABLE = PossibleMentor("U0ADA", LATE, "Medical oncology", "East", frozenset({1}), 2)

people = st.builds(
    PossibleMentor,
    user=st.sampled_from(["U0BEN", *(f"U{n}" for n in range(30))]),
    stage=st.none() | st.sampled_from(CareerStage),
    discipline=st.sampled_from(["", "Medical oncology", "medical ONCOLOGY", "Nursing"]),
    site=st.sampled_from(["", "East", "West"]),
    offers=st.frozensets(st.integers(1, 4)),
    capacity=st.integers(0, 3),
    mentees=st.integers(0, 3),
    paused_until=st.sampled_from([None, NOW - 1, NOW + 60]),
    here=st.sampled_from([True, True, False]),
    kept_apart=st.sampled_from([False, False, True]),
    together=st.sampled_from([False, False, True]),
    declined=st.sampled_from([False, False, True]),
)
crowds = st.lists(people, max_size=25, unique_by=lambda each: each.user)
seekers = st.builds(
    Seeker,
    user=st.just("U0BEN"),
    stage=st.none() | st.sampled_from(CareerStage),
    discipline=st.sampled_from(["", "Medical oncology"]),
    site=st.sampled_from(["", "East"]),
    topics=st.frozensets(st.integers(1, 3)),
    seeks=st.frozensets(st.integers(1, 4)),
)


@given(seekers, crowds)
def test_nobody_who_can_not_be_asked_is_ever_suggested(
    seeker: Seeker, crowd: list[PossibleMentor]
) -> None:
    for each in suggest(seeker, crowd, NOW).those:
        mentor = each.mentor
        assert mentor.user != seeker.user
        assert mentor.here
        assert True not in (mentor.kept_apart, mentor.together, mentor.declined)
        assert (mentor.paused_until or 0) <= NOW
        assert each.room == mentor.capacity - mentor.mentees > 0
        assert mentor.offers & seeker.topics or not seeker.topics


@given(seekers, crowds)
def test_one_is_different_on_purpose_wherever_somebody_is(
    seeker: Seeker, crowd: list[PossibleMentor]
) -> None:
    those = suggest(seeker, crowd, NOW).those
    everybody = suggest(seeker, crowd, NOW, count=100).those
    named = [each for each in those if each.differs]
    could_be = [each for each in everybody if differs_in(seeker, each.mentor)]
    assert len(named) == min(1, len(could_be))
    for each in named:
        assert each.differs is differs_in(seeker, each.mentor)


@given(seekers, crowds, st.randoms())
def test_the_same_people_are_suggested_whatever_the_order(
    seeker: Seeker, crowd: list[PossibleMentor], random: Random
) -> None:
    shuffled = list(crowd)
    random.shuffle(shuffled)
    assert suggest(seeker, crowd, NOW) == suggest(seeker, shuffled, NOW)


@given(seekers, crowds)
def test_as_many_as_there_are_are_suggested_three_at_most_and_none_twice(
    seeker: Seeker, crowd: list[PossibleMentor]
) -> None:
    found = suggest(seeker, crowd, NOW)
    users = [each.mentor.user for each in found.those]
    able = [
        each
        for each in crowd
        if bar(seeker.user, each, NOW) is None
        and (each.offers & seeker.topics or not seeker.topics)
    ]
    assert len(users) == len(set(users)) == min(3, len(able))
    assert (found.why_none is None) == bool(users)


def test_each_is_explained() -> None:
    mentor = replace(ABLE, offers=frozenset({1, 2, 3}), mentees=1)
    only = suggest(SEEKER, [mentor], NOW).those[0]
    assert (only.fits, only.also, only.ahead, only.room) == ((1, 2), (3,), 2, 1)


def test_a_stage_ahead_comes_before_an_equal_and_who_is_behind_comes_last() -> None:
    crowd = [replace(ABLE, user=f"U{stage}", stage=stage) for stage in CareerStage]
    mid = replace(SEEKER, stage=MID)
    assert [each.mentor.stage for each in suggest(mid, crowd, NOW).those] == [LATE, MID, EARLY]


def test_of_equals_who_has_fewer_mentees_comes_first() -> None:
    busy = replace(ABLE, user="U0AAA", capacity=5, mentees=4)
    free = replace(ABLE, user="U0ZZZ", capacity=1)
    assert [each.mentor.user for each in suggest(SEEKER, [busy, free], NOW).those] == [
        "U0ZZZ",
        "U0AAA",
    ]


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        pytest.param({"discipline": "Nursing"}, Differs.DISCIPLINE, id="discipline"),
        pytest.param({"site": "West"}, Differs.SITE, id="site"),
        pytest.param({"discipline": "medical ONCOLOGY"}, None, id="the same in capitals"),
        pytest.param({"discipline": "", "site": ""}, None, id="nothing said"),
    ],
)
def test_different_is_who_works_elsewhere_or_on_something_else(
    changes: dict[str, Any], differs: Differs | None
) -> None:
    same = [replace(ABLE, user=f"U{n}") for n in range(5)]
    those = suggest(SEEKER, [*same, replace(ABLE, user="U9", mentees=1, **changes)], NOW).those
    assert those[-1].differs is differs
    assert (those[-1].mentor.user == "U9") == bool(differs)


@pytest.mark.parametrize(
    ("crowd", "why"),
    [
        pytest.param([], Bar.NOT_OFFERED, id="nobody"),
        pytest.param([replace(ABLE, offers=frozenset({9}))], Bar.NOT_OFFERED, id="other topics"),
        pytest.param([replace(ABLE, mentees=2)], Bar.NO_ROOM, id="full"),
        pytest.param([replace(ABLE, together=True)], Bar.TOGETHER, id="together"),
        pytest.param([replace(ABLE, kept_apart=True)], Bar.NO_ROOM, id="an exclusion stays secret"),
        pytest.param([replace(ABLE, declined=True)], Bar.NO_ROOM, id="a no stays kind"),
    ],
)
def test_it_says_why_there_is_nobody(crowd: list[PossibleMentor], why: Bar) -> None:
    assert suggest(SEEKER, crowd, NOW).why_none is why
