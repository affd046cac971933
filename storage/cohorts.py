"""Queries about who would like to be matched, and about the pairs that are proposed."""

from collections.abc import Iterable

from storage.database import Row, Tx
from storage.records.cohorts import Cohort, CohortState, Left, MatchWish, ProposedPair, Side

_NOT_AGAIN = "('asked', 'meeting', 'agreeing', 'active', 'paused', 'declined')"


def wish(tx: Tx, wanted: MatchWish) -> None:
    """Store that somebody would like to be matched on a side, in place of what they said before."""
    tx.execute(
        """
        INSERT INTO match_wishes (workspace, user, side, need, wished_at)
        VALUES (:workspace, :user, :side, :need, :now)
        ON CONFLICT (workspace, user, side) DO UPDATE SET need = excluded.need
        """,
        user=wanted.user,
        side=wanted.side,
        need=wanted.need,
    )
    _forget_choices(tx, wanted.user, wanted.side)
    for rank, other in enumerate(wanted.choices, 1):
        tx.execute(
            """INSERT INTO match_preferences (workspace, user, side, other, rank)
               VALUES (:workspace, :user, :side, :other, :rank)""",
            user=wanted.user,
            side=wanted.side,
            other=other,
            rank=rank,
        )


def no_wish(tx: Tx, user: str, side: Side) -> bool:
    """They would not like to be matched on this side any more; False if they did not say so."""
    _forget_choices(tx, user, side)
    gone = tx.execute(
        """DELETE FROM match_wishes
            WHERE workspace = :workspace AND user = :user AND side = :side""",
        user=user,
        side=side,
    )
    return gone.rowcount == 1


def _forget_choices(tx: Tx, user: str, side: Side) -> None:
    tx.execute(
        """DELETE FROM match_preferences
            WHERE workspace = :workspace AND user = :user AND side = :side""",
        user=user,
        side=side,
    )


def wishes_of(tx: Tx, user: str) -> dict[Side, MatchWish]:
    """What somebody would like, by side."""
    rows = tx.rows(
        "SELECT * FROM match_wishes WHERE workspace = :workspace AND user = :user", user=user
    )
    return {each.side: each for each in (_wish(tx, row) for row in rows)}


def wishes(tx: Tx, side: Side, limit: int) -> list[MatchWish]:
    """Who would like to be matched on a side, is there and does not pause; who waits longest first.

    Who pauses keeps their wish, for a round after that.
    """
    rows = tx.rows(
        """
        SELECT match_wishes.* FROM match_wishes
          JOIN members
            ON members.workspace = match_wishes.workspace AND members.user = match_wishes.user
          LEFT JOIN profiles
            ON profiles.workspace = match_wishes.workspace AND profiles.user = match_wishes.user
         WHERE match_wishes.workspace = :workspace AND side = :side
           AND members.deactivated = 0 AND members.bot = 0 AND members.guest = 0
           AND COALESCE(profiles.paused_until, 0) <= :now
         ORDER BY wished_at, match_wishes.user LIMIT :limit
        """,
        side=side,
        limit=limit,
    )
    return [_wish(tx, row) for row in rows]


def waiting(tx: Tx, side: Side) -> int:
    """How many would like to be matched on a side, whether they are there just now or not."""
    count: int = tx.value(
        "SELECT COUNT(*) FROM match_wishes WHERE workspace = :workspace AND side = :side",
        side=side,
    )
    return count


def never_with(tx: Tx, user: str) -> frozenset[str]:
    """Whom not to match somebody with: kept apart, together in some way, or one has said no.

    After a first meeting that is told nobody: the mentorship has lapsed.
    """
    rows = tx.rows(
        f"""
        SELECT excluded AS other FROM exclusions WHERE workspace = :workspace AND user = :user
        UNION SELECT user FROM exclusions WHERE workspace = :workspace AND excluded = :user
        UNION SELECT mentor FROM mentorships WHERE workspace = :workspace AND mentee = :user
                 AND (state IN {_NOT_AGAIN} OR (state = 'lapsed' AND met_at IS NOT NULL))
        UNION SELECT mentee FROM mentorships WHERE workspace = :workspace AND mentor = :user
                 AND (state IN {_NOT_AGAIN} OR (state = 'lapsed' AND met_at IS NOT NULL))
        """,
        user=user,
    )
    return frozenset(row["other"] for row in rows)


def ask(tx: Tx, admin: str) -> int:
    """Have pairs proposed to an admin; gives the id of the cohort."""
    cohort_id: int = tx.value(
        """INSERT INTO cohorts (workspace, admin, asked_at) VALUES (:workspace, :admin, :now)
           RETURNING id""",
        admin=admin,
    )
    return cohort_id


