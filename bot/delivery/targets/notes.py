"""What the outbox shows of notes."""

from collections.abc import Callable

from bot import notes
from bot.delivery import askers
from bot.delivery.target import Person, Posted, Target
from bot.views.notes.cards import note_card
from storage.database import Tx


def _note_card(tx: Tx, note_id: str, side: str, version: str) -> Target | None:
    found = notes.of_card(tx, int(note_id))
    if found is None:
        return None
    note, consult = found
    reader = note.asker if side == "asker" else note.expert
    seen = askers.shown_to(consult, reader) if consult else None
    return Posted(Person(reader), note_card(note, seen, reader, int(version)))


TARGETS: dict[str, Callable[..., Target | None]] = {"note-card": _note_card}
