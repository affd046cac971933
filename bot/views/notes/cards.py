"""The card of a note in the messages of each of its two authors."""

from bot.views.blocks import Block, Message, button, counted, safe, user
from bot.views.consults.words import the_asker
from bot.views.message import Line, message
from bot.views.notes import ids
from storage.records import Consult, Topic
from storage.records.notes import Note, NoteState

LOOK_ONCE_MORE = (
    "It should be reworded so that nobody can be recognised: please look once more. Nobody is named"
    " on it, and either of you can withdraw it at any time."
)


def the_other(note: Note, reader: str, consult: Consult | None) -> str:
    """The other one of the two, as this one may know them."""
    if reader == note.asker:
        return user(note.expert)
    return the_asker(consult) if consult else "your colleague"


def first(name: str) -> str:
    """A name, or the words in its place, at the beginning of a sentence."""
    return name[:1].upper() + name[1:]


def under(topics: tuple[Topic, ...]) -> str:
    """Under what it stands, as the end of a sentence."""
    return f" under {', '.join(safe(topic.name) for topic in topics)}" if topics else ""


def note_card(note: Note, consult: Consult | None, reader: str, version: int) -> Message:
    """How a note stands, and what one of its two authors can do; `version` is that of the card."""
    if note.state is NoteState.OVER:
        return _over(note, reader)
    if version < note.version:
        return message(["This note has newer words by now; they are below."])
    if note.state is NoteState.SHARED:
        return _shared(note)
    return _draft(note, reader, the_other(note, reader, consult))


def _over(note: Note, reader: str) -> Message:
    if note.ended_by not in note.authors:
        return message(
            [
                "The people who run the programme have taken this note down. Its words are deleted."
                " Thank you for having shared it."
            ]
        )
    again = note.ended_by == reader and note.consult_id
    return message(
        ["This stays between the two of you: nothing is shared, and the note's words are deleted."],
        [button("Share it after all", ids.BEGIN, str(note.consult_id))] if again else [],
    )


def _shared(note: Note) -> Message:
    thanks = f" It has helped {counted(note.helped, 'colleague')}. Thank you!" * bool(note.helped)
    return message(
        [
            f"This note is shared{under(note.topics)}: colleagues find it while they write a"
            f" question like it. Nobody is named.{thanks}",
            *_words(note),
        ],
        [_change("Change", note), _withdraw("Withdraw", note)],
    )


def _draft(note: Note, reader: str, other: str) -> Message:
    if not note.answer:
        return _unanswered(note, reader, other)
    if note.agrees(reader):
        return message(
            [
                f"These words are with {other}. Others can read them once you both agree to the"
                " same words.",
                *_words(note),
            ],
            [_change("Change", note), _withdraw("Withdraw", note)],
        )
    about = "your question" if reader == note.asker else "a question you answered"
    return message(
        [
            f"{first(other)} would like to let colleagues read what came of {about}, as a note"
            f"{under(note.topics)}. These are the words. {LOOK_ONCE_MORE}",
            *_words(note),
        ],
        [
            button("Agree", ids.AGREE, f"{note.id} {note.version}", style="primary"),
            _change("Change the words", note),
            _withdraw("Leave it between us", note),
        ],
    )


def _unanswered(note: Note, reader: str, other: str) -> Message:
    if reader == note.asker:
        return message(
            [f"{first(other)} is asked to write the answer of this note.", *_words(note)],
            [_withdraw("Withdraw", note)],
        )
    return message(
        [
            f"{first(other)} would like to let colleagues read what came of a question you"
            f" answered, as a note{under(note.topics)}, and asks you to write the answer."
            f" {LOOK_ONCE_MORE}",
            *_words(note),
        ],
        [_change("Write it", note, style="primary"), _withdraw("Leave it between us", note)],
    )


def _words(note: Note) -> list[Line]:
    return [("Question", note.question), ("Answer", note.answer)]


def _change(label: str, note: Note, *, style: str | None = None) -> Block:
    return button(label, ids.CHANGE, str(note.id), style=style)


def _withdraw(label: str, note: Note) -> Block:
    return button(label, ids.WITHDRAW, str(note.id))
