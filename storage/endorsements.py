"""Queries about who says of whom that they know a topic."""

from collections.abc import Collection

from storage.database import Row, Tx
from storage.records import Endorsement, EndorsementState

_ENDORSEMENT = "user, topic_id, endorsed_by AS by, state, forwarded, asked_at, answered_at"


def add(tx: Tx, wanted: Endorsement) -> None:
    """Store it. Twice is once; but who only put a question to them may endorse them later."""
    tx.execute(
        """
        INSERT INTO endorsements (workspace, user, topic_id, endorsed_by, state, forwarded,
                                  asked_at)
        VALUES (:workspace, :user, :topic_id, :by, :state, :forwarded, :asked_at)
        ON CONFLICT (workspace, user, topic_id, endorsed_by) DO UPDATE SET
            state = excluded.state, forwarded = excluded.forwarded, asked_at = excluded.asked_at
         WHERE endorsements.forwarded = 1 AND excluded.forwarded = 0
        """,
        user=wanted.user,
        topic_id=wanted.topic_id,
        by=wanted.by,
        state=wanted.state,
        forwarded=wanted.forwarded,
        asked_at=wanted.asked_at,
    )


def of_member(tx: Tx, user: str, topic_id: int) -> list[Endorsement]:
    """All who say of them that they know the topic, in order."""
    rows = tx.rows(
        f"""SELECT {_ENDORSEMENT} FROM endorsements
             WHERE workspace = :workspace AND user = :user AND topic_id = :topic_id
             ORDER BY asked_at, endorsed_by""",
        user=user,
        topic_id=topic_id,
    )
    return [_endorsement(row) for row in rows]


def answer(tx: Tx, user: str, topic_id: int, state: EndorsementState) -> int:
    """What they said to what they are asked of the topic; gives to how many it was an answer."""
    return tx.execute(
        """UPDATE endorsements SET state = :state, answered_at = :now
            WHERE workspace = :workspace AND user = :user AND topic_id = :topic_id
              AND state = 'asked'""",
        user=user,
        topic_id=topic_id,
        state=state,
    ).rowcount


def endorsers(tx: Tx, user: str, topic_ids: Collection[int]) -> dict[int, int]:
    """How many colleagues endorse them for each of these topics they take questions on.

    Only what they accepted counts; a topic without any is left out.
    """
    rows = tx.rows(
        """
        SELECT topic_id, COUNT(*) AS many FROM endorsements
         WHERE workspace = :workspace AND user = :user AND state = 'accepted' AND forwarded = 0
           AND EXISTS (SELECT 1 FROM expert_topics AS held
                        WHERE held.workspace = endorsements.workspace
                          AND held.user = endorsements.user
                          AND held.topic_id = endorsements.topic_id)
         GROUP BY topic_id
        """,
        user=user,
    )
    return {row["topic_id"]: row["many"] for row in rows if row["topic_id"] in topic_ids}


def _endorsement(row: Row) -> Endorsement:
    values = dict(row)
    return Endorsement(
        **{
            **values,
            "state": EndorsementState(values["state"]),
            "forwarded": bool(values["forwarded"]),
        }
    )
