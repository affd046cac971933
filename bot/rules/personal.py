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
    return bool(named_by("\n".join((consult.question, consult.tried, *details)), topics))


def named_by(text: str, topics: Iterable[Topic]) -> list[Topic]:
    """Those of the topics that the text names, each by its name or a synonym.

    Written in one word, with hyphens or apart; or, of a name of several words, all that say
    something, wherever they stand.
    """
    known = list(topics)
    if not known:
        return []
    parts = _PART.findall(text.casefold())
    joined = {
        "".join(parts[start : start + length])
        for length in range(1, TOGETHER + 1)
        for start in range(len(parts) - length + 1)
    }
    words = words_of(text)

    def names(name: str) -> bool:
        together = "".join(_PART.findall(name.casefold()))
        return together in joined or (words_of(name) or {""}) <= words

    return [each for each in known if any(map(names, (each.name, *each.synonyms)))]
