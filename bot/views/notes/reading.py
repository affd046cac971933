"""What others see of notes: below the question they type, in a list, and one as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.blocks import (
    Block,
    Modal,
    actions,
    button,
    context,
    counted,
    cut,
    date,
    header,
    safe,
    section,
    typed,
)
from bot.views.notes import ids
from bot.views.notes.cards import under
from storage.records import Topic
from storage.records.notes import Note

# Blocks of a form that come and go with the notes begin so; no field of ours does.
MARK = "note-like-this"
BESIDE = "question"  # the field below which they stand
CUT_QUESTION, CUT_ANSWER = 200, 300
NAMES_SHOWN = 1500


@dataclass(frozen=True, slots=True)
class Seen:
    """A shared note as one person sees it.

    `author`: it is one of theirs; `admin`: they run the programme; `helped`: they said it did.
    """

    note: Note
    author: bool = False
    admin: bool = False
    helped: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Notes to be shown, the first first.

    `topic`: they are under it; `older`: below this id there are more; `unknown`: a tag that names
    none of `topics`.
    """

    notes: Sequence[Seen]
    topic: Topic | None = None
    older: int | None = None
    unknown: str = ""
    topics: Sequence[str] = ()


def shown_in(view: Block) -> list[str]:
    """The ids of the blocks about notes in a form that is open, as Slack gives it back."""
    names = (str(block.get("block_id", "")) for block in view["blocks"])
    return [name for name in names if name.startswith(MARK)]


def with_notes(view: Block, page: Page) -> Block:
    """A form that is open, as Slack gives it back, with these notes below the question.

    All else stays as it is: what was typed survives where a field's names do.
    """
    kept = [
        block for block in view["blocks"] if not str(block.get("block_id", "")).startswith(MARK)
    ]
    places = [place for place, block in enumerate(kept) if block.get("block_id") == BESIDE]
    at = places[0] + 1 if places else 0
    wanted = ("type", "callback_id", "title", "close", "submit", "private_metadata")
    same = {name: view[name] for name in wanted if view.get(name)}
    return same | {"blocks": [*kept[:at], *like_this(page.notes), *kept[at:]]}


def like_this(found: Sequence[Seen]) -> list[Block]:
    """Up to three notes, each with a way to read the whole and to say that it helped."""
    if not found:
        return []
    blocks = [{**context("Questions like this before"), "block_id": MARK}]
    for seen in found:
        note = seen.note
        asked, answered = safe(note.question, CUT_QUESTION), safe(note.answer, CUT_ANSWER)
        words = section(f"Asked: {asked}\nAnswered: {answered}")
        name = f"{MARK}-{note.id}-{note.version}"
        blocks.append({**words, "block_id": name})
        if seen.helped:
            thanks = context(f"{THANKS} You can close this form, or ask all the same.")
            blocks.append({**thanks, "block_id": f"{name}-thanks"})
        else:
            blocks.append({**actions(*_buttons(note)), "block_id": f"{name}-buttons"})
    return blocks


THANKS = "Good that it helped. Thank you for saying so."


def _buttons(note: Note) -> list[Block]:
    value = str(note.id)
    return [button("Read", ids.READ, value), button("This helped", ids.HELPED, value)]


def whole(seen: Seen) -> Modal:
    """One note, as long as it is, with what its reader can do."""
    note = seen.note
    where = under(note.topics).strip().capitalize() or "Under no topic"
    told = f"{where}; shared {date(note.shared_at or note.written_at)}."
    if note.helped:
        told += f" It has helped {counted(note.helped, 'colleague')}."
    return Modal(
        "A note",
        [
            context(told),
            context("Question"),
            typed(note.question),
            context("Answer"),
            typed(note.answer),
            context(ADVICE),
            *_can_do(seen),
        ],
    )


ADVICE = "Written by two colleagues for their case; yours may differ. When in doubt, ask."


def _can_do(seen: Seen) -> list[Block]:
    value, elements = str(seen.note.id), []
    if seen.author:
        elements += [
            button("Change", ids.CHANGE, value),
            button("Withdraw", ids.WITHDRAW, value),
        ]
    elif not seen.helped:
        elements.append(button("This helped", ids.HELPED, value, style="primary"))
    if seen.admin:
        elements.append(button("Take down", ids.TAKE_DOWN, value, style="danger"))
    said = [context(THANKS)] if seen.helped else []
    return said + ([actions(*elements)] if elements else [])


def gone() -> Modal:
    """What stands there when a note is not shared any more."""
    return Modal("A note", [section("This note is not shared any more: its words are deleted.")])


def notes_list(page: Page) -> Modal:
    """Notes, the newest first, each with a way to read the whole."""
    if page.unknown:
        names = safe(", ".join(page.topics), NAMES_SHOWN) or "none yet"
        return Modal(
            "Notes",
            [section(f"No topic goes by {safe(cut(page.unknown, 60))}. Topics here: {names}.")],
        )
    blocks = [context(BY_TOPIC)]
    if page.topic:
        blocks = [header(f"Notes on {page.topic.name}")]
    for seen in page.notes:
        line = section(safe(seen.note.question, CUT_ANSWER) or "…")
        line["accessory"] = button("Read", ids.READ, str(seen.note.id))
        yours = " Yours." if seen.author else ""
        blocks += [context(f"{_about(seen.note)}{yours}"), line]
    if not page.notes:
        blocks.append(section(NONE))
    if page.older:
        named = f"{page.topic.id if page.topic else 0} {page.older}"
        blocks.append(actions(button("Older ones", ids.OLDER, named)))
    return Modal("Notes", blocks)


BY_TOPIC = "The newest first. `/mentor notes` and a topic's tag shows those of one topic."
NONE = (
    "None yet. When a question of yours has been answered, its card offers to share it, reworded,"
    " so that others find it."
)


def _about(note: Note) -> str:
    names = ", ".join(safe(topic.name) for topic in note.topics) or "no topic"
    helped = f"; helped {counted(note.helped, 'colleague')}" if note.helped else ""
    return f"{names}{helped}"
