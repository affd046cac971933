"""The forms about how a mentorship goes as plain values."""

from bot.feedback import Closing
from bot.rules.health import BEST, Barrier, MentoringOutcome
from bot.views.feedback import WORDS_MAX
from handlers import parse

_SCORES = {str(score) for score in range(1, BEST + 1)}


def named_occasion(body: parse.Body) -> tuple[int, int]:
    """The mentorship and the occasion that a button or a form names; 0 for what it doesn't name."""
    mentorship, _, occasion = parse.named(body).partition(".")
    return parse.as_id(mentorship), parse.as_id(occasion)


def scores(body: parse.Body, names: frozenset[str]) -> dict[str, int]:
    """What was scored of these, as far as it was."""
    said = {name: parse.choices(body, name) for name in names}
    return {name: int(each[0]) for name, each in said.items() if each and each[0] in _SCORES}


def closing(body: parse.Body) -> Closing:
    """How one of the two looks back. Raises Unusable."""
    said = parse.choices(body, "barriers")
    return Closing(
        [Barrier(each) for each in said if each in set(Barrier)],
        outcomes(body),
        parse.text(body, "words", longest=WORDS_MAX),
        parse.text(body, "thanks", longest=WORDS_MAX),
    )


def outcomes(body: parse.Body) -> list[MentoringOutcome]:
    """What came of it."""
    said = parse.choices(body, "outcomes")
    return [MentoringOutcome(each) for each in said if each in set(MentoringOutcome)]
