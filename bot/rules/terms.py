"""The terms by which questions resemble one another: significant words cut to their stems."""

import re
from collections import Counter
from functools import lru_cache

from bot.rules.words import significant

TERMS = 36  # of a question that are looked up, the rarest first
# Who reads a question reads its first sentence first.
FIRST_SENTENCE = 1.5
_SENTENCE = re.compile(r"[.?!](?:\s|$)|\n")
_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST = 3  # letters of a stem
# A number says little about a subject, and much about a person: a record, a date, a telephone.
_NUMBER = re.compile(r"[\d’'-]+")
# What comes off the end of a word, the longest first.
_ENDINGS = tuple(
    sorted(
        """
        able al ally ance ant ation ations ed edly ement ements ence ent ible ic ical ing
        ings ion ions ise ities ity ive ives ization isation ize ized izing ly ment ments ness
        ousness fulness iveness ational
        """.split(),  # noqa: SIM905 - endings read best as words
        key=len,
        reverse=True,
    )
)


def terms_of(text: str) -> Counter[str]:
    """How often each term stands in the text; numbers are none."""
    return Counter(stem(word) for word in significant(text) if not _NUMBER.fullmatch(word))


def first_terms_of(text: str) -> frozenset[str]:
    """The terms of the first sentence."""
    return frozenset(terms_of(_SENTENCE.split(text.strip(), maxsplit=1)[0]))


def topic_term(topic_id: int) -> str:
    """A topic as a term: what was answered under it is like what is asked under it."""
    return f"#{topic_id}"


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word in lower case without its ending, so that *tapers* and *tapering* are one term."""
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORTEST and _VOWEL.search(rest):
            word = rest
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] in "ey":
        word = word[:-1]
    return word
