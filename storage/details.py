"""Queries about the details that experts ask of an asker before they decide."""

from storage.database import Row, Tx
from storage.records import Detail, DetailState

_DETAIL = "id, consult_id, expert, question, answer, state, asked_at, due_at, settled_at"


def add(tx: Tx, consult_id: int, expert: str, question: str, due_at: int) -> None:
    """Ask the asker for one detail; the clock of the consult stands still until it is settled."""
    tx.execute(
        """
        INSERT INTO consult_details (workspace, consult_id, expert, question, asked_at, due_at)
        VALUES (:workspace, :consult_id, :expert, :question, :now, :due_at)
        """,
        consult_id=consult_id,
        expert=expert,
        question=question,
        due_at=due_at,
    )


def of_consult(tx: Tx, consult_id: int) -> list[Detail]:
    """Every detail that was asked about the consult, in order."""
    rows = tx.rows(
        f"""SELECT {_DETAIL} FROM consult_details
             WHERE workspace = :workspace AND consult_id = :consult_id ORDER BY id""",
        consult_id=consult_id,
    )
    return [_detail(row) for row in rows]


def get(tx: Tx, detail_id: int) -> Detail | None:
    """The detail of this id in this workspace."""
    row = tx.row(
        f"SELECT {_DETAIL} FROM consult_details WHERE workspace = :workspace AND id = :detail_id",
        detail_id=detail_id,
    )
    return _detail(row) if row else None


def answer(tx: Tx, detail_id: int, words: str) -> None:
    """Store the asker's answer. Where the clock goes on already, it went on when it did."""
    tx.execute(
        """UPDATE consult_details SET state = 'answered', answer = :words,
                  settled_at = COALESCE(settled_at, :now)
            WHERE workspace = :workspace AND id = :detail_id""",
        detail_id=detail_id,
        words=words,
    )


def settle(tx: Tx, consult_id: int, state: DetailState, at: int | None = None) -> bool:
    """The open detail of the consult came to `state` without an answer; False if there is none.

    `at`: when its clock went on again (None: now).
    """
    return (
        tx.execute(
            """UPDATE consult_details SET state = :state, settled_at = :at
                WHERE workspace = :workspace AND consult_id = :consult_id AND state = 'open'""",
            consult_id=consult_id,
            state=state,
            at=tx.now if at is None else at,
        ).rowcount
        == 1
    )


def no_longer_of(tx: Tx, consult_id: int, expert: str) -> None:
    """Who asked it has given the consult out of their hands: nobody waits for it any more."""
    tx.execute(
        """UPDATE consult_details SET state = 'over', settled_at = :now
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert
              AND state = 'open'""",
        consult_id=consult_id,
        expert=expert,
    )


def _detail(row: Row) -> Detail:
    values = dict(row)
    return Detail(**{**values, "state": DetailState(values["state"])})
