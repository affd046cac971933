"""Free hours in everybody's own zone, and a first date by the same clocks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.grouping import first_meeting, free_hours

ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Kiritimati",
    "Pacific/Pago_Pago", "America/St_Johns", "Africa/Cairo",
)  # fmt: skip
WEEK = 7 * 24 * 3600


def at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 9, tzinfo=UTC).timestamp())


@given(
    st.sampled_from(ZONES),
    st.sets(st.integers(1, 7), min_size=1),
    st.sets(st.integers(7, 19), min_size=1),
    st.integers(at(2026, 1, 1), at(2028, 1, 1)),
)
def test_a_circle_meets_when_its_people_said_whichever_clocks_change(
    zone: str, days: set[int], hours: set[int], asked_at: int
) -> None:
    free = free_hours(days, hours, zone, asked_at)
    assert free
    for hour in free:
        meeting = first_meeting(hour, zone, asked_at, asked_at)
        assert meeting.first_on.isoweekday() in days
        assert meeting.minutes // 60 in hours
        assert asked_at < meeting.starts_at <= asked_at + WEEK + 3600
        starts = datetime.fromtimestamp(meeting.starts_at, ZoneInfo(zone))
        assert (starts.date(), starts.hour * 60 + starts.minute) == (
            meeting.first_on,
            meeting.minutes,
        )


def test_one_hour_in_a_zone_of_half_an_hour_is_an_hour() -> None:
    (hour,) = free_hours([1], [12], "Asia/Kolkata", at(2026, 6, 1))
    meeting = first_meeting(hour, "Asia/Kolkata", at(2026, 6, 1), at(2026, 6, 1))
    assert meeting.minutes == 12 * 60 + 30
    assert free_hours([1], [12, 13], "Asia/Kolkata", at(2026, 6, 1)) == {7}


@pytest.mark.parametrize(
    "asked_at",
    [
        pytest.param(at(2026, 3, 16), id="only America's clocks have changed"),
        pytest.param(at(2026, 10, 28), id="only Europe's clocks have changed"),
        pytest.param(at(2026, 10, 20), id="before both change"),
        pytest.param(at(2026, 6, 1), id="summer"),
    ],
)
def test_berlin_and_new_york_are_six_hours_apart_also_in_the_odd_weeks(asked_at: int) -> None:
    assert free_hours([1], [15], "Europe/Berlin", asked_at) == free_hours(
        [1], [9], "America/New_York", asked_at
    )


def test_an_unknown_zone_counts_as_utc() -> None:
    assert free_hours([1], [12], "Nowhere/Land", at(2026, 6, 1)) == {12}
