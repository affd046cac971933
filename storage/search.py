"""Who may know: experts by topic, in the order of their turn, and by words. Bounded at any size.

No walk reads more than a named number of rows of an index, so that a topic with a million experts
costs no more than one with a few hundred: the turn (asked least lately first) makes the bound fair,
and `turns` keeps those who sleep from standing in front of those who work.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from storage import turns
from storage.database import Row, Tx
from storage.records import Candidate, WorkingHours

WALK = 80  # experts at work along the turns of all topics
ASLEEP = 30  # of those who don't work now
WORD_WALK = 30
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
    leave_out: Collection[str],
    works_now: Callable[[WorkingHours], bool],
) -> Iterator[Candidate]:
    """Who may answer: who works now before who doesn't, then by topics held, words met, and turn.

    Where neither topic nor word finds anybody: anybody, by turn. The first of `leave_out` is the
    asker: people kept apart from them are left out too, as are guests, bots and who has left.
    """
    asker = next(iter(leave_out), "")
    met = _by_words(tx, words, asker)
    found = _by_topics(tx, topic_ids, works_now)
    for user in met:
        found.setdefault(user, _Found(asleep=False, held=0, turn_at=0))
    if not found:
        found = _by_topics(tx, [None], works_now)
    for user, place in sorted(found.items(), key=lambda each: each[1].rank(met.get(each[0], 0))):
        if user in leave_out:
            continue
        row = tx.row(_CANDIDATE, user=user, asker=asker, week_ago=tx.now - WEEK)
        if row:
            yield _candidate(row, place.held, len(topic_ids), met.get(user, 0))


@dataclass(frozen=True, slots=True)
class _Found:
    """Where somebody was found."""

    asleep: bool
    held: int
    turn_at: int

    def rank(self, met: int) -> tuple[bool, int, int, int]:
        return (self.asleep, -self.held, -met, self.turn_at)


def _by_topics(
    tx: Tx, topic_ids: Sequence[int | None], works_now: Callable[[WorkingHours], bool]
) -> dict[str, _Found]:
    """Experts along the turns of the topics (None: of all experts), bounded."""
    found: dict[str, _Found] = {}
    topics = [topic for topic in topic_ids if topic is not None]
    for topic in topic_ids:
        shifts = turns.shifts_of(tx, topic)
        awake = [shift for shift in shifts if works_now(shift.hours)]
        asleep = [shift for shift in shifts if shift not in awake]
        for those, most in ((awake, WALK // len(topic_ids)), (asleep, ASLEEP // len(topic_ids))):
            for turn_at, user, held in turns.in_turn(tx, topic, those, most, topics):
                count = held if topic is not None else 0
                found.setdefault(user, _Found(those is asleep, count, turn_at))
    return found


def _by_words(tx: Tx, words: frozenset[str], asker: str) -> dict[str, int]:
    """How many of the words stand in the line of each expert, as far as the walks reach.

    A walk begins at the asker's own id and goes round, so that the same few are not always met.
    """
    met: dict[str, int] = {}
    for word in sorted(words)[:WORDS_AT_MOST]:
        for row in tx.execute(
            """
            SELECT user FROM (SELECT user FROM expert_words
                               WHERE workspace = :workspace AND word = :word AND user > :asker
                               ORDER BY user LIMIT :walk) AS beyond
            UNION ALL
            SELECT user FROM (SELECT user FROM expert_words
                               WHERE workspace = :workspace AND word = :word AND user < :asker
                               ORDER BY user LIMIT :walk) AS before
            """,
            word=word,
            asker=asker,
            walk=WORD_WALK,
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
