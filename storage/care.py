"""Queries about how much an expert has done, and how an asker's questions ended."""

from storage.database import Tx
from storage.records.consults import Ended

LOOKED_AT = 20  # an asker's closed questions, those asked last


def taken_since(tx: Tx, expert: str, since: int) -> list[int]:
    """When an expert took the questions they took after `since`, oldest first."""
    rows = tx.rows(
        """SELECT accepted_at FROM consults WHERE workspace = :workspace AND expert = :expert
            AND accepted_at > :since ORDER BY accepted_at""",
        expert=expert,
        since=since,
    )
    return [row["accepted_at"] for row in rows]


def waiting_since(tx: Tx, expert: str, since: int) -> int:
    """How many questions put to an expert after `since` wait for their answer."""
    count: int = tx.value(
        """SELECT COUNT(*) FROM offers WHERE workspace = :workspace AND expert = :expert
            AND state = 'open' AND offered_at > :since""",
        expert=expert,
        since=since,
    )
    return count


def answered(tx: Tx, expert: str) -> int:
    """How many questions that an expert took are closed."""
    count: int = tx.value(
        """SELECT COUNT(*) FROM consults WHERE workspace = :workspace AND expert = :expert
            AND state = 'closed'""",
        expert=expert,
    )
    return count


def ended_of(tx: Tx, asker: str) -> list[Ended]:
    """How the asker's last questions ended that somebody had taken."""
    rows = tx.rows(
        """
        SELECT closed_at,
               closed_by IS NULL AND outcome = 'unknown' AND heard_at IS NULL AS silent,
               COALESCE(closed_by = asker, 0) OR outcome <> 'unknown' AS settled
          FROM consults WHERE workspace = :workspace AND asker = :asker AND state = 'closed'
         ORDER BY asked_at DESC LIMIT :limit
        """,
        asker=asker,
        limit=LOOKED_AT,
    )
    return [Ended(row["closed_at"], bool(row["silent"]), bool(row["settled"])) for row in rows]


def heard(tx: Tx, consult_id: int) -> None:
    """The asker has given a sign since somebody took their question."""
    tx.execute(
        "UPDATE consults SET heard_at = :now WHERE workspace = :workspace AND id = :consult_id",
        consult_id=consult_id,
    )
