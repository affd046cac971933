"""When a pair is asked to plan, and which time suits both: product.md 3.4 as laws."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.checkins import (
    DAY,
    FIRST_WITHIN,
    HOUR,
    PERIODS,
    PLANNED_WITHIN,
    WEEK,
    Ask,
    Pair,
    Step,
    agenda_from,
    ask_now,
    first_asked_at,
    next_slot,
    reminded_of,
    reminders,
)
from bot.rules.working_hours import working
from storage.records import WorkingHours
from storage.records.mentorships import CheckinRhythm, Goal, GoalState

START = 1_795_521_600  # a Tuesday, noon UTC
FORTNIGHTLY, ON_DEMAND = CheckinRhythm.FORTNIGHTLY, CheckinRhythm.ON_DEMAND

instants = st.integers(START, START + 400 * DAY)
pairs = st.builds(
    Pair,
    rhythm=st.none() | st.sampled_from(CheckinRhythm),
    started_at=st.just(START),
    planned=st.booleans(),
    paused=st.booleans(),
    met_at=st.none() | instants,
    quiet_until=st.none() | instants,
)


def walk(pair: Pair, days: int) -> list[tuple[int, Step]]:
    """Who was asked when, if nothing is done for so many days."""
    asked: list[tuple[int, Step]] = []
    step, due = Step.NOBODY, first_asked_at(pair)
    while due is not None and due <= START + days * DAY:
        ask = ask_now(pair, step, due)
        if ask is None:
            break
        asked.append((due, ask.step))
        step, due = ask.step, ask.next_at
    return asked


def test_without_a_first_check_in_the_mentee_is_asked_then_the_mentor_then_both() -> None:
    assert walk(Pair(FORTNIGHTLY, START), 365) == [
        (START + 10 * DAY, Step.MENTEE),
        (START + 17 * DAY, Step.MENTOR),
        (START + 24 * DAY, Step.BOTH),
    ]


def test_with_nothing_planned_fourteen_days_after_the_last_the_same() -> None:
    met = START + 5 * DAY
    assert walk(Pair(FORTNIGHTLY, START, met_at=met), 365) == [
        (met + 14 * DAY, Step.MENTEE),
        (met + 21 * DAY, Step.MENTOR),
        (met + 28 * DAY, Step.BOTH),
    ]


def test_beyond_a_shorter_rhythm_it_is_asked_sooner() -> None:
    met = START + DAY
    assert walk(Pair(CheckinRhythm.WEEKLY, START, met_at=met), 365)[0] == (
        met + WEEK,
        Step.MENTEE,
    )


@pytest.mark.parametrize("rhythm", [CheckinRhythm.MONTHLY, CheckinRhythm.QUARTERLY])
def test_who_means_to_meet_seldom_is_not_pressed_before_the_rhythm_is_over(
    rhythm: CheckinRhythm,
) -> None:
    period = PERIODS[rhythm]
    assert walk(Pair(rhythm, START, met_at=START), 365) == [
        (START + 14 * DAY, Step.MENTEE),
        (START + period, Step.MENTOR),
        (START + period + WEEK, Step.BOTH),
    ]


def test_a_pair_on_demand_is_reminded_of_its_first_check_in_alone() -> None:
    assert len(walk(Pair(ON_DEMAND, START), 365)) == 3
    assert walk(Pair(ON_DEMAND, START, met_at=START + DAY), 365) == []


@given(pairs)
def test_nobody_is_asked_while_something_is_planned_or_the_pair_rests(pair: Pair) -> None:
    for quiet in (replace(pair, planned=True), replace(pair, paused=True)):
        assert walk(quiet, 2000) == []
        for step in Step:
            assert ask_now(quiet, step, START + 999 * DAY) is None


@given(pairs)
def test_nobody_is_asked_who_has_no_rhythm(pair: Pair) -> None:
    assert walk(replace(pair, rhythm=None), 2000) == []


@given(pairs)
def test_the_mentee_is_asked_first_each_once_and_a_week_apart_at_least(pair: Pair) -> None:
    asked = walk(pair, 4000)
    assert [step for _, step in asked] in ([], [Step.MENTEE, Step.MENTOR, Step.BOTH])
    for (earlier, _), (later, _) in itertools.pairwise(asked):
        assert later - earlier >= WEEK


@given(pairs)
def test_nobody_is_asked_before_the_time_the_specification_gives(pair: Pair) -> None:
    asked = walk(pair, 4000)
    if asked and pair.met_at is None:
        assert asked[0][0] >= START + FIRST_WITHIN
    elif asked and pair.met_at is not None and pair.rhythm:
        assert asked[0][0] >= pair.met_at + min(PLANNED_WITHIN, PERIODS[pair.rhythm])
    if asked and pair.quiet_until is not None:
        assert asked[0][0] >= pair.quiet_until


@given(pairs, st.sampled_from(Step), instants)
def test_after_both_were_asked_there_is_silence(pair: Pair, step: Step, now: int) -> None:
    ask = ask_now(pair, step, now)
    assert ask is None or (ask.next_at is None) == (ask.step is Step.BOTH)
    assert ask_now(pair, Step.BOTH, now) is None


def test_a_clock_that_was_away_for_months_asks_one_after_the_other_all_the_same() -> None:
    late = START + 200 * DAY
    pair = Pair(FORTNIGHTLY, START)
    assert ask_now(pair, Step.NOBODY, late) == Ask(Step.MENTEE, late + WEEK)


ROUND_THE_CLOCK = WorkingHours(0, 24 * 60, (1, 2, 3, 4, 5, 6, 7))


def test_reminders_come_a_day_and_an_hour_before_and_know_their_time() -> None:
    starts = START + 3 * DAY
    day, hour = reminders(starts, START, ROUND_THE_CLOCK)
    assert (day[1], hour[1]) == (starts - DAY, starts - HOUR)
    assert day[0] != hour[0]
    assert reminded_of(day[0]) == reminded_of(hour[0]) == starts
    late = reminders(starts, starts - DAY, ROUND_THE_CLOCK)
    assert [each[1] for each in late] == [starts - HOUR]
    assert reminders(starts, starts - HOUR, ROUND_THE_CLOCK) == []


def test_of_a_check_in_on_monday_the_reminder_comes_on_friday() -> None:
    monday = START + 6 * DAY - 3 * HOUR  # nine o'clock
    (day, hour) = reminders(monday, START, WorkingHours())
    assert day[1] == START + 3 * DAY + 4 * HOUR + 1800  # half past four
    assert hour[1] == monday - HOUR
    # Planned at the weekend, it comes when it can.
    assert reminders(monday, START + 4 * DAY, WorkingHours())[0][1] == monday - DAY


zones = st.sampled_from(
    ["UTC", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Apia", "Europe/Berlin"]
)
hours = st.builds(
    WorkingHours,
    starts=st.integers(0, 20).map(lambda hour: hour * 60),
    ends=st.integers(21, 24).map(lambda hour: hour * 60),
    days=st.lists(st.integers(1, 7), max_size=7, unique=True).map(lambda each: tuple(sorted(each))),
    zone=zones,
)


@given(hours, hours, instants, st.sampled_from([30, 45, 60]))
def test_a_proposed_time_is_to_come_and_in_the_hours_of_both_where_there_is_one(
    one: WorkingHours, other: WorkingHours, after: int, minutes: int
) -> None:
    slot = next_slot(one, other, after, minutes)
    assert slot >= after
    assert slot % 900 == 0
    common = any(
        working(one, at) and working(other, at) and working(one, at + 3599)
        and working(other, at + 3599)
        for at in range(after - after % 900 + 900, after + 15 * DAY, 900)
    )  # fmt: skip
    if common and slot % 1800 == 0 and all(working(each, slot) for each in (one, other)):
        assert all(working(each, slot + 60 * minutes - 1) for each in (one, other))


def test_an_hour_in_common_that_begins_at_a_quarter_past_is_found() -> None:
    kathmandu = WorkingHours(starts=20 * 60, ends=21 * 60, days=(1,), zone="Asia/Kathmandu")
    utc = WorkingHours(starts=0, ends=21 * 60, days=(1, 2, 3, 4, 5, 6, 7), zone="UTC")
    slot = next_slot(kathmandu, utc, START, 60)
    assert all(working(each, slot) for each in (kathmandu, utc))
    assert all(working(each, slot + 3599) for each in (kathmandu, utc))


def test_new_york_and_berlin_meet_in_the_afternoon_of_the_one_and_the_morning_of_the_other() -> (
    None
):
    york = WorkingHours(zone="America/New_York")
    berlin = WorkingHours(zone="Europe/Berlin")
    slot = next_slot(york, berlin, START, 60)
    # 16:00 in Berlin and ten in New York, the same Tuesday: an hour after the later one begins.
    assert slot == START + 3 * HOUR


def test_who_has_just_one_hour_in_common_is_given_that() -> None:
    one = WorkingHours(9 * 60, 12 * 60)
    other = WorkingHours(11 * 60, 15 * 60)
    assert next_slot(one, other, START, 60) == START + DAY - HOUR


def test_who_never_works_when_the_other_does_gets_a_time_of_their_own() -> None:
    early = WorkingHours(zone="Pacific/Auckland", starts=9 * 60, ends=10 * 60)
    late = WorkingHours(zone="America/New_York", starts=9 * 60, ends=10 * 60)
    slot = next_slot(early, late, START, 30)
    assert working(early, slot)


def test_the_agenda_holds_as_many_goals_as_fit() -> None:
    many = [Goal(n, "U0LEO", "x" * 300, GoalState.OPEN, 0, START) for n in range(20)]
    agenda = agenda_from(many)
    assert agenda.count("\n") == 5
    assert len(agenda) <= 2000
