"""Queries about people: members, the experts among them, and whom not to bring together."""

from collections.abc import Iterable, Sequence

from storage import search, turns
from storage.database import Row, Tx
from storage.records import Expert, Member, TopicSource, WorkingHours
from storage.topics import topic_from

_MEMBER = "user, name, zone, email, workspace_admin, guest, bot, deactivated"


def keep(tx: Tx, member: Member) -> None:
    """Store what Slack says of a person now."""
    tx.execute(
        """
        INSERT INTO members (workspace, user, name, zone, email, workspace_admin, guest, bot,
                             deactivated, synced_at)
        VALUES (:workspace, :user, :name, :zone, :email, :workspace_admin, :guest, :bot,
                :deactivated, :now)
        ON CONFLICT (workspace, user) DO UPDATE SET
            name = excluded.name, zone = excluded.zone, email = COALESCE(excluded.email, email),
            workspace_admin = excluded.workspace_admin, guest = excluded.guest,
            bot = excluded.bot, deactivated = excluded.deactivated, synced_at = excluded.synced_at
        """,
        user=member.user,
        name=member.name,
        zone=member.zone,
        email=member.email,
        workspace_admin=member.workspace_admin,
        guest=member.guest,
        bot=member.bot,
        deactivated=member.deactivated,
    )
    if tx.value(
        "SELECT 1 FROM experts WHERE workspace = :workspace AND user = :user", user=member.user
    ):
        turns.place(tx, member.user)


def get(tx: Tx, user: str) -> Member | None:
    """The member of this id, if the bot knows them."""
    row = tx.row(
        f"SELECT {_MEMBER} FROM members WHERE workspace = :workspace AND user = :user", user=user
    )
    return _member(row) if row else None


def by_email(tx: Tx, email: str) -> Member | None:
    """The member of this address, whatever its case; who has left only if nobody else has it."""
    row = tx.row(
        f"""SELECT {_MEMBER} FROM members
             WHERE workspace = :workspace AND LOWER(email) = LOWER(:email)
             ORDER BY deactivated""",
        email=email,
    )
    return _member(row) if row else None


def active(tx: Tx) -> list[str]:
    """The ids of all who are not deactivated."""
    rows = tx.rows(
        "SELECT user FROM members WHERE workspace = :workspace AND deactivated = 0 ORDER BY user"
    )
    return [row["user"] for row in rows]


def workspaces(tx: Tx) -> list[str]:
    """Every workspace the store knows members of."""
    return [row[0] for row in tx.rows("SELECT DISTINCT workspace FROM members ORDER BY workspace")]


def messages_channel(tx: Tx, user: str) -> str | None:
    """The person's direct messages with the bot, if they were opened before."""
    channel: str | None = tx.value(
        "SELECT messages_channel FROM members WHERE workspace = :workspace AND user = :user",
        user=user,
    )
    return channel


def keep_messages_channel(tx: Tx, user: str, channel: str | None) -> None:
    """Remember the person's direct messages with the bot; None forgets them."""
    tx.execute(
        """UPDATE members SET messages_channel = :channel
            WHERE workspace = :workspace AND user = :user""",
        user=user,
        channel=channel,
    )


def quiet(tx: Tx, user: str) -> tuple[int, int] | None:
    """From when until when the person is in do-not-disturb, as Slack last said; None if never."""
    row = tx.row(
        """SELECT quiet_from, quiet_until FROM members
            WHERE workspace = :workspace AND user = :user AND quiet_until IS NOT NULL""",
        user=user,
    )
    return (row["quiet_from"], row["quiet_until"]) if row else None


def keep_quiet(tx: Tx, user: str, quiet: tuple[int, int] | None) -> None:
    """Remember when the person is in do-not-disturb."""
    starts, ends = quiet or (None, None)
    tx.execute(
        """UPDATE members SET quiet_from = :starts, quiet_until = :ends
            WHERE workspace = :workspace AND user = :user""",
        user=user,
        starts=starts,
        ends=ends,
    )


