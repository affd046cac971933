"""Which question a session has."""

import hashlib
from collections.abc import Sequence

from storage.records import Question

# Between so many a facilitator can choose once all were used.
CHOICE = 3


def in_turn(questions: Sequence[Question], used: Sequence[str], seed: int) -> list[Question]:
    """The questions a circle may have now, the first of them next; at least one of `questions`.

    `used` are the ids it has had, the earliest first. Those never used come first, in an order that
    `seed` decides, then the one that was used longest ago: so none repeats before all were used,
    whatever was added or taken away meanwhile.
    """
    last = {question: place for place, question in enumerate(used)}
    order = sorted(questions, key=lambda each: (last.get(each.id, -1), _place(each.id, seed)))
    unused = sum(1 for each in order if each.id not in last)
    return order[: max(unused, CHOICE)]


def choose(questions: Sequence[Question], beside: str | None = None) -> Question:
    """The first question, or the one after `beside`, so that all come up one after another."""
    ids = [question.id for question in questions]
    return questions[(ids.index(beside) + 1) % len(ids) if beside in ids else 0]


def _place(question_id: str, seed: int) -> str:
    """A place in an order that differs from circle to circle."""
    return hashlib.sha256(f"{seed}/{question_id}".encode()).hexdigest()
