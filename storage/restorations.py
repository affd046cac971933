"""What a restored store has to be careful about: what was said since its copy was made.

A copy knows nothing of what was sent after it. So for LOOKING seconds after it was put back, what
is asked for is looked for in Slack before it is sent, by a mark that the same thing had then too.
"""

import sqlite3
from dataclasses import dataclass

from storage.database import Tx

LOOKING = 24 * 3600
_DATED = "backed_up_at"


@dataclass(frozen=True, slots=True)
class Restoration:
    """Of when the copy is, and when it was put in place. UTC seconds."""

    backed_up_at: int
    restored_at: int


def latest(tx: Tx) -> Restoration | None:
    """The last time that a copy was put in place of this store."""
    row = tx.row("SELECT backed_up_at, restored_at FROM restorations ORDER BY id DESC LIMIT 1")
    return Restoration(row["backed_up_at"], row["restored_at"]) if row else None


def forgotten(tx: Tx, at: int) -> bool:
    """Whether the store can't know what happened at `at`: it lies after the copy that was put back.

    Instants before the copy, and from when it was put back on, are known.
    """
    found: int | None = tx.value(
        "SELECT 1 FROM restorations WHERE backed_up_at <= :at AND :at < restored_at LIMIT 1", at=at
    )
    return found is not None


def newest_id(tx: Tx, table: str) -> int:
    """The newest row a table had when the last copy was put in place; 0 if it had none.

    Rows made since may have the number of one that the copy had not yet, and is lost.
    """
    newest: int | None = tx.value(
        """SELECT newest FROM restored_ids WHERE name = :table
            ORDER BY restoration_id DESC LIMIT 1""",
        table=table,
    )
    return newest or 0


def dates_from(copy: sqlite3.Connection, now: int) -> None:
    """Write into a copy when it was made; one of an older version has no table for that."""
    known = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'store_facts'").fetchone()
    if known:
        copy.execute(
            "INSERT INTO store_facts (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (_DATED, str(now)),
        )


def note(conn: sqlite3.Connection, now: int) -> None:
    """Note in a copy that it is being put in place, and that what waits may have been sent."""
    dated = conn.execute("SELECT value FROM store_facts WHERE name = ?", (_DATED,)).fetchone()
    if dated:
        backed_up_at = int(dated[0])
    else:
        backed_up_at = conn.execute("SELECT COALESCE(MAX(created_at), 0) FROM outbox").fetchone()[0]
    conn.execute("BEGIN IMMEDIATE")
    (restoration,) = conn.execute(
        "INSERT INTO restorations (backed_up_at, restored_at) VALUES (?, ?) RETURNING id",
        (backed_up_at, now),
    ).fetchone()
    for name in _numbered(conn):
        conn.execute(
            "INSERT INTO restored_ids (restoration_id, name, newest)"
            f' SELECT ?, ?, COALESCE(MAX(id), 0) FROM "{name}"',
            (restoration, name),
        )
    conn.execute("UPDATE outbox SET state = 'unsure' WHERE state = 'pending' AND ts IS NULL")
    conn.execute("UPDATE outbox SET claimed_until = 0")
    conn.execute("DELETE FROM store_facts WHERE name = ?", (_DATED,))
    conn.execute("COMMIT")


def _numbered(conn: sqlite3.Connection) -> list[str]:
    """The tables whose rows have a number of their own."""
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        name
        for (name,) in map(tuple, tables)
        for column in conn.execute(f'PRAGMA table_info("{name}")').fetchall()
        if tuple(column)[1] == "id" and str(tuple(column)[2]).upper() == "INTEGER"
    ]
