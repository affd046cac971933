"""Queries about what members say of themselves, and about their needs."""

from collections.abc import Iterable

from storage.database import Row, Tx
from storage.records import CareerStage, Topic, WorkingHours
from storage.records.profiles import Cover, Need, Profile
from storage.topics import topic_from

OFFERS, SEEKS = "offers", "seeks"


def get(tx: Tx, user: str) -> Profile:
    """What the member says of themselves; the usual values where they have said nothing yet."""
    row = tx.row(
        """
        SELECT profiles.*, members.zone FROM profiles
          LEFT JOIN members
            ON members.workspace = profiles.workspace AND members.user = profiles.user
         WHERE profiles.workspace = :workspace AND profiles.user = :user
        """,
        user=user,
    )
    if row is None:
        zone = tx.value(
            "SELECT zone FROM members WHERE workspace = :workspace AND user = :user", user=user
        )
        return Profile(user, hours=WorkingHours(zone=zone or "UTC"))
    return Profile(
        user=user,
        stage=CareerStage(row["stage"]) if row["stage"] else None,
        discipline=row["discipline"],
        site=row["site"],
        about=row["about"],
        mentees=row["mentees"],
        hours=WorkingHours(
            row["starts"],
            row["ends"],
            tuple(int(day) for day in row["days"]),
            row["zone"] or "UTC",
        ),
        paused_until=row["paused_until"],
        introduced=row["introduced"],
        offers=tuple(_topics(tx, user, OFFERS)),
        seeks=tuple(_topics(tx, user, SEEKS)),
    )


def keep(tx: Tx, profile: Profile) -> None:
    """Store a profile, with exactly these topics on each side."""
    tx.execute(
        """
        INSERT INTO profiles (workspace, user, stage, discipline, site, about, mentees, starts,
                              ends, days, paused_until, introduced, changed_at)
        VALUES (:workspace, :user, :stage, :discipline, :site, :about, :mentees, :starts,
                :ends, :days, :paused_until, :introduced, :now)
        ON CONFLICT (workspace, user) DO UPDATE SET stage = excluded.stage,
            discipline = excluded.discipline, site = excluded.site, about = excluded.about,
            mentees = excluded.mentees, starts = excluded.starts, ends = excluded.ends,
            days = excluded.days, paused_until = excluded.paused_until,
            introduced = excluded.introduced, changed_at = excluded.changed_at
        """,
        user=profile.user,
        stage=profile.stage,
        discipline=profile.discipline,
        site=profile.site,
        about=profile.about,
        mentees=profile.mentees,
        starts=profile.hours.starts,
        ends=profile.hours.ends,
        days="".join(str(day) for day in profile.hours.days),
        paused_until=profile.paused_until,
        introduced=profile.introduced,
    )
    _keep_topics(tx, profile.user, OFFERS, (topic.id for topic in profile.offers))
    _keep_topics(tx, profile.user, SEEKS, (topic.id for topic in profile.seeks))


def _keep_topics(tx: Tx, user: str, side: str, topic_ids: Iterable[int]) -> None:
    tx.execute(
        """DELETE FROM profile_topics
            WHERE workspace = :workspace AND user = :user AND side = :side""",
        user=user,
        side=side,
    )
    for topic_id in sorted(set(topic_ids)):
        tx.execute(
            """INSERT INTO profile_topics (workspace, user, topic_id, side)
               SELECT :workspace, :user, id, :side FROM topics
                WHERE workspace = :workspace AND id = :topic_id""",
            user=user,
            side=side,
            topic_id=topic_id,
        )


def _topics(tx: Tx, user: str, side: str) -> list[Topic]:
    rows = tx.rows(
        """
        SELECT topics.* FROM profile_topics JOIN topics ON topics.id = profile_topics.topic_id
         WHERE profile_topics.workspace = :workspace AND user = :user AND side = :side ORDER BY name
        """,
        user=user,
        side=side,
    )
    return [topic_from(row) for row in rows]


def pause(tx: Tx, user: str, until: int | None) -> None:
    """Have the bot say nothing of its own accord to them until an instant (None: it may again)."""
    tx.execute(
        """
        INSERT INTO profiles (workspace, user, paused_until, changed_at)
        VALUES (:workspace, :user, :until, :now)
        ON CONFLICT (workspace, user) DO UPDATE SET paused_until = excluded.paused_until
        """,
        user=user,
        until=until,
    )


def own_needs(tx: Tx) -> list[Need]:
    """The needs a programme has added to those shipped, or put in the place of one (same id)."""
    rows = tx.rows("SELECT * FROM needs WHERE workspace = :workspace ORDER BY stage, id")
    return [_need(row) for row in rows]


def keep_need(tx: Tx, need: Need) -> bool:
    """Store one of a programme's own needs; True if it is new."""
    known = tx.value("SELECT 1 FROM needs WHERE workspace = :workspace AND key = :key", key=need.id)
    tx.execute(
        """
        INSERT INTO needs (workspace, key, stage, name, about, topics)
        VALUES (:workspace, :key, :stage, :name, :about, :topics)
        ON CONFLICT (workspace, key) DO UPDATE SET stage = excluded.stage, name = excluded.name,
            about = excluded.about, topics = excluded.topics
        """,
        key=need.id,
        stage=need.stage,
        name=need.name,
        about=need.about,
        topics=";".join(need.topics),
    )
    return not known


def _need(row: Row) -> Need:
    topics = tuple(each for each in row["topics"].split(";") if each)
    return Need(row["key"], CareerStage(row["stage"]), row["name"], row["about"], topics)


def covers_of(tx: Tx, user: str) -> list[Cover]:
    """Which needs the member says are met, and by whom."""
    rows = tx.rows(
        """SELECT need, covered_by FROM covers
            WHERE workspace = :workspace AND user = :user ORDER BY need""",
        user=user,
    )
    return [Cover(row["need"], row["covered_by"]) for row in rows]


def cover(tx: Tx, user: str, need: str, by: str | None) -> None:
    """Note that a need of the member's is met, by a colleague or (None) by nobody here."""
    tx.execute(
        """
        INSERT INTO covers (workspace, user, need, covered_by, since)
        VALUES (:workspace, :user, :need, :by, :now)
        ON CONFLICT (workspace, user, need) DO UPDATE SET covered_by = excluded.covered_by
        """,
        user=user,
        need=need,
        by=by,
    )


def uncover(tx: Tx, user: str, need: str) -> None:
    """Note that a need of the member's is open again."""
    tx.execute(
        "DELETE FROM covers WHERE workspace = :workspace AND user = :user AND need = :need",
        user=user,
        need=need,
    )
