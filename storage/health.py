"""How the store and the delivery are doing: counts and ages, over every workspace, never words."""

from dataclasses import dataclass

from storage.database import Tx

STATES = ("pending", "unsure", "dead")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows of the outbox in one state; `oldest` is how long the oldest has been due, in seconds."""

    rows: int
    oldest: int


def waiting(tx: Tx) -> dict[str, Waiting]:
    """What is still to be shown, may have been shown, or was given up, of every workspace."""
    return {state: _in_state(tx, state) for state in STATES}


def waiting_here(tx: Tx) -> dict[str, Waiting]:
    """The same of this workspace alone."""
    rows = tx.rows(
        """SELECT state, COUNT(*) AS rows, MIN(due_at) AS since FROM outbox
            WHERE workspace = :workspace AND state IN ('pending', 'unsure', 'dead')
              AND due_at <= :now GROUP BY state"""
    )
    found = {row["state"]: Waiting(row["rows"], tx.now - row["since"]) for row in rows}
    return {state: found.get(state, Waiting(0, 0)) for state in STATES}


def _in_state(tx: Tx, state: str) -> Waiting:
    # What is put off to a later time is not late, so it is counted without an age.
    row = tx.row(
        "SELECT COUNT(*) AS rows, MIN(due_at) AS since FROM outbox WHERE state = :state",
        state=state,
    )
    if row is None or not row["rows"]:
        return Waiting(0, 0)
    return Waiting(row["rows"], max(tx.now - row["since"], 0))


def overdue(tx: Tx) -> Waiting:
    """Consults of every workspace with which the clock had to do, and has not."""
    row = tx.row("SELECT COUNT(*) AS rows, MIN(due_at) AS since FROM consults WHERE due_at <= :now")
    return Waiting(row["rows"], tx.now - row["since"]) if row and row["rows"] else Waiting(0, 0)


def ran(tx: Tx, name: str) -> None:
    """Note that something the clock does has been done just now."""
    tx.execute(
        """INSERT INTO ticks (name, ran_at) VALUES (:name, :now)
            ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at""",
        name=name,
    )


def last_ran(tx: Tx) -> dict[str, int]:
    """When each thing the clock does was last done, by any process (UTC seconds)."""
    return {row["name"]: row["ran_at"] for row in tx.rows("SELECT name, ran_at FROM ticks")}
