"""Queries about circles and who is in them."""

from collections.abc import Collection
from datetime import date

from storage.database import Row, Tx
from storage.records import (
    Beat,
    CareerStage,
    Circle,
    CircleDraft,
    CircleMember,
    CircleState,
    Rhythm,
    Standing,
)
from storage.topics import topic_from

_CIRCLE = (
    "id, name, purpose, stage, size, private, rhythm, first_on, minutes, zone, sessions, state,"
    " founder, founded_at, channel, fault, furnished, quiet"
)
_MEMBER = "user, standing, since, present, led, last_led_at, heard_at"


def add(tx: Tx, founder: str, draft: CircleDraft) -> int:
    """Store a new circle; gives its id. It has no members yet."""
    circle_id: int = tx.value(
        """
        INSERT INTO circles (workspace, name, purpose, stage, size, private, rhythm, first_on,
                             minutes, zone, sessions, founder, founded_at, channel)
        VALUES (:workspace, :name, :purpose, :stage, :size, :private, :rhythm, :first_on,
                :minutes, :zone, :sessions, :founder, :now, :channel)
        RETURNING id
        """,
        name=draft.name,
        purpose=draft.purpose,
        stage=draft.stage,
        size=draft.size,
        private=int(draft.private),
        rhythm=draft.rhythm,
        first_on=draft.first_on.isoformat(),
        minutes=draft.minutes,
        zone=draft.zone,
        sessions=draft.sessions,
        founder=founder,
        channel=draft.channel,
    )
    _add_topics(tx, circle_id, draft.topic_ids)
    return circle_id


def _add_topics(tx: Tx, circle_id: int, topic_ids: Collection[int]) -> None:
    for topic_id in sorted(topic_ids):
        tx.execute(
            """
            INSERT INTO circle_topics (workspace, circle_id, topic_id)
            SELECT workspace, :circle_id, id FROM topics
             WHERE workspace = :workspace AND id = :topic_id
            """,
            circle_id=circle_id,
            topic_id=topic_id,
        )


def get(tx: Tx, circle_id: int) -> Circle | None:
    """The circle of this id in this workspace."""
    row = tx.row(
        f"SELECT {_CIRCLE} FROM circles WHERE workspace = :workspace AND id = :circle_id",
        circle_id=circle_id,
    )
    return _circle(tx, row) if row else None


def in_channel(tx: Tx, channel: str) -> Circle | None:
    """The circle whose channel this is."""
    row = tx.row(
        f"SELECT {_CIRCLE} FROM circles WHERE workspace = :workspace AND channel = :channel",
        channel=channel,
    )
    return _circle(tx, row) if row else None


def with_channel(tx: Tx, after: int, limit: int) -> list[tuple[int, str]]:
    """Circles beyond the id `after` that are not ended and have a channel: ids of both."""
    rows = tx.rows(
        """SELECT id, channel FROM circles WHERE workspace = :workspace AND id > :after
            AND state IN ('active', 'paused') AND channel IS NOT NULL ORDER BY id LIMIT :limit""",
        after=after,
        limit=limit,
    )
    return [(row["id"], row["channel"]) for row in rows]


def joinable(tx: Tx, limit: int) -> list[Circle]:
    """Open circles that are not ended: those that meet before those that rest, by name."""
    found: list[Circle] = []
    # One state after the other, as the index has them: all circles are never sorted.
    for state in (CircleState.ACTIVE, CircleState.PAUSED):
        rows = tx.rows(
            f"""SELECT {_CIRCLE} FROM circles WHERE workspace = :workspace AND state = :state
                 AND private = 0 ORDER BY name, id LIMIT :limit""",
            state=state,
            limit=limit - len(found),
        )
        found += [_circle(tx, row) for row in rows]
    return found


def of_member(tx: Tx, user: str) -> list[Circle]:
    """The circles somebody is in that are not ended, by name."""
    rows = tx.rows(
        f"""SELECT {_CIRCLE} FROM circles WHERE workspace = :workspace
             AND state IN ('active', 'paused')
             AND id IN (SELECT circle_id FROM circle_members
                         WHERE workspace = :workspace AND user = :user AND standing = 'in')
             ORDER BY name, id""",
        user=user,
    )
    return [_circle(tx, row) for row in rows]


