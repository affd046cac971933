"""What Slack should show: rows asked for, claimed, and what became of each."""

import secrets
from dataclasses import dataclass

from storage.database import Row, Tx
from storage.records import Delivery, DeliveryState

# What it is to be stale: shown once more, by a fresh try.
_STALE = """
    wanted = outbox.wanted + 1, due_at = :now, attempts = 0, reason = NULL,
    state = CASE outbox.state WHEN 'unsure' THEN 'unsure' ELSE 'pending' END"""

LEASE = 60  # seconds one process has a row to itself; longer than a call may take

_COLUMNS = "id, workspace, key, mark, state, wanted, attempts, created_at, channel, ts, reason"


def mark_stale(tx: Tx, key: str) -> None:
    """Ask that the thing `key` be shown as the store now has it.

    Asking twice is asking once. A row that may have been sent stays unsure until that is known.
    """
    tx.execute(
        f"""
        INSERT INTO outbox (workspace, key, mark, created_at, due_at)
        VALUES (:workspace, :key, :mark, :now, :now)
        ON CONFLICT (workspace, key) DO UPDATE SET {_STALE}
        """,
        key=key,
        mark=secrets.token_urlsafe(12),
    )


def claim(tx: Tx, worker: str, limit: int) -> list[Delivery]:
    """Take up to `limit` due rows of every workspace for LEASE seconds, oldest first."""
    rows = tx.rows(
        f"""
        UPDATE outbox SET claimed_by = :worker, claimed_until = :now + {LEASE}
         WHERE id IN (SELECT id FROM outbox
                       WHERE state IN ('pending', 'unsure') AND due_at <= :now
                         AND claimed_until <= :now
                       ORDER BY due_at, id LIMIT :limit)
        RETURNING {_COLUMNS}
        """,
        worker=worker,
        limit=limit,
    )
    return sorted((_delivery(row) for row in rows), key=lambda delivery: delivery.id)


def next_due(tx: Tx) -> int | None:
    """When the next row of any workspace is due (its lease counted), or None."""
    due: int | None = tx.value(
        """SELECT MIN(CASE WHEN due_at > claimed_until THEN due_at ELSE claimed_until END)
             FROM outbox WHERE state IN ('pending', 'unsure')"""
    )
    return due


def sent(tx: Tx, delivery: Delivery, worker: str, channel: str | None, ts: str | None) -> None:
    """Slack shows the thing as of `delivery.wanted`; what was asked since stays pending."""
    tx.execute(
        """
        UPDATE outbox SET sent = :wanted, channel = COALESCE(:channel, channel),
               ts = COALESCE(:ts, ts), claimed_until = 0, attempts = 0, reason = NULL,
               state = CASE WHEN wanted = :wanted THEN 'sent' ELSE 'pending' END
         WHERE id = :id AND workspace = :workspace AND claimed_by = :worker
        """,
        id=delivery.id,
        wanted=delivery.wanted,
        channel=channel,
        ts=ts,
        worker=worker,
    )


def under_way(tx: Tx) -> int:
    """How many rows of any workspace are due, in somebody's hands or in nobody's."""
    rows: int = tx.value(
        "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'unsure') AND due_at <= :now"
    )
    return rows


@dataclass(frozen=True, slots=True)
class Retry:
    """When to try again and why.

    `unsure`: this attempt may have taken effect; `counted`: it was an attempt, not just a wait.
    """

    due_at: int
    reason: str
    unsure: bool = False
    counted: bool = True


def retry(tx: Tx, delivery: Delivery, worker: str, again: Retry) -> None:
    """Put a claimed row back, to be tried again."""
    tx.execute(
        """
        UPDATE outbox SET due_at = :due_at, attempts = attempts + :counted, claimed_until = 0,
               reason = :reason, state = :state
         WHERE id = :id AND workspace = :workspace AND claimed_by = :worker
        """,
        id=delivery.id,
        due_at=again.due_at,
        reason=again.reason,
        counted=int(again.counted),
        state=DeliveryState.UNSURE if again.unsure else DeliveryState.PENDING,
        worker=worker,
    )


def unsure_for_call(tx: Tx, delivery: Delivery, worker: str) -> bool:
    """Note, before a call that must not happen twice, that it is about to; False if the lease went.

    If the process dies during the call, the row is found unsure and looked for first.
    """
    return (
        tx.execute(
            """
            UPDATE outbox SET state = 'unsure'
             WHERE id = :id AND workspace = :workspace AND claimed_by = :worker
               AND claimed_until > :now
            """,
            id=delivery.id,
            worker=worker,
        ).rowcount
        == 1
    )


def die(tx: Tx, delivery: Delivery, worker: str, reason: str) -> None:
    """Give the row up for good, with the reason; admins see it and may try again."""
    tx.execute(
        """
        UPDATE outbox SET state = 'dead', reason = :reason, claimed_until = 0
         WHERE id = :id AND workspace = :workspace AND claimed_by = :worker
        """,
        id=delivery.id,
        reason=reason,
        worker=worker,
    )


def dead(tx: Tx) -> list[Delivery]:
    """The rows given up in this workspace, oldest first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM outbox
             WHERE workspace = :workspace AND state = 'dead' ORDER BY id LIMIT 100"""
    )
    return [_delivery(row) for row in rows]


def try_again(tx: Tx, row_id: int) -> bool:
    """Send a dead row once more; False if there is none of this id here.

    One that may have been sent is looked for first.
    """
    return (
        tx.execute(
            """
            UPDATE outbox SET state = CASE WHEN reason LIKE 'unsure%' THEN 'unsure'
                                ELSE 'pending' END,
                   attempts = 0, due_at = :now
             WHERE id = :id AND workspace = :workspace AND state = 'dead'
            """,
            id=row_id,
        ).rowcount
        == 1
    )


def discard(tx: Tx, row_id: int) -> bool:
    """Forget a dead row: what it showed stays as it is. False if there is none of this id here."""
    return (
        tx.execute(
            """
            UPDATE outbox SET state = 'sent', reason = 'discarded'
             WHERE id = :id AND workspace = :workspace AND state = 'dead'
            """,
            id=row_id,
        ).rowcount
        == 1
    )


def _delivery(row: Row) -> Delivery:
    values = dict(row)
    return Delivery(**{**values, "state": DeliveryState(values["state"])})


def ask_once(tx: Tx, key: str) -> None:
    """Ask that the thing be shown, unless it was ever asked for."""
    if not tx.value("SELECT 1 FROM outbox WHERE workspace = :workspace AND key = :key", key=key):
        mark_stale(tx, key)


def refresh_under(tx: Tx, thing: str) -> None:
    """Ask that everything shown under `thing` (its key, or its key and a slash) be shown anew."""
    # "0" is the character after "/": the range holds what begins with the key and a slash.
    tx.execute(
        f"""UPDATE outbox SET {_STALE} WHERE workspace = :workspace
             AND key >= :thing AND key < :beyond AND (key = :thing OR key >= :below)""",
        thing=thing,
        below=f"{thing}/",
        beyond=f"{thing}0",
    )


def stands_in(tx: Tx, key: str) -> str | None:
    """The channel in which the thing `key` was shown; None if it was not yet."""
    channel: str | None = tx.value(
        "SELECT channel FROM outbox WHERE workspace = :workspace AND key = :key", key=key
    )
    return channel
