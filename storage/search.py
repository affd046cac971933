"""Who may know: experts by topic, in the order of their turn, and by words. Bounded at any size.

No walk reads more than a named number of rows of an index, so that a topic with a million experts
costs no more than one with a few hundred: the turn (asked least lately first) makes the bound fair,
and `turns` keeps those who sleep from standing in front of those who work.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from storage import turns
from storage.database import Row, Tx
from storage.records import Candidate, Found, WorkingHours

WALK = 80  # experts at work along the turns of all topics
ASLEEP = 30  # of those who don't work now
WORD_WALK = 30
WORDS_AT_MOST = 24
LOOKED_UP = 3  # experts at first: as many as a question is put to at once; then twice as many
WEEK = 7 * 24 * 3600
ANYBODY = [None]  # in place of topics

_CANDIDATE = """
    SELECT experts.user, about, capacity, starts, ends, days, paused_until, experts.last_asked_at,
           members.zone,
           (SELECT COUNT(*) FROM consults
             WHERE workspace = :workspace AND expert = experts.user AND accepted_at > :week_ago)
         + (SELECT COUNT(*) FROM offers
             WHERE workspace = :workspace AND expert = experts.user AND state = 'open'
               AND offered_at > :week_ago) AS load,
           {given} AS given, {endorsed} AS endorsed
      FROM experts
      JOIN members ON members.workspace = experts.workspace AND members.user = experts.user
     WHERE experts.workspace = :workspace AND experts.user IN ({users})
       AND members.deactivated = 0 AND members.bot = 0 AND members.guest = 0
       AND NOT EXISTS (SELECT 1 FROM exclusions WHERE workspace = :workspace
                          AND user = :asker AND excluded = experts.user)
       AND NOT EXISTS (SELECT 1 FROM exclusions WHERE workspace = :workspace
                          AND user = experts.user AND excluded = :asker)
