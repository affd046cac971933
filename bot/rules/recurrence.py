"""On which dates a circle meets, and at which instant: wall-clock time in its own zone."""

from datetime import UTC, date, datetime, timedelta

from bot.rules.working_hours import hours_text, instant, zone_of
from storage.records import Rhythm

__all__ = ["day_of", "describe", "following", "hours_text", "instant"]


_WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
_ORDINALS = ("first", "second", "third", "fourth")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST = len(_ORDINALS)  # the fifth of its weekday counts as the month's last


def following(rhythm: Rhythm, first_on: date, after: date) -> date:
    """The first date of the rhythm later than `after`, never before `first_on`.

    Monthly is on the nth weekday that `first_on` is in its month; the fifth means the last.
    """
    if after < first_on:
        return first_on
    if rhythm is Rhythm.MONTHLY:
        return _following_month(first_on, after)
    period = 7 * _WEEKS[rhythm]
    passed = (after - first_on).days // period
    return first_on + timedelta(days=(passed + 1) * period)


def _following_month(first_on: date, after: date) -> date:
    met = _in_month(first_on, after.year, after.month)
    if met > after:
        return met
    year, month = divmod(after.year * 12 + after.month, 12)
    return _in_month(first_on, year, month + 1)


def _in_month(first_on: date, year: int, month: int) -> date:
    """The day of this month that is what `first_on` is in its own."""
    start = date(year, month, 1)
    earliest = start + timedelta(days=(first_on.weekday() - start.weekday()) % 7)
    nth = (first_on.day - 1) // 7
    if nth < _LAST:
        return earliest + timedelta(weeks=nth)
    last = earliest + timedelta(weeks=_LAST)
    return last if last.month == month else last - timedelta(weeks=1)


def day_of(at: int, zone: str) -> date:
    """The date on a clock in the zone at an instant."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone_of(zone)).date()


def describe(rhythm: Rhythm, first_on: date, minutes: int, zone: str) -> str:
    """When a circle meets, in words."""
    weekday, time = _WEEKDAYS[first_on.weekday()], f"at {hours_text(minutes)} ({zone})"
    if rhythm is Rhythm.WEEKLY:
        return f"every week on {weekday} {time}"
    if rhythm is Rhythm.FORTNIGHTLY:
        return f"every two weeks on {weekday} {time}"
    nth = (first_on.day - 1) // 7
    which = _ORDINALS[nth] if nth < _LAST else "last"
    return f"monthly on the {which} {weekday} {time}"
