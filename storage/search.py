"""Who may know: experts by topic, in the order of their turn, and by words. Bounded at any size.

No walk reads more than WALK rows of an index, so that a topic with a million experts costs no more
than one with a few hundred: the turn (asked least lately first) makes the bound a fair one.
"""

from collections.abc import Collection, Iterator, Sequence

from storage.database import Row, Tx
from storage.records import Candidate, WorkingHours

WALK = 200
WORDS_AT_MOST = 24
WEEK = 7 * 24 * 3600

_CANDIDATE = """
    SELECT experts.user, about, capacity, starts, ends, days, paused_until, experts.last_asked_at,
           members.zone,
           (SELECT COUNT(*) FROM consults
             WHERE workspace = :workspace AND expert = experts.user AND accepted_at > :week_ago)
         + (SELECT COUNT(*) FROM offers
             WHERE workspace = :workspace AND expert = experts.user AND state = 'open') AS load
      FROM experts
      JOIN members ON members.workspace = experts.workspace AND members.user = experts.user
     WHERE experts.workspace = :workspace AND experts.user = :user
       AND members.deactivated = 0 AND members.bot = 0 AND members.guest = 0
       AND NOT EXISTS (SELECT 1 FROM exclusions WHERE workspace = :workspace
                          AND user = :asker AND excluded = experts.user)
       AND NOT EXISTS (SELECT 1 FROM exclusions WHERE workspace = :workspace
                          AND user = experts.user AND excluded = :asker)
"""


def candidates(
    tx: Tx,
    *,
    topic_ids: Sequence[int],
    words: frozenset[str],
    asker: str,
    leave_out: Collection[str],
) -> Iterator[Candidate]:
    """Who may answer, those holding most of the topics first, then by turn.

    Where no topic was named: those whose line has the question's words, then anybody by turn.
    Never the asker, people kept apart from them, guests, bots, deactivated ones, or `leave_out`.
    """
    seen = {asker, *leave_out}
    met = _by_words(tx, words)
    for user, held in _in_order(tx, topic_ids, met):
        if user in seen:
            continue
        seen.add(user)
        row = tx.row(_CANDIDATE, user=user, asker=asker, week_ago=tx.now - WEEK)
        if row:
            yield _candidate(row, held, len(topic_ids), met.get(user, 0))


def _in_order(tx: Tx, topic_ids: Sequence[int], met: dict[str, int]) -> Iterator[tuple[str, int]]:
    walks = [_by_turn(tx, topic_id) for topic_id in topic_ids]
    if len(walks) > 1:
        walks.sort(key=len)
        for user in walks[0]:
            held = _held(tx, user, topic_ids)
            if held == len(topic_ids):
                yield user, held
    for walk in walks:
        for user in walk:
            yield user, _held(tx, user, topic_ids) if len(topic_ids) > 1 else 1
    for user in sorted(met, key=lambda user: (-met[user], user)):
        yield user, 0
    if not topic_ids and not met:
        for row in tx.rows(
            """SELECT user FROM experts WHERE workspace = :workspace
                ORDER BY last_asked_at, user LIMIT :walk""",
            walk=WALK,
        ):
            yield row["user"], 0


def _by_turn(tx: Tx, topic_id: int) -> list[str]:
    rows = tx.rows(
        """
        SELECT user FROM expert_topics WHERE workspace = :workspace AND topic_id = :topic_id
         ORDER BY last_asked_at, user LIMIT :walk
        """,
        topic_id=topic_id,
        walk=WALK,
    )
    return [row["user"] for row in rows]


def _held(tx: Tx, user: str, topic_ids: Sequence[int]) -> int:
    return sum(
        tx.value(
            """SELECT COUNT(*) FROM expert_topics
                WHERE workspace = :workspace AND topic_id = :topic_id AND user = :user""",
            topic_id=topic_id,
            user=user,
        )
        for topic_id in topic_ids
    )


def _by_words(tx: Tx, words: frozenset[str]) -> dict[str, int]:
    """How many of the words stand in the line of each expert, as far as the walks reach."""
    met: dict[str, int] = {}
    for word in sorted(words)[:WORDS_AT_MOST]:
        for row in tx.rows(
            """SELECT user FROM expert_words
                WHERE workspace = :workspace AND word = :word LIMIT :walk""",
            word=word,
            walk=WALK,
        ):
            met[row["user"]] = met.get(row["user"], 0) + 1
    return met


def topics_for_words(tx: Tx, words: frozenset[str]) -> list[int]:
    """The topics that the words name, by name or synonym; at most three, most words met first."""
    met: dict[int, int] = {}
    for word in sorted(words)[:WORDS_AT_MOST]:
        for row in tx.rows(
            "SELECT topic_id FROM topic_words WHERE workspace = :workspace AND word = :word",
            word=word,
        ):
            met[row["topic_id"]] = met.get(row["topic_id"], 0) + 1
    return sorted(met, key=lambda topic: (-met[topic], topic))[:3]


def find_topics(tx: Tx, tags: Sequence[str]) -> list[int]:
    """The topics that the tags are the name or a synonym of, whatever their case and hyphens."""
    found = []
    for tag in tags:
        topic = tx.value(
            """
            SELECT topics.id FROM topics
             WHERE topics.workspace = :workspace AND
                   (REPLACE(LOWER(name), ' ', '-') = :tag OR EXISTS
                    (SELECT 1 FROM topic_words WHERE topic_words.topic_id = topics.id
                        AND REPLACE(LOWER(synonym), ' ', '-') = :tag))
             ORDER BY topics.id
            """,
            tag=tag.lower().replace("_", "-"),
        )
        if topic and topic not in found:
            found.append(topic)
    return found


def index_words(tx: Tx, user: str, words: frozenset[str]) -> None:
    """Make an expert findable by exactly these words."""
    tx.execute("DELETE FROM expert_words WHERE workspace = :workspace AND user = :user", user=user)
    for word in sorted(words):
        tx.execute(
            "INSERT INTO expert_words (workspace, word, user) VALUES (:workspace, :word, :user)",
            word=word,
            user=user,
        )


def _candidate(row: Row, held: int, asked: int, met: int) -> Candidate:
    return Candidate(
        user=row["user"],
        hours=WorkingHours(
            row["starts"], row["ends"], tuple(map(int, row["days"])), row["zone"] or "UTC"
        ),
        capacity=row["capacity"],
        paused_until=row["paused_until"],
        last_asked_at=row["last_asked_at"],
        load=row["load"],
        topics_held=held,
        topics_asked=asked,
        words_met=met,
    )
