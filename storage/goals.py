"""Queries about goals: what a mentee wants to reach, and how far they are."""

from storage.database import Row, Tx
from storage.records.mentorships import Goal, GoalState

_COLUMNS = "id, user, words, state, progress, set_at, mentorship_id"


def add(tx: Tx, user: str, words: str, mentorship_id: int | None) -> int:
    """Store a goal of the user's; gives its id."""
    row = tx.row(
        """INSERT INTO goals (workspace, user, mentorship_id, words, set_at)
           VALUES (:workspace, :user, :mentorship_id, :words, :now) RETURNING id""",
        user=user,
        words=words,
        mentorship_id=mentorship_id,
    )
    assert row is not None  # noqa: S101 - RETURNING gives a row
    return int(row["id"])


def open_of(tx: Tx, user: str) -> list[Goal]:
    """The goals a user still works on, oldest first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM goals
             WHERE workspace = :workspace AND user = :user AND state = 'open' ORDER BY id""",
        user=user,
    )
    return [_goal(row) for row in rows]


def stands(tx: Tx, user: str, goal_id: int, state: GoalState, progress: int) -> bool:
    """Note how far an open goal of the user's is; False if they have none of this id."""
    return (
        tx.execute(
            """
            UPDATE goals SET state = :state, progress = :progress,
                   settled_at = CASE WHEN :state = 'open' THEN NULL ELSE :now END
             WHERE workspace = :workspace AND id = :id AND user = :user AND state = 'open'
            """,
            id=goal_id,
            user=user,
            state=state,
            progress=progress,
        ).rowcount
        == 1
    )


def closed(tx: Tx, user: str, goal_id: int) -> bool:
    """Whether it is a goal of the user's that they have reached or dropped."""
    return bool(
        tx.value(
            """SELECT 1 FROM goals WHERE workspace = :workspace AND id = :id AND user = :user
                AND state <> 'open'""",
            id=goal_id,
            user=user,
        )
    )


def leave(tx: Tx, mentorship_id: int) -> None:
    """A mentorship is over: what its mentee still works on is theirs, and of no mentorship."""
    tx.execute(
        """UPDATE goals SET mentorship_id = NULL
            WHERE workspace = :workspace AND mentorship_id = :mentorship_id AND state = 'open'""",
        mentorship_id=mentorship_id,
    )


def _goal(row: Row) -> Goal:
    values = dict(row)
    return Goal(**{**values, "state": GoalState(values["state"])})
