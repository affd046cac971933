"""How well an expert matches a question: by topics, by what they have answered, by their own words.

What was learned from real questions (docs/decisions, 015): who answered questions *like this one*
says more than any description, the more lately the more; a brake on who was asked much keeps
favourites from having it all. Numbers without another source were chosen on the development set.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from bot.rules.terms import FIRST_SENTENCE, TERMS
from storage.records import Answered, Answerer, Found, Outcome, Posting

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
_VERSED, _ACTIVE, _SURE = 0.9, 0.03, 0.15
VOTES = 300  # answered questions, those most like it
# So much of the question shared makes a past one a question like it.
LIKE_IT = 0.15
_TOPICS, _WORDS, _WORDS_ENOUGH = 0.6, 0.2, 3

# Each of the last hundred offers takes this off what was answered; below nothing it goes only so
# far that who holds half of the topics never comes before who holds all.
LATELY = 100
_BRAKE, _LOWEST = 0.04, -0.25

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
class Met:
    """What was answered before, as far as it has terms of a question.

    `likeness` of each answered question; `known`: for each term its rarity, and what it is worth
    among all that each person has answered.
    """

    whole: float
    likeness: dict[int, float]
    known: list[tuple[float, dict[str, float]]]

    def most_like(self) -> list[int]:
        """The answered questions that are most like it, VOTES at most."""
        return nlargest(VOTES, self.likeness, key=self.likeness.__getitem__)

    def people(self, most: int) -> list[str]:
        """Who has met most of the terms, the rare ones before all, `most` people at most."""
        rough: dict[str, float] = defaultdict(float)
        for rarity, worths in self.known:
            for user in worths:
                rough[user] += rarity
        return sorted(rough, key=lambda user: (-rough[user], user))[:most]


def met(walks: Iterable[tuple[float, Sequence[Posting]]]) -> Met:
    """Put together the answers found for each term of a question, with the term's rarity."""
    whole = 0.0
    likeness: dict[int, float] = {}
    known = []
    liked = likeness.get
    for rarity, postings in walks:
        whole += rarity
        worths: dict[str, float] = {}
        worthy = worths.get
        for number, user, worth_there in postings:
            likeness[number] = liked(number, 0.0) + rarity * worth_there
            worths[user] = worthy(user, 0.0) + worth_there
        known.append((rarity, worths))
    return Met(whole, likeness, known)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody has answered, for one question. `score` from 0 to about 2."""

    score: float
    answered: int
    held: int


def evidence(
    found: Met, answers: Iterable[Answered], people: Sequence[Answerer], usual: float, now: int
) -> dict[str, Evidence]:
    """Each one's part in what was answered before: questions like this, and all they met.

    `answers`: those of `found.most_like`; `usual`: how many answers most have given, on average.
    """
    votes: dict[str, float] = defaultdict(float)
    like_it: Counter[str] = Counter()
    closest = 0.0
    for number, user, weight, answered_at in answers:
        share = found.likeness[number] / found.whole
        closest = max(closest, share)
        votes[user] += left(weight * share * share, answered_at, now)
        like_it[user] += share >= LIKE_IT
    versed = _versed(found, people, usual)
    most, best = max(votes.values(), default=0.0) or 1.0, max(versed.values(), default=0.0) or 1.0
    sure = min(1.0, closest / _SURE)
    return {
        each.user: Evidence(
            sure
            * (
                votes[each.user] / most
                + _VERSED * versed[each.user] / best
                + _ACTIVE * math.log1p(left(each.recent, each.recent_at, now))
            ),
            like_it[each.user],
            each.held,
        )
        for each in people
    }


def _versed(found: Met, people: Sequence[Answerer], usual: float) -> dict[str, float]:
    """How much of the question's terms each has met, less where they met them seldom."""
    half = {
        each.user: HALF_MET * (1 - LENGTH_MATTERS + LENGTH_MATTERS * each.many / usual)
        for each in people
    }
    versed = dict.fromkeys(half, 0.0)
    for rarity, worths in found.known:
        for user in worths.keys() & half.keys():
            versed[user] += rarity * worths[user] / (worths[user] + half[user])
    return versed


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