def touching(tx: Tx, user: str) -> list[int]:
    """The ids of circles not ended that somebody is in or waits for."""
    rows = tx.rows(
        """SELECT circle_id FROM circle_members JOIN circles ON circles.id = circle_id
            WHERE circle_members.workspace = :workspace AND user = :user
              AND standing IN ('in', 'waiting') AND state IN ('active', 'paused')
            ORDER BY circle_id""",
        user=user,
    )
    return [row["circle_id"] for row in rows]


def set_state(tx: Tx, circle_id: int, state: CircleState) -> None:
    """The circle goes on, rests or is over."""
    tx.execute(
        "UPDATE circles SET state = :state WHERE workspace = :workspace AND id = :circle_id",
        circle_id=circle_id,
        state=state,
    )


def keep_channel(tx: Tx, circle_id: int, channel: str | None, fault: str | None) -> None:
    """Note the channel the circle has, or why Slack did not let it have one."""
    tx.execute(
        """UPDATE circles SET channel = COALESCE(:channel, channel), fault = :fault
            WHERE workspace = :workspace AND id = :circle_id""",
        circle_id=circle_id,
        channel=channel,
        fault=fault,
    )


def adopt_channel(tx: Tx, circle_id: int, channel: str) -> None:
    """Have the circle meet in a channel in which nothing is set and nobody is known to be yet.

    A circle that has ended and met there keeps it no longer.
    """
    tx.execute(
        """UPDATE circles SET channel = NULL
            WHERE workspace = :workspace AND channel = :channel AND state = 'ended'""",
        channel=channel,
    )
    tx.execute(
        """UPDATE circles SET channel = :channel, fault = NULL, furnished = 0
            WHERE workspace = :workspace AND id = :circle_id""",
        circle_id=circle_id,
        channel=channel,
    )
    tx.execute(
        """UPDATE circle_members SET present = 0
            WHERE workspace = :workspace AND circle_id = :circle_id""",
        circle_id=circle_id,
    )


def give_up_channel(tx: Tx, circle_id: int, fault: str) -> None:
    """Have the circle meet nowhere: why the channel it was given does not suit it."""
    tx.execute(
        """UPDATE circles SET channel = NULL, fault = :fault
            WHERE workspace = :workspace AND id = :circle_id""",
        circle_id=circle_id,
        fault=fault,
    )


def channel_is_back(tx: Tx, circle_id: int) -> None:
    """Nothing is wrong with its channel any more; it is looked at and described anew."""
    tx.execute(
        """UPDATE circles SET fault = NULL, furnished = 0
            WHERE workspace = :workspace AND id = :circle_id""",
        circle_id=circle_id,
    )


def channel_changed(tx: Tx, old: str, new: str) -> None:
    """Slack has given a channel another id."""
    tx.execute(
        "UPDATE circles SET channel = :new WHERE workspace = :workspace AND channel = :old",
        old=old,
        new=new,
    )


def founded_by(tx: Tx, circle_id: int, user: str) -> None:
    """Have somebody else look after the circle, as its founder did."""
    tx.execute(
        "UPDATE circles SET founder = :user WHERE workspace = :workspace AND id = :circle_id",
        circle_id=circle_id,
        user=user,
    )


def set_rhythm(tx: Tx, circle_id: int, beat: Beat) -> None:
    """Have the circle meet in another rhythm; its channel is to be described anew."""
    tx.execute(
        """UPDATE circles SET rhythm = :rhythm, first_on = :first_on, minutes = :minutes,
                  zone = :zone, furnished = 0
            WHERE workspace = :workspace AND id = :circle_id""",
        circle_id=circle_id,
        rhythm=beat.rhythm,
        first_on=beat.first_on.isoformat(),
        minutes=beat.minutes,
        zone=beat.zone,
    )


def is_furnished(tx: Tx, circle_id: int) -> None:
    """Its channel has its topic and purpose."""
    tx.execute(
        "UPDATE circles SET furnished = 1 WHERE workspace = :workspace AND id = :circle_id",
        circle_id=circle_id,
    )


