"""From hours of somebody's own week to hours of the UTC week, and back to a circle's first date.

The two differ by the season. Most of what a circle will be lies in the half-year after it was asked
for, so the clocks of the season in which most of that lies count. They do for a circle's time too:
what somebody said they are free at is when it meets, whichever clocks change first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.rules.grouping.wishes import HOURS_A_WEEK
from bot.rules.working_hours import instant, zone_of

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60  # minutes
HALF_AHEAD = timedelta(weeks=13)
WINTER = (11, 12, 1, 2, 3)  # months; the odd weeks in which only some clocks have changed are few
MID_SEASON = 15  # of January or July: no clock changes near it


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a circle meets first, and by which clocks from then on. `minutes` after midnight."""

    first_on: date
    minutes: int
    zone: str
    starts_at: int


def free_hours(
    days: Collection[int], hours: Collection[int], zone: str, asked_at: int
) -> frozenset[int]:
    """The hours of the UTC week (0 to 167) that lie in these of the ISO weekdays in a zone.

    In a zone of half an hour, an hour of UTC lies in two of theirs: both should be free, but where
    somebody has no two in a row, it is enough that it begins in one.
    """
    local = {(day - 1) * 24 + hour for day in days for hour in hours}
    east = _east(zone, asked_at)
    begun = {hour for hour in range(HOURS_A_WEEK) if (hour * HOUR + east) % WEEK // HOUR in local}
    whole = {hour for hour in begun if (hour * HOUR + east + HOUR - 1) % WEEK // HOUR in local}
    return frozenset(whole or begun)


def first_meeting(hour: int, zone: str, asked_at: int, after: int) -> Meeting:
    """The first time later than `after` (UTC seconds) that an hour of the UTC week comes."""
    day, minutes = divmod((hour * HOUR + _east(zone, asked_at)) % WEEK, DAY)
    named = zone_of(zone).key
    first = datetime.fromtimestamp(after, zone_of(zone)).date()
    first += timedelta(days=(day - first.weekday()) % 7)
    if instant(first, minutes, zone) <= after:
        first += timedelta(weeks=1)
    return Meeting(first, minutes, named, instant(first, minutes, zone))


def _east(zone: str, asked_at: int) -> int:
    """Minutes east of UTC by the clocks that count."""
    half = datetime.fromtimestamp(asked_at, UTC) + HALF_AHEAD
    month = 1 if half.month in WINTER else 7
    offset = datetime(half.year, month, MID_SEASON, tzinfo=zone_of(zone)).utcoffset()
    return int(offset.total_seconds()) // 60 if offset else 0
