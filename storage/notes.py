"""Queries about notes. Only those that are shared can be found by words or topics."""

from collections import Counter
from collections.abc import Collection, Mapping

from storage.database import Row, Tx
from storage.records import Consult, Topic
from storage.records.notes import Note, NoteState, NoteWord
from storage.topics import topic_from

WALK = 40  # notes a word leads to, the newest first
WORDS_AT_MOST = 24  # of a question
INDEXED_AT_MOST = 300  # words of a note

_NOTE = (
    "id, consult_id, asker, expert, state, version, question, answer, asker_agrees, expert_agrees,"
    " written_at, shared_at, ended_by"
)


def begin(tx: Tx, consult: Consult, by: str, question: str, answer: str) -> Note:
    """Store the first words of a consult's note, to which `by` agrees if they are all there.

    One that was over begins anew.
    """
    (row,) = tx.rows(
        f"""
        INSERT INTO notes (workspace, consult_id, asker, expert, question, answer, asker_agrees,
                           expert_agrees, written_at)
        VALUES (:workspace, :consult_id, :asker, :expert, :question, :answer,
                :by = :asker AND :answer <> '', :by = :expert AND :answer <> '', :now)
        ON CONFLICT (workspace, consult_id, expert) DO UPDATE
           SET state = 'draft', version = version + 1, question = excluded.question,
               answer = excluded.answer, asker_agrees = excluded.asker_agrees,
               expert_agrees = excluded.expert_agrees, written_at = :now, ended_by = NULL
        RETURNING {_NOTE}
        """,
        consult_id=consult.id,
        asker=consult.asker,
        expert=consult.expert,
        by=by,
        question=question,
        answer=answer,
    )
    _under(tx, row["id"], [topic.id for topic in consult.topics])
    return _note(tx, row)


def _under(tx: Tx, note_id: int, topic_ids: Collection[int]) -> None:
    for topic_id in topic_ids:
        tx.execute(
            """
            INSERT INTO note_topics (workspace, note_id, topic_id)
            VALUES (:workspace, :note_id, :topic_id) ON CONFLICT DO NOTHING
            """,
            note_id=note_id,
            topic_id=topic_id,
        )


def get(tx: Tx, note_id: int) -> Note | None:
    """The note of this id in this workspace, whatever its state."""
    row = tx.row(
        f"SELECT {_NOTE} FROM notes WHERE workspace = :workspace AND id = :note_id",
        note_id=note_id,
    )
    return _note(tx, row) if row else None


def of_consult(tx: Tx, consult_id: int, expert: str) -> Note | None:
    """The note of a consult that this expert answered."""
    row = tx.row(
        f"""SELECT {_NOTE} FROM notes WHERE workspace = :workspace AND consult_id = :consult_id
             AND expert = :expert""",
        consult_id=consult_id,
        expert=expert,
    )
    return _note(tx, row) if row else None


def change(tx: Tx, note: Note, by: str, question: str, answer: str) -> Note | None:
    """Give a note other words, to which `by` agrees and the other has still to.

    None if the note's are no longer the newest. Nobody finds it until both agree.
    """
    row = tx.row(
        f"""
        UPDATE notes SET state = 'draft', version = version + 1, question = :question,
               answer = :answer, asker_agrees = (asker = :by), expert_agrees = (expert = :by),
               written_at = :now, shared_at = NULL
         WHERE workspace = :workspace AND id = :note_id AND version = :version
        RETURNING {_NOTE}
        """,
        note_id=note.id,
        version=note.version,
        by=by,
        question=question,
        answer=answer,
    )
    _forget_words(tx, note.id)
    return _note(tx, row) if row else None


def agree(tx: Tx, note: Note, version: int, user: str) -> Note | None:
    """One of the two agrees to the words of this version; None if they are not the newest."""
    row = tx.row(
        f"""
        UPDATE notes SET asker_agrees = (asker_agrees OR asker = :user),
               expert_agrees = (expert_agrees OR expert = :user)
         WHERE workspace = :workspace AND id = :note_id AND version = :version AND answer <> ''
        RETURNING {_NOTE}
        """,
        note_id=note.id,
        version=version,
        user=user,
    )
    return _note(tx, row) if row else None


def share(tx: Tx, note: Note, words: Mapping[str, bool]) -> None:
    """Let others find it by these words; the value says whether one stands in its question."""
    tx.execute(
        """UPDATE notes SET state = 'shared', shared_at = :now
            WHERE workspace = :workspace AND id = :note_id""",
        note_id=note.id,
    )
    first = sorted(words, key=lambda word: (not words[word], word))[:INDEXED_AT_MOST]
    for word in first:
        tx.execute(
            """INSERT INTO note_words (workspace, word, note_id, asked)
               VALUES (:workspace, :word, :note_id, :asked)""",
            word=word,
            note_id=note.id,
            asked=words[word],
        )


def end(tx: Tx, note_id: int, by: str) -> None:
    """Delete its words: nobody finds or reads it any more."""
    tx.execute(
        """UPDATE notes SET state = 'over', question = '', answer = '', shared_at = NULL,
                  asker_agrees = 0, expert_agrees = 0, ended_by = :by
            WHERE workspace = :workspace AND id = :note_id""",
        note_id=note_id,
        by=by,
    )
    _forget_words(tx, note_id)
    for table in ("note_topics", "note_helped"):
        tx.execute(
            f"DELETE FROM {table} WHERE workspace = :workspace AND note_id = :note_id",
            note_id=note_id,
        )


