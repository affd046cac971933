"""Notes: two people let others read what came of an answered consult; and what others do with it.

Nothing is shared before both have agreed to the same words. Either ends it at any time; then its
words are deleted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.authority import Action, Actor, authorise
from bot.authority.notes import NoteAction, authorise_with_note, reads_notes
from bot.errors import Reason, Refused, Unusable
from bot.rules import notes as rules
from bot.rules.words import tag_of, words_of
from bot.views.notes.reading import Page, Seen
from storage import consults, notes, outbox, programme, search, topics
from storage.database import Tx
from storage.records import Consult, Outcome
from storage.records.notes import Note, NoteState

HELPED = frozenset({Outcome.SOLVED, Outcome.PARTLY})
PAGE = 10  # notes in a list
NEWEST = 2**62  # above every id

# A note, and the consult it came from.
WithConsult = tuple[Note, Consult | None]


@dataclass(frozen=True, slots=True)
class Words:
    """A note's words, as typed."""

    question: str
    answer: str


def may_begin(tx: Tx, user: str, consult: Consult) -> bool:
    """Whether one of the two can have this consult shared: it helped, and nothing stands there.

    Whoever ended a note can begin it anew; the other is not asked to.
    """
    if consult.outcome not in HELPED or consult.expert is None:
        return False
    if user not in (consult.asker, consult.expert):
        return False
    note = notes.of_consult(tx, consult.id, consult.expert)
    return note is None or (note.state is NoteState.OVER and note.ended_by == user)


