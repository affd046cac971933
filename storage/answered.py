"""What each expert has answered: the terms of the questions, never their texts.

A question finds those like it by walking, for each of its terms, the latest rows of one index and
no more than a named number of them, so that a million answers cost no more than a few thousand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.database import Row, Tx
from storage.records import Answered, Answerer, Posting

WALK = 200  # latest answers looked at for a term
ANSWERS_AT_ONCE = 300  # looked up; as many as have a vote (`bot.rules.ranking`)
PEOPLE = 60  # who have met most of a question's terms
# In place of a term in `answered_often`: how many answers there are, and people who gave them.
ANSWERS, ANSWERERS = "", "@"

# What is left at a second instant of a count of answers made at a first.
Fades = Callable[[float, int, int], float]


@dataclass(frozen=True, slots=True)
class Learned:
    """An answered question as it is kept.

    `terms`: what each is worth in it; `weight`: 0 to 1, by how much the answer helped.
    """

    user: str
    consult_id: int
    weight: float
    terms: Mapping[str, float]


def keep(tx: Tx, learned: Learned, fades: Fades) -> None:
    """Remember who answered what; for the same consult and expert in place of what was known."""
    forget(tx, learned.consult_id, learned.user, fades)
    answered_id = tx.value(
        """
        INSERT INTO answered (workspace, user, consult_id, answered_at, weight, terms)
        VALUES (:workspace, :user, :consult_id, :now, :weight, :terms) RETURNING id
        """,
        user=learned.user,
        consult_id=learned.consult_id,
        weight=learned.weight,
        terms=" ".join(sorted(learned.terms)),
    )
    if learned.terms:
        named = {f"term{n}": term for n, term in enumerate(learned.terms)}
        worth = {f"worth{n}": much for n, much in enumerate(learned.terms.values())}
        rows = ", ".join(
            f"(:workspace, :{term}, :now, :answered_id, :user, :{much}, :weight)"
            for term, much in zip(named, worth, strict=True)
        )
        tx.execute(
            f"""INSERT INTO answered_terms (workspace, term, answered_at, answered_id, user, worth,
                                            weight)
                VALUES {rows}""",
            answered_id=answered_id,
            user=learned.user,
            weight=learned.weight,
            **named,
            **worth,
        )
    _count(tx, [*learned.terms, ANSWERS], 1)
    _of_person(tx, learned.user, 1, fades, (learned.weight, tx.now))


def forget(tx: Tx, consult_id: int, user: str, fades: Fades) -> None:
    """Nothing is known any more of this consult and expert: it helped nobody, or is to go."""
    _drop(
        tx,
        tx.rows(
            """SELECT * FROM answered
                WHERE workspace = :workspace AND consult_id = :consult_id AND user = :user""",
            consult_id=consult_id,
            user=user,
        ),
        fades,
    )


def forget_consult(tx: Tx, consult_id: int, fades: Fades) -> None:
    """Nothing is known any more of this consult, whoever answered."""
    _drop(
        tx,
        tx.rows(
            "SELECT * FROM answered WHERE workspace = :workspace AND consult_id = :consult_id",
            consult_id=consult_id,
        ),
        fades,
    )


def forget_expert(tx: Tx, user: str, fades: Fades) -> None:
    """Nothing is known any more of what this person has answered."""
    of_person = "SELECT * FROM answered WHERE workspace = :workspace AND user = :user"
    _drop(tx, tx.rows(of_person, user=user), fades)


def _drop(tx: Tx, rows: Sequence[Row], fades: Fades) -> None:
    for row in rows:
        terms = row["terms"].split()
        if terms:
            named = {f"term{n}": term for n, term in enumerate(terms)}
            tx.execute(
                f"""DELETE FROM answered_terms
                     WHERE workspace = :workspace AND term IN ({_names(named)})
                       AND answered_at = :answered_at AND answered_id = :answered_id""",
                answered_at=row["answered_at"],
                answered_id=row["id"],
                **named,
            )
        tx.execute(
            "DELETE FROM answered WHERE workspace = :workspace AND id = :answered_id",
            answered_id=row["id"],
        )
        _count(tx, [*terms, ANSWERS], -1)
        _of_person(tx, row["user"], -1, fades, (-row["weight"], row["answered_at"]))


def _count(tx: Tx, terms: Sequence[str], more: int) -> None:
    """Count the answers in which each term stands; what stands in none is forgotten."""
    named = {f"term{n}": term for n, term in enumerate(terms)}
    rows = ", ".join(f"(:workspace, :{name}, :more)" for name in named)
    tx.execute(
        f"""
        INSERT INTO answered_often (workspace, term, many) VALUES {rows}
        ON CONFLICT (workspace, term) DO UPDATE SET many = answered_often.many + :more
        """,
        more=more,
        **named,
    )
    if more < 0:
        tx.execute(
            f"""DELETE FROM answered_often
                 WHERE workspace = :workspace AND term IN ({_names(named)}) AND many <= 0""",
            **named,
        )


def _of_person(tx: Tx, user: str, more: int, fades: Fades, change: tuple[float, int]) -> None:
    """Count somebody's answers, and what they gave of late as it is now; none: no row."""
    row = tx.row("SELECT * FROM answerers WHERE workspace = :workspace AND user = :user", user=user)
    many, recent = (row["many"] if row else 0) + more, fades(*change, tx.now)
    if row:
        recent += fades(row["recent"], row["recent_at"], tx.now)
    tx.execute(
        """
        INSERT INTO answerers (workspace, user, many, recent, recent_at)
        VALUES (:workspace, :user, :many, :recent, :now)
        ON CONFLICT (workspace, user) DO UPDATE SET many = excluded.many,
            recent = excluded.recent, recent_at = excluded.recent_at
        """,
        user=user,
        many=many,
        recent=max(recent, 0.0),
    )
    if many <= 0:
        tx.execute("DELETE FROM answerers WHERE workspace = :workspace AND user = :user", user=user)
    if many <= 0 or row is None:
        _count(tx, [ANSWERERS], more)


