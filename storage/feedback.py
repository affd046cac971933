"""Queries about how mentorships go: scores, closing surveys and outcomes."""

from collections.abc import Collection, Mapping

from storage.database import Tx

END, LATER = "end", "later"


def keep_scores(
    tx: Tx, mentorship_id: int, occasion: int, user: str, scores: Mapping[str, int]
) -> None:
    """Store what one of the two scored; scoring again changes it."""
    for aspect, score in sorted(scores.items()):
        tx.execute(
            """
            INSERT INTO health_answers (workspace, mentorship_id, occasion, user, aspect, score,
                                        answered_at)
            VALUES (:workspace, :mentorship_id, :occasion, :user, :aspect, :score, :now)
            ON CONFLICT (workspace, mentorship_id, occasion, user, aspect)
            DO UPDATE SET score = excluded.score, answered_at = excluded.answered_at
            """,
            mentorship_id=mentorship_id,
            occasion=str(occasion),
            user=user,
            aspect=aspect,
            score=score,
        )


def scores(tx: Tx, mentorship_id: int, occasion: int) -> dict[str, dict[str, int]]:
    """What each of the two scored, by user."""
    rows = tx.rows(
        """SELECT user, aspect, score FROM health_answers WHERE workspace = :workspace
            AND mentorship_id = :mentorship_id AND occasion = :occasion""",
        mentorship_id=mentorship_id,
        occasion=str(occasion),
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["user"], {})[row["aspect"]] = row["score"]
    return found


def keep_closing(tx: Tx, mentorship_id: int, user: str, words: str, thanks: str) -> None:
    """Store what one of the two wrote in the end; writing again changes it."""
    tx.execute(
        """
        INSERT INTO closing_answers (workspace, mentorship_id, user, words, thanks, answered_at)
        VALUES (:workspace, :mentorship_id, :user, :words, :thanks, :now)
        ON CONFLICT (workspace, mentorship_id, user)
        DO UPDATE SET words = excluded.words, thanks = excluded.thanks
        """,
        mentorship_id=mentorship_id,
        user=user,
        words=words,
        thanks=thanks,
    )


def keep_barriers(tx: Tx, mentorship_id: int, user: str, barriers: Collection[str]) -> None:
    """Store exactly these as what stood in the way of one of the two."""
    tx.execute(
        """DELETE FROM closing_barriers WHERE workspace = :workspace
            AND mentorship_id = :mentorship_id AND user = :user""",
        mentorship_id=mentorship_id,
        user=user,
    )
    for barrier in sorted(set(barriers)):
        tx.execute(
            """INSERT INTO closing_barriers (workspace, mentorship_id, user, barrier)
               VALUES (:workspace, :mentorship_id, :user, :barrier)""",
            mentorship_id=mentorship_id,
            user=user,
            barrier=barrier,
        )


def barriers(tx: Tx) -> dict[str, int]:
    """How many people named each of what stood in the way."""
    rows = tx.rows(
        """SELECT barrier, COUNT(DISTINCT user) AS people FROM closing_barriers
            WHERE workspace = :workspace GROUP BY barrier"""
    )
    return {row["barrier"]: row["people"] for row in rows}


def told_the_programme(tx: Tx, limit: int) -> tuple[list[str], int]:
    """What was last written to those who run it, without who or when; and how many people wrote."""
    people: int = tx.value(
        """SELECT COUNT(DISTINCT user) FROM closing_answers
            WHERE workspace = :workspace AND words <> ''"""
    )
    rows = tx.rows(
        """SELECT words FROM (SELECT words FROM closing_answers
                               WHERE workspace = :workspace AND words <> ''
                               ORDER BY answered_at DESC LIMIT :limit) AS latest ORDER BY words""",
        limit=limit,
    )
    return [row["words"] for row in rows], people


def thanks_of(tx: Tx, mentorship_id: int, user: str) -> str:
    """The thank-you one of the two wrote in the end; empty if none."""
    words: str | None = tx.value(
        """SELECT thanks FROM closing_answers WHERE workspace = :workspace
            AND mentorship_id = :mentorship_id AND user = :user""",
        mentorship_id=mentorship_id,
        user=user,
    )
    return words or ""


def keep_outcomes(
    tx: Tx, mentorship_id: int, occasion: str, user: str, reached: Mapping[str, bool]
) -> None:
    """Store which outcomes one of the two reports, and which not; answering again changes it."""
    for outcome, was in sorted(reached.items()):
        tx.execute(
            """
            INSERT INTO outcome_answers (workspace, mentorship_id, occasion, user, outcome, reached,
                                         answered_at)
            VALUES (:workspace, :mentorship_id, :occasion, :user, :outcome, :reached, :now)
            ON CONFLICT (workspace, mentorship_id, occasion, user, outcome)
            DO UPDATE SET reached = excluded.reached, answered_at = excluded.answered_at
            """,
            mentorship_id=mentorship_id,
            occasion=occasion,
            user=user,
            outcome=outcome,
            reached=int(was),
        )


def answered_outcomes(tx: Tx, mentorship_id: int, occasion: str, user: str) -> bool:
    """Whether one of the two has said what came of it."""
    return bool(
        tx.value(
            """SELECT 1 FROM outcome_answers WHERE workspace = :workspace
                AND mentorship_id = :mentorship_id AND occasion = :occasion AND user = :user""",
            mentorship_id=mentorship_id,
            occasion=occasion,
            user=user,
        )
    )


def outcomes(tx: Tx, occasion: str) -> dict[str, tuple[int, int, int]]:
    """In how many answers each outcome was reported: by outcome, (reached, asked, people)."""
    rows = tx.rows(
        """SELECT outcome, SUM(reached) AS reached, COUNT(*) AS asked,
                  COUNT(DISTINCT user) AS people FROM outcome_answers
            WHERE workspace = :workspace AND occasion = :occasion GROUP BY outcome""",
        occasion=occasion,
    )
    return {row["outcome"]: (row["reached"], row["asked"], row["people"]) for row in rows}


def answered_closing(tx: Tx, mentorship_id: int, user: str) -> bool:
    """Whether one of the two has answered the closing survey."""
    return bool(
        tx.value(
            """SELECT 1 FROM closing_answers WHERE workspace = :workspace
                AND mentorship_id = :mentorship_id AND user = :user""",
            mentorship_id=mentorship_id,
            user=user,
        )
    )
