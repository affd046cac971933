"""Queries about consults."""

from collections.abc import Collection, Sequence

from storage import details, offers, topics
from storage.database import Row, Tx
from storage.records import (
    Consult,
    ConsultState,
    Detail,
    Draft,
    Outcome,
    Step,
    Topic,
    Urgency,
)

_CONSULT = (
    "id, asker, question, tried, urgency, state, step, asked_at, wanted_expert, expert, admin,"
    " first_offered_at, accepted_at, answer, answered_at, conversation, closed_at, closed_by,"
    " outcome, due_at, stage, silence_asked, names_personal, anonymous, revealed_at"
)

# Of which others may know who asked.
_KNOWN = "(NOT anonymous OR revealed_at IS NOT NULL)"


def add(tx: Tx, asker: str, draft: Draft) -> Consult:
    """Store a new consult, due for routing at once."""
    (row,) = tx.rows(
        f"""
        INSERT INTO consults (workspace, asker, question, tried, urgency, state, step, asked_at,
                              wanted_expert, due_at, anonymous)
        VALUES (:workspace, :asker, :question, :tried, :urgency, 'open', 'waiting', :now, :wanted,
                :now, :anonymous)
        RETURNING {_CONSULT}
        """,
        asker=asker,
        question=draft.question,
        tried=draft.tried,
        urgency=draft.urgency,
        wanted=draft.wanted_expert,
        anonymous=draft.anonymous,
    )
    _add_topics(tx, row["id"], draft.topic_ids)
    return _consult(row, topics.of_consult(tx, row["id"]), ())


def set_topics(tx: Tx, consult_id: int, topic_ids: Collection[int]) -> None:
    """Give the consult exactly these topics of the programme."""
    tx.execute(
        "DELETE FROM consult_topics WHERE workspace = :workspace AND consult_id = :consult_id",
        consult_id=consult_id,
    )
    _add_topics(tx, consult_id, topic_ids)


def _add_topics(tx: Tx, consult_id: int, topic_ids: Collection[int]) -> None:
    for topic_id in sorted(topic_ids):
        tx.execute(
            """
            INSERT INTO consult_topics (workspace, consult_id, topic_id)
            SELECT workspace, :consult_id, id FROM topics
             WHERE workspace = :workspace AND id = :topic_id
            """,
            consult_id=consult_id,
            topic_id=topic_id,
        )


def get(tx: Tx, consult_id: int) -> Consult | None:
    """The consult of this id in this workspace."""
    row = tx.row(
        f"SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND id = :consult_id",
        consult_id=consult_id,
    )
    return _whole(tx, row) if row else None


def unfinished_of(tx: Tx, asker: str) -> list[Consult]:
    """The asker's consults that are open or accepted, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND asker = :asker
             AND state IN ('open', 'accepted') ORDER BY asked_at, id""",
        asker=asker,
    )
    return [_whole(tx, row) for row in rows]


def latest_of(tx: Tx, asker: str, limit: int) -> list[Consult]:
    """The asker's consults of whatever state, the newest first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND asker = :asker
             ORDER BY id DESC LIMIT :limit""",
        asker=asker,
        limit=limit,
    )
    return [_whole(tx, row) for row in rows]


def taken_by(tx: Tx, expert: str) -> list[Consult]:
    """The consults the expert has accepted and that are not closed, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND expert = :expert
             AND state = 'accepted' ORDER BY accepted_at""",
        expert=expert,
    )
    return [_whole(tx, row) for row in rows]


def closed_between(tx: Tx, one: str, other: str) -> list[int]:
    """The closed consults of these two, by id, whoever of them asked, as far as both know of it."""
    rows = tx.rows(
        f"""
        SELECT id FROM consults WHERE workspace = :workspace
           AND asker = :one AND state = 'closed' AND expert = :other AND {_KNOWN}
         UNION ALL
        SELECT id FROM consults WHERE workspace = :workspace
           AND asker = :other AND state = 'closed' AND expert = :one AND {_KNOWN}
         ORDER BY id
        """,
        one=one,
        other=other,
    )
    return [row["id"] for row in rows]


def offered_to(tx: Tx, expert: str) -> list[Consult]:
    """The consults that wait for the expert's answer, the oldest first."""
    return _offered(tx, expert, "open")


def resting_with(tx: Tx, expert: str) -> list[Consult]:
    """The consults that come back to the expert at a date, the oldest first."""
    return _offered(tx, expert, "resting")


