"""Instants as Slack writes them in a reader's zone: the tokens of dates in messages."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"\{(\w+)\}")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400  # seconds


def _ordinal(day: int) -> str:
    teens = 11 <= day % 100 <= 13  # noqa: PLR2004 - eleventh to thirteenth
    return f"{day}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _long(at: datetime, *, weekday: bool = False, year: bool = True) -> str:
    words = f"{at:%B} {_ordinal(at.day)}{f', {at.year}' if year else ''}"
    return f"{at:%A}, {words}" if weekday else words


_PLAIN: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date_slash": lambda at: f"{at:%d/%m/%Y}",
    "date": _long,
    "date_short": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_long": lambda at: _long(at, weekday=True),
    "date_long_full": lambda at: f"{at:%B} {at.day}, {at.year}",
    "time": lambda at: f"{at:%H:%M}",
    "time_secs": lambda at: f"{at:%H:%M:%S}",
}
# Tokens that say today, tomorrow or yesterday where they can, and what they say elsewhere.
_PRETTY = {
    "date_pretty": "date",
    "date_short_pretty": "date_short",
    "date_long_pretty": "date_long",
}


def shown(instant: int, form: str, zone: str, now: float | None = None) -> str | None:
    """The form with its tokens filled in; None if the instant is none that a calendar has.

    `now`, in UTC seconds, is what *today* and *ago* are reckoned from; without it they are dates.
    """
    try:
        at = datetime.fromtimestamp(instant, ZoneInfo(zone))
    except (OverflowError, OSError, ValueError):
        return None
    here = None if now is None else datetime.fromtimestamp(now, ZoneInfo(zone))

    def filled(found: re.Match[str]) -> str:
        words = _filled(found[1], at, here)
        if words is None:
            return found[0]
        return words[:1].upper() + words[1:] if found.start() == 0 else words

    return _TOKEN.sub(filled, form)


def _filled(token: str, at: datetime, here: datetime | None) -> str | None:
    if token in _PLAIN:
        return _PLAIN[token](at)
    near = _near(at, here)
    if token in _PRETTY:
        return near or _PLAIN[_PRETTY[token]](at)
    if token == "day_divider_pretty":  # noqa: S105 - a token of Slack's
        this_year = here is not None and at.year == here.year
        return near or _long(at, weekday=True, year=not this_year)
    if token == "ago":  # noqa: S105 - the same
        return _ago(at, here) if here else _PLAIN["date_short"](at)
    return None


def _near(at: datetime, here: datetime | None) -> str:
    if here is None:
        return ""
    days = (at.date() - here.date()) / timedelta(days=1)
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(int(days), "")


def _ago(at: datetime, here: datetime) -> str:
    seconds = int((here - at).total_seconds())
    length = abs(seconds)
    for unit, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if length >= unit:
            count = length // unit
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"in {words}" if seconds < 0 else f"{words} ago"
    return "just now" if seconds >= 0 else "in a moment"
