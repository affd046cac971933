"""Queries about the programme's own questions and those that members suggest."""

from storage.database import Row, Tx
from storage.records import CareerStage, Question

_QUESTION = "key, text, stage, prompt, suggested_by"


def keep(tx: Tx, question: Question) -> bool:
    """Store one of the programme's own questions; True if it is new."""
    known = get(tx, question.id)
    tx.execute(
        """
        INSERT INTO questions (workspace, key, stage, text, prompt)
        VALUES (:workspace, :key, :stage, :text, :prompt)
        ON CONFLICT (workspace, key) DO UPDATE SET stage = excluded.stage, text = excluded.text,
            prompt = excluded.prompt
        """,
        key=question.id,
        stage=question.stage,
        text=question.text,
        prompt=question.prompt,
    )
    return known is None


def drop(tx: Tx, key: str) -> bool:
    """Have the programme's own question no more; False if there was none of this id."""
    return (
        tx.execute(
            """DELETE FROM questions
                WHERE workspace = :workspace AND key = :key AND circle_id IS NULL""",
            key=key,
        ).rowcount
        == 1
    )


def suggest(tx: Tx, circle_id: int, user: str, text: str, key: str) -> None:
    """Store a member's question for their circle; the same one twice is one."""
    tx.execute(
        """
        INSERT INTO questions (workspace, key, text, circle_id, suggested_by)
        VALUES (:workspace, :key, :text, :circle_id, :user) ON CONFLICT DO NOTHING
        """,
        key=key,
        text=text,
        circle_id=circle_id,
        user=user,
    )


def own(tx: Tx) -> list[Question]:
    """The programme's own questions, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_QUESTION} FROM questions
             WHERE workspace = :workspace AND circle_id IS NULL ORDER BY id"""
    )
    return [_question(row) for row in rows]


def suggested(tx: Tx, circle_id: int) -> list[Question]:
    """The questions that members of the circle suggested, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_QUESTION} FROM questions
             WHERE workspace = :workspace AND circle_id = :circle_id ORDER BY id""",
        circle_id=circle_id,
    )
    return [_question(row) for row in rows]


def get(tx: Tx, key: str) -> Question | None:
    """The stored question of this id."""
    row = tx.row(
        f"SELECT {_QUESTION} FROM questions WHERE workspace = :workspace AND key = :key", key=key
    )
    return _question(row) if row else None


def _question(row: Row) -> Question:
    return Question(
        id=row["key"],
        text=row["text"],
        stage=CareerStage(row["stage"]) if row["stage"] else None,
        prompt=row["prompt"],
        suggested_by=row["suggested_by"],
    )
