"""When a week is full, a rest is due, and whose questions wait: literals in, decisions out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.care import (
    DAY,
    QUARTER,
    WEEK,
    deserves_rest,
    full_until,
    is_milestone,
    may_offer_again,
    places_kept,
)
from bot.rules.routing import choose
from storage.records import Candidate, WorkingHours
from storage.records.consults import Ended
from tests.support.cards import NOON

instants = st.lists(st.integers(NOON - 60 * DAY, NOON), max_size=40)
ended = st.lists(
    st.builds(
        Ended, st.integers(NOON - 200 * DAY, NOON), silent=st.booleans(), settled=st.booleans()
    ),
    max_size=12,
)


@given(instants, st.integers(1, 9))
def test_a_week_is_full_with_as_many_as_they_said_and_free_when_one_is_seven_days_old(
    taken: list[int], capacity: int
) -> None:
    until = full_until(taken, capacity, NOON)
    lately = [at for at in taken if at > NOON - WEEK]
    assert (until is not None) == (len(lately) >= capacity)
    if until:
        assert NOON < until <= NOON + WEEK
        assert full_until(taken, capacity, until) is None
        assert full_until(taken, capacity, until - 1) is not None


def test_ten_in_four_weeks_deserve_a_rest() -> None:
    taken = [NOON - n * 3 * DAY for n in range(10)]
    assert deserves_rest(taken, 50, NOON)
    assert not deserves_rest(taken[:9], 50, NOON)
    assert not deserves_rest(taken, 50, NOON + 2 * DAY)


def test_three_full_weeks_in_a_row_deserve_a_rest_but_not_of_one_question_each() -> None:
    def weeks(*counts: int) -> list[int]:
        return [NOON - n * WEEK - each for n, count in enumerate(counts) for each in range(count)]

    assert deserves_rest(weeks(2, 2, 2), 2, NOON)
    assert not deserves_rest(weeks(2, 1, 3), 2, NOON)
    assert not deserves_rest(weeks(2, 2, 0, 2), 2, NOON)
    assert not deserves_rest(weeks(1, 1, 1), 1, NOON)


@pytest.mark.parametrize(
    ("last", "offered"),
    [
        pytest.param(None, True, id="never"),
        pytest.param(NOON - QUARTER, True, id="a quarter ago"),
        pytest.param(NOON - QUARTER + 1, False, id="less"),
    ],
)
def test_a_rest_is_not_offered_twice_in_a_quarter(last: int | None, *, offered: bool) -> None:
    assert may_offer_again(last, NOON) is offered


def test_kind_words_are_few() -> None:
    said = [number for number in range(301) if is_milestone(number)]
    assert said == [1, 10, 25, 50, 100, 200, 300]


def silent(days_ago: int) -> Ended:
    return Ended(NOON - days_ago * DAY, silent=True, settled=False)


def settled(days_ago: int) -> Ended:
    return Ended(NOON - days_ago * DAY, silent=False, settled=True)


@pytest.mark.parametrize(
    ("past", "kept"),
    [
        pytest.param([], 0, id="nothing asked yet"),
        pytest.param([silent(1)], 0, id="once is nothing"),
        pytest.param([silent(1), silent(80)], 1, id="twice in 90 days"),
        pytest.param([silent(1), silent(90)], 0, id="the first is too long ago"),
        pytest.param([silent(5), silent(9), settled(1)], 0, id="one closed since makes good"),
        pytest.param([silent(1), settled(2), silent(3)], 0, id="one closed in between"),
        pytest.param([settled(30), silent(9), silent(5)], 1, id="closed before, silent since"),
        pytest.param(
            [Ended(NOON - 9, silent=False, settled=False)] * 5, 0, id="the expert closed them"
        ),
    ],
)
def test_two_questions_let_go_without_a_word_lose_a_place(past: list[Ended], kept: int) -> None:
    assert places_kept(past, NOON) == kept


@given(ended)
def test_nobody_loses_more_than_a_place_nor_for_longer_than_a_quarter(past: list[Ended]) -> None:
    assert places_kept(past, NOON) in (0, 1)
    assert places_kept(past, NOON + QUARTER) == 0
    assert places_kept([*past, Ended(NOON + 1, silent=False, settled=True)], NOON + 1) == 0


@given(st.integers(1, 9), st.integers(0, 12))
def test_an_expert_with_room_to_spare_is_asked_by_everybody(capacity: int, load: int) -> None:
    expert = Candidate("U0ADA", WorkingHours(0, 1440, (1, 2, 3, 4, 5, 6, 7)), capacity, None, 0,
                       load, 1, 1, 0)  # fmt: skip
    asked = bool(choose([expert], now=NOON, count=1).picked)
    waits = bool(choose([expert], now=NOON, count=1, places_kept=1).picked)
    assert asked == (load < capacity)
    # The last place is kept for others, unless it is the only one.
    assert waits == (load < capacity - 1 or (capacity == 1 and load == 0))
