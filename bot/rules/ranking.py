"""How well an expert matches a question: by topics, by what they have answered, by their own words.

What was learned from real questions (docs/decisions, 015): who answered questions *like this one*
says more than any description, the more lately the more; a brake on who was asked much keeps
favourites from having it all. Numbers without another source were chosen on the development set.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.terms import FIRST_SENTENCE, TERMS
from storage.records import Alike, Found, Outcome, Versed

DAY = 24 * 3600
# Of a year ago: people change wards, posts and interests; half of what was answered then counts.
HALF_LIFE = 365 * DAY

# A term's worth in an answered question, as BM25 has it: repetition counts less and less, and long
# questions say less by each term. A question has some 45 significant words.
_REPEATS, _LENGTH_COUNTS, _LENGTH = 1.2, 0.3, 45
# A term that stands in a larger share of the answers tells nobody apart (of few, anything may).
_TOO_COMMON, _FEW_ANSWERS = 0.12, 50

# How likely an answer was good: told by the asker, else by an answer in writing.
_HELPED = {Outcome.SOLVED: 1.0, Outcome.PARTLY: 0.7, Outcome.UNKNOWN: 0.4, Outcome.NO: 0.0}
_WRITTEN = 0.6

# Shares in the score. What was answered counts whole where the best of it shares so much of the
# question; less where all of it is far away.
_VERSED, _ACTIVE, _SURE = 0.9, 0.02, 0.15
# So much of the question shared makes a past one a question like it.
LIKE_IT = 0.15
_TOPICS, _WORDS, _WORDS_ENOUGH = 1.0, 0.3, 3

# Each of the last hundred offers takes this off what was answered; below nothing it goes only so
# far that who holds half of the topics never comes before who holds all.
LATELY = 100
_BRAKE, _LOWEST = 0.05, -0.4

HALF_MET, LENGTH_MATTERS = 0.6, 0.75  # of a term, among all that somebody has answered


def worth(times: int, length: int) -> float:
    """What a term that stands `times` in a question of `length` terms is worth there."""
    room = _REPEATS * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length / _LENGTH)
    return times * (_REPEATS + 1) / (times + room)


def helped(outcome: Outcome, *, written: bool) -> float:
    """How much an answer weighs, 0 to 1; `written`: it went back in writing, by form."""
    much = _HELPED[outcome]
    return max(much, _WRITTEN) if written and outcome is Outcome.UNKNOWN else much


def rarities(
    terms: Iterable[str], first: frozenset[str], often: Mapping[str, int], answers: int
) -> dict[str, float]:
    """What sharing each term says, for those worth looking up: the most telling first."""
    known = {}
    for term in terms:
        many = often.get(term, 0)
        if many and (many <= _TOO_COMMON * answers or answers <= _FEW_ANSWERS):
            rare = math.log(1 + (answers - many + 0.5) / (many + 0.5))
            known[term] = rare * (FIRST_SENTENCE if term in first else 1.0)
    ordered = sorted(known.items(), key=lambda each: (-each[1], each[0]))
    return dict(ordered[:TERMS])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody has answered, for one question. `score` from 0 to about 2."""

    score: float
    answered: int
    held: int


def evidence(
    alike: Sequence[Alike], versed: Sequence[Versed], rarity: Mapping[str, float], now: int
) -> dict[str, Evidence]:
    """Each expert's part in what was answered before: questions like this, and all they met."""
    whole = sum(rarity.values()) or 1.0
    closest = max((each.likeness for each in alike), default=0.0) / whole
    votes: dict[str, float] = defaultdict(float)
    like_it: Counter[str] = Counter()
    for each in alike:
        share = each.likeness / whole
        votes[each.user] += left(each.weight * share * share, each.answered_at, now)
        like_it[each.user] += share >= LIKE_IT
    most = max(votes.values(), default=0.0) or 1.0
    best = max((each.versed for each in versed), default=0.0) or 1.0
    sure = min(1.0, closest / _SURE)
    return {
        each.user: Evidence(
            sure
            * (
                votes[each.user] / most
                + _VERSED * each.versed / best
                + _ACTIVE * math.log1p(left(each.recent, each.recent_at, now))
            ),
            like_it[each.user],
            each.held,
        )
        for each in versed
    }


def left(count: float, since: int, now: int) -> float:
    """What is left at `now` of a count of answers made at `since`."""
    return float(count * 0.5 ** (max(now - since, 0) / HALF_LIFE))


@dataclass(frozen=True, slots=True)
class Ranking:
    """How experts are ranked for one question.

    `topics`: how many it asks for; `lately`: how many of the last LATELY offers each expert had.
    """

    topics: int
    known: Mapping[str, Evidence] = field(default_factory=dict)
    lately: Mapping[str, int] = field(default_factory=dict)

    def score(self, found: Found) -> float:
        """How well somebody matches; of equals, whose turn it is comes first."""
        known = self.known.get(found.user)
        answered = known.score if known else 0.0
        braked = max(answered - _BRAKE * self.lately.get(found.user, 0), _LOWEST)
        topics = _TOPICS * found.held / self.topics if self.topics else 0.0
        return topics + _WORDS * min(found.met, _WORDS_ENOUGH) / _WORDS_ENOUGH + braked
