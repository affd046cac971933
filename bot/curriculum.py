"""The questions that circles discuss: those shipped, the programme's own, those suggested."""

import hashlib
import tomllib
from functools import cache
from importlib import resources

from bot.rules import curriculum
from storage import questions, sessions
from storage.database import Tx
from storage.records import CareerStage, Circle, Question

DATA = "data/questions"
QUESTION_MAX = 300  # characters of a question, and of the word to its facilitator


@cache
def shipped() -> tuple[Question, ...]:
    """The questions that come with the bot, by career stage."""
    return tuple(
        Question(each["id"], each["text"], stage, each.get("prompt", ""))
        for stage in CareerStage
        for each in _read(stage)["question"]
    )


def _read(stage: CareerStage) -> dict[str, list[dict[str, str]]]:
    file = resources.files("bot").joinpath(DATA, f"{stage}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def get(tx: Tx, question_id: str) -> Question | None:
    """The question of this id, shipped or stored."""
    found = next((each for each in shipped() if each.id == question_id), None)
    return found or questions.get(tx, question_id)


def next_of(tx: Tx, circle: Circle, *, beside: str | None = None) -> Question:
    """The question a circle has next, another one than `beside`.

    What its members suggested comes first, then what it has had least often of its stage; a circle
    of no stage has the questions of all.
    """
    used = sessions.questions_used(tx, circle.id)
    for question in questions.suggested(tx, circle.id):
        if question.id not in used and question.id != beside:
            return question
    known = [
        each
        for each in (*shipped(), *questions.own(tx))
        if each.id != beside and (circle.stage is None or each.stage in (None, circle.stage))
    ]
    counts = {question: used.count(question) for question in used}
    return curriculum.choose(known, counts, circle.id, last=used[-1] if used else None)


def own_id(words: str) -> str:
    """The id of a question of the programme's own."""
    return f"own-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:12]}"


def suggest(tx: Tx, circle_id: int, user: str, words: str) -> None:
    """Keep a member's question for their circle."""
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]
    questions.suggest(tx, circle_id, user, words, f"suggested-{circle_id}-{digest}")
