"""What Slack has delivered already, so that a delivery made twice counts once."""

import hashlib

from storage.database import Tx

KEPT = 3 * 24 * 3600  # seconds; Slack's last retry comes within minutes, a late one within hours


def first_time(tx: Tx, delivery: str) -> bool:
    """Whether this delivery is new; it is from then on known.

    `delivery` names it (an event's id, a command's trigger): only its digest is kept, as a trigger
    is a key to the person's screen.
    """
    return (
        tx.execute(
            """INSERT INTO received (workspace, key, received_at) VALUES (:workspace, :key, :now)
               ON CONFLICT DO NOTHING""",
            key=_digest(delivery),
        ).rowcount
        == 1
    )


def remember(tx: Tx, delivery: str, result: int) -> None:
    """Keep the id of what a delivery led to, for its next copy."""
    tx.execute(
        "UPDATE received SET result = :result WHERE workspace = :workspace AND key = :key",
        key=_digest(delivery),
        result=result,
    )


def result_of(tx: Tx, delivery: str) -> int | None:
    """What an earlier copy of the delivery led to; None if there was none, or it led to nothing."""
    result: int | None = tx.value(
        "SELECT result FROM received WHERE workspace = :workspace AND key = :key",
        key=_digest(delivery),
    )
    return result


def forget_before(tx: Tx, instant: int) -> int:
    """Drop what came before `instant`, in every workspace; gives how many there were."""
    return tx.execute("DELETE FROM received WHERE received_at < :instant", instant=instant).rowcount


def _digest(delivery: str) -> str:
    return hashlib.sha256(delivery.encode("utf-8", "replace")).hexdigest()[:32]
