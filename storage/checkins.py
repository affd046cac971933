"""Queries about check-ins: what is planned between whom, what was noted, and what is due."""

import secrets

from storage.database import Row, Tx
from storage.records.checkins import Checkin, CheckinState

_COLUMNS = (
    "id, mentorship_id, proposed_by, starts_at, minutes, agenda, state, uid, sequence, due_at"
)


def plan(tx: Tx, wanted: Checkin) -> int:
    """Store a check-in as `wanted` says, with a calendar id of its own; gives its id."""
    row = tx.row(
        """
        INSERT INTO checkins (workspace, mentorship_id, proposed_by, planned_at, starts_at, minutes,
                              agenda, uid, due_at)
        VALUES (:workspace, :mentorship_id, :proposed_by, :now, :starts_at, :minutes,
                :agenda, :uid, :due_at)
        RETURNING id
        """,
        mentorship_id=wanted.mentorship_id,
        proposed_by=wanted.proposed_by,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        agenda=wanted.agenda,
        uid=secrets.token_hex(12),
        due_at=wanted.due_at,
    )
    assert row is not None  # noqa: S101 - RETURNING gives a row
    return int(row["id"])


def get(tx: Tx, checkin_id: int) -> Checkin | None:
    """The check-in of this id, if it is in this workspace."""
    row = tx.row(
        f"SELECT {_COLUMNS} FROM checkins WHERE workspace = :workspace AND id = :id", id=checkin_id
    )
    return _checkin(row) if row else None


def of_mentorship(tx: Tx, mentorship_id: int, state: CheckinState | None = None) -> list[Checkin]:
    """The check-ins of a pair, in this state or in any, by when they start."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM checkins
             WHERE workspace = :workspace AND mentorship_id = :mentorship_id
               AND (:state IS NULL OR state = :state) ORDER BY starts_at, id""",
        mentorship_id=mentorship_id,
        state=state,
    )
    return [_checkin(row) for row in rows]


def cancel(tx: Tx, checkin_id: int) -> None:
    """It does not take place; its calendar entry is withdrawn."""
    tx.execute(
        """UPDATE checkins SET state = 'cancelled', sequence = sequence + 1, due_at = NULL
            WHERE workspace = :workspace AND id = :id AND state = 'planned'""",
        id=checkin_id,
    )


def _checkin(row: Row) -> Checkin:
    values = dict(row)
    return Checkin(**{**values, "state": CheckinState(values["state"])})
