"""Queries about who would like a circle, and about circles that are proposed."""

from collections.abc import Iterable

from storage.database import Row, Tx
from storage.records import CareerStage, CircleWish, FormingState, ProposedForming


def wish(tx: Tx, wanted: CircleWish) -> None:
    """Store that somebody would like a circle, in place of what they said before."""
    tx.execute(
        """
        INSERT INTO wishes (workspace, user, stage, days, hours, discipline, site, wished_at)
        VALUES (:workspace, :user, :stage, :days, :hours, :discipline, :site, :now)
        ON CONFLICT (workspace, user) DO UPDATE SET stage = excluded.stage, days = excluded.days,
            hours = excluded.hours, discipline = excluded.discipline, site = excluded.site
        """,
        user=wanted.user,
        stage=wanted.stage,
        days=_numbers(wanted.days),
        hours=_numbers(wanted.hours),
        discipline=wanted.discipline,
        site=wanted.site,
    )
    tx.execute(
        "DELETE FROM wish_topics WHERE workspace = :workspace AND user = :user", user=wanted.user
    )
    for topic_id in sorted(set(wanted.topic_ids)):
        tx.execute(
            """INSERT INTO wish_topics (workspace, user, topic_id)
               SELECT workspace, :user, id FROM topics
                WHERE workspace = :workspace AND id = :topic_id""",
            user=wanted.user,
            topic_id=topic_id,
        )


def no_wish(tx: Tx, user: str) -> bool:
    """They would like no circle any more; False if they did not say they would."""
    tx.execute("DELETE FROM wish_topics WHERE workspace = :workspace AND user = :user", user=user)
    gone = tx.execute("DELETE FROM wishes WHERE workspace = :workspace AND user = :user", user=user)
    return gone.rowcount == 1


def wish_of(tx: Tx, user: str) -> CircleWish | None:
    """What somebody said they would like."""
    row = tx.row("SELECT * FROM wishes WHERE workspace = :workspace AND user = :user", user=user)
    return _wish(tx, row) if row else None


def wishes(tx: Tx, limit: int) -> list[CircleWish]:
    """Who would like a circle and is still there, the longest waiting first."""
    rows = tx.rows(
        """
        SELECT wishes.* FROM wishes
          JOIN members ON members.workspace = wishes.workspace AND members.user = wishes.user
         WHERE wishes.workspace = :workspace AND members.deactivated = 0 AND members.bot = 0
         ORDER BY wished_at, wishes.user LIMIT :limit
        """,
        limit=limit,
    )
    return [_wish(tx, row) for row in rows]


def wishing(tx: Tx) -> int:
    """How many would like a circle and are still there."""
    count: int = tx.value(
        """
        SELECT COUNT(*) FROM wishes
          JOIN members ON members.workspace = wishes.workspace AND members.user = wishes.user
         WHERE wishes.workspace = :workspace AND members.deactivated = 0 AND members.bot = 0
        """
    )
    return count


def companions(tx: Tx, user: str) -> list[str]:
    """With whom somebody has been in a circle."""
    rows = tx.rows(
        """
        SELECT DISTINCT others.user FROM circle_members AS own
          JOIN circle_members AS others ON others.workspace = own.workspace
               AND others.circle_id = own.circle_id AND others.user <> own.user
         WHERE own.workspace = :workspace AND own.user = :user
           AND own.standing <> 'waiting' AND others.standing <> 'waiting' ORDER BY others.user
        """,
        user=user,
    )
    return [row["user"] for row in rows]


def ask(tx: Tx, admin: str) -> int:
    """Have circles proposed to an admin; gives the id of the proposal."""
    forming_id: int = tx.value(
        """INSERT INTO formings (workspace, admin, asked_at) VALUES (:workspace, :admin, :now)
           RETURNING id""",
        admin=admin,
    )
    return forming_id


