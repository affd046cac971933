"""Queries about check-ins: what is planned between whom, what was noted, and what is due."""

import secrets
from datetime import date

from storage.database import Row, Tx
from storage.records import CommitmentState
from storage.records.checkins import Checkin, CheckinCommitment, CheckinNote, CheckinState

_COLUMNS = (
    "id, mentorship_id, proposed_by, starts_at, minutes, agenda, state, uid, sequence, due_at,"
    " moved_from, changed_by, told_by"
)
_COMMITMENT = "id, checkin_id, user, words, state, by_on"


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


def ahead(tx: Tx, mentorship_id: int) -> Checkin | None:
    """The next check-in of a pair that is not over; None if nothing is planned."""
    row = tx.row(
        f"""SELECT {_COLUMNS} FROM checkins
             WHERE workspace = :workspace AND mentorship_id = :mentorship_id
               AND state = 'planned' AND starts_at + 60 * minutes > :now
             ORDER BY starts_at, id LIMIT 1""",
        mentorship_id=mentorship_id,
    )
    return _checkin(row) if row else None


def ahead_of(tx: Tx, user: str, limit: int) -> list[Checkin]:
    """The check-ins that somebody has before them, with whomever, the next first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM checkins
             WHERE workspace = :workspace AND state = 'planned'
               AND starts_at + 60 * minutes > :now
               AND mentorship_id IN
                   (SELECT id FROM mentorships WHERE workspace = :workspace AND mentor = :user
                     UNION
                    SELECT id FROM mentorships WHERE workspace = :workspace AND mentee = :user)
             ORDER BY starts_at, id LIMIT :limit""",
        user=user,
        limit=limit,
    )
    return [_checkin(row) for row in rows]


def last_met(tx: Tx, mentorship_id: int) -> int | None:
    """When a pair's last check-in ended: one that took place, or of which nobody has told yet."""
    met_at: int | None = tx.value(
        """SELECT MAX(starts_at + 60 * minutes) FROM checkins
            WHERE workspace = :workspace AND mentorship_id = :mentorship_id
              AND (state = 'held' OR state = 'planned' AND starts_at + 60 * minutes <= :now)""",
        mentorship_id=mentorship_id,
    )
    return met_at


def move(tx: Tx, checkin: Checkin, by: str) -> None:
    """Have it at the time and with the agenda that `checkin` says from now on."""
    tx.execute(
        """
        UPDATE checkins SET moved_from = CASE WHEN starts_at = :starts_at THEN moved_from
                                              ELSE starts_at END,
               starts_at = :starts_at, minutes = :minutes, agenda = :agenda, due_at = :due_at,
               sequence = sequence + 1, changed_by = :by
         WHERE workspace = :workspace AND id = :id AND state = 'planned'
        """,
        id=checkin.id,
        starts_at=checkin.starts_at,
        minutes=checkin.minutes,
        agenda=checkin.agenda,
        due_at=checkin.due_at,
        by=by,
    )


def cancel(tx: Tx, checkin_id: int, by: str | None = None) -> None:
    """It does not take place; its calendar entry is withdrawn. `by` None: with its mentorship."""
    tx.execute(
        """UPDATE checkins SET state = 'cancelled', sequence = sequence + 1, due_at = NULL,
                  changed_by = :by
            WHERE workspace = :workspace AND id = :id AND state = 'planned'""",
        id=checkin_id,
        by=by,
    )


def goes_to(tx: Tx, checkin_id: int, state: CheckinState, due_at: int | None) -> None:
    """Put it into a state, with when the clock next has to do with it."""
    tx.execute(
        """UPDATE checkins SET state = :state, due_at = :due_at
            WHERE workspace = :workspace AND id = :id""",
        id=checkin_id,
        state=state,
        due_at=due_at,
    )