def keep_quiet(tx: Tx, circle_id: int, quiet: int) -> None:
    """Note how many sessions in a row nobody wrote in."""
    tx.execute(
        "UPDATE circles SET quiet = :quiet WHERE workspace = :workspace AND id = :circle_id",
        circle_id=circle_id,
        quiet=quiet,
    )


def members(tx: Tx, circle_id: int, standing: Standing = Standing.IN) -> list[CircleMember]:
    """Those who are in (or wait, or left), in the order they came."""
    rows = tx.rows(
        f"""SELECT {_MEMBER} FROM circle_members WHERE workspace = :workspace
             AND circle_id = :circle_id AND standing = :standing ORDER BY since, user""",
        circle_id=circle_id,
        standing=standing,
    )
    return [_member(row) for row in rows]


def everybody(tx: Tx, circle_id: int) -> list[CircleMember]:
    """Those who are in, wait or have left."""
    rows = tx.rows(
        f"""SELECT {_MEMBER} FROM circle_members WHERE workspace = :workspace
             AND circle_id = :circle_id ORDER BY since, user""",
        circle_id=circle_id,
    )
    return [_member(row) for row in rows]


def member(tx: Tx, circle_id: int, user: str) -> CircleMember | None:
    """What somebody is to the circle; None if they never were anything."""
    row = tx.row(
        f"""SELECT {_MEMBER} FROM circle_members
             WHERE workspace = :workspace AND circle_id = :circle_id AND user = :user""",
        circle_id=circle_id,
        user=user,
    )
    return _member(row) if row else None


def put(tx: Tx, circle_id: int, user: str, standing: Standing) -> bool:
    """Make somebody stand so from now on; False if they did already."""
    return (
        tx.execute(
            """
            INSERT INTO circle_members (workspace, circle_id, user, standing, since)
            SELECT workspace, id, :user, :standing, :now FROM circles
             WHERE workspace = :workspace AND id = :circle_id
            ON CONFLICT (workspace, circle_id, user) DO UPDATE
               SET standing = excluded.standing, since = excluded.since
             WHERE circle_members.standing <> excluded.standing
            """,
            circle_id=circle_id,
            user=user,
            standing=standing,
        ).rowcount
        == 1
    )


def presence(tx: Tx, circle_id: int, user: str, *, present: bool, heard_at: int = 0) -> None:
    """Note whether somebody is in the circle's channel; `heard_at`: since when (microseconds)."""
    tx.execute(
        """UPDATE circle_members SET present = :present,
                  heard_at = CASE WHEN :heard_at > heard_at THEN :heard_at ELSE heard_at END
            WHERE workspace = :workspace AND circle_id = :circle_id AND user = :user""",
        circle_id=circle_id,
        user=user,
        present=int(present),
        heard_at=heard_at,
    )


def has_led(tx: Tx, circle_id: int, user: str) -> None:
    """Count a session that somebody led now."""
    tx.execute(
        """UPDATE circle_members SET led = led + 1, last_led_at = :now
            WHERE workspace = :workspace AND circle_id = :circle_id AND user = :user""",
        circle_id=circle_id,
        user=user,
    )


def _circle(tx: Tx, row: Row) -> Circle:
    values = dict(row)
    topics = tx.rows(
        """
        SELECT topics.* FROM circle_topics JOIN topics ON topics.id = circle_topics.topic_id
         WHERE circle_topics.workspace = :workspace AND circle_id = :circle_id ORDER BY name
        """,
        circle_id=values["id"],
    )
    return Circle(
        **{
            **values,
            "stage": CareerStage(values["stage"]) if values["stage"] else None,
            "private": bool(values["private"]),
            "furnished": bool(values["furnished"]),
            "rhythm": Rhythm(values["rhythm"]),
            "first_on": date.fromisoformat(values["first_on"]),
            "state": CircleState(values["state"]),
        },
        topics=tuple(topic_from(topic) for topic in topics),
    )


def _member(row: Row) -> CircleMember:
    return CircleMember(
        **{
            **dict(row),
            "standing": Standing(row["standing"]),
            "present": bool(row["present"]),
        }
    )