def running_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a proposal is asked for."""
    rows = tx.rows("SELECT DISTINCT workspace FROM formings WHERE state = 'running'")
    return [row[0] for row in rows]


def running(tx: Tx) -> list[int]:
    """The proposals asked for that are not made yet."""
    rows = tx.rows(
        "SELECT id FROM formings WHERE workspace = :workspace AND state = 'running' ORDER BY id"
    )
    return [row["id"] for row in rows]


def propose(
    tx: Tx,
    forming_id: int,
    groups: Iterable[tuple[int, Iterable[str]]],
    left: Iterable[tuple[str, str]],
) -> None:
    """Store the groups (an hour of the UTC week and people), and who has none and why."""
    for number, (hour, users) in enumerate(groups, 1):
        tx.execute(
            """INSERT INTO forming_groups (workspace, forming_id, number, hour)
               VALUES (:workspace, :forming_id, :number, :hour)""",
            forming_id=forming_id,
            number=number,
            hour=hour,
        )
        for user in users:
            put(tx, forming_id, user, number, None)
    for user, why in left:
        put(tx, forming_id, user, None, why)
    set_state(tx, forming_id, FormingState.DRAFT)


def put(tx: Tx, forming_id: int, user: str, number: int | None, why: str | None) -> None:
    """Put somebody into a group of the proposal, or (None) into none, with the reason.

    A reason given before stays the reason, also when they were in a group meanwhile.
    """
    tx.execute(
        """
        INSERT INTO forming_people (workspace, forming_id, user, number, why)
        VALUES (:workspace, :forming_id, :user, :number, :why)
        ON CONFLICT (workspace, forming_id, user) DO UPDATE
            SET number = excluded.number, why = COALESCE(forming_people.why, excluded.why)
        """,
        forming_id=forming_id,
        user=user,
        number=number,
        why=why,
    )


def set_state(tx: Tx, forming_id: int, state: FormingState) -> None:
    """The proposal stands so from now on."""
    tx.execute(
        "UPDATE formings SET state = :state WHERE workspace = :workspace AND id = :forming_id",
        forming_id=forming_id,
        state=state,
    )


def get(tx: Tx, forming_id: int) -> ProposedForming | None:
    """The proposal of this id in this workspace."""
    row = tx.row(
        """SELECT id, admin, state, asked_at FROM formings
            WHERE workspace = :workspace AND id = :forming_id""",
        forming_id=forming_id,
    )
    if row is None:
        return None
    people = tx.rows(
        """SELECT user, number, why FROM forming_people
            WHERE workspace = :workspace AND forming_id = :forming_id ORDER BY user""",
        forming_id=forming_id,
    )
    hours = tx.rows(
        """SELECT number, hour FROM forming_groups
            WHERE workspace = :workspace AND forming_id = :forming_id ORDER BY number""",
        forming_id=forming_id,
    )
    return ProposedForming(
        row["id"],
        row["admin"],
        FormingState(row["state"]),
        row["asked_at"],
        {
            each["number"]: (
                each["hour"],
                tuple(one["user"] for one in people if one["number"] == each["number"]),
            )
            for each in hours
        },
        {each["user"]: each["why"] or "" for each in people if each["number"] is None},
    )


def drafts_with(tx: Tx, user: str) -> list[int]:
    """The proposals not decided yet that somebody is in, in a group or left out."""
    rows = tx.rows(
        """SELECT formings.id FROM formings
             JOIN forming_people AS people ON people.workspace = formings.workspace
                  AND people.forming_id = formings.id
            WHERE formings.workspace = :workspace AND formings.state = 'draft'
              AND people.user = :user""",
        user=user,
    )
    return [row["id"] for row in rows]


def groups_approved(tx: Tx) -> int:
    """How many groups the proposals approved so far had."""
    count: int = tx.value(
        """SELECT COUNT(*) FROM forming_groups
             JOIN formings ON formings.workspace = forming_groups.workspace
                  AND formings.id = forming_groups.forming_id
            WHERE formings.workspace = :workspace AND formings.state = 'approved'"""
    )
    return count


def _numbers(values: Iterable[int]) -> str:
    return ",".join(str(value) for value in sorted(set(values)))


def _wish(tx: Tx, row: Row) -> CircleWish:
    topics = tx.rows(
        """SELECT topic_id FROM wish_topics
            WHERE workspace = :workspace AND user = :user ORDER BY topic_id""",
        user=row["user"],
    )
    return CircleWish(
        row["user"],
        CareerStage(row["stage"]) if row["stage"] else None,
        tuple(each["topic_id"] for each in topics),
        tuple(int(each) for each in row["days"].split(",") if each),
        tuple(int(each) for each in row["hours"].split(",") if each),
        row["discipline"],
        row["site"],
    )
