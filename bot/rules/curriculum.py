"""Which question a session has."""

import hashlib
from collections.abc import Mapping, Sequence

from storage.records import Question


def choose(
    questions: Sequence[Question], used: Mapping[str, int], seed: int, *, last: str | None = None
) -> Question:
    """One of the questions used least often, so that none repeats before all were used.

    Which of them, `seed` decides, always in the same way; the one used `last` only if it is alone.
    """
    others = [question for question in questions if question.id != last] or list(questions)
    least = min(used.get(question.id, 0) for question in others)
    rarest = [question for question in others if used.get(question.id, 0) == least]
    return min(rarest, key=lambda each: _place(each.id, seed))


def _place(question_id: str, seed: int) -> str:
    """A place in an order that differs from circle to circle."""
    return hashlib.sha256(f"{seed}/{question_id}".encode()).hexdigest()
