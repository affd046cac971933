"""How long a mentorship takes: pure reckoning with months."""

import calendar
from datetime import UTC, datetime


def months_later(instant: int, months: int) -> int:
    """The same time of day so many months later, UTC; the last of the month where it is shorter."""
    at = datetime.fromtimestamp(instant, UTC)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return int(at.replace(year=year, month=month + 1, day=day).timestamp())
