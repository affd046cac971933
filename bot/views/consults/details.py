"""The one detail that an expert asks of the asker: at the asker, and its answer at the expert."""

from bot.views.blocks import Message, button, cut, date, user
from bot.views.consults import ids
from bot.views.consults.words import the_asker
from bot.views.message import Line, message
from storage.records import Consult, ConsultState, Detail, DetailState


def detail_question(consult: Consult, detail: Detail) -> Message:
    """Asks the asker for it, and says what became of it."""
    asked: list[Line] = [
        ("Your question", cut(consult.question, 300)),
        (f"What {user(detail.expert)} would like to know", detail.question),
    ]
    if detail.state is DetailState.ANSWERED:
        return message(
            [
                f"Thank you: {user(detail.expert)} and everybody who is asked reads your answer.",
                *asked,
                ("Your answer", detail.answer or ""),
            ]
        )
    if consult.state is not ConsultState.OPEN or detail.state is DetailState.OVER:
        return message([_over(consult, detail)])
    if detail.state is DetailState.CHANGED:
        return message(
            [f"You have changed your question since {user(detail.expert)} asked; it goes on so."]
        )
    return message(
        [f"{user(detail.expert)} has one question before answering yours.", *asked, _waits(detail)],
        [button("Answer", ids.ANSWER_DETAIL, str(detail.id), style="primary")],
    )


def _waits(detail: Detail) -> str:
    if detail.state is DetailState.LAPSED:
        return "Your question goes on without it by now. An answer is still welcome."
    return (
        "Whoever is asked reads your answer. Until then nobody else is looked for; from"
        f" {date(detail.due_at)} on your question goes on by itself. Changing your question on its"
        " card is an answer, too."
    )


def _over(consult: Consult, detail: Detail) -> str:
    if consult.state is ConsultState.ACCEPTED:
        return (
            f"{user(detail.expert)} had asked you for one detail. {user(consult.expert)} has taken"
            " your question meanwhile, so nothing is left to do here."
        )
    return (
        f"{user(detail.expert)} had asked you for one detail. It is not needed any more; what you"
        " would like to add can go into the question itself."
    )


def detail_answered(consult: Consult, detail: Detail) -> Message | None:
    """Tells who asked that the answer is there; None if it is not theirs to read any more."""
    if detail.state is not DetailState.ANSWERED or consult.state is not ConsultState.OPEN:
        return None
    return message(
        [
            f"{the_asker(consult, first=True)} has answered your question; the card in your"
            " messages above has it, too.",
            ("You asked", detail.question),
            ("The answer", detail.answer or ""),
        ]
    )
