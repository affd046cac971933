"""Queries about offers: a consult put to one expert each."""

from collections.abc import Sequence

from storage import details
from storage.database import Row, Tx
from storage.records import DetailState, Ground, Offer, OfferState, Why

_OFFER = (
    "consult_id, expert, state, offered_at, partial, reminded_at, reason, rests_until,"
    " forwarded_to, thought_of_by, reasons"
)


def make(  # noqa: PLR0913 - what an offer is made of
    tx: Tx,
    consult_id: int,
    expert: str,
    *,
    partial: bool,
    why: Sequence[Why] = (),
    thought_of_by: str | None = None,
) -> None:
    """Put the consult to an expert, and `why` to them; anew if an earlier offer is over."""
    tx.execute(
        """
        INSERT INTO offers (workspace, consult_id, expert, state, offered_at, partial,
                            thought_of_by, reasons)
        VALUES (:workspace, :consult_id, :expert, 'open', :now, :partial, :thought_of_by,
                :reasons)
        ON CONFLICT (workspace, consult_id, expert) DO UPDATE SET state = 'open',
            offered_at = :now, partial = excluded.partial, reminded_at = NULL, reason = NULL,
            rests_until = NULL, forwarded_to = NULL, thought_of_by = excluded.thought_of_by,
            reasons = excluded.reasons
        """,
        consult_id=consult_id,
        expert=expert,
        partial=partial,
        thought_of_by=thought_of_by,
        reasons=" ".join(f"{each.ground}:{each.many}" for each in why),
    )


def lately(tx: Tx, many: int) -> dict[str, int]:
    """How many of the last `many` offers in the workspace each expert had."""
    rows = tx.execute(
        """
        SELECT expert, COUNT(*) AS had FROM (
            SELECT expert FROM offers WHERE workspace = :workspace
             ORDER BY offered_at DESC LIMIT :many) AS last
         GROUP BY expert
        """,
        many=many,
    )
    return {row["expert"]: row["had"] for row in rows}


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
    """What became of an offer, with the expert's reason if they gave one.

    Nobody waits any more for a detail that they asked for.
    """
    tx.execute(
        """UPDATE offers SET state = :state, reason = :reason
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
        state=state,
        reason=reason,
    )
    details.no_longer_of(tx, consult_id, expert)


def rest(tx: Tx, consult_id: int, expert: str, until: int) -> None:
    """The expert would rather not have it before an instant."""
    answer(tx, consult_id, expert, OfferState.RESTING)
    tx.execute(
        """UPDATE offers SET rests_until = :until
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
        until=until,
    )


def wake(tx: Tx, consult_id: int, expert: str) -> None:
    """A resting offer is before its expert again, who hears of it: that is a reminder, too.

    When it was made stays: the pace counts by it.
    """
    tx.execute(
        """UPDATE offers SET state = 'open', reminded_at = :now
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
    )


def rest_on(tx: Tx, consult_id: int) -> None:
    """What rested when somebody took the consult, and would still, rests again."""
    tx.execute(
        """UPDATE offers SET state = 'resting'
            WHERE workspace = :workspace AND consult_id = :consult_id AND state = 'gone'
              AND rests_until > :now""",
        consult_id=consult_id,
    )


def forward(tx: Tx, consult_id: int, expert: str, colleague: str) -> None:
    """The expert puts the consult to a colleague in their own place."""
    answer(tx, consult_id, expert, OfferState.FORWARDED)
    tx.execute(
        """UPDATE offers SET forwarded_to = :colleague
            WHERE workspace = :workspace AND consult_id = :consult_id AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
        colleague=colleague,
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
              AND state IN ('open', 'resting', 'gone')""",
        consult_id=consult_id,
        expert=expert,
    )


def end_all(tx: Tx, consult_id: int) -> None:
    """No offer of the consult can be accepted any more, and nobody waits for a detail."""
    tx.execute(
        """UPDATE offers SET state = 'gone'
            WHERE workspace = :workspace AND consult_id = :consult_id
              AND state IN ('open', 'resting')""",
        consult_id=consult_id,
    )
    details.settle(tx, consult_id, DetailState.OVER)


def _offer(row: Row) -> Offer:
    values = dict(row)
    values["why"] = tuple(map(_why, values.pop("reasons").split()))
    return Offer(
        **{
            **values,
            "state": OfferState(values["state"]),
            "partial": bool(values["partial"]),
        }
    )


def _why(stored: str) -> Why:
    ground, many = stored.split(":")
    return Why(Ground(ground), int(many))
