"""Whose turn it is: experts of a topic who work now, those asked least lately first.

Turns are kept by shift (hours, days and zone shared by many), so that people who sleep never stand
in front of those who work: a topic with a million experts costs a few rows of an index.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from storage.database import Tx
from storage.records import WorkingHours

SHIFTS = 1000  # shifts of a topic that are looked at
TOGETHER = 50  # of them in one statement
# Who can't be asked (left, a guest, a bot) comes after everybody else.
NEVER = 2**53

Turn = tuple[int, str, int]  # UTC seconds, user, topics held


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours that some experts share."""

    id: int
    hours: WorkingHours


def place(tx: Tx, user: str) -> None:
    """Put an expert into the turn by their hours, zone, pause and last question as stored now.

    Somebody paused has their turn after the pause, as if asked when it ends.
    """
    tx.execute(
        """
        INSERT INTO shifts (workspace, zone, starts, ends, days)
        SELECT :workspace, members.zone, starts, ends, days FROM experts
          JOIN members ON members.workspace = experts.workspace AND members.user = experts.user
         WHERE experts.workspace = :workspace AND experts.user = :user
        ON CONFLICT DO NOTHING
        """,
        user=user,
    )
    tx.execute(
        """
        UPDATE experts SET shift = shifts.id,
               turn_at = CASE
                   WHEN members.deactivated = 1 OR members.guest = 1 OR members.bot = 1 THEN :never
                   WHEN paused_until > last_asked_at THEN paused_until
                   ELSE last_asked_at END
          FROM members, shifts
         WHERE experts.workspace = :workspace AND experts.user = :user
           AND members.workspace = experts.workspace AND members.user = experts.user
           AND shifts.workspace = experts.workspace AND shifts.zone = members.zone
           AND shifts.starts = experts.starts AND shifts.ends = experts.ends
           AND shifts.days = experts.days
        """,
        user=user,
        never=NEVER,
    )
    tx.execute(
        """
        UPDATE expert_topics SET shift = experts.shift, turn_at = experts.turn_at FROM experts
         WHERE expert_topics.workspace = :workspace AND expert_topics.user = :user
           AND experts.workspace = expert_topics.workspace AND experts.user = expert_topics.user
        """,
        user=user,
    )


def shifts_of(tx: Tx, topic_id: int | None) -> list[Shift]:
    """The shifts that experts of a topic (None: any expert) work in, at most SHIFTS.

    The index is read in leaps from one shift to the next, not through all who share one.
    """
    first = f"SELECT MIN(shift) FROM {_line(topic_id)}"
    rows = tx.rows(
        f"""
        WITH RECURSIVE met (shift) AS (
            {first} UNION ALL
            SELECT ({first} AND shift > met.shift) FROM met WHERE met.shift IS NOT NULL
             LIMIT :shifts)
        SELECT id, zone, starts, ends, days FROM met JOIN shifts ON shifts.id = met.shift
        """,
        topic_id=topic_id,
        shifts=SHIFTS,
    )
    return [
        Shift(
            row["id"],
            WorkingHours(row["starts"], row["ends"], tuple(map(int, row["days"])), row["zone"]),
        )
        for row in rows
    ]


def in_turn(
    tx: Tx, topic_id: int | None, shifts: Sequence[Shift], most: int, topics: Sequence[int] = ()
) -> list[Turn]:
    """The first `most` experts of a topic (None: any) of these shifts, by turn.

    With each, how many of `topics` they hold. Of every shift at most `most` rows are read.
    """
    lines = (
        _lines_of_shifts(tx, topic_id, shifts[start : start + TOGETHER], most, topics)
        for start in range(0, len(shifts), TOGETHER)
    )
    return list(islice(heapq.merge(*lines), most))


def _lines_of_shifts(
    tx: Tx, topic_id: int | None, shifts: Sequence[Shift], most: int, topics: Sequence[int]
) -> Iterator[Turn]:
    held = "1"
    if len(topics) > 1:
        among = ", ".join(str(int(topic)) for topic in topics)
        held = f"""(SELECT COUNT(*) FROM expert_topics AS held
                     WHERE held.workspace = :workspace AND held.user = line.user
                       AND held.topic_id IN ({among}))"""
    named = {f"shift{number}": shift.id for number, shift in enumerate(shifts)}
    lines = " UNION ALL ".join(
        f"""
        SELECT turn_at, user FROM (
            SELECT turn_at, user FROM {_line(topic_id)} AND shift = :{name}
             ORDER BY turn_at, user LIMIT :most) AS line"""
        for name in named
    )
    sql = f"""
        SELECT turn_at, user, {held} AS topics_held FROM ({lines}) AS line
         ORDER BY turn_at, user LIMIT :most"""
    for row in tx.execute(sql, topic_id=topic_id, most=most, **named):
        yield row["turn_at"], row["user"], row["topics_held"]


def _line(topic_id: int | None) -> str:
    if topic_id is None:
        return "experts WHERE workspace = :workspace"
    return "expert_topics WHERE workspace = :workspace AND topic_id = :topic_id"
