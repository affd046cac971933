"""Queries about offers: a consult put to one expert each."""

from collections.abc import Sequence

from storage.database import Row, Tx
from storage.records import Offer, OfferState

_OFFER = "consult_id, expert, state, offered_at, partial, reminded_at, reason"


def make(tx: Tx, consult_id: int, expert: str, *, partial: bool) -> None:
    """Put the consult to an expert; anew if an earlier offer is over."""
    tx.execute(
        """
        INSERT INTO offers (workspace, consult_id, expert, state, offered_at, partial)
        VALUES (:workspace, :consult_id, :expert, 'open', :now, :partial)
        ON CONFLICT (workspace, consult_id, expert) DO UPDATE SET state = 'open',
            offered_at = :now, partial = excluded.partial, reminded_at = NULL, reason = NULL
        """,
        consult_id=consult_id,
        expert=expert,
        partial=partial,
    )


def of_consult(tx: Tx, consult_id: int) -> list[Offer]:
    """Every offer of the consult, in the order they were made."""
    rows = tx.rows(
        f"""SELECT {_OFFER} FROM offers WHERE workspace = :workspace
             AND consult_id = :consult_id ORDER BY offered_at, expert""",
        consult_id=consult_id,
    )
    return [_offer(row) for row in rows]


def of_expert(tx: Tx, consult_id: int, expert: str) -> Offer | None:
    """The offer of the consult to this expert, whatever its state."""
    row = tx.row(
        f"""SELECT {_OFFER} FROM offers WHERE workspace = :workspace
             AND consult_id = :consult_id AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
    )
    return _offer(row) if row else None


def answer(
    tx: Tx, consult_id: int, expert: str, state: OfferState, reason: str | None = None
) -> None:
    """What became of an offer, with the expert's reason if they gave one."""
    tx.execute(
        """UPDATE offers SET state = :state, reason = :reason
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
        state=state,
        reason=reason,
    )


def reminded(tx: Tx, consult_id: int) -> Sequence[str]:
    """Note that everyone with an open offer is reminded now; gives who was not reminded before."""
    rows = tx.rows(
        """
        UPDATE offers SET reminded_at = :now
         WHERE workspace = :workspace AND consult_id = :consult_id AND state = 'open'
           AND reminded_at IS NULL AND offered_at < :now
        RETURNING expert
        """,
        consult_id=consult_id,
    )
    return sorted(row["expert"] for row in rows)


def take_back(tx: Tx, consult_id: int, expert: str) -> None:
    """The expert is not asked this any more, nor again."""
    tx.execute(
        """UPDATE offers SET state = 'taken_back'
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert
              AND state IN ('open', 'gone')""",
        consult_id=consult_id,
        expert=expert,
    )


def end_all(tx: Tx, consult_id: int) -> None:
    """No offer of the consult can be accepted any more."""
    tx.execute(
        """UPDATE offers SET state = 'gone'
            WHERE workspace = :workspace AND consult_id = :consult_id AND state = 'open'""",
        consult_id=consult_id,
    )


def _offer(row: Row) -> Offer:
    values = dict(row)
    return Offer(
        **{
            **values,
            "state": OfferState(values["state"]),
            "partial": bool(values["partial"]),
        }
    )
