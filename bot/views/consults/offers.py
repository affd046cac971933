"""The card by which an expert is asked, and what follows it."""

from bot.views.blocks import (
    Block,
    Message,
    button,
    date,
    user,
)
from bot.views.consults import ids
from bot.views.consults.words import about, the_asker, words_of
from bot.views.message import message
from storage.records import (
    Consult,
    ConsultState,
    DetailState,
    Offer,
    OfferState,
)


def offer_card(consult: Consult, offer: Offer) -> Message:
    """The card by which an expert is asked, and what became of it."""
    if offer.state is OfferState.ACCEPTED and not consult.ended:
        return message(
            [f"You have taken this question of {the_asker(consult)}. Thank you!"]
            + ([] if consult.conversation else words_of(consult))
            + ([("Your answer", consult.answer)] if consult.answer else []),
            expert_buttons(consult),
        )
    if consult.state is ConsultState.OPEN and offer.state is OfferState.RESTING:
        return _resting(consult, offer)
    if offer.state is not OfferState.OPEN or consult.state is not ConsultState.OPEN:
        return message([_offer_over(consult, offer)])
    return message(
        [
            f"{the_asker(consult, first=True)} asks for your advice.{_why_you(offer)}",
            *words_of(consult),
            about(consult),
            *_detail(consult, offer),
        ],
        offer_buttons(consult, offer.expert),
    )


def _why_you(offer: Offer) -> str:
    if offer.thought_of_by:
        return f" {user(offer.thought_of_by)} thinks of you for it."
    if offer.partial:
        return " You match only a part of what is asked; perhaps you know enough."
    return ""


def _detail(consult: Consult, offer: Offer) -> list[str]:
    """How it stands with the detail that was asked for, if one was."""
    waits_for = consult.waits_for
    if waits_for and waits_for.expert != offer.expert:
        return ["A colleague has asked for one detail. You can take it all the same."]
    if waits_for:
        return [
            f"You have asked one detail. The question waits for the answer until"
            f" {date(waits_for.due_at)}, then it goes on by itself; nobody is reminded meanwhile."
        ]
    mine = next((each for each in consult.details if each.expert == offer.expert), None)
    if mine and mine.state is DetailState.LAPSED:
        return ["No answer has come to the detail you asked for, so the question goes on without."]
    if mine and mine.state is DetailState.CHANGED:
        return ["You asked for one detail; the question was changed since then."]
    return []


def offer_buttons(consult: Consult, expert: str) -> list[Block]:
    """What an expert can do to whom it is put; one detail is asked by each, and one at a time."""
    value = str(consult.id)
    asked = consult.waits_for or any(each.expert == expert for each in consult.details)
    return [
        button("Accept", ids.ACCEPT, value, style="primary"),
        button("Answer now", ids.ANSWER_NOW, value),
        *([] if asked else [button("Need one detail", ids.NEED_DETAIL, value)]),
        button("Not before …", ids.REST, value),
        button("Ask a colleague", ids.FORWARD, value),
        button("Pass", ids.PASS, value),
    ]


def _resting(consult: Consult, offer: Offer) -> Message:
    until = f" until {date(offer.rests_until)}" if offer.rests_until else ""
    return message(
        [
            f"This question of {the_asker(consult)} rests{until}. Others are asked meanwhile; if"
            " nobody has taken it by then, it comes back to you. You can take it now, too.",
            *words_of(consult),
            about(consult),
        ],
        [
            button("Accept", ids.ACCEPT, str(consult.id), style="primary"),
            button("Pass", ids.PASS, str(consult.id)),
        ],
    )


def expert_buttons(consult: Consult) -> list[Block]:
    """What who has taken it can do."""
    value = str(consult.id)
    talk = [] if consult.conversation else [button("Talk about it", ids.TALK, value)]
    return [*talk, button("Close", ids.CLOSE, value), button("Give it back", ids.RELEASE, value)]


_OVER = {
    OfferState.PASSED: "You passed on this question. That is quite all right: others are asked.",
    OfferState.RELEASED: "This question has gone to others. Thank you for having taken it.",
    OfferState.TAKEN_BACK: "This question was taken back; it needs nothing of you. Thank you!",
}


def _offer_over(consult: Consult, offer: Offer) -> str:
    if offer.state in _OVER:
        return _OVER[offer.state]
    if offer.state is OfferState.FORWARDED:
        return f"You have put this question to {user(offer.forwarded_to)}. Thank you!"
    if offer.state is OfferState.ACCEPTED:
        return f"You took this question of {the_asker(consult)}; it is closed. Thank you!"
    if consult.state is ConsultState.WITHDRAWN:
        return "The question was withdrawn, so there is nothing left to do. Thank you!"
    if consult.state is ConsultState.OPEN or not consult.expert:
        return "This question was changed and is on its way to others. Thank you for being there."
    return "Somebody else has taken this question. Thank you for being there."


def reminder(consult: Consult, offer: Offer) -> Message | None:
    """One kind line to an expert who has not answered; None once there is nothing to answer."""
    if offer.state is not OfferState.OPEN or consult.state is not ConsultState.OPEN:
        return None
    if consult.waits_for:
        return message(
            [
                f"A question of {the_asker(consult)} waits for one detail, so there is nothing to"
                " do now. It stands in your messages above."
            ]
        )
    return message(
        [
            f"A question of {the_asker(consult)} is still waiting in your messages above."
            " Passing is fine too: then others are asked."
        ]
    )


def offered_again(consult: Consult, offer: Offer) -> Message | None:
    """Tells an expert that a question is back on its card; None if it is not any more."""
    if offer.state is not OfferState.OPEN or consult.state is not ConsultState.OPEN:
        return None
    came = "has come back to you" + (", as you asked" if offer.rests_until else "")
    if offer.thought_of_by:
        came = f"is before you again: {user(offer.thought_of_by)} thinks of you for it"
    return message(
        [
            f"A question of {the_asker(consult)} {came}; its card is in your messages above."
            " Passing is fine."
        ]
    )