def _offered(tx: Tx, expert: str, state: str) -> list[Consult]:
    rows = tx.rows(
        """SELECT consult_id FROM offers WHERE workspace = :workspace AND expert = :expert
             AND state = :state ORDER BY offered_at""",
        expert=expert,
        state=state,
    )
    found = (get(tx, row["consult_id"]) for row in rows)
    return [consult for consult in found if consult]


def open_of(tx: Tx, asker: str, question: str, since: int) -> tuple[int, int | None]:
    """How many unfinished consults the asker has, and which has these very words.

    The second is the id of the latest of them asked after `since`, or None.
    """
    (row,) = tx.rows(
        """
        SELECT COUNT(*) AS many,
               MAX(CASE WHEN asked_at >= :since AND question = :question THEN id END) AS same
          FROM consults
         WHERE workspace = :workspace AND asker = :asker AND state IN ('open', 'accepted')
        """,
        asker=asker,
        question=question,
        since=since,
    )
    return row["many"], row["same"]


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which the clock has to do with a consult now; those of the longest due.

    Of the inner query the index of `due_at` is walked: without it every consult there is would be.
    """
    rows = tx.rows(
        """SELECT DISTINCT workspace FROM (SELECT workspace FROM consults WHERE due_at <= :now
                                            ORDER BY due_at LIMIT 1000) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When the clock next has to do with a consult, in any workspace."""
    due: int | None = tx.value("SELECT MIN(due_at) FROM consults WHERE due_at IS NOT NULL")
    return due


def due(tx: Tx, limit: int) -> list[Consult]:
    """The consults with which the clock has to do now, the longest waiting first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND due_at <= :now
             ORDER BY due_at LIMIT :limit""",
        limit=limit,
    )
    return [_whole(tx, row) for row in rows]


def unfinished(tx: Tx, limit: int) -> list[Consult]:
    """The workspace's open and accepted consults, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace
             AND state IN ('open', 'accepted') ORDER BY id LIMIT :limit""",
        limit=limit,
    )
    return [_whole(tx, row) for row in rows]


def with_admin(tx: Tx) -> list[Consult]:
    """The open consults that a named admin has, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace
             AND admin IS NOT NULL AND state = 'open' ORDER BY id"""
    )
    return [_whole(tx, row) for row in rows]


def change(tx: Tx, consult_id: int, draft: Draft) -> None:
    """Store the asker's new words for an open consult."""
    tx.execute(
        """UPDATE consults SET question = :question, tried = :tried, urgency = :urgency,
                  wanted_expert = :wanted
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult_id,
        question=draft.question,
        tried=draft.tried,
        urgency=draft.urgency,
        wanted=draft.wanted_expert,
    )
    set_topics(tx, consult_id, draft.topic_ids)


def stands(tx: Tx, consult: Consult) -> None:
    """Store how far on its way to an expert an open consult is, and when it is next due."""
    tx.execute(
        """UPDATE consults SET step = :step, stage = :stage, due_at = :due_at, admin = :admin,
                  first_offered_at = :first_offered_at, wanted_expert = :wanted
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult.id,
        step=consult.step,
        stage=consult.stage,
        due_at=consult.due_at,
        admin=consult.admin,
        first_offered_at=consult.first_offered_at,
        wanted=consult.wanted_expert,
    )


def begins_again(tx: Tx, consult_id: int) -> None:
    """The consult looks for an expert from the start."""
    tx.execute(
        """
        UPDATE consults SET state = 'open', step = 'waiting', stage = 0, expert = NULL,
               admin = NULL, first_offered_at = NULL, accepted_at = NULL, answer = NULL,
               answered_at = NULL, conversation = 0, closed_at = NULL, closed_by = NULL,
               outcome = NULL, due_at = :now, silence_asked = 0, waited = NULL,
               heard_at = NULL
         WHERE workspace = :workspace AND id = :consult_id
        """,
        consult_id=consult_id,
    )


