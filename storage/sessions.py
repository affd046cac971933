"""Queries about the sessions of circles: who comes, who leads, what members commit to."""

from datetime import date

from storage.database import Row, Tx
from storage.records import (
    Attendance,
    Commitment,
    CommitmentState,
    Session,
    SessionState,
)

_SESSION = (
    "id, circle_id, number, planned_on, meets_on, starts_at, state, facilitator, confirmed,"
    " question_id, opened_at, closed_at, due_at"
)
_COMMITMENT = "id, circle_id, session_id, user, words, state"


def plan(tx: Tx, circle_id: int, number: int, planned_on: date, starts_at: int) -> Session | None:
    """Store the session of this date; None if the circle has one of that date already."""
    row = tx.row(
        f"""
        INSERT INTO sessions (workspace, circle_id, number, planned_on, meets_on, starts_at)
        SELECT workspace, id, :number, :planned_on, :planned_on, :starts_at FROM circles
         WHERE workspace = :workspace AND id = :circle_id
        ON CONFLICT DO NOTHING RETURNING {_SESSION}
        """,
        circle_id=circle_id,
        number=number,
        planned_on=planned_on.isoformat(),
        starts_at=starts_at,
    )
    return _session(row) if row else None


def get(tx: Tx, session_id: int) -> Session | None:
    """The session of this id in this workspace."""
    row = tx.row(
        f"SELECT {_SESSION} FROM sessions WHERE workspace = :workspace AND id = :session_id",
        session_id=session_id,
    )
    return _session(row) if row else None


def of_circle(tx: Tx, circle_id: int, *states: SessionState) -> list[Session]:
    """The circle's sessions of these states, the earliest first."""
    wanted = ", ".join(f"'{state.value}'" for state in states)
    rows = tx.rows(
        f"""SELECT {_SESSION} FROM sessions WHERE workspace = :workspace
             AND circle_id = :circle_id AND state IN ({wanted}) ORDER BY planned_on""",
        circle_id=circle_id,
    )
    return [_session(row) for row in rows]


def ahead(tx: Tx, circle_id: int) -> Session | None:
    """The circle's session that comes next, if there is one."""
    coming = of_circle(tx, circle_id, SessionState.PLANNED, SessionState.PREPARED)
    return coming[0] if coming else None


def last_of(tx: Tx, circle_id: int) -> Session | None:
    """The circle's latest session by the date its rhythm gave it, whatever its state."""
    row = tx.row(
        f"""SELECT {_SESSION} FROM sessions WHERE workspace = :workspace
             AND circle_id = :circle_id ORDER BY planned_on DESC LIMIT 1""",
        circle_id=circle_id,
    )
    return _session(row) if row else None


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a session is due; those of the longest due, as of consults."""
    rows = tx.rows(
        """SELECT DISTINCT workspace FROM (SELECT workspace FROM sessions WHERE due_at <= :now
                                            ORDER BY due_at LIMIT 1000) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When the clock next has to do with a session, in any workspace."""
    due: int | None = tx.value("SELECT MIN(due_at) FROM sessions WHERE due_at IS NOT NULL")
    return due


def due(tx: Tx, limit: int) -> list[Session]:
    """The sessions with which the clock has to do now, the longest due first."""
    rows = tx.rows(
        f"""SELECT {_SESSION} FROM sessions WHERE workspace = :workspace AND due_at <= :now
             ORDER BY due_at, id LIMIT :limit""",
        limit=limit,
    )
    return [_session(row) for row in rows]


def goes_to(tx: Tx, session_id: int, state: SessionState, due_at: int | None) -> None:
    """The session is `state` from now on, and next due at `due_at`."""
    tx.execute(
        """UPDATE sessions SET state = :state, due_at = :due_at,
                  opened_at = CASE :state WHEN 'open' THEN :now ELSE opened_at END,
                  closed_at = CASE :state WHEN 'closed' THEN :now ELSE closed_at END
            WHERE workspace = :workspace AND id = :session_id""",
        session_id=session_id,
        state=state,
        due_at=due_at,
    )


def led_by(tx: Tx, session_id: int, user: str | None, *, confirmed: bool) -> None:
    """Say who leads the session, and whether they said so themselves."""
    tx.execute(
        """UPDATE sessions SET facilitator = :user, confirmed = :confirmed
            WHERE workspace = :workspace AND id = :session_id""",
        session_id=session_id,
        user=user,
        confirmed=int(confirmed),
    )


def asks(tx: Tx, session_id: int, question_id: str) -> None:
    """Say what the session's question is."""
    tx.execute(
        """UPDATE sessions SET question_id = :question_id
            WHERE workspace = :workspace AND id = :session_id""",
        session_id=session_id,
        question_id=question_id,
    )