def _forget_words(tx: Tx, note_id: int) -> None:
    tx.execute(
        "DELETE FROM note_words WHERE workspace = :workspace AND note_id = :note_id",
        note_id=note_id,
    )


def of_author(tx: Tx, user: str) -> list[Note]:
    """The notes of theirs that are not over, as asker or as expert, the newest first."""
    rows = tx.rows(
        f"""
        SELECT {_NOTE} FROM notes
         WHERE workspace = :workspace AND asker = :user AND state <> 'over'
         UNION ALL
        SELECT {_NOTE} FROM notes
         WHERE workspace = :workspace AND expert = :user AND state <> 'over' ORDER BY id DESC
        """,
        user=user,
    )
    return [_note(tx, row) for row in rows]


def met(tx: Tx, words: frozenset[str]) -> list[NoteWord]:
    """Where the words stand in shared notes, as far as the walks reach."""
    looked_up = {f"word{n}": word for n, word in enumerate(sorted(words)[:WORDS_AT_MOST])}
    if not looked_up:
        return []
    walks = " UNION ALL ".join(
        f"""
        SELECT word, note_id, asked FROM (
            SELECT word, note_id, asked FROM note_words
             WHERE workspace = :workspace AND word = :{name}
             ORDER BY note_id DESC LIMIT :walk) AS walk"""
        for name in looked_up
    )
    rows = tx.rows(walks, walk=WALK, **looked_up)
    counts = Counter(row["word"] for row in rows)
    return [
        NoteWord(row["note_id"], row["word"], bool(row["asked"]), counts[row["word"]] >= WALK)
        for row in rows
    ]


def under(tx: Tx, note_ids: Collection[int], topic_ids: Collection[int]) -> set[int]:
    """Those of these notes that stand under one of these topics."""
    notes = {f"note{n}": each for n, each in enumerate(note_ids)}
    topics = {f"topic{n}": each for n, each in enumerate(topic_ids)}
    if not notes or not topics:
        return set()
    rows = tx.rows(
        f"""SELECT DISTINCT note_id FROM note_topics
             WHERE workspace = :workspace AND note_id IN ({_names(notes)})
               AND topic_id IN ({_names(topics)})""",
        **notes,
        **topics,
    )
    return {row["note_id"] for row in rows}


def _names(values: Mapping[str, int]) -> str:
    return ", ".join(f":{name}" for name in values)


def shared(tx: Tx, topic_id: int | None, before: int, limit: int) -> list[Note]:
    """Shared notes (under a topic; None: any), those of ids below `before`, the newest first."""
    if topic_id is None:
        rows = tx.rows(
            f"""SELECT {_NOTE} FROM notes WHERE workspace = :workspace AND state = 'shared'
                 AND id < :before ORDER BY id DESC LIMIT :limit""",
            before=before,
            limit=limit,
        )
    else:
        rows = tx.rows(
            f"""
            SELECT {_NOTE} FROM note_topics JOIN notes ON notes.id = note_topics.note_id
             WHERE note_topics.workspace = :workspace AND topic_id = :topic_id
               AND state = 'shared' AND note_id < :before ORDER BY note_id DESC LIMIT :limit
            """,
            topic_id=topic_id,
            before=before,
            limit=limit,
        )
    return [_note(tx, row) for row in rows]


def say_helped(tx: Tx, note_id: int, user: str) -> None:
    """Count that it helped somebody, once."""
    tx.execute(
        """INSERT INTO note_helped (workspace, note_id, user) VALUES (:workspace, :note_id, :user)
           ON CONFLICT DO NOTHING""",
        note_id=note_id,
        user=user,
    )


def has_helped(tx: Tx, note_id: int, user: str) -> bool:
    """Whether somebody has said that it helped them."""
    return bool(
        tx.value(
            """SELECT 1 FROM note_helped
                WHERE workspace = :workspace AND note_id = :note_id AND user = :user""",
            note_id=note_id,
            user=user,
        )
    )


def forget_helped(tx: Tx, user: str) -> list[int]:
    """Nothing is known any more of what helped them; gives the notes that had."""
    rows = tx.rows(
        """DELETE FROM note_helped WHERE workspace = :workspace AND user = :user
           RETURNING note_id""",
        user=user,
    )
    return [row["note_id"] for row in rows]


def _topics(tx: Tx, note_id: int) -> tuple[Topic, ...]:
    rows = tx.rows(
        """
        SELECT topics.* FROM note_topics JOIN topics ON topics.id = note_topics.topic_id
         WHERE note_topics.workspace = :workspace AND note_id = :note_id ORDER BY name
        """,
        note_id=note_id,
    )
    return tuple(topic_from(row) for row in rows)


def _helped(tx: Tx, note_id: int) -> int:
    count: int = tx.value(
        "SELECT COUNT(*) FROM note_helped WHERE workspace = :workspace AND note_id = :note_id",
        note_id=note_id,
    )
    return count


def _note(tx: Tx, row: Row) -> Note:
    values = dict(row)
    return Note(
        **{
            **values,
            "state": NoteState(values["state"]),
            "asker_agrees": bool(values["asker_agrees"]),
            "expert_agrees": bool(values["expert_agrees"]),
        },
        helped=_helped(tx, values["id"]),
        topics=_topics(tx, values["id"]),
    )
