"""How an expert is looked after, and whose questions wait behind those of others.

Instants are UTC seconds.
"""

from collections.abc import Iterable, Sequence

from storage.records.consults import Ended

DAY = 24 * 3600
WEEK = 7 * DAY
# issue 6: a rest is offered after so many questions taken in four weeks, or three full weeks in a
# row (but not to who takes one a week), and not again for a quarter.
MANY, MANY_WITHIN = 10, 4 * WEEK
FULL_WEEKS, NO_FEWER = 3, 6
QUARTER = 90 * DAY
REST = WEEK
MILESTONES = frozenset({1, 10, 25, 50})
EVERY = 100
# issue 6: who lets two of their questions go without a word loses priority.
SILENT_TWICE = 2
PLACES_KEPT = 1


def full_until(taken_at: Sequence[int], capacity: int, now: int) -> int | None:
    """When the next place in an expert's week is free; None if one is.

    `taken_at`: when they took questions; `capacity`: how many they take in seven days.
    """
    lately = sorted(at for at in taken_at if now - WEEK < at <= now)
    return lately[-capacity] + WEEK if len(lately) >= capacity else None


def deserves_rest(taken_at: Sequence[int], capacity: int, now: int) -> bool:
    """Whether an expert has taken so many questions that a week's rest is offered to them."""
    lately = [at for at in taken_at if now - MANY_WITHIN < at <= now]
    if len(lately) >= MANY:
        return True
    weeks = [sum(now - (n + 1) * WEEK < at <= now - n * WEEK for at in lately) for n in range(3)]
    return sum(weeks) >= NO_FEWER and min(weeks[:FULL_WEEKS]) >= capacity


def may_offer_again(last_offered_at: int | None, now: int) -> bool:
    """Whether a rest may be offered: never twice within a quarter."""
    return last_offered_at is None or last_offered_at + QUARTER <= now


def is_milestone(answered: int) -> bool:
    """Whether kind words are said after the `answered`-th question of an expert."""
    return answered in MILESTONES or (answered > 0 and answered % EVERY == 0)


def places_kept(ended: Iterable[Ended], now: int) -> int:
    """How many places of each expert's week are kept for others before this asker's questions.

    None, but for who let two questions of theirs that somebody had taken go without a word within
    90 days; one that they closed, or told the outcome of, since then makes good for all.
    """
    silent = 0
    for each in sorted(ended, key=lambda one: one.closed_at, reverse=True):
        if each.settled:
            break
        silent += each.silent and each.closed_at > now - QUARTER
    return PLACES_KEPT if silent >= SILENT_TWICE else 0
