"""What is said while somebody has the consult: the group message, the answer, after silence."""

from bot.rules.widening import SILENCE
from bot.views.blocks import (
    Message,
    button,
    cut,
    date,
    user,
)
from bot.views.consults import ids
from bot.views.consults.words import asker_buttons, the_asker, words_of
from bot.views.message import message
from storage.records import (
    Consult,
    ConsultState,
)


def conversation_opening(consult: Consult) -> Message:
    """What opens the group message of asker and expert; it says once more that it is theirs."""
    over = "This question is closed. You are welcome to go on talking."
    return message(
        [
            f"{the_asker(consult)}, {user(consult.expert)}: this is yours to talk in. The"
            " bot does not read it.",
            *words_of(consult),
            over if consult.ended else "When it is answered, either of you can close it.",
        ],
        []
        if consult.ended
        else [
            button("Close", ids.CLOSE, str(consult.id), style="primary"),
            button("Give it back", ids.RELEASE, str(consult.id)),
        ],
    )


def conversation_moved_on() -> Message:
    """What stands in the group message of somebody who no longer has the consult."""
    return message(["This question has gone to others. You are welcome to go on talking."])


def answer_message(consult: Consult) -> Message:
    """The expert's answer, as it reaches the asker."""
    return message(
        [
            f"{user(consult.expert)} has answered your question.",
            ("Question", consult.question),
            ("Answer", consult.answer or ""),
        ],
        [] if consult.ended else asker_buttons(consult),
    )


def silence_question(consult: Consult) -> Message:
    """Asks the asker whether a quiet consult still goes on."""
    if consult.state is not ConsultState.ACCEPTED:
        return message(["I asked whether a question of yours still goes on. It is settled now."])
    return message(
        [
            f"How is it going with your question to {user(consult.expert)}? If it is"
            " answered, please close it.",
            ("Question", cut(consult.question, 300)),
            _next_time(consult),
        ],
        [
            button("Close", ids.CLOSE, str(consult.id), style="primary"),
            button("Not yet", ids.KEEP_OPEN, str(consult.id)),
            button("Ask somebody else", ids.RELEASE, str(consult.id)),
        ],
    )


def _next_time(consult: Consult) -> str:
    """What comes if they say nothing, and what a click on *Not yet* has moved."""
    if consult.due_at is None:
        return "Nothing happens until you choose."
    if consult.silence_asked < len(SILENCE):
        return f"If you leave it, I ask again {date(consult.due_at)}."
    return f"If you leave it, it closes by itself {date(consult.due_at)}."
