"""Where a note is written. `private_metadata` carries ids only, never anybody's words."""

from bot.views.blocks import Block, Modal, context, field_of, section, text_input
from bot.views.notes import ids
from bot.views.notes.cards import LOOK_ONCE_MORE, first, the_other
from storage.records import Consult
from storage.records.notes import Note

PERSONAL = (
    "This topic is personal. The note is only ever shown in private, to who writes a question like"
    " it or looks through notes; never in a channel."
)


def begin_form(consult: Consult, writer: str) -> Modal:
    """First words for a note, filled with what was asked and, where it was written, the answer."""
    asks = consult.asked_by(writer)
    hint = "Left open, your colleague is asked to write it." if asks else ""
    return Modal(
        "Share it as a note",
        [
            context(f"Your colleague sees these words and agrees, or not. {LOOK_ONCE_MORE}"),
            *([context(PERSONAL)] if consult.personal else []),
            *_fields(consult.question, consult.answer or "", answered=not asks, hint=hint),
        ],
        ids.BEGIN_FORM,
        "Show my colleague",
        str(consult.id),
    )


def change_form(note: Note, consult: Consult | None, writer: str) -> Modal:
    """Other words for a note."""
    other = the_other(note, writer, consult)
    return Modal(
        "The note's words",
        [
            context(f"{first(other)} sees these words and agrees, or not. {LOOK_ONCE_MORE}"),
            *([context(PERSONAL)] if consult and consult.personal else []),
            *_fields(note.question, note.answer, answered=True),
        ],
        ids.CHANGE_FORM,
        "Show my colleague",
        f"{note.id} {note.version}",
    )


def _fields(question: str, answer: str, *, answered: bool, hint: str = "") -> list[Block]:
    return [
        field_of("question", "The question, reworded", text_input(question, multiline=True)),
        field_of(
            "answer",
            "The answer, reworded",
            text_input(answer, multiline=True),
            optional=not answered,
            hint=hint,
        ),
    ]


def sent(note: Note, consult: Consult | None, writer: str) -> Modal:
    """Says with whom the words are now."""
    other = the_other(note, writer, consult)
    return Modal(
        "A note",
        [section(f"These words are with {other} now. Your messages here show how it stands.")],
    )
