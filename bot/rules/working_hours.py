"""When somebody works: whether now, from when, and how much of it has passed between two instants.

Wall-clock hours in an IANA zone; instants are UTC seconds. A wall time that does not exist moves
forward, one that occurs twice means the first. An unknown zone counts as UTC.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.records import WorkingHours

# A pause longer than this between two working days means that there are none.
LOOK_AHEAD = 400  # days
DAYS_BACK = 8  # a week, and the day itself again
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def working(hours: WorkingHours, at: int) -> bool:
    """Whether somebody of these hours works at `at`."""
    local = datetime.fromtimestamp(at, zone_of(hours.zone))
    begins, ends = _span(hours, local.date())
    return local.isoweekday() in hours.days and begins <= at < ends


def next_start(hours: WorkingHours, at: int) -> int:
    """The first instant from `at` on at which they work; `at` itself if they never do."""
    span = next(_spans(hours, at), None)
    return max(at, span[0]) if span else at


def after(hours: WorkingHours, start: int, worked: int) -> int:
    """When `worked` seconds of working time have passed since `start`.

    Somebody without any working day works round the clock, so that nothing waits for ever.
    """
    if worked <= 0:
        return start
    for begins, ends in _spans(hours, start):
        available = ends - max(begins, start)
        if worked <= available:
            return max(begins, start) + worked
        worked -= available
    return start + worked


def day_over(hours: WorkingHours, at: int) -> int:
    """When the working day is over that `at` is in, or the next one if it is in none."""
    span = next(_spans(hours, at), None)
    return span[1] if span else at


def worked_between(hours: WorkingHours, start: int, end: int) -> int:
    """Seconds of working time between two instants; 0 if `end` is not later."""
    total = 0
    for begins, ends in _spans(hours, start):
        if begins >= end:
            break
        total += max(min(ends, end) - max(begins, start), 0)
    return total


def _spans(hours: WorkingHours, at: int) -> Iterator[tuple[int, int]]:
    """The spans of work that end after `at`, in order, while the next is within LOOK_AHEAD."""
    if not hours.days or hours.starts >= hours.ends:
        return
    day = datetime.fromtimestamp(at, zone_of(hours.zone)).date() - timedelta(days=1)
    idle = 0
    while idle < LOOK_AHEAD:
        idle += 1
        if day.isoweekday() in hours.days:
            begins, ends = _span(hours, day)
            if at < ends and begins < ends:
                idle = 0
                yield begins, ends
        day += timedelta(days=1)


def _span(hours: WorkingHours, day: date) -> tuple[int, int]:
    return _instants(hours.zone, day, hours.starts, hours.ends)


@lru_cache(maxsize=4096)
def _instants(zone: str, day: date, starts: int, ends: int) -> tuple[int, int]:
    return instant(day, starts, zone), instant(day, ends, zone)


def instant(day: date, minutes: int, zone: str) -> int:
    """The UTC seconds of a wall time: `minutes` after midnight of a day in a zone."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 - a wall time, its zone comes next
    return int(wall.replace(tzinfo=zone_of(zone)).astimezone(UTC).timestamp())


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this IANA name; UTC if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def last_before(hours: WorkingHours, at: int) -> int:
    """The latest instant not after `at` at which somebody works; `at` itself if they never do."""
    day = datetime.fromtimestamp(at, UTC).astimezone(zone_of(hours.zone)).date()
    for back in range(DAYS_BACK):
        worked = day - timedelta(days=back)
        if worked.isoweekday() in hours.days:
            begins, ends = _span(hours, worked)
            if begins <= at and begins < ends:
                return min(at, ends - 1)
    return at


def parse_hours(text: str) -> tuple[int, int]:
    """`09:00-17:00` as minutes of the day; the end may be 24:00. Raises ValueError in words."""
    found = _HOURS.fullmatch(text.strip())
    if not found:
        raise ValueError("hours look like 09:00-17:00")
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    starts, ends = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if max(from_minute, to_minute) > 59 or not 0 <= starts < ends <= 24 * 60:  # noqa: PLR2004 - a clock
        raise ValueError("hours begin before they end, between 00:00 and 24:00")
    return starts, ends


def parse_days(text: str) -> tuple[int, ...]:
    """`mon-fri` or `mon;wed,fri` as ISO weekdays, in order. Raises ValueError in words."""
    days: set[int] = set()
    for part in re.split(r"[;,\s]+", text.strip().lower()):
        first, _, last = part.partition("-")
        begins, ends = _day(first), _day(last or first)
        days.update(
            (day - 1) % 7 + 1 for day in range(begins, ends + (7 if ends < begins else 0) + 1)
        )
    return tuple(sorted(days))


def _day(text: str) -> int:
    if text[:3] not in DAYS:
        raise ValueError("days look like mon-fri or mon;wed;fri")
    return DAYS.index(text[:3]) + 1


def hours_text(minutes: int) -> str:
    """Minutes of the day as `09:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def days_text(days: tuple[int, ...]) -> str:
    """ISO weekdays as `Mon, Tue`; a run of three or more as `Mon–Fri`."""
    names = [DAYS[day - 1].capitalize() for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:  # noqa: PLR2004 - two are named
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)