def tells(tx: Tx, checkin_id: int, user: str, state: CheckinState) -> None:
    """Somebody says whether it took place."""
    tx.execute(
        """UPDATE checkins SET state = :state, told_by = :user, due_at = NULL
            WHERE workspace = :workspace AND id = :id""",
        id=checkin_id,
        user=user,
        state=state,
    )


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a check-in, or a pair without one, is due."""
    rows = tx.rows(
        """SELECT DISTINCT workspace FROM (
               SELECT * FROM (SELECT workspace FROM checkins WHERE due_at <= :now
                               ORDER BY due_at LIMIT 1000)
                UNION ALL
               SELECT * FROM (SELECT workspace FROM mentorships WHERE checkin_due_at <= :now
                               ORDER BY checkin_due_at LIMIT 1000)) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When the next check-in, or pair without one, of any workspace is due."""
    due_at: int | None = tx.value(
        """SELECT MIN(due_at) FROM (
               SELECT MIN(due_at) AS due_at FROM checkins WHERE due_at IS NOT NULL
                UNION ALL
               SELECT MIN(checkin_due_at) FROM mentorships WHERE checkin_due_at IS NOT NULL)
               AS due"""
    )
    return due_at


def due(tx: Tx, limit: int) -> list[Checkin]:
    """Those the clock has to do with now, the longest waiting first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM checkins
             WHERE workspace = :workspace AND due_at <= :now ORDER BY due_at, id LIMIT :limit""",
        limit=limit,
    )
    return [_checkin(row) for row in rows]


def pairs_due(tx: Tx, limit: int) -> list[int]:
    """The mentorships of which the clock looks now whether a check-in is planned, by id."""
    rows = tx.rows(
        """SELECT id FROM mentorships WHERE workspace = :workspace AND checkin_due_at <= :now
            ORDER BY checkin_due_at, id LIMIT :limit""",
        limit=limit,
    )
    return [row["id"] for row in rows]


def rest(tx: Tx, mentorship_id: int, until: int) -> None:
    """A mentorship rests until an instant; nobody looks meanwhile whether a check-in is planned."""
    tx.execute(
        """UPDATE mentorships SET state = 'paused', paused_until = :until, due_at = :until,
                  checkin_due_at = NULL, checkin_step = 0
            WHERE workspace = :workspace AND id = :id AND state = 'active'""",
        id=mentorship_id,
        until=until,
    )


def note(tx: Tx, checkin_id: int, user: str, words: str, *, shared: bool) -> None:
    """Keep what somebody wrote, in the place of what they wrote before; no words: nothing."""
    if not words:
        tx.execute(
            """DELETE FROM checkin_notes WHERE workspace = :workspace
                  AND checkin_id = :checkin_id AND user = :user AND shared = :shared""",
            checkin_id=checkin_id,
            user=user,
            shared=int(shared),
        )
        return
    tx.execute(
        """
        INSERT INTO checkin_notes (workspace, checkin_id, user, shared, words, written_at)
        VALUES (:workspace, :checkin_id, :user, :shared, :words, :now)
        ON CONFLICT (workspace, checkin_id, user, shared)
        DO UPDATE SET words = excluded.words, written_at = excluded.written_at
        """,
        checkin_id=checkin_id,
        user=user,
        shared=int(shared),
        words=words,
    )


def notes_for(tx: Tx, checkin_id: int, reader: str) -> list[CheckinNote]:
    """What `reader` may see: what both have shared, and what they wrote for themselves."""
    rows = tx.rows(
        """SELECT checkin_id, user, words, shared FROM checkin_notes
            WHERE workspace = :workspace AND checkin_id = :checkin_id
              AND (shared = 1 OR user = :reader) ORDER BY written_at, user, shared""",
        checkin_id=checkin_id,
        reader=reader,
    )
    return [CheckinNote(**{**dict(row), "shared": bool(row["shared"])}) for row in rows]


def commit(tx: Tx, checkin_id: int, user: str, words: str, by_on: date | None) -> None:
    """Note what one of the two will do, and by when if it was said."""
    tx.execute(
        """INSERT INTO checkin_commitments (workspace, checkin_id, user, words, by_on)
           VALUES (:workspace, :checkin_id, :user, :words, :by_on)""",
        checkin_id=checkin_id,
        user=user,
        words=words,
        by_on=by_on.isoformat() if by_on else None,
    )


def commitments_of(tx: Tx, checkin_id: int) -> list[CheckinCommitment]:
    """What was agreed at a check-in, as it was said."""
    rows = tx.rows(
        f"""SELECT {_COMMITMENT} FROM checkin_commitments
             WHERE workspace = :workspace AND checkin_id = :checkin_id ORDER BY id""",
        checkin_id=checkin_id,
    )
    return [_commitment(row) for row in rows]


def open_before(tx: Tx, checkin: Checkin, user: str, limit: int) -> list[CheckinCommitment]:
    """What somebody said before this check-in they would do, and nobody has said the end of."""
    rows = tx.rows(
        """SELECT said.id, checkin_id, user, words, said.state, by_on
              FROM checkin_commitments AS said JOIN checkins ON checkins.id = said.checkin_id
             WHERE said.workspace = :workspace AND checkins.workspace = :workspace
               AND mentorship_id = :mentorship_id AND checkin_id <> :checkin_id
               AND starts_at <= :starts_at AND user = :user AND said.state IN ('open', 'moved')
             ORDER BY said.id LIMIT :limit""",
        mentorship_id=checkin.mentorship_id,
        checkin_id=checkin.id,
        starts_at=checkin.starts_at,
        user=user,
        limit=limit,
    )
    return [_commitment(row) for row in rows]


def open_commitments(tx: Tx, mentorship_id: int, user: str) -> list[CheckinCommitment]:
    """What somebody said in a mentorship they would do, and nobody has said the end of."""
    rows = tx.rows(
        """SELECT said.id, checkin_id, user, words, said.state, by_on
              FROM checkin_commitments AS said JOIN checkins ON checkins.id = said.checkin_id
             WHERE said.workspace = :workspace AND checkins.workspace = :workspace
               AND mentorship_id = :mentorship_id AND user = :user
               AND said.state IN ('open', 'moved')
             ORDER BY said.id""",
        mentorship_id=mentorship_id,
        user=user,
    )
    return [_commitment(row) for row in rows]


def settle(tx: Tx, commitment_id: int, user: str, state: CommitmentState) -> int | None:
    """What became of a commitment of theirs; gives the check-in at which it was said.

    None if they have none of this id that is open.
    """
    row = tx.row(
        """UPDATE checkin_commitments SET state = :state, settled_at = :now
            WHERE workspace = :workspace AND id = :id AND user = :user
              AND state IN ('open', 'moved')
        RETURNING checkin_id""",
        id=commitment_id,
        user=user,
        state=state,
    )
    return row["checkin_id"] if row else None


def _commitment(row: Row) -> CheckinCommitment:
    values = dict(row)
    return CheckinCommitment(
        **{
            **values,
            "state": CommitmentState(values["state"]),
            "by_on": date.fromisoformat(values["by_on"]) if values["by_on"] else None,
        }
    )


def _checkin(row: Row) -> Checkin:
    values = dict(row)
    return Checkin(**{**values, "state": CheckinState(values["state"])})