def expert(tx: Tx, user: str) -> Expert | None:
    """The expert, with their topics in alphabetical order; None if they take no questions."""
    row = tx.row(
        """
        SELECT experts.*, members.zone FROM experts
          LEFT JOIN members ON members.workspace = experts.workspace AND members.user = experts.user
         WHERE experts.workspace = :workspace AND experts.user = :user
        """,
        user=user,
    )
    if row is None:
        return None
    topics = tx.rows(
        """
        SELECT topics.* FROM expert_topics JOIN topics ON topics.id = expert_topics.topic_id
         WHERE expert_topics.workspace = :workspace AND user = :user ORDER BY name
        """,
        user=user,
    )
    return Expert(
        user=row["user"],
        about=row["about"],
        capacity=row["capacity"],
        hours=hours_from(row),
        paused_until=row["paused_until"],
        topics=tuple(topic_from(topic) for topic in topics),
    )


def expert_hours(tx: Tx, user: str) -> WorkingHours | None:
    """When the expert works; None if they take no questions."""
    row = tx.row(
        """
        SELECT starts, ends, days, members.zone FROM experts
          LEFT JOIN members ON members.workspace = experts.workspace AND members.user = experts.user
         WHERE experts.workspace = :workspace AND experts.user = :user
        """,
        user=user,
    )
    return hours_from(row) if row else None


def experts(tx: Tx, limit: int = 100) -> list[Expert]:
    """The workspace's experts, those asked most lately first."""
    rows = tx.rows(
        """SELECT user FROM experts WHERE workspace = :workspace
            ORDER BY last_asked_at DESC, user LIMIT :limit""",
        limit=limit,
    )
    found = (expert(tx, row["user"]) for row in rows)
    return [each for each in found if each]


def keep_expert(tx: Tx, wanted: Expert, *, tagged_by: str) -> bool:
    """Store an expert's line, capacity, hours and exactly these topics; True if they are new.

    Their pause is left alone, and so is their turn in routing.
    """
    known = tx.value(
        "SELECT 1 FROM experts WHERE workspace = :workspace AND user = :user", user=wanted.user
    )
    tx.execute(
        """
        INSERT INTO experts (workspace, user, about, capacity, starts, ends, days, tagged_by)
        VALUES (:workspace, :user, :about, :capacity, :starts, :ends, :days, :tagged_by)
        ON CONFLICT (workspace, user) DO UPDATE SET about = excluded.about,
            capacity = excluded.capacity, starts = excluded.starts, ends = excluded.ends,
            days = excluded.days
        """,
        user=wanted.user,
        about=wanted.about,
        capacity=wanted.capacity,
        starts=wanted.hours.starts,
        ends=wanted.hours.ends,
        days="".join(str(day) for day in wanted.hours.days),
        tagged_by=tagged_by,
    )
    turns.place(tx, wanted.user)
    source = TopicSource.DECLARED if tagged_by == wanted.user else TopicSource.ADMIN
    _keep_topics(tx, wanted.user, [topic.id for topic in wanted.topics], source)
    return not known


def _keep_topics(tx: Tx, user: str, topic_ids: Sequence[int], source: TopicSource) -> None:
    held = {
        row["topic_id"]
        for row in tx.rows(
            "SELECT topic_id FROM expert_topics WHERE workspace = :workspace AND user = :user",
            user=user,
        )
    }
    for topic_id in held - set(topic_ids):
        tx.execute(
            """DELETE FROM expert_topics
                WHERE workspace = :workspace AND user = :user AND topic_id = :topic_id""",
            user=user,
            topic_id=topic_id,
        )
    for topic_id in sorted(set(topic_ids) - held):
        add_topic(tx, user, topic_id, source)


