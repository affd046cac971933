"""What people type, click and submit about notes, as plain values."""

from dataclasses import dataclass
from typing import Any

from bot.notes import Words
from bot.rules.words import clean
from handlers.parse import as_id, field_state, ids, named, text

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as far as it is typed, and the topics chosen with it."""

    question: str
    topic_ids: tuple[int, ...]


def typed(body: Body) -> Typed:
    """What stands in the form of a question at this moment."""
    question = str(field_state(body, "question").get("value") or "")
    return Typed(clean(question), ids(body, "topics"))


def two_ids(body: Body) -> tuple[int, int]:
    """Two ids that a button or a form names; 0, which is none, for what is no id."""
    first, _, second = named(body).partition(" ")
    return as_id(first), as_id(second)


def words(body: Body) -> Words:
    """A note's words, as the form has them. Raises Unusable."""
    return Words(text(body, "question"), text(body, "answer"))