def names_personal(tx: Tx, consult_id: int, *, named: bool) -> None:
    """Note whether its words name a topic of the personal class."""
    tx.execute(
        """UPDATE consults SET names_personal = :named
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult_id,
        named=named,
    )


def looking(tx: Tx) -> list[Consult]:
    """Every consult of the workspace that looks for somebody, the oldest first."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults
             WHERE workspace = :workspace AND state = 'open' ORDER BY id"""
    )
    return [_whole(tx, row) for row in rows]


def look_again(tx: Tx, consult_id: int) -> None:
    """The clock looks at an open consult with its next tick."""
    tx.execute(
        """UPDATE consults SET due_at = :now
            WHERE workspace = :workspace AND id = :consult_id AND state = 'open'""",
        consult_id=consult_id,
    )


def first_offered(tx: Tx, consult_id: int) -> None:
    """The working time of its pace counts from now."""
    tx.execute(
        """UPDATE consults SET first_offered_at = :now
            WHERE workspace = :workspace AND id = :consult_id AND first_offered_at IS NULL""",
        consult_id=consult_id,
    )


def take(tx: Tx, consult_id: int, expert: str, due_at: int, *, waited: int | None = None) -> None:
    """Make `expert` the one who answers, and every other offer gone.

    `waited`: the seconds of working time that it took to find them.
    """
    tx.execute(
        """UPDATE consults SET state = 'accepted', expert = :expert, accepted_at = :now,
                  due_at = :due_at, silence_asked = 0, waited = :waited
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult_id,
        expert=expert,
        due_at=due_at,
        waited=waited,
    )
    offers.end_all(tx, consult_id)
    tx.execute(
        """
        INSERT INTO offers (workspace, consult_id, expert, state, offered_at)
        VALUES (:workspace, :consult_id, :expert, 'accepted', :now)
        ON CONFLICT (workspace, consult_id, expert) DO UPDATE SET state = 'accepted'
        """,
        consult_id=consult_id,
        expert=expert,
    )


def answered(tx: Tx, consult_id: int, answer: str) -> None:
    """Store the expert's answer by form."""
    tx.execute(
        """UPDATE consults SET answer = :answer, answered_at = :now
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult_id,
        answer=answer,
    )


def hide_asker(tx: Tx, consult_id: int) -> None:
    """Nobody but the asker is shown from now on who asks."""
    tx.execute(
        "UPDATE consults SET anonymous = 1 WHERE workspace = :workspace AND id = :consult_id",
        consult_id=consult_id,
    )


def reveal_asker(tx: Tx, consult_id: int) -> None:
    """Everybody who has to do with it is shown from now on who asks."""
    tx.execute(
        "UPDATE consults SET revealed_at = :now WHERE workspace = :workspace AND id = :consult_id",
        consult_id=consult_id,
    )


def relayed_with(tx: Tx, user: str) -> list[Consult]:
    """The consults in which the user and somebody else write to each other through the bot."""
    rows = tx.rows(
        f"""SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND state = 'accepted'
             AND asker = :user AND conversation AND NOT {_KNOWN}
             UNION ALL
            SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND state = 'accepted'
             AND expert = :user AND conversation AND NOT {_KNOWN} ORDER BY id""",
        user=user,
    )
    return [_whole(tx, row) for row in rows]


def talk(tx: Tx, consult_id: int) -> None:
    """Asker and expert have a conversation of their own from now on."""
    tx.execute(
        "UPDATE consults SET conversation = 1 WHERE workspace = :workspace AND id = :consult_id",
        consult_id=consult_id,
    )


def end(tx: Tx, consult_id: int, state: ConsultState, by: str | None, outcome: Outcome) -> None:
    """Close or withdraw it; `by` None is the clock."""
    tx.execute(
        """UPDATE consults SET state = :state, closed_at = :now, closed_by = :by,
                  outcome = :outcome, due_at = NULL
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult_id,
        state=state,
        by=by,
        outcome=outcome,
    )
    offers.end_all(tx, consult_id)


def tell_outcome(tx: Tx, consult_id: int, outcome: Outcome) -> None:
    """Store what the asker said of it."""
    tx.execute(
        "UPDATE consults SET outcome = :outcome WHERE workspace = :workspace AND id = :consult_id",
        consult_id=consult_id,
        outcome=outcome,
    )


def asked_after_silence(tx: Tx, consult_id: int, times: int, due_at: int) -> None:
    """The asker was asked `times` times; next at `due_at`."""
    tx.execute(
        """UPDATE consults SET silence_asked = :times, due_at = :due_at
            WHERE workspace = :workspace AND id = :consult_id""",
        consult_id=consult_id,
        times=times,
        due_at=due_at,
    )


def _whole(tx: Tx, row: Row) -> Consult:
    return _consult(row, topics.of_consult(tx, row["id"]), details.of_consult(tx, row["id"]))


def _consult(row: Row, held: Sequence[Topic], asked: Sequence[Detail]) -> Consult:
    values = dict(row)
    return Consult(
        **{
            **values,
            "urgency": Urgency(values["urgency"]),
            "state": ConsultState(values["state"]),
            "step": Step(values["step"]),
            "outcome": Outcome(values["outcome"]) if values["outcome"] else None,
            "conversation": bool(values["conversation"]),
            "names_personal": bool(values["names_personal"]),
            "anonymous": bool(values["anonymous"]),
        },
        topics=tuple(held),
        details=tuple(asked),
    )