def add_topic(tx: Tx, user: str, topic_id: int, source: TopicSource) -> None:
    """Give an expert one more topic; their turn under it is the one they have already."""
    tx.execute(
        """
        INSERT INTO expert_topics (workspace, topic_id, user, source, shift, turn_at)
        SELECT :workspace, :topic_id, user, :source, shift, turn_at FROM experts
         WHERE workspace = :workspace AND user = :user
        ON CONFLICT DO NOTHING
        """,
        user=user,
        topic_id=topic_id,
        source=source,
    )


def remove_expert(tx: Tx, user: str) -> None:
    """They take no more questions; what they answered stays in the ledger."""
    for table in ("expert_topics", "expert_words", "experts"):
        tx.execute(f"DELETE FROM {table} WHERE workspace = :workspace AND user = :user", user=user)


def describe(tx: Tx, user: str, words: frozenset[str]) -> None:
    """Make an expert findable by the words of their line."""
    search.index_words(tx, user, words)


def asked_now(tx: Tx, user: str) -> None:
    """Put an expert at the end of the turn in every topic."""
    tx.execute(
        """UPDATE experts SET last_asked_at = :now, turn_at = :now
            WHERE workspace = :workspace AND user = :user""",
        user=user,
    )
    tx.execute(
        "UPDATE expert_topics SET turn_at = :now WHERE workspace = :workspace AND user = :user",
        user=user,
    )


def pause(tx: Tx, user: str, until: int | None) -> bool:
    """Pause an expert until an instant (None: they are back); False if they are no expert."""
    paused = tx.execute(
        "UPDATE experts SET paused_until = :until WHERE workspace = :workspace AND user = :user",
        user=user,
        until=until,
    ).rowcount
    turns.place(tx, user)
    return paused == 1


def paused_until(tx: Tx, user: str) -> int | None:
    """Until when the person wants nothing from the bot; None if they never said so."""
    until: int | None = tx.value(
        """
        SELECT MAX(until) FROM (
            SELECT paused_until AS until FROM profiles
             WHERE workspace = :workspace AND user = :user
            UNION ALL
            SELECT paused_until FROM experts
             WHERE workspace = :workspace AND user = :user) AS pauses
        """,
        user=user,
    )
    return until


def leave_out(tx: Tx, user: str, excluded: Iterable[str]) -> None:
    """From now on never bring `user` together with exactly these people."""
    tx.execute("DELETE FROM exclusions WHERE workspace = :workspace AND user = :user", user=user)
    for other in sorted(set(excluded) - {user}):
        tx.execute(
            "INSERT INTO exclusions (workspace, user, excluded) VALUES (:workspace, :user, :other)",
            user=user,
            other=other,
        )


def left_out_by(tx: Tx, user: str) -> list[str]:
    """Whom `user` asked never to be brought together with."""
    rows = tx.rows(
        """SELECT excluded FROM exclusions WHERE workspace = :workspace AND user = :user
            ORDER BY excluded""",
        user=user,
    )
    return [row["excluded"] for row in rows]


def keeps_apart(tx: Tx, user: str) -> bool:
    """Whether there is anybody with whom they are not to be brought together."""
    return bool(
        tx.value(
            """SELECT 1 FROM exclusions
                WHERE workspace = :workspace AND (user = :user OR excluded = :user) LIMIT 1""",
            user=user,
        )
    )


def kept_apart(tx: Tx, one: str, other: str) -> bool:
    """Whether either asked not to be brought together with the other."""
    return bool(
        tx.value(
            """
            SELECT 1 FROM exclusions WHERE workspace = :workspace
               AND ((user = :one AND excluded = :other) OR (user = :other AND excluded = :one))
            """,
            one=one,
            other=other,
        )
    )


def hours_from(row: Row) -> WorkingHours:
    """Working hours out of a row that joins `experts` with the member's zone."""
    return WorkingHours(
        starts=row["starts"],
        ends=row["ends"],
        days=tuple(int(day) for day in row["days"]),
        zone=row["zone"] or "UTC",
    )


def _member(row: Row) -> Member:
    values = dict(row)
    for flag in ("workspace_admin", "guest", "bot", "deactivated"):
        values[flag] = bool(values[flag])
    return Member(**values)
