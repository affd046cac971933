"""Whether words name a topic of the personal class, so that they never go to a channel."""

import re
from collections.abc import Iterable

from bot.rules.words import words_of
from storage.records import Consult, Topic

_PART = re.compile(r"[^\W_]+")
# "burnout", "burn-out" and "burn out" are one name: so many parts are read as one word.
TOGETHER = 4


def named_in(consult: Consult, topics: Iterable[Topic]) -> bool:
    """Whether anything that was written about the consult names one of these topics."""
    details = (f"{each.question} {each.answer or ''}" for each in consult.details)
    return names_one("\n".join((consult.question, consult.tried, *details)), topics)


def names_one(text: str, topics: Iterable[Topic]) -> bool:
    """Whether the text names one of these topics, by its name or a synonym.

    Written in one word, with hyphens or apart; or, of a name of several words, all that say
    something, wherever they stand.
    """
    parts = _PART.findall(text.casefold())
    joined = {
        "".join(parts[start : start + length])
        for length in range(1, TOGETHER + 1)
        for start in range(len(parts) - length + 1)
    }
    words = words_of(text)
    return any(
        "".join(_PART.findall(name.casefold())) in joined or (words_of(name) or {""}) <= words
        for topic in topics
        for name in (topic.name, *topic.synonyms)
    )
