"""The programme's topics: their names, synonyms, class and fallback channel."""

from collections.abc import Collection, Iterable, Mapping

from storage.database import Row, Tx
from storage.records import ConsultState, Outcome, Topic, TopicClass, Wait


def keep(tx: Tx, topic: Topic, words: Collection[str], tags: Mapping[str, str | None]) -> bool:
    """Store a topic under its name and exactly these words and tags; True if it is new.

    Questions find it by `words`; `tags` maps each tag to the synonym it stands for (None: the
    name).
    """
    known = tx.value(
        "SELECT id FROM topics WHERE workspace = :workspace AND name = :name", name=topic.name
    )
    topic_id = tx.value(
        """
        INSERT INTO topics (workspace, name, topic_class, fallback_channel)
        VALUES (:workspace, :name, :topic_class, :fallback_channel)
        ON CONFLICT (workspace, name) DO UPDATE SET topic_class = excluded.topic_class,
            fallback_channel = excluded.fallback_channel
        RETURNING id
        """,
        name=topic.name,
        topic_class=topic.topic_class,
        fallback_channel=topic.fallback_channel,
    )
    for table in ("topic_words", "topic_tags"):
        tx.execute(
            f"DELETE FROM {table} WHERE workspace = :workspace AND topic_id = :topic_id",
            topic_id=topic_id,
        )
    for word in sorted(words):
        tx.execute(
            """INSERT INTO topic_words (workspace, word, topic_id)
               VALUES (:workspace, :word, :topic_id)""",
            word=word,
            topic_id=topic_id,
        )
    for tag, synonym in tags.items():
        tx.execute(
            """INSERT INTO topic_tags (workspace, tag, topic_id, synonym)
               VALUES (:workspace, :tag, :topic_id, :synonym)""",
            tag=tag,
            topic_id=topic_id,
            synonym=synonym,
        )
    return not known


def every(tx: Tx) -> list[Topic]:
    """All topics of the programme, by name."""
    rows = tx.rows("SELECT * FROM topics WHERE workspace = :workspace ORDER BY name")
    synonyms: dict[int, list[str]] = {}
    for row in tx.rows(
        """SELECT topic_id, synonym FROM topic_tags
            WHERE workspace = :workspace AND synonym IS NOT NULL ORDER BY synonym"""
    ):
        synonyms.setdefault(row["topic_id"], []).append(row["synonym"])
    return [topic_from(row, synonyms.get(row["id"], ())) for row in rows]


def these(tx: Tx, ids: Collection[int]) -> list[Topic]:
    """The topics of these ids, as far as they are this programme's, by name."""
    return [topic for topic in every(tx) if topic.id in ids] if ids else []


def personal(tx: Tx) -> list[Topic]:
    """The topics of the personal class, with their synonyms, by name."""
    rows = tx.rows(
        """
        SELECT topics.*, synonym FROM topics
          LEFT JOIN topic_tags ON topic_tags.workspace = topics.workspace
                AND topic_tags.topic_id = topics.id AND synonym IS NOT NULL
         WHERE topics.workspace = :workspace AND topic_class = 'personal' ORDER BY name, synonym
        """
    )
    synonyms: dict[int, list[str]] = {}
    for row in rows:
        synonyms.setdefault(row["id"], []).extend([row["synonym"]] if row["synonym"] else [])
    return [
        topic_from(row, synonyms[row["id"]]) for row in {row["id"]: row for row in rows}.values()
    ]


def latest(tx: Tx, topic_id: int, many: int) -> list[Wait]:
    """How the latest consults of a topic went, the newest first, `many` at most."""
    rows = tx.execute(
        """
        SELECT asked_at, state, closed_at, outcome, waited FROM (
            SELECT consult_id FROM consult_topics
             WHERE topic_id = :topic_id AND workspace = :workspace
             ORDER BY consult_id DESC LIMIT :many) AS last
          JOIN consults ON consults.id = last.consult_id
         ORDER BY consults.id DESC
        """,
        topic_id=topic_id,
        many=many,
    )
    return [
        Wait(
            row["asked_at"],
            ConsultState(row["state"]),
            row["closed_at"],
            Outcome(row["outcome"]) if row["outcome"] else None,
            row["waited"],
        )
        for row in rows
    ]


def of_consult(tx: Tx, consult_id: int) -> list[Topic]:
    """The topics of a consult, by name."""
    rows = tx.rows(
        """
        SELECT topics.* FROM consult_topics JOIN topics ON topics.id = consult_topics.topic_id
         WHERE consult_topics.workspace = :workspace AND consult_id = :consult_id ORDER BY name
        """,
        consult_id=consult_id,
    )
    return [topic_from(row) for row in rows]


def next_places(tx: Tx, topic_id: int, many: int) -> int:
    """Count the places that questions of this topic give away; `many` more, all of them so far."""
    places: int | None = tx.value(
        """UPDATE topics SET places = places + :many
            WHERE workspace = :workspace AND id = :topic_id RETURNING places""",
        topic_id=topic_id,
        many=many,
    )
    return places or 0


def topic_from(row: Row, synonyms: Iterable[str] = ()) -> Topic:
    """A topic out of its row."""
    return Topic(
        id=row["id"],
        name=row["name"],
        topic_class=TopicClass(row["topic_class"]),
        fallback_channel=row["fallback_channel"],
        synonyms=tuple(synonyms),
    )
