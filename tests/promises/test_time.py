"""Promises 10 and 11: one thread a session, at its wall-clock time, whatever happens in between."""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import running
from bot.rules import recurrence
from storage.records import Rhythm
from tests.circles.stories import TO_FIRST, circle, said
from tests.support.world import DAY, HOUR, TestClock, World, settings, world

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
QUARTER = 15 * 60  # every change of every zone is on a quarter of an hour
TIMES = (0, 90, 150, 12 * 60 + 30, 23 * 60 + 45)


def read_clock(zone: str, day: date, minutes: int) -> int:
    """When a clock on the wall shows this time, by looking at it every quarter of an hour.

    If it never does, when it would have if nobody had put it forward.
    """
    wanted = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    start = int(datetime.combine(day, datetime.min.time(), UTC).timestamp()) - 15 * HOUR
    shown, before = None, None
    for instant in range(start, start + 60 * HOUR, QUARTER):
        shown = datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=None)
        if shown == wanted:
            return instant
        if shown > wanted and before is not None:
            return before[0] + int((wanted - before[1]).total_seconds())
        before = (instant, shown)
    raise AssertionError("a wall clock comes to every time")


def days_by_walking(rhythm: Rhythm, first: date) -> Iterator[date]:
    """The dates of a rhythm, by going through the calendar day by day."""
    day, weeks = first, 0
    every = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}.get(rhythm)
    while day <= LAST:
        if day.weekday() == first.weekday():
            if weeks % every == 0 if every else _which_in_month(day) == _which_in_month(first):
                yield day
            weeks += 1
        day += timedelta(days=1)


def _which_in_month(day: date) -> int:
    """Whether it is the first, second … of its weekday in its month."""
    before = (day.replace(day=each) for each in range(1, day.day + 1))
    return sum(1 for each in before if each.weekday() == day.weekday())


@pytest.mark.parametrize("zone", ZONES)
def test_two_years_of_sessions_are_where_a_clock_on_the_wall_says(zone: str) -> None:
    for minutes in TIMES:
        met = []
        day = recurrence.following(Rhythm.WEEKLY, FIRST, FIRST - timedelta(days=1))
        while day <= LAST:
            met.append(recurrence.instant(day, minutes, zone))
            day = recurrence.following(Rhythm.WEEKLY, FIRST, day)
        expected = [read_clock(zone, day, minutes) for day in days_by_walking(Rhythm.WEEKLY, FIRST)]
        assert met == expected, minutes
        assert len(set(met)) == len(met)


@pytest.mark.parametrize("zone", ZONES)
def test_no_change_of_the_clock_makes_two_of_a_day_or_none(zone: str) -> None:
    day, before = FIRST, recurrence.instant(FIRST, 150, zone)
    while day < LAST:
        day += timedelta(days=1)
        instant = recurrence.instant(day, 150, zone)
        assert 22 * HOUR <= instant - before <= 26 * HOUR
        assert instant == read_clock(zone, day, 150)
        before = instant


@pytest.mark.parametrize("rhythm", Rhythm)
@pytest.mark.parametrize("first", [date(2026, 1, day) for day in (1, 7, 8, 14, 22, 28)])
def test_every_date_of_a_rhythm_comes_once(rhythm: Rhythm, first: date) -> None:
    found, day = [], first - timedelta(days=1)
    while (day := recurrence.following(rhythm, first, day)) <= LAST:
        found.append(day)
    assert found == list(days_by_walking(rhythm, first))


def test_who_begins_on_a_fifth_thursday_meets_on_the_last_one_of_each_month() -> None:
    first, day = date(2026, 1, 29), date(2026, 1, 28)
    while (day := recurrence.following(Rhythm.MONTHLY, first, day)) <= LAST:
        assert day.weekday() == first.weekday()
        assert (day + timedelta(days=7)).month != day.month


def test_the_day_that_samoa_left_out_takes_no_session_with_it() -> None:
    left_out = date(2011, 12, 30)
    instants = [
        recurrence.instant(left_out + timedelta(days=each), 600, "Pacific/Apia")
        for each in (-1, 0, 1)
    ]
    assert instants == sorted(instants)


def opened(made: World, seen: object) -> list[str]:
    return [text for text in said(made, seen) if text.startswith("*Session 1* of")]  # type: ignore[arg-type]


async def test_four_processes_on_one_store_open_one_thread(tmp_path: Path) -> None:
    database = tmp_path / "mentor.db"
    async with world(database) as made, contextlib.AsyncExitStack() as stack:
        seen = await circle(made)
        others = [
            await stack.enter_async_context(
                running(settings(made.sandbox, database), TestClock(made.sandbox.clock))
            )
            for _ in range(3)
        ]
        made.sandbox.clock.skip(TO_FIRST)
        await asyncio.gather(*(app.catch_up() for app in (made.app, *others)))
        await asyncio.gather(*(app.catch_up() for app in (made.app, *others)))
        assert len(opened(made, seen)) == 1


async def test_a_restart_and_a_clock_put_back_open_no_second_thread(tmp_path: Path) -> None:
    database = tmp_path / "mentor.db"
    async with world(database) as made:
        seen = await circle(made)
        await made.later(TO_FIRST)
        made.sandbox.clock.skip(-2 * HOUR)
        await made.app.catch_up()
        async with running(
            settings(made.sandbox, database), TestClock(made.sandbox.clock)
        ) as again:
            await again.catch_up()
            made.sandbox.clock.skip(2 * HOUR + 60)
            await again.catch_up()
        assert len(opened(made, seen)) == 1


async def test_after_a_year_away_one_late_post_a_circle_and_the_rest_is_told_of(
    tmp_path: Path,
) -> None:
    async with world(tmp_path / "mentor.db") as made:
        seen = await circle(made)
        before = len(said(made, seen))
        made.sandbox.clock.skip(TO_FIRST + 52 * 7 * DAY + 3 * DAY)
        for _ in range(3):
            await made.app.catch_up()
        told = said(made, seen)[before:]
        assert len(told) == 1
        assert "could not be opened" in told[0]
