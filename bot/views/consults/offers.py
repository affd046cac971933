"""The card by which an expert is asked, and what follows it."""

from bot.views.blocks import (
    Block,
    Message,
    button,
)
from bot.views.consults import ids
from bot.views.consults.words import about, the_asker, words_of
from bot.views.message import message
from storage.records import (
    Consult,
    ConsultState,
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
    if offer.state is not OfferState.OPEN or consult.state is not ConsultState.OPEN:
        return message([_offer_over(consult, offer)])
    partly = (
        " You match only a part of what is asked; perhaps you know enough." if offer.partial else ""
    )
    return message(
        [
            f"{the_asker(consult)} asks for your advice.{partly}",
            *words_of(consult),
            about(consult),
        ],
        [
            button("Accept", ids.ACCEPT, str(consult.id), style="primary"),
            button("Answer now", ids.ANSWER_NOW, str(consult.id)),
            button("Pass", ids.PASS, str(consult.id)),
        ],
    )


def expert_buttons(consult: Consult) -> list[Block]:
    """What who has taken it can do."""
    value = str(consult.id)
    talk = [] if consult.conversation else [button("Talk about it", ids.TALK, value)]
    return [*talk, button("Close", ids.CLOSE, value), button("Give it back", ids.RELEASE, value)]


def _offer_over(consult: Consult, offer: Offer) -> str:
    if offer.state is OfferState.PASSED:
        return "You passed on this question. That is quite all right: others are asked."
    if offer.state is OfferState.RELEASED:
        return "This question has gone to others. Thank you for having taken it."
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
    return message(
        [
            f"A question of {the_asker(consult)} has come back to you; its card is in your"
            " messages above. Passing is fine."
        ]
    )
