"""Whom to ask: of those who may know, who can answer now and was asked least lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rules import working_hours
from storage.records import Candidate


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen expert. `partial`: they hold only some of what was asked for."""

    user: str
    partial: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Those chosen, best first; when nobody works now, `waits_until` the first of them does."""

    picked: tuple[Pick, ...]
    waits_until: int | None = None


def choose(
    candidates: Iterable[Candidate], *, now: int, count: int, places_kept: int = 0
) -> Choice:
    """Choose `count` experts who work now; full matches first, then partial ones.

    So many places of each expert's week are kept for other askers (`bot.rules.care`).

    `candidates` come best match first and, among equals, in the order of their turn; they are read
    no further than until `count` are found who have nothing else to do.
    """
    fit: list[Candidate] = []
    asleep: list[Candidate] = []
    for candidate in candidates:
        if not _takes_questions(candidate, now, places_kept):
            continue
        if not working_hours.working(candidate.hours, now):
            asleep.append(candidate)
            continue
        fit.append(candidate)
        if len(fit) >= count and sum(each.load == 0 for each in fit) >= count:
            break
    fit.sort(key=_rank)
    picked = tuple(Pick(each.user, not _full(each)) for each in fit[:count])
    return Choice(picked, None if picked else _first_start(asleep, now))


def _takes_questions(candidate: Candidate, now: int, places_kept: int) -> bool:
    # Who takes one a week takes it from anybody.
    room = max(candidate.capacity - places_kept, 1)
    return (candidate.paused_until or 0) <= now and candidate.load < room


def _full(candidate: Candidate) -> bool:
    """Whether they match all that was asked for: every topic, or words where no topic was named."""
    if candidate.topics_asked:
        return candidate.topics_held == candidate.topics_asked
    return candidate.words_met > 0


def _rank(candidate: Candidate) -> tuple[float, ...]:
    return (
        -candidate.topics_held,
        -candidate.words_met,
        candidate.load / candidate.capacity,
        candidate.last_asked_at,
    )


def _first_start(asleep: list[Candidate], now: int) -> int | None:
    starts = [working_hours.next_start(each.hours, now) for each in asleep]
    return min((start for start in starts if start > now), default=None)