def how_often(tx: Tx, terms: Sequence[str]) -> dict[str, int]:
    """In how many answers each of the terms stands; ANSWERS and ANSWERERS are among them."""
    named = {f"term{n}": term for n, term in enumerate([*terms, ANSWERS, ANSWERERS])}
    rows = tx.execute(
        f"""SELECT term, many FROM answered_often
             WHERE workspace = :workspace AND term IN ({_names(named)})""",
        **named,
    )
    return {row["term"]: row["many"] for row in rows}


def latest(tx: Tx, term: str) -> list[Posting]:
    """The latest answers to questions with this term, WALK at most."""
    cursor = tx.execute(
        """SELECT answered_id, user, worth FROM answered_terms
            WHERE workspace = :workspace AND term = :term
            ORDER BY answered_at DESC, answered_id DESC LIMIT :walk""",
        term=term,
        walk=WALK,
    )
    # Some thousand rows a question: as bare tuples they cost half as much.
    cursor.row_factory = None
    rows: list[Posting] = cursor.fetchall()
    return rows


def these(tx: Tx, ids: Sequence[int]) -> list[Answered]:
    """The answers of these numbers, ANSWERS_AT_ONCE at most."""
    # Always as many names, so that it is always the same statement.
    named = {f"id{n}": 0 for n in range(ANSWERS_AT_ONCE)}
    named |= {f"id{n}": each for n, each in enumerate(ids[:ANSWERS_AT_ONCE])}
    # The workspace as an expression: by its index all answers of a workspace would be walked.
    cursor = tx.execute(
        f"""SELECT id, user, weight, answered_at FROM answered
             WHERE id IN ({_names(named)}) AND workspace || '' = :workspace""",
        **named,
    )
    cursor.row_factory = None
    rows: list[Answered] = cursor.fetchall()
    return rows


def answerers(tx: Tx, users: Sequence[str], topic_ids: Sequence[int]) -> list[Answerer]:
    """How much each of these people has answered, and how many of the topics they hold.

    PEOPLE of them at most.
    """
    among = ", ".join(str(int(topic)) for topic in topic_ids) or "NULL"
    # Always as many names, so that it is always the same statement.
    named = {f"user{n}": "" for n in range(PEOPLE)}
    named |= {f"user{n}": user for n, user in enumerate(users[:PEOPLE])}
    rows = tx.rows(
        f"""
        SELECT user, many, recent, recent_at,
               (SELECT COUNT(*) FROM expert_topics AS held
                 WHERE held.workspace = :workspace AND held.user = answerers.user
                   AND held.topic_id IN ({among})) AS held
          FROM answerers WHERE workspace = :workspace AND user IN ({_names(named)})
        """,
        **named,
    )
    return [Answerer(*row) for row in rows]


def _names(values: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in values)