def running_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which pairs are asked for."""
    rows = tx.rows("SELECT DISTINCT workspace FROM cohorts WHERE state = 'running'")
    return [row[0] for row in rows]


def running(tx: Tx) -> list[int]:
    """The cohorts asked for that are not matched yet."""
    rows = tx.rows(
        "SELECT id FROM cohorts WHERE workspace = :workspace AND state = 'running' ORDER BY id"
    )
    return [row["id"] for row in rows]


def propose(tx: Tx, cohort_id: int, pairs: Iterable[ProposedPair], left: Iterable[Left]) -> None:
    """Store the pairs, and who is left and why."""
    for pair in pairs:
        put_pair(tx, cohort_id, pair)
    for each in left:
        put_left(tx, cohort_id, each)
    set_state(tx, cohort_id, CohortState.DRAFT)


def put_pair(tx: Tx, cohort_id: int, pair: ProposedPair) -> None:
    """Give a mentee this mentor in the proposal; neither is left on their side any more."""
    tx.execute(
        """
        INSERT INTO cohort_pairs (workspace, cohort_id, mentee, mentor, worth)
        VALUES (:workspace, :cohort_id, :mentee, :mentor, :worth)
        ON CONFLICT (workspace, cohort_id, mentee) DO UPDATE
            SET mentor = excluded.mentor, worth = excluded.worth
        """,
        cohort_id=cohort_id,
        mentee=pair.mentee,
        mentor=pair.mentor,
        worth=pair.worth,
    )
    tx.execute(
        """
        DELETE FROM cohort_left WHERE workspace = :workspace AND cohort_id = :cohort_id
           AND (user = :mentee AND side = 'mentee' OR user = :mentor AND side = 'mentor')
        """,
        cohort_id=cohort_id,
        mentee=pair.mentee,
        mentor=pair.mentor,
    )


def part(tx: Tx, cohort_id: int, mentee: str) -> None:
    """Take a mentee's pair out of the proposal."""
    tx.execute(
        """DELETE FROM cohort_pairs
            WHERE workspace = :workspace AND cohort_id = :cohort_id AND mentee = :mentee""",
        cohort_id=cohort_id,
        mentee=mentee,
    )


def put_left(tx: Tx, cohort_id: int, left: Left) -> None:
    """Note who is left on a side and why."""
    tx.execute(
        """
        INSERT INTO cohort_left (workspace, cohort_id, user, side, why)
        VALUES (:workspace, :cohort_id, :user, :side, :why)
        ON CONFLICT (workspace, cohort_id, user, side) DO UPDATE SET why = excluded.why
        """,
        cohort_id=cohort_id,
        user=left.user,
        side=left.side,
        why=left.why,
    )


def set_state(tx: Tx, cohort_id: int, state: CohortState) -> None:
    """The proposal stands so from now on."""
    tx.execute(
        "UPDATE cohorts SET state = :state WHERE workspace = :workspace AND id = :cohort_id",
        cohort_id=cohort_id,
        state=state,
    )


def get(tx: Tx, cohort_id: int) -> Cohort | None:
    """The cohort of this id in this workspace; its weakest pairs come first."""
    row = tx.row(
        """SELECT id, admin, state FROM cohorts
            WHERE workspace = :workspace AND id = :cohort_id""",
        cohort_id=cohort_id,
    )
    if row is None:
        return None
    pairs = tx.rows(
        """SELECT mentee, mentor, worth FROM cohort_pairs
            WHERE workspace = :workspace AND cohort_id = :cohort_id ORDER BY worth, mentee""",
        cohort_id=cohort_id,
    )
    left = tx.rows(
        """SELECT user, side, why FROM cohort_left
            WHERE workspace = :workspace AND cohort_id = :cohort_id ORDER BY side, why, user""",
        cohort_id=cohort_id,
    )
    return Cohort(
        row["id"],
        row["admin"],
        CohortState(row["state"]),
        {each["mentee"]: ProposedPair(*each) for each in pairs},
        tuple(Left(each["user"], Side(each["side"]), each["why"]) for each in left),
    )


def _wish(tx: Tx, row: Row) -> MatchWish:
    choices = tx.rows(
        """SELECT other FROM match_preferences
            WHERE workspace = :workspace AND user = :user AND side = :side ORDER BY rank""",
        user=row["user"],
        side=row["side"],
    )
    return MatchWish(
        row["user"], Side(row["side"]), tuple(each["other"] for each in choices), row["need"]
    )
