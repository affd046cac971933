from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.working_hours import (
    after,
    next_start,
    parse_days,
    parse_hours,
    worked_between,
    working,
)
from storage.records import WorkingHours

HOUR = 3600
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
EPOCH = 1_760_000_000

hours = st.builds(
    WorkingHours,
    starts=st.integers(0, 12 * 60),
    ends=st.integers(12 * 60 + 1, 24 * 60),
    days=st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    zone=st.sampled_from(ZONES),
)
instants = st.integers(EPOCH, EPOCH + 2 * 365 * 24 * HOUR)


def at(zone: str, *when: int) -> int:
    return int(datetime(*when, tzinfo=ZoneInfo(zone)).timestamp())  # type: ignore[arg-type, misc]


def test_work_begins_at_nine_and_ends_at_five_where_one_lives() -> None:
    new_york = WorkingHours(zone="America/New_York")
    assert working(new_york, at("America/New_York", 2026, 11, 24, 9))
    assert not working(new_york, at("America/New_York", 2026, 11, 24, 17))
    assert not working(new_york, at("America/New_York", 2026, 11, 22, 12))


def test_friday_evening_waits_for_monday_morning() -> None:
    berlin = WorkingHours(zone="Europe/Berlin")
    friday_evening = at("Europe/Berlin", 2026, 11, 27, 18)
    assert next_start(berlin, friday_evening) == at("Europe/Berlin", 2026, 11, 30, 9)
    assert after(berlin, friday_evening, HOUR) == at("Europe/Berlin", 2026, 11, 30, 10)


def test_a_day_that_ends_at_midnight_is_whole() -> None:
    night = WorkingHours(0, 24 * 60, (1, 2, 3, 4, 5, 6, 7), "Europe/Berlin")
    noon = at("Europe/Berlin", 2026, 6, 1, 12)
    assert worked_between(night, noon, noon + 24 * HOUR) == 24 * HOUR


def test_the_night_of_the_change_to_winter_time_is_an_hour_longer() -> None:
    always = WorkingHours(0, 24 * 60, (1, 2, 3, 4, 5, 6, 7), "Europe/Berlin")
    begins, ends = at("Europe/Berlin", 2026, 10, 25), at("Europe/Berlin", 2026, 10, 26)
    assert worked_between(always, begins, ends) == 25 * HOUR


def test_nobody_waits_for_ever_on_who_has_no_day() -> None:
    never = WorkingHours(days=())
    assert after(never, EPOCH, HOUR) == EPOCH + HOUR
    assert next_start(never, EPOCH) == EPOCH


def test_who_works_a_minute_a_week_needs_two_years_for_two_hours() -> None:
    mondays = WorkingHours(9 * 60, 9 * 60 + 1, (1,), "UTC")
    monday = at("UTC", 2026, 11, 23, 9)
    assert after(mondays, monday, 2 * HOUR) == monday + 119 * 7 * 24 * HOUR + 60


def test_an_unknown_zone_counts_as_utc() -> None:
    nowhere = WorkingHours(zone="Mars/Olympus")
    assert working(nowhere, at("UTC", 2026, 11, 24, 9))


@given(hours, instants, st.integers(1, 20 * HOUR))
def test_after_and_worked_between_are_inverse(who: WorkingHours, start: int, worked: int) -> None:
    assert worked_between(who, start, after(who, start, worked)) == worked


@given(hours, instants)
def test_the_next_start_is_an_instant_of_work_and_never_past(who: WorkingHours, now: int) -> None:
    start = next_start(who, now)
    assert start >= now
    assert working(who, start)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("mon-fri", (1, 2, 3, 4, 5)), ("sat-mon", (1, 6, 7)), ("Mon; wed,fri", (1, 3, 5))],
)
def test_days_are_read_as_people_write_them(typed: str, days: tuple[int, ...]) -> None:
    assert parse_days(typed) == days


def test_hours_are_read_up_to_midnight() -> None:
    assert parse_hours("00:00-24:00") == (0, 1440)


@pytest.mark.parametrize("typed", ["9-17", "17:00-09:00", "09:00-25:00", "09:61-10:00", ""])
def test_hours_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="hours"):
        parse_hours(typed)


@pytest.mark.parametrize("typed", ["", "someday", "mon-"])
def test_days_that_are_none_are_refused_or_read_as_one(typed: str) -> None:
    if typed == "mon-":
        assert parse_days(typed) == (1,)
        return
    with pytest.raises(ValueError, match="days"):
        parse_days(typed)
