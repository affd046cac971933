"""The clock of an offer that stood still for a while: what is due comes later by just that.

Instants are UTC seconds; spans of work are those of `working_hours`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rules import working_hours
from storage.records import Detail, WorkingHours

# product.md, section 1.3 names no limit: two of the asker's working days are a fair wait.
DAYS_TO_ANSWER = 2


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still from `begins` until `ends` (UTC seconds)."""

    begins: int
    ends: int


def stops_of(details: Iterable[Detail]) -> tuple[Stop, ...]:
    """When the clock of a consult stood still, in order: while a detail was waited for."""
    found = [Stop(each.asked_at, each.settled_at) for each in details if each.settled_at]
    return tuple(sorted(found, key=lambda stop: (stop.begins, stop.ends)))


def put_off(hours: WorkingHours, since: int, due_at: int, stops: Iterable[Stop]) -> int:
    """When what was due at `due_at` is due, as the clock that runs since `since` stood still.

    As much working time has then passed beside the stops as had at `due_at` without any: it comes
    never earlier for them, and never later than by the working time they took. Stops may overlap.
    """
    met = [stop for stop in stops if stop.begins < stop.ends and stop.ends > since]
    if not met:
        return due_at
    left, at = _passed(hours, since, due_at), since
    for stop in sorted(met, key=lambda each: each.begins):
        until = max(stop.begins, at)
        available = _passed(hours, at, until)
        if left <= available:
            break
        left -= available
        at = max(stop.ends, at)
    return max(due_at, working_hours.after(hours, at, left))


def answer_due(hours: WorkingHours, asked_at: int) -> int:
    """Until when a detail is waited for: two working days of the asker's, as long as theirs are."""
    day = (hours.ends - hours.starts) * 60
    return working_hours.after(hours, asked_at, DAYS_TO_ANSWER * day)


def _passed(hours: WorkingHours, start: int, end: int) -> int:
    """Seconds of working time; who has no working day works round the clock, as `after` has it."""
    if not hours.days or hours.starts >= hours.ends:
        return max(end - start, 0)
    return working_hours.worked_between(hours, start, end)