def move(tx: Tx, session_id: int, meets_on: date, starts_at: int, due_at: int) -> None:
    """Have the session on another date; the rhythm goes on from its planned one."""
    tx.execute(
        """UPDATE sessions SET meets_on = :meets_on, starts_at = :starts_at, due_at = :due_at
            WHERE workspace = :workspace AND id = :session_id""",
        session_id=session_id,
        meets_on=meets_on.isoformat(),
        starts_at=starts_at,
        due_at=due_at,
    )


def plan_anew(tx: Tx, session: Session, planned_on: date, starts_at: int) -> bool:
    """Give a session another date of another rhythm; False if an earlier one had that date."""
    return (
        tx.execute(
            """UPDATE sessions SET planned_on = :planned_on, meets_on = :planned_on,
                      starts_at = :starts_at
                WHERE workspace = :workspace AND id = :session_id
                  AND NOT EXISTS (SELECT 1 FROM sessions AS other
                                   WHERE other.circle_id = sessions.circle_id
                                     AND other.id <> sessions.id
                                     AND other.planned_on = :planned_on)""",
            session_id=session.id,
            planned_on=planned_on.isoformat(),
            starts_at=starts_at,
        ).rowcount
        == 1
    )


def questions_used(tx: Tx, circle_id: int) -> list[str]:
    """The ids of the questions that the circle's sessions had, the earliest first."""
    rows = tx.rows(
        """SELECT question_id FROM sessions WHERE workspace = :workspace
            AND circle_id = :circle_id AND question_id IS NOT NULL
            AND state IN ('open', 'closed') ORDER BY planned_on""",
        circle_id=circle_id,
    )
    return [row["question_id"] for row in rows]


def ask_instead(tx: Tx, question_id: str, other: str) -> None:
    """Whatever session had the question has the `other` in its place."""
    tx.execute(
        """UPDATE sessions SET question_id = :other
            WHERE workspace = :workspace AND question_id = :question_id""",
        question_id=question_id,
        other=other,
    )


def ahead_with(tx: Tx, question_id: str) -> list[Session]:
    """The sessions ahead that have this question."""
    rows = tx.rows(
        f"""SELECT {_SESSION} FROM sessions WHERE workspace = :workspace
             AND question_id = :question_id AND state IN ('planned', 'prepared')""",
        question_id=question_id,
    )
    return [_session(row) for row in rows]


def says_coming(tx: Tx, session_id: int, user: str, *, coming: bool) -> None:
    """Store whether somebody comes."""
    _attend(tx, session_id, user, "coming", int(coming))


def says_useful(tx: Tx, session_id: int, user: str, *, useful: bool) -> None:
    """Store whether it was useful to them."""
    _attend(tx, session_id, user, "useful", int(useful))


def _attend(tx: Tx, session_id: int, user: str, column: str, value: int) -> None:
    tx.execute(
        f"""
        INSERT INTO attendance (workspace, session_id, user, {column})
        SELECT workspace, id, :user, :value FROM sessions
         WHERE workspace = :workspace AND id = :session_id
        ON CONFLICT (workspace, session_id, user) DO UPDATE SET {column} = excluded.{column}
        """,
        session_id=session_id,
        user=user,
        value=value,
    )


