"""What Slack should show: rows asked for, claimed, and what became of each."""

import secrets
from dataclasses import dataclass

from storage.database import Row, Tx
from storage.records import Delivery, DeliveryState
from storage.restorations import LOOKING

# What it is to be stale: shown once more, by a fresh try. What may already stand somewhere is not
# sent again because of it: an unsure row is looked for when its time comes, one that an admin has
# to decide about, or has discarded, stays as it is.
_STALE = """
    wanted = outbox.wanted + 1, attempts = 0,
    due_at = CASE outbox.state WHEN 'unsure' THEN outbox.due_at ELSE :now END,
    state = CASE WHEN outbox.state = 'unsure' OR outbox.reason LIKE 'unsure%'
                 THEN outbox.state ELSE 'pending' END,
    reason = CASE WHEN outbox.reason LIKE 'unsure%' THEN outbox.reason END"""

# Where a row stands is forgotten once it is known not to stand there.
_CHANNEL = "CASE WHEN ts IS NULL AND NOT :unsure THEN NULL ELSE channel END"

# A row is only changed by the claim that holds it, not by one whose lease has gone to another.
_OURS = "id = :id AND workspace = :workspace AND claimed_by = :claimed_by"

LEASE = 60  # seconds one process has a row to itself; longer than a call may take

_COLUMNS = (
    "id, workspace, key, mark, state, wanted, attempts, created_at, channel, ts, reason, claimed_by"
)


def mark_stale(tx: Tx, key: str) -> None:
    """Ask that the thing `key` be shown as the store now has it.

    Asking twice is asking once. A row that may have been sent stays unsure until that is known; so
    is one asked for soon after a copy of the store was put back, which may lack it.
    """
    tx.execute(
        f"""
        INSERT INTO outbox (workspace, key, mark, created_at, due_at, state)
        VALUES (:workspace, :key, :mark, :now, :now,
                CASE WHEN EXISTS (SELECT 1 FROM restorations WHERE restored_at > :now - {LOOKING})
                     THEN 'unsure' ELSE 'pending' END)
        ON CONFLICT (workspace, key) DO UPDATE SET {_STALE}
        """,
        key=key,
        mark=tx.seal(key),
    )


