"""The questions that circles discuss: those shipped, the programme's own, those suggested."""

import hashlib
import tomllib
from functools import cache
from importlib import resources

from bot.rules import curriculum
from storage import circles, outbox, questions, sessions
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
    """The question a circle has next; `beside` is the one its session has and shall not keep.

    What its members suggested comes first, then what it has not had for longest of its stage; a
    circle of no stage has the questions of all.
    """
    used = sessions.questions_used(tx, circle.id)
    if beside and used[-1:] == [beside]:
        used.pop()  # it is not spoken about after all
    suggested = [each for each in questions.suggested(tx, circle.id) if each.id not in used]
    known = [
        each
        for each in (*shipped(), *questions.own(tx))
        if circle.stage is None or each.stage in (None, circle.stage)
    ]
    return curriculum.choose([*suggested, *curriculum.in_turn(known, used, circle.id)], beside)


def replace(tx: Tx, key: str, question: Question) -> None:
    """Give the programme's own question other words: who has spoken about it, has so still."""
    questions.keep(tx, question)
    if questions.drop(tx, key):
        sessions.ask_instead(tx, key, question.id)
    for session in sessions.ahead_with(tx, question.id):
        outbox.refresh_under(tx, f"run-sheet/{session.id}")


def drop(tx: Tx, key: str) -> None:
    """Have the programme's own question no more; sessions ahead that had it have another."""
    if not questions.drop(tx, key):
        return
    for session in sessions.ahead_with(tx, key):
        circle = circles.get(tx, session.circle_id)
        if circle:
            sessions.asks(tx, session.id, next_of(tx, circle, beside=key).id)
            outbox.refresh_under(tx, f"run-sheet/{session.id}")


def own_id(words: str) -> str:
    """The id of a question of the programme's own."""
    return f"own-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:12]}"


def suggest(tx: Tx, circle_id: int, user: str, words: str) -> None:
    """Keep a member's question for their circle."""
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]
    questions.suggest(tx, circle_id, user, words, f"suggested-{circle_id}-{digest}")