def replied(tx: Tx, session_id: int, user: str) -> None:
    """Count a message somebody wrote in the session's thread."""
    tx.execute(
        """
        INSERT INTO attendance (workspace, session_id, user, replies)
        SELECT workspace, id, :user, 1 FROM sessions
         WHERE workspace = :workspace AND id = :session_id
        ON CONFLICT (workspace, session_id, user) DO UPDATE SET replies = attendance.replies + 1
        """,
        session_id=session_id,
        user=user,
    )


def attendance(tx: Tx, session_id: int) -> list[Attendance]:
    """What is known of everybody who said or wrote something, by id."""
    rows = tx.rows(
        """SELECT user, coming, replies, useful FROM attendance
            WHERE workspace = :workspace AND session_id = :session_id ORDER BY user""",
        session_id=session_id,
    )
    return [
        Attendance(row["user"], _yes(row["coming"]), row["replies"], _yes(row["useful"]))
        for row in rows
    ]


def commit(tx: Tx, session: Session, user: str, words: str) -> int:
    """Store what somebody said they would do by the next session; gives its id."""
    commitment_id: int = tx.value(
        """
        INSERT INTO commitments (workspace, circle_id, session_id, user, words, made_at)
        SELECT workspace, circle_id, id, :user, :words, :now FROM sessions
         WHERE workspace = :workspace AND id = :session_id
        RETURNING id
        """,
        session_id=session.id,
        user=user,
        words=words,
    )
    return commitment_id


def commitment(tx: Tx, commitment_id: int) -> Commitment | None:
    """The commitment of this id in this workspace."""
    row = tx.row(
        f"SELECT {_COMMITMENT} FROM commitments WHERE workspace = :workspace AND id = :id",
        id=commitment_id,
    )
    return _commitment(row) if row else None


def commitments_made_in(tx: Tx, session_id: int) -> list[Commitment]:
    """What members committed to in the session, in that order."""
    rows = tx.rows(
        f"""SELECT {_COMMITMENT} FROM commitments
             WHERE workspace = :workspace AND session_id = :session_id ORDER BY id""",
        session_id=session_id,
    )
    return [_commitment(row) for row in rows]


def commitments_before(tx: Tx, session: Session) -> list[Commitment]:
    """The commitments from earlier sessions that are asked after in this one.

    Those still open when it began: not settled before, or settled since. Who left is not asked.
    """
    rows = tx.rows(
        f"""SELECT {_COMMITMENT} FROM commitments
             WHERE workspace = :workspace AND circle_id = :circle_id
               AND session_id <> :session_id AND made_at < :opened_at
               AND user IN (SELECT user FROM circle_members
                             WHERE circle_members.circle_id = commitments.circle_id
                               AND standing = 'in')
               AND (state IN ('open', 'moved') OR settled_at >= :opened_at) ORDER BY id""",
        circle_id=session.circle_id,
        session_id=session.id,
        opened_at=session.opened_at or tx.now + 1,
    )
    return [_commitment(row) for row in rows]


def open_commitments_of(tx: Tx, user: str) -> list[Commitment]:
    """What somebody still has to do, in every circle, the earliest first."""
    rows = tx.rows(
        f"""SELECT {_COMMITMENT} FROM commitments WHERE workspace = :workspace
             AND user = :user AND state IN ('open', 'moved') ORDER BY id""",
        user=user,
    )
    return [_commitment(row) for row in rows]


def settle(tx: Tx, commitment_id: int, state: CommitmentState) -> None:
    """What became of a commitment, as its member says."""
    tx.execute(
        """UPDATE commitments SET state = :state, settled_at = :now
            WHERE workspace = :workspace AND id = :id""",
        id=commitment_id,
        state=state,
    )


def _yes(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _session(row: Row) -> Session:
    values = dict(row)
    return Session(
        **{
            **values,
            "planned_on": date.fromisoformat(values["planned_on"]),
            "meets_on": date.fromisoformat(values["meets_on"]),
            "state": SessionState(values["state"]),
            "confirmed": bool(values["confirmed"]),
        }
    )


def _commitment(row: Row) -> Commitment:
    return Commitment(**{**dict(row), "state": CommitmentState(row["state"])})