def to_begin(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """The consult of which the actor can begin a note. Raises Refused(NOTE_MOVED_ON) and others."""
    consult = authorise(tx, actor, Action.SHARE, consult_id)
    if not may_begin(tx, actor.user, consult):
        raise Refused(Reason.NOTE_MOVED_ON)
    return consult


def begin(tx: Tx, actor: Actor, consult_id: int, words: Words) -> WithConsult:
    """Put first words of a note to the other one of the two; the asker may leave the answer open.

    Raises Refused as `to_begin` does, and Unusable("question", "answer").
    """
    consult = to_begin(tx, actor, consult_id)
    _check(words, answered=actor.user == consult.expert)
    note = notes.begin(tx, consult, actor.user, words.question, words.answer)
    _shown_anew(tx, note)
    return note, consult


def to_change(tx: Tx, actor: Actor, note_id: int) -> WithConsult:
    """The note as one of the two may change it, and its consult. Raises Refused."""
    return _with_consult(tx, authorise_with_note(tx, actor, NoteAction.CHANGE, note_id))


def change(tx: Tx, actor: Actor, note_id: int, version: int, words: Words) -> WithConsult:
    """Give the note other words than those of `version`: the other one has to agree to them, too.

    Raises Refused(NOTE_CHANGED) if the other has changed it meanwhile, and Unusable.
    """
    note = authorise_with_note(tx, actor, NoteAction.CHANGE, note_id)
    _check(words, answered=True)
    written_over = replace(note, version=version)
    changed = notes.change(tx, written_over, actor.user, words.question, words.answer)
    if changed is None:
        raise Refused(Reason.NOTE_CHANGED)
    _shown_anew(tx, changed)
    return _with_consult(tx, changed)


def agree(tx: Tx, actor: Actor, note_id: int, version: int) -> Note:
    """Agree to the words of a version; once both do, others can read them.

    Raises Refused(NOTE_CHANGED) if there are newer ones.
    """
    note = authorise_with_note(tx, actor, NoteAction.AGREE, note_id)
    agreed = notes.agree(tx, note, version, actor.user)
    if agreed is None:
        raise Refused(Reason.NOTE_CHANGED)
    if agreed.asker_agrees and agreed.expert_agrees:
        notes.share(tx, agreed, index_of(agreed))
    _changed(tx, agreed)
    return agreed


def withdraw(tx: Tx, actor: Actor, note_id: int) -> Note:
    """One of the two leaves it between them, whether it is shared already or not."""
    note = authorise_with_note(tx, actor, NoteAction.WITHDRAW, note_id)
    _end(tx, note, actor.user)
    return note


def take_down(tx: Tx, actor: Actor, note_id: int) -> Note:
    """An admin takes a shared note down; who did so is on record."""
    note = authorise_with_note(tx, actor, NoteAction.TAKE_DOWN, note_id)
    programme.audit(tx, actor.user, "take_down_note", str(note_id))
    _end(tx, note, actor.user)
    return note


def like_this(tx: Tx, actor: Actor, question: str, topic_ids: Collection[int]) -> Page:
    """The notes that are like a question that is being typed; none for guests."""
    if not reads_notes(tx, actor.user):
        return Page(())
    words = words_of(question)
    near = rules.nearest(notes.met(tx, words))
    topical = [*topic_ids, *search.topics_for_words(tx, words)] if near else []
    under = notes.under(tx, near, topical)
    found = (notes.get(tx, note_id) for note_id in rules.closest(near, under))
    return Page([_seen(tx, actor, note) for note in found if note])


def read(tx: Tx, actor: Actor, note_id: int) -> Seen | None:
    """A shared note for somebody to read; None if it is not there (any more), or not for them."""
    try:
        note = authorise_with_note(tx, actor, NoteAction.READ, note_id)
    except Refused:
        return None
    return _seen(tx, actor, note)


def say_helped(tx: Tx, actor: Actor, note_id: int) -> Seen:
    """Count that a note helped the actor, once; their own helps nobody else. Raises Refused."""
    note = authorise_with_note(tx, actor, NoteAction.SAY_HELPED, note_id)
    if actor.user not in note.authors:
        notes.say_helped(tx, note_id, actor.user)
        _changed(tx, note)
    return _seen(tx, actor, notes.get(tx, note_id) or note)


def listed(tx: Tx, actor: Actor, tags: Sequence[str], before: int = NEWEST) -> Page:
    """Shared notes under the first topic that a tag names, or all; those of ids below `before`.

    Where tags name no topic, the page says so with the names of all topics. Raises Refused(GUEST).
    """
    if not reads_notes(tx, actor.user):
        raise Refused(Reason.GUEST)
    found = search.find_topics(tx, [tag_of(tag) for tag in tags])
    if tags and not found:
        return Page((), unknown=tags[0], topics=[topic.name for topic in topics.every(tx)])
    topic = next(iter(topics.these(tx, found[:1])), None)
    shown = notes.shared(tx, topic.id if topic else None, before, PAGE + 1)
    more = shown[PAGE - 1].id if len(shown) > PAGE else None
    return Page([_seen(tx, actor, note) for note in shown[:PAGE]], topic=topic, older=more)


def under(tx: Tx, actor: Actor, topic_id: int | None, before: int) -> Page:
    """The next page of such a list. Raises Refused(GUEST)."""
    topic = next(iter(topics.these(tx, [topic_id])), None) if topic_id else None
    return listed(tx, actor, [topic.name] if topic else [], before)


def left(tx: Tx, user: str) -> None:
    """Somebody has left the workspace: what they shared stays; what was not yet, never is."""
    for note in notes.of_author(tx, user):
        if note.state is NoteState.DRAFT:
            _end(tx, note, user)


def forget(tx: Tx, user: str) -> None:
    """Delete the words of every note of theirs, and what is known of those that helped them."""
    for note in notes.of_author(tx, user):
        _end(tx, note, user)
    for note_id in notes.forget_helped(tx, user):
        outbox.refresh_under(tx, f"note-card/{note_id}")


def of_card(tx: Tx, note_id: int) -> WithConsult | None:
    """What a card of a note shows; None if there never was one here."""
    note = notes.get(tx, note_id)
    return _with_consult(tx, note) if note else None


def _with_consult(tx: Tx, note: Note) -> WithConsult:
    return note, consults.get(tx, note.consult_id) if note.consult_id else None


def _seen(tx: Tx, actor: Actor, note: Note) -> Seen:
    return Seen(
        note,
        author=actor.user in note.authors,
        admin=programme.is_admin(tx, actor.user),
        helped=notes.has_helped(tx, note.id, actor.user),
    )


def _check(words: Words, *, answered: bool) -> None:
    if not words.question:
        raise Unusable("question", "Please write the question as others may read it.")
    if answered and not words.answer:
        raise Unusable("answer", "Please write the answer as others may read it.")


def index_of(note: Note) -> dict[str, bool]:
    """The words by which it is found, and whether each stands in its question."""
    asked = words_of(note.question)
    return {word: word in asked for word in asked | words_of(note.answer)}


def _end(tx: Tx, note: Note, by: str) -> None:
    notes.end(tx, note.id, by)
    _changed(tx, note)


def _shown_anew(tx: Tx, note: Note) -> None:
    """Newer words come to both in a message of their own: a card that changes is easily missed."""
    # Keys name no asker: admins see those of what could not be delivered.
    for side in ("asker", "expert"):
        outbox.mark_stale(tx, f"note-card/{note.id}/{side}/{note.version}")
    _changed(tx, note)


def _changed(tx: Tx, note: Note) -> None:
    outbox.refresh_under(tx, f"note-card/{note.id}")
    if note.consult_id:
        outbox.refresh_under(tx, f"closing-question/{note.consult_id}")