def claim(tx: Tx, worker: str, limit: int) -> list[Delivery]:
    """Take up to `limit` due rows of every workspace for LEASE seconds, oldest first.

    Each claim has a name of its own, so that a worker that claims a row again after its lease ran
    out can't mistake the first claim for the second.
    """
    rows = tx.rows(
        f"""
        UPDATE outbox SET claimed_by = :claim, claimed_until = :now + {LEASE}
         WHERE id IN (SELECT id FROM outbox
                       WHERE state IN ('pending', 'unsure') AND due_at <= :now
                         AND claimed_until <= :now
                       ORDER BY due_at, id LIMIT :limit)
        RETURNING {_COLUMNS}
        """,
        claim=f"{worker}/{secrets.token_hex(6)}",
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


def sent(tx: Tx, delivery: Delivery, channel: str | None, ts: str | None) -> None:
    """Slack shows the thing as of `delivery.wanted`; what was asked since stays pending."""
    tx.execute(
        f"""
        UPDATE outbox SET sent = :wanted, channel = COALESCE(:channel, channel),
               ts = COALESCE(:ts, ts), claimed_until = 0, attempts = 0, reason = NULL,
               state = CASE WHEN wanted = :wanted THEN 'sent' ELSE 'pending' END
         WHERE {_OURS}
        """,
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        wanted=delivery.wanted,
        channel=channel,
        ts=ts,
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


def retry(tx: Tx, delivery: Delivery, again: Retry) -> None:
    """Put a claimed row back, to be tried again."""
    tx.execute(
        f"""
        UPDATE outbox SET due_at = :due_at, attempts = attempts + :counted, claimed_until = 0,
               reason = :reason, state = :state, channel = {_CHANNEL}
         WHERE {_OURS}
        """,
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        due_at=again.due_at,
        reason=again.reason,
        counted=int(again.counted),
        state=DeliveryState.UNSURE if again.unsure else DeliveryState.PENDING,
        unsure=again.unsure,
    )


def let_go(tx: Tx, delivery: Delivery, due_at: int) -> None:
    """Put a claimed row back as it was, untried."""
    tx.execute(
        f"UPDATE outbox SET due_at = :due_at, claimed_until = 0 WHERE {_OURS}",
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        due_at=due_at,
    )


def renew(tx: Tx, delivery: Delivery) -> bool:
    """Begin the lease anew for a call that is about to be made; False if it went meanwhile."""
    return (
        tx.execute(
            f"""UPDATE outbox SET claimed_until = :now + {LEASE}
                 WHERE {_OURS} AND claimed_until > :now""",
            id=delivery.id,
            claimed_by=delivery.claimed_by,
        ).rowcount
        == 1
    )


def standing(tx: Tx, delivery: Delivery, channel: str, ts: str) -> None:
    """Note where a thing that may have been sent was found: it is updated there from now on."""
    tx.execute(
        f"UPDATE outbox SET state = 'pending', channel = :channel, ts = :ts WHERE {_OURS}",
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        channel=channel,
        ts=ts,
    )


def not_standing(tx: Tx, delivery: Delivery) -> None:
    """Note that the thing stands nowhere: it was never sent, or was looked for in vain."""
    tx.execute(
        f"UPDATE outbox SET state = 'pending', channel = NULL WHERE {_OURS}",
        id=delivery.id,
        claimed_by=delivery.claimed_by,
    )


def unsure_for_call(tx: Tx, delivery: Delivery, channel: str) -> None:
    """Note, before a call that must not happen twice, that it is about to, and where.

    If the process dies during the call, the row is found unsure and looked for first.
    """
    tx.execute(
        f"UPDATE outbox SET state = 'unsure', channel = :channel WHERE {_OURS}",
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        channel=channel,
    )


def die(tx: Tx, delivery: Delivery, reason: str) -> None:
    """Give the row up for good, with the reason; admins see it and may try again.

    The reason of one that may have been sent begins with "unsure".
    """
    tx.execute(
        f"""
        UPDATE outbox SET state = 'dead', reason = :reason, claimed_until = 0, channel = {_CHANNEL}
         WHERE {_OURS}
        """,
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        reason=reason,
        unsure=reason.startswith("unsure"),
    )


def leave(tx: Tx, delivery: Delivery, reason: str) -> None:
    """Try no more, and ask nobody: it may have been sent, and is not worth sending twice.

    The reason begins with "unsure", so that it stays as it is when it is marked stale.
    """
    tx.execute(
        f"""
        UPDATE outbox SET state = 'sent', sent = :wanted, claimed_until = 0, reason = :reason
         WHERE {_OURS}
        """,
        id=delivery.id,
        claimed_by=delivery.claimed_by,
        wanted=delivery.wanted,
        reason=reason,
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
    """Forget a dead row: what it showed stays as it is. False if there is none of this id here.

    One that may have been sent is never sent again.
    """
    return (
        tx.execute(
            """
            UPDATE outbox SET state = 'sent',
                   reason = CASE WHEN reason LIKE 'unsure%' THEN 'unsure, discarded'
                                 ELSE 'discarded' END
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


def refresh(tx: Tx, key: str) -> None:
    """Ask that the thing be shown anew, if it was ever asked for."""
    tx.execute(f"UPDATE outbox SET {_STALE} WHERE workspace = :workspace AND key = :key", key=key)


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


def channel_changed(tx: Tx, old: str, new: str) -> None:
    """What stands in a channel stands in the one of another id: Slack has changed the id."""
    tx.execute(
        "UPDATE outbox SET channel = :new WHERE workspace = :workspace AND channel = :old",
        old=old,
        new=new,
    )


def key_at(tx: Tx, channel: str, ts: str, thing: str) -> str | None:
    """The key of the `thing` that stands there; None if none does."""
    key: str | None = tx.value(
        """SELECT key FROM outbox WHERE workspace = :workspace AND channel = :channel
            AND ts = :ts AND key >= :first AND key < :beyond""",
        channel=channel,
        ts=ts,
        first=f"{thing}/",
        beyond=f"{thing}0",
    )
    return key


def may_stand(tx: Tx, key: str) -> bool:
    """Whether the message `key` is, or may be, in Slack."""
    return bool(
        tx.value(
            """SELECT 1 FROM outbox WHERE workspace = :workspace AND key = :key
                AND (ts IS NOT NULL OR state = 'unsure' OR reason LIKE 'unsure%')""",
            key=key,
        )
    )


def may_stand_under(tx: Tx, thing: str) -> list[str]:
    """The keys under `thing` and a slash of what is, or may be, in Slack."""
    rows = tx.rows(
        """SELECT key FROM outbox WHERE workspace = :workspace
            AND key >= :first AND key < :beyond
            AND (ts IS NOT NULL OR state = 'unsure' OR reason LIKE 'unsure%') ORDER BY key""",
        first=f"{thing}/",
        beyond=f"{thing}0",
    )
    return [row["key"] for row in rows]


def stands_at(tx: Tx, key: str) -> tuple[str, str] | None:
    """The channel and `ts` of the message `key`; None while it stands nowhere."""
    row = tx.row(
        """SELECT channel, ts FROM outbox WHERE workspace = :workspace AND key = :key
            AND channel IS NOT NULL AND ts IS NOT NULL""",
        key=key,
    )
    return (row["channel"], row["ts"]) if row else None


def on_its_way(tx: Tx, key: str) -> bool:
    """Whether the thing `key` is still being tried to be shown."""
    return bool(
        tx.value(
            """SELECT 1 FROM outbox WHERE workspace = :workspace AND key = :key
                AND state IN ('pending', 'unsure')""",
            key=key,
        )
    )


def stands_in(tx: Tx, key: str) -> str | None:
    """The channel in which the thing `key` stands, or may stand; None if it was never sent."""
    channel: str | None = tx.value(
        "SELECT channel FROM outbox WHERE workspace = :workspace AND key = :key", key=key
    )
    return channel
