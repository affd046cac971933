"""Whom to ask: of those who may know, who can answer now; of equals, who was asked least lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rules import working_hours
from storage.records import Candidate, Ground, Why

# One place in so many goes to whoever holds the topic and was asked least lately, so that nobody
# who has answered nothing yet stays without questions.
BY_TURN = 4


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen expert, and why they. `partial`: they match only some of what was asked for."""

    user: str
    partial: bool
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Those chosen, best first; when nobody works now, `waits_until` the first of them does."""

    picked: tuple[Pick, ...]
    waits_until: int | None = None


def by_turn(places: int, count: int) -> bool:
    """Whether one of `count` more places goes by turn, `places` being all so far with these."""
    return places // BY_TURN > (places - count) // BY_TURN


def choose(
    candidates: Iterable[Candidate],
    *,
    now: int,
    count: int,
    turn: Iterable[Candidate] = (),
    places_kept: int = 0,
) -> Choice:
    """Choose `count` experts who work now; the best matches first.

    So many places of each expert's week are kept for other askers (`bot.rules.care`).

    `candidates` come best match first and, among equals, in the order of their turn; they are read
    no further than until `count` are found who have nothing else to do. The first of `turn` who can
    answer now has the first place.
    """
    able = (each for each in turn if _takes_questions(each, now, places_kept))
    first = next((each for each in able if _works(each, now)), None)
    fit: list[Candidate] = []
    asleep: list[Candidate] = []
    wanted = count - (first is not None)
    for candidate in candidates if wanted else ():
        if first and candidate.user == first.user:
            continue
        if not _takes_questions(candidate, now, places_kept):
            continue
        if not _works(candidate, now):
            asleep.append(candidate)
            continue
        fit.append(candidate)
        if len(fit) >= wanted and sum(each.load == 0 for each in fit) >= wanted:
            break
    fit.sort(key=_rank)
    picked = [_pick(each) for each in fit[:wanted]]
    if first:
        picked.insert(0, _pick(first, Ground.TURN))
    return Choice(tuple(picked), None if picked else _first_start(asleep, now))


def _takes_questions(candidate: Candidate, now: int, places_kept: int) -> bool:
    # Who takes one a week takes it from anybody.
    room = max(candidate.capacity - places_kept, 1)
    return (candidate.paused_until or 0) <= now and candidate.load < room


def _works(candidate: Candidate, now: int) -> bool:
    return working_hours.working(candidate.hours, now)


def _pick(candidate: Candidate, *more: Ground) -> Pick:
    return Pick(candidate.user, not _full(candidate), (*_why(candidate, more),))


def _full(candidate: Candidate) -> bool:
    """Whether they match all that was asked for: every topic, or words where no topic was named.

    Who has answered questions like it matches, too.
    """
    if candidate.answered:
        return True
    if candidate.topics_asked:
        return candidate.topics_held == candidate.topics_asked
    return candidate.words_met > 0


def _why(candidate: Candidate, more: Iterable[Ground]) -> Iterable[Why]:
    """The grounds that counted, the weightiest first."""
    if candidate.chosen:
        yield Why(Ground.CHOSEN)
        yield Why(Ground.AT_WORK)
        return
    declared = candidate.topics_held - candidate.topics_given - candidate.topics_endorsed
    counted = {
        Ground.ANSWERED: candidate.answered,
        Ground.DECLARED: declared,
        Ground.GIVEN: candidate.topics_given,
        Ground.ENDORSED: candidate.topics_endorsed,
        Ground.NEAR: int(candidate.near),
        Ground.DESCRIBED: candidate.words_met,
    }
    matched = [Why(ground, many) for ground, many in counted.items() if many > 0]
    yield from matched or [Why(Ground.ANYBODY)]
    yield from map(Why, more)
    if not candidate.answered and Ground.TURN not in more:
        yield Why(Ground.LEAST_LATELY)
    yield Why(Ground.AT_WORK)


def _rank(candidate: Candidate) -> tuple[float, ...]:
    return (
        -candidate.score,
        -candidate.topics_held,
        -candidate.words_met,
        candidate.load / candidate.capacity,
        candidate.last_asked_at,
    )


def _first_start(asleep: list[Candidate], now: int) -> int | None:
    starts = [working_hours.next_start(each.hours, now) for each in asleep]
    return min((start for start in starts if start > now), default=None)