"""


def candidates(  # noqa: PLR0913 - what is asked for, and how it is weighed
    tx: Tx,
    *,
    topic_ids: Sequence[int],
    words: frozenset[str],
    leave_out: Collection[str],
    works_now: Callable[[WorkingHours], bool],
    score: Callable[[Found], float],
    known: Mapping[str, int] | None = None,
) -> Iterator[Candidate]:
    """Who may answer: by `score`, and of equals by turn; at last those found who don't work now.

    `known` are people to consider besides, each with how many of the topics they hold. Where
    nothing finds anybody: anybody, by turn. The first of `leave_out` is the asker: people kept
    apart from them are left out too, as are guests, bots and who has left.
    """
    asker = next(iter(leave_out), "")
    also = {user: Found(user, held) for user, held in (known or {}).items()}
    for user, met in _by_words(tx, words, asker).items():
        also[user] = replace(also.get(user, Found(user)), met=met)
    passed_over = set(leave_out)
    for found in _walks(tx, topic_ids, also, works_now):
        scores = {user: score(each) for user, each in found.items()}
        best_first = sorted(found, key=lambda user: (-scores[user], found[user].turn_at))
        wanted = [user for user in best_first if user not in passed_over]
        passed_over.update(wanted)
        many = LOOKED_UP
        while wanted:
            some, wanted = wanted[:many], wanted[many:]
            many *= 2
            rows = _look_up(tx, some, asker, topic_ids)
            for user in some:
                if user in rows:
                    yield _candidate(rows[user], found[user], len(topic_ids), scores[user])


def _look_up(tx: Tx, users: Sequence[str], asker: str, topic_ids: Sequence[int]) -> dict[str, Row]:
    """Those of these experts who can be asked by `asker`, by user."""
    named = {f"user{number}": user for number, user in enumerate(users)}
    sources = {name: _held_by(topic_ids, name) for name in ("given", "endorsed")}
    sql = _CANDIDATE.format(users=_names(named), **sources)
    rows = tx.rows(sql, asker=asker, week_ago=tx.now - WEEK, **named)
    return {row["user"]: row for row in rows}


def _names(values: Iterable[str]) -> str:
    """The names of values as a list in a statement."""
    return ", ".join(f":{name}" for name in values)


_SOURCES = {"given": "admin", "endorsed": "endorsed"}


def _held_by(topic_ids: Sequence[int], name: str) -> str:
    """How many of the topics an expert holds from this source, as part of a statement."""
    if not topic_ids:
        return "0"
    among = ", ".join(str(int(topic)) for topic in topic_ids)
    return f"""(SELECT COUNT(*) FROM expert_topics AS held
                 WHERE held.workspace = :workspace AND held.user = experts.user
                   AND held.topic_id IN ({among}) AND held.source = '{_SOURCES[name]}')"""


def _walks(
    tx: Tx,
    topic_ids: Sequence[int | None],
    also: Mapping[str, Found],
    works_now: Callable[[WorkingHours], bool],
) -> Iterator[dict[str, Found]]:
    """Those at work, and those to consider `also`; then those asleep; where nobody is, anybody.

    Each walk is made when it is asked for: mostly the first is enough.
    """
    awake: dict[int | None, list[turns.Shift]] = {}
    asleep: dict[int | None, list[turns.Shift]] = {}
    for topic in topic_ids:
        for shift in turns.shifts_of(tx, topic):
            (awake if works_now(shift.hours) else asleep).setdefault(topic, []).append(shift)
    at_work = _along(tx, awake, WALK // max(len(topic_ids), 1), topic_ids)
    for user, each in also.items():
        there = at_work.get(user, each)
        at_work[user] = replace(there, met=each.met)
    yield at_work
    sleeping = _along(tx, asleep, ASLEEP // max(len(topic_ids), 1), topic_ids)
    yield sleeping
    if not at_work and not sleeping and list(topic_ids) != ANYBODY:
        yield from _walks(tx, ANYBODY, {}, works_now)


def _along(
    tx: Tx,
    shifts: Mapping[int | None, Sequence[turns.Shift]],
    most: int,
    topic_ids: Sequence[int | None],
) -> dict[str, Found]:
    """Experts of these shifts of each topic (None: of any), in turn, at most `most` a topic."""
    found: dict[str, Found] = {}
    topics = [topic for topic in topic_ids if topic is not None]
    for topic, those in shifts.items():
        for turn_at, user, held in turns.in_turn(tx, topic, those, most, topics):
            found.setdefault(user, Found(user, held if topic is not None else 0, turn_at=turn_at))
    return found


def _by_words(tx: Tx, words: frozenset[str], asker: str) -> dict[str, int]:
    """How many of the words stand in the line of each expert, as far as the walks reach.

    A walk begins at the asker's own id and goes round, so that the same few are not always met.
    """
    looked_up = {f"word{n}": word for n, word in enumerate(sorted(words)[:WORDS_AT_MOST])}
    if not looked_up:
        return {}
    walks = " UNION ALL ".join(
        f"""
        SELECT user FROM (SELECT user FROM expert_words
                           WHERE workspace = :workspace AND word = :{name} AND user {side} :asker
                           ORDER BY user LIMIT :walk) AS walk"""
        for name in looked_up
        for side in "><"
    )
    met: dict[str, int] = {}
    for row in tx.execute(walks, asker=asker, walk=WORD_WALK, **looked_up):
        met[row["user"]] = met.get(row["user"], 0) + 1
    return met


def topics_for_words(tx: Tx, words: frozenset[str]) -> list[int]:
    """The topics that the words name, by name or synonym; at most three, most words met first."""
    looked_up = {f"word{n}": word for n, word in enumerate(sorted(words)[:WORDS_AT_MOST])}
    if not looked_up:
        return []
    rows = tx.rows(
        f"""SELECT topic_id FROM topic_words
             WHERE workspace = :workspace AND word IN ({_names(looked_up)})
             GROUP BY topic_id ORDER BY COUNT(*) DESC, topic_id LIMIT 3""",
        **looked_up,
    )
    return [row["topic_id"] for row in rows]


def find_topics(tx: Tx, tags: Sequence[str]) -> list[int]:
    """The topics that the tags name, in the order of the tags; of two of one tag the older.

    `tags` are as `topics.keep` stores them.
    """
    found = (
        tx.value(
            "SELECT MIN(topic_id) FROM topic_tags WHERE workspace = :workspace AND tag = :tag",
            tag=tag,
        )
        for tag in tags
    )
    return list(dict.fromkeys(topic for topic in found if topic is not None))


def index_words(tx: Tx, user: str, words: frozenset[str]) -> None:
    """Make an expert findable by exactly these words."""
    tx.execute("DELETE FROM expert_words WHERE workspace = :workspace AND user = :user", user=user)
    for word in sorted(words):
        tx.execute(
            "INSERT INTO expert_words (workspace, word, user) VALUES (:workspace, :word, :user)",
            word=word,
            user=user,
        )


def _candidate(row: Row, found: Found, asked: int, score: float) -> Candidate:
    return Candidate(
        user=row["user"],
        hours=WorkingHours(
            row["starts"], row["ends"], tuple(map(int, row["days"])), row["zone"] or "UTC"
        ),
        capacity=row["capacity"],
        paused_until=row["paused_until"],
        last_asked_at=row["last_asked_at"],
        load=row["load"],
        topics_held=found.held,
        topics_asked=asked,
        words_met=found.met,
        topics_given=row["given"],
        topics_endorsed=row["endorsed"],
        score=score,
    )
