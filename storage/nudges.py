"""Queries about nudges: what is due to be said to whom, once, and why it was not."""

from dataclasses import dataclass

from storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to say to one person. `about` is the id of what it is about.

    After `until` it is no longer worth saying.
    """

    id: int
    user: str
    kind: str
    about: int
    due_at: int
    until: int


def add(tx: Tx, user: str, kind: str, about: int, between: tuple[int, int]) -> bool:
    """Have it said once, between two instants; False if it was wanted before.

    What was dropped as no longer true, and is true again, was never said, and is wanted anew.
    """
    return (
        tx.execute(
            """
            INSERT INTO nudges (workspace, user, kind, about, due_at, until)
            VALUES (:workspace, :user, :kind, :about, :due_at, :until)
            ON CONFLICT (workspace, kind, about, user) DO UPDATE
               SET state = 'waiting', due_at = excluded.due_at, until = excluded.until,
                   because = NULL
             WHERE nudges.state = 'dropped' AND nudges.because = 'no_longer'
            """,
            user=user,
            kind=kind,
            about=about,
            due_at=between[0],
            until=between[1],
        ).rowcount
        == 1
    )


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a nudge is due; those of the longest due, as of consults."""
    rows = tx.rows(
        """SELECT DISTINCT workspace FROM (SELECT workspace FROM nudges WHERE due_at <= :now
                                            ORDER BY due_at LIMIT 1000) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When the next nudge of any workspace is due."""
    due: int | None = tx.value("SELECT MIN(due_at) FROM nudges WHERE due_at IS NOT NULL")
    return due


def due(tx: Tx, limit: int) -> list[Nudge]:
    """The nudges that are due, the longest waiting first."""
    rows = tx.rows(
        """SELECT id, user, kind, about, due_at, until FROM nudges
            WHERE workspace = :workspace AND due_at <= :now ORDER BY due_at, id LIMIT :limit""",
        limit=limit,
    )
    return [_nudge(row) for row in rows]


def hold(tx: Tx, nudge: Nudge, due_at: int, because: str) -> None:
    """Put it off, with the reason."""
    _settle(tx, nudge, "waiting", due_at, because)


def sent(tx: Tx, nudge: Nudge) -> None:
    """It is on its way."""
    _settle(tx, nudge, "sent", None, None)


def drop(tx: Tx, nudge: Nudge, because: str) -> None:
    """It will never be said, with the reason."""
    _settle(tx, nudge, "dropped", None, because)


def _settle(tx: Tx, nudge: Nudge, state: str, due_at: int | None, because: str | None) -> None:
    tx.execute(
        """UPDATE nudges SET state = :state, due_at = :due_at, because = :because
            WHERE workspace = :workspace AND id = :id""",
        id=nudge.id,
        state=state,
        due_at=due_at,
        because=because,
    )


def drop_about(tx: Tx, kind: str, about: int, because: str) -> None:
    """What waits of this kind and about this no longer applies."""
    tx.execute(
        """UPDATE nudges SET state = 'dropped', due_at = NULL, because = :because
            WHERE workspace = :workspace AND kind = :kind AND about = :about
              AND state = 'waiting'""",
        kind=kind,
        about=about,
        because=because,
    )


def why(tx: Tx, user: str, kind: str, about: int) -> tuple[str, str | None] | None:
    """What became of it, and why; None if it was never wanted."""
    row = tx.row(
        """SELECT state, because FROM nudges WHERE workspace = :workspace AND user = :user
            AND kind = :kind AND about = :about""",
        user=user,
        kind=kind,
        about=about,
    )
    return (row["state"], row["because"]) if row else None


def _nudge(row: Row) -> Nudge:
    return Nudge(**dict(row))
