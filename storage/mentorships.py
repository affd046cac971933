"""Queries about mentorships: who is with whom, how it stands, and what is due."""

from storage.database import Row, Tx
from storage.records import HelpCategory
from storage.records.mentorships import (
    ENDS,
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
)

_ALIVE = "('asked', 'meeting', 'agreeing', 'active', 'paused')"
_TAKEN = "('meeting', 'agreeing', 'active', 'paused')"
_COLUMNS = (
    "id, kind, state, mentor, mentee, asked_by, asked_at, need, note, category, rhythm, months,"
    " due_at, reminded_at, mentor_says, mentee_says, started_at, ends_at, ended_at, ended_by,"
    " paused_until, checkin_due_at, checkin_step, version, cohort_id, gives, gets,"
    " met_at"
)


def add(tx: Tx, wanted: Mentorship) -> int | None:
    """Store a new mentorship as `wanted` says, asked now; None if the two have one of its kind."""
    row = tx.row(
        """
        INSERT INTO mentorships (workspace, kind, state, mentor, mentee, asked_by, asked_at, need,
                                 note, category, rhythm, months, due_at, cohort_id, gives,
                                 gets)
        VALUES (:workspace, :kind, :state, :mentor, :mentee, :asked_by, :now, :need,
                :note, :category, :rhythm, :months, :due_at, :cohort_id, :gives, :gets)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        kind=wanted.kind,
        state=wanted.state,
        mentor=wanted.mentor,
        mentee=wanted.mentee,
        asked_by=wanted.asked_by,
        need=wanted.need,
        note=wanted.note,
        category=wanted.category,
        rhythm=wanted.rhythm,
        months=wanted.months,
        due_at=wanted.due_at,
        cohort_id=wanted.cohort_id,
        gives=wanted.gives,
        gets=wanted.gets,
    )
    return row["id"] if row else None


def get(tx: Tx, mentorship_id: int) -> Mentorship | None:
    """The mentorship of this id, if it is in this workspace."""
    row = tx.row(
        f"SELECT {_COLUMNS} FROM mentorships WHERE workspace = :workspace AND id = :id",
        id=mentorship_id,
    )
    return _mentorship(row) if row else None


def of_member(tx: Tx, user: str) -> list[Mentorship]:
    """Those of a member that have not ended, on either side, oldest first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM mentorships
             WHERE workspace = :workspace AND mentor = :user AND state IN {_ALIVE}
             UNION ALL
            SELECT {_COLUMNS} FROM mentorships
             WHERE workspace = :workspace AND mentee = :user AND state IN {_ALIVE}
             ORDER BY id""",
        user=user,
    )
    return [_mentorship(row) for row in rows]


def between(tx: Tx, one: str, other: str) -> list[Mentorship]:
    """Those of two people that have not ended, whoever is the mentor, oldest first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM mentorships
             WHERE workspace = :workspace AND mentor = :one AND mentee = :other
               AND state IN {_ALIVE}
             UNION ALL
            SELECT {_COLUMNS} FROM mentorships
             WHERE workspace = :workspace AND mentor = :other AND mentee = :one
               AND state IN {_ALIVE}
             ORDER BY id""",
        one=one,
        other=other,
    )
    return [_mentorship(row) for row in rows]


def goes_to(tx: Tx, mentorship_id: int, state: MentorshipState, due_at: int | None) -> None:
    """Put it into a state, with when the clock next has to do with it."""
    tx.execute(
        """UPDATE mentorships SET state = :state, due_at = :due_at
            WHERE workspace = :workspace AND id = :id""",
        id=mentorship_id,
        state=state,
        due_at=due_at,
    )


def agreed(tx: Tx, mentorship_id: int, *, rhythm: CheckinRhythm | None, months: int | None) -> None:
    """What the two have agreed of how often they meet and for how long."""
    tx.execute(
        """UPDATE mentorships SET rhythm = :rhythm, months = :months
            WHERE workspace = :workspace AND id = :id""",
        id=mentorship_id,
        rhythm=rhythm,
        months=months,
    )


def meets(tx: Tx, mentorship_id: int, due_at: int) -> None:
    """The two may meet before either says yes, until `due_at`."""
    tx.execute(
        """UPDATE mentorships SET state = 'meeting', met_at = :now, due_at = :due_at
            WHERE workspace = :workspace AND id = :id""",
        id=mentorship_id,
        due_at=due_at,
    )


def said_after_meeting(tx: Tx, mentorship_id: int, *, as_mentor: bool, yes: bool) -> None:
    """Keep what one of the two said after the first meeting; the first word counts."""
    side = "mentor_says" if as_mentor else "mentee_says"
    tx.execute(
        f"""UPDATE mentorships SET {side} = COALESCE({side}, :yes)
             WHERE workspace = :workspace AND id = :id""",
        id=mentorship_id,
        yes=int(yes),
    )


def resumes(tx: Tx, mentorship_id: int, *, due_at: int | None, checkin_due_at: int | None) -> None:
    """A paused one goes on."""
    tx.execute(
        """UPDATE mentorships SET state = 'active', paused_until = NULL, due_at = :due_at,
                  checkin_due_at = :checkin_due_at, checkin_step = 0
            WHERE workspace = :workspace AND id = :id""",
        id=mentorship_id,
        due_at=due_at,
        checkin_due_at=checkin_due_at,
    )


def open_requests(tx: Tx, user: str) -> int:
    """How many of the member's requests, of any kind, wait for an answer."""
    count: int = tx.value(
        """SELECT COUNT(*) FROM mentorships WHERE workspace = :workspace
              AND mentee = :user AND state = 'asked' AND asked_by = :user""",
        user=user,
    )
    return count


def room_of(tx: Tx, mentor: str) -> int:
    """How many more mentees they would take; formal ones count, from the first meeting on."""
    room: int = tx.value(
        f"""SELECT COALESCE((SELECT mentees FROM profiles
                              WHERE workspace = :workspace AND user = :mentor), 0)
                   - (SELECT COUNT(*) FROM mentorships WHERE workspace = :workspace
                         AND mentor = :mentor AND kind = 'formal' AND state IN {_TAKEN})""",
        mentor=mentor,
    )
    return room


def was_mentee(tx: Tx, user: str) -> bool:
    """Whether the member is or was the mentee of a mentorship that got under way."""
    return bool(
        tx.value(
            """SELECT 1 FROM mentorships WHERE workspace = :workspace AND mentee = :user
                  AND started_at IS NOT NULL LIMIT 1""",
            user=user,
        )
    )


def waits_for_signature(tx: Tx, mentorship_id: int) -> str | None:
    """Who has still to sign the newest version of the agreement; None while nobody has."""
    user: str | None = tx.value(
        """
        SELECT CASE WHEN agreements.mentee_signed_at IS NULL THEN mentorships.mentee
                    WHEN agreements.mentor_signed_at IS NULL THEN mentorships.mentor END
          FROM agreements JOIN mentorships ON mentorships.id = agreements.mentorship_id
         WHERE agreements.workspace = :workspace AND agreements.mentorship_id = :id
         ORDER BY agreements.version DESC LIMIT 1
        """,
        id=mentorship_id,
    )
    return user


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a mentorship is due; those of the longest due, as of consults."""
    rows = tx.rows(
        """SELECT DISTINCT workspace FROM (SELECT workspace FROM mentorships WHERE due_at <= :now
                                            ORDER BY due_at LIMIT 1000) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When the next mentorship of any workspace is due."""
    due_at: int | None = tx.value("SELECT MIN(due_at) FROM mentorships WHERE due_at IS NOT NULL")
    return due_at


def due(tx: Tx, limit: int) -> list[Mentorship]:
    """Those the clock has to do with now, the longest waiting first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM mentorships
             WHERE workspace = :workspace AND due_at <= :now ORDER BY due_at, id LIMIT :limit""",
        limit=limit,
    )
    return [_mentorship(row) for row in rows]


def starts(tx: Tx, mentorship_id: int, *, ends_at: int | None, checkin_due_at: int | None) -> None:
    """It is active from now on."""
    tx.execute(
        """
        UPDATE mentorships SET state = 'active', started_at = COALESCE(started_at, :now),
               due_at = NULL, ends_at = :ends_at, checkin_due_at = :checkin_due_at, checkin_step = 0
         WHERE workspace = :workspace AND id = :id
        """,
        id=mentorship_id,
        ends_at=ends_at,
        checkin_due_at=checkin_due_at,
    )


def ends(tx: Tx, mentorship_id: int, state: MentorshipState, by: str | None) -> None:
    """It ends in one of the ENDS; nothing is due any more."""
    assert state in ENDS  # noqa: S101 - a programmer's mistake, never a person's
    tx.execute(
        """
        UPDATE mentorships SET state = :state, ended_at = :now, ended_by = :by, due_at = NULL,
               checkin_due_at = NULL
         WHERE workspace = :workspace AND id = :id
        """,
        id=mentorship_id,
        state=state,
        by=by,
    )


def checkin_due(tx: Tx, mentorship_id: int, due_at: int | None, step: int) -> None:
    """When the clock next looks whether a check-in is planned, and how far it has gone."""
    tx.execute(
        """UPDATE mentorships SET checkin_due_at = :due_at, checkin_step = :step
            WHERE workspace = :workspace AND id = :id""",
        id=mentorship_id,
        due_at=due_at,
        step=step,
    )


def _mentorship(row: Row) -> Mentorship:
    values = dict(row)
    for said in ("mentor_says", "mentee_says"):
        values[said] = None if values[said] is None else bool(values[said])
    return Mentorship(
        **{
            **values,
            "kind": MentorshipKind(values["kind"]),
            "state": MentorshipState(values["state"]),
            "category": HelpCategory(values["category"]),
            "rhythm": CheckinRhythm(values["rhythm"]) if values["rhythm"] else None,
        }
    )
