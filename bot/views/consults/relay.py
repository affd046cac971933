"""What an anonymous asker and their expert see of writing to each other through the bot."""

from bot.rules.identifiers import Kind
from bot.views.blocks import Message, button, joined, user
from bot.views.consults import ids
from bot.views.consults.words import WHO_COULD_KNOW, reveal_button, the_asker, words_of
from bot.views.identifiers import KINDS
from bot.views.message import Line, message
from storage.records import Consult
from storage.records.relay import Notice, Relayed, Side

RELAYED_MAX = 3000  # characters of a message; what the quotation that shows them can hold

_HOW = (
    "Write in the thread of this message, and the bot passes it on. It passes on plain words: no"
    " files, no mentions. What you change or delete there is changed or deleted for the other, too."
)


def opening(consult: Consult, side: Side) -> Message:
    """What opens the conversation on one side; what the other says stands in its thread."""
    over = _over(consult, side)
    if over:
        return message([over, *words_of(consult)])
    if side is Side.ASKER:
        return message(
            [
                f"You and {user(consult.expert)} can write to each other here, without your name.",
                _HOW,
                *words_of(consult),
                WHO_COULD_KNOW,
            ],
            [
                button("Close", ids.CLOSE, str(consult.id), style="primary"),
                button("Ask somebody else", ids.RELEASE, str(consult.id)),
                *reveal_button(consult),
            ],
        )
    return message(
        [
            f"You and {the_asker(consult)} can write to each other here.",
            _HOW,
            *words_of(consult),
            "When it is answered, either of you can close it.",
        ],
        [
            button("Close", ids.CLOSE, str(consult.id), style="primary"),
            button("Give it back", ids.RELEASE, str(consult.id)),
        ],
    )


def _over(consult: Consult, side: Side) -> str | None:
    """Why nothing is passed on any more; None while it is."""
    if consult.ended:
        return "This question is closed. Nothing is passed on here any more."
    if consult.hidden:
        return None
    who = "You have shown who you are" if side is Side.ASKER else f"It is {the_asker(consult)}"
    return f"{who}. Nothing is passed on here any more: you share a group message now."


def moved_on(side: Side) -> Message:
    """What stands over the thread of a conversation with somebody who no longer has the consult."""
    whose = "Your question" if side is Side.ASKER else "This question"
    return message([f"{whose} has gone to others. Nothing is passed on here any more."])


def relayed(consult: Consult, said: Relayed) -> Message:
    """What one of the two has written, as the other reads it."""
    asker = said.side is Side.ASKER
    who = the_asker(consult, first=True) if asker else user(said.expert)
    if said.deleted:
        return message([f"{who} has deleted this message."])
    return message([(f"{who} writes", said.words)])


def notice(said: Relayed, *, revealed: bool) -> Message:
    """Tells an author why the other does not read what they wrote, and what to do.

    `revealed`: it is over because the asker has shown who they are.
    """
    asked = said.notice is Notice.ASKED and not said.deleted
    confirm = button("It identifies nobody", ids.CONFIRM_RELAYED, str(said.id))
    return message(_notice(said, revealed=revealed), [confirm] if asked else [])


def _notice(said: Relayed, *, revealed: bool) -> list[Line]:
    if said.deleted:
        return ["You have deleted the message that this was about. The bot keeps nothing of it."]
    if said.notice is None:
        return ["Thank you: it has been passed on as it stands now."]
    if said.notice is Notice.CUT:
        return [
            f"Only the first {RELAYED_MAX:,} characters of your message were passed on. Please send"
            " the rest in another one."
        ]
    if said.notice is Notice.CONFIRMED:
        return [
            "Thank you. The bot has kept nothing of your message: please send it once more within"
            " ten minutes, and it is passed on."
        ]
    what = "Your change was not passed on" if said.words else "This was not passed on"
    return [f"{what}: {_why_not(said, revealed=revealed)}"]


def _why_not(said: Relayed, *, revealed: bool) -> str:
    if said.notice is Notice.FILE:
        return (
            "files and pictures can't be, as they may show more than one knows. Please say it in"
            " words, in a new message."
        )
    if said.notice in (Notice.STOPPED, Notice.ASKED):
        found = joined([KINDS.get(Kind(each), "something") for each in said.kinds])
        before = " Until then the earlier words stand." if said.words else ""
        ask = said.notice is Notice.ASKED
        or_say = " If it identifies nobody, you can say so." if ask else ""
        return (
            f"it seems to hold {found}. Please edit your message: it is looked at again, and then"
            f" passed on.{or_say}{before} The bot has kept nothing of it."
        )
    if revealed:
        return "you share a group message now. Please write there."
    return "this conversation is over. A new question is always welcome: `/mentor`."


def hint(side: Side) -> Message:
    """Tells somebody who writes beside the thread that nobody reads it there."""
    whom = "the expert who has your question" if side is Side.ASKER else "the colleague who asks"
    return message(
        [
            f"Nobody reads what is written here. To write to {whom}, please use the thread of the"
            " message above that begins with “You and”."
        ]
    )
