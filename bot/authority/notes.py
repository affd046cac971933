"""Who may do what to a note: actors × actions × states as one table."""

from enum import StrEnum

from bot.authority import Actor, Role
from bot.errors import Reason, Refused
from storage import members, notes, programme
from storage.database import Tx
from storage.records.notes import Note, NoteState


class NoteAction(StrEnum):
    """What somebody may want to do to a note."""

    CHANGE = "change"
    AGREE = "agree"
    WITHDRAW = "withdraw"
    TAKE_DOWN = "take_down"
    READ = "read"
    SAY_HELPED = "say_helped"


DRAFT, SHARED = NoteState.DRAFT, NoteState.SHARED
_TWO = frozenset({Role.ASKER, Role.EXPERT})

# product.md, section 1.6: what each may do, and in which states of the note.
ALLOWED_WITH_NOTES: dict[NoteAction, tuple[frozenset[Role], frozenset[NoteState]]] = {
    NoteAction.CHANGE: (_TWO, frozenset({DRAFT, SHARED})),
    NoteAction.AGREE: (_TWO, frozenset({DRAFT})),
    NoteAction.WITHDRAW: (_TWO, frozenset({DRAFT, SHARED})),
    NoteAction.TAKE_DOWN: (frozenset({Role.ADMIN}), frozenset({SHARED})),
    NoteAction.READ: (frozenset({Role.MEMBER}), frozenset({SHARED})),
    NoteAction.SAY_HELPED: (frozenset({Role.MEMBER}), frozenset({SHARED})),
}


def authorise_with_note(tx: Tx, actor: Actor, action: NoteAction, note_id: int) -> Note:
    """The note, if `actor` may do `action` to it as it now stands.

    Raises Refused(NOT_YOUR_NOTE) for who has no say in it, and in the same words when there is no
    such note here, or none that they may know of; Refused(NOTE_MOVED_ON) for one of the two while
    it is in another state.
    """
    note = notes.get(tx, note_id)
    if note is None:
        raise Refused(Reason.NOT_YOUR_NOTE)
    allowed, states = ALLOWED_WITH_NOTES[action]
    if not allowed & roles_with_note(tx, actor, note):
        raise Refused(Reason.NOT_YOUR_NOTE)
    if note.state not in states:
        theirs = actor.user in note.authors
        raise Refused(Reason.NOTE_MOVED_ON if theirs else Reason.NOT_YOUR_NOTE)
    return note


def roles_with_note(tx: Tx, actor: Actor, note: Note) -> frozenset[Role]:
    """What `actor` is to `note`. Guests and who has left are nothing to it."""
    found = set()
    if actor.user == note.asker:
        found.add(Role.ASKER)
    if actor.user == note.expert:
        found.add(Role.EXPERT)
    if programme.is_admin(tx, actor.user):
        found.add(Role.ADMIN)
    if reads_notes(tx, actor.user):
        found.add(Role.MEMBER)
    return frozenset(found)


def reads_notes(tx: Tx, user: str) -> bool:
    """Whether notes are for them: full members; who is unknown may ask, and so may read."""
    member = members.get(tx, user)
    return member is None or not (member.guest or member.bot or member.deactivated)
