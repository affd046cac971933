"""The cards beyond the experts asked by name: in the topic's channel and at an admin's."""

from collections.abc import Sequence

from bot.views.blocks import (
    Message,
    button,
    date,
    user,
    users_select,
)
from bot.views.consults import ids
from bot.views.consults.words import (
    about,
    asked_in,
    is_with,
    the_asker,
)
from bot.views.message import message
from storage.records import (
    Consult,
    ConsultState,
    Offer,
    OfferState,
    Step,
)


def fallback_card(consult: Consult) -> Message:
    """The card in the topic's channel; it shows the question only while it may be taken there."""
    here = consult.step in (Step.FALLBACK_CHANNEL, Step.ADMIN) and not consult.personal
    if consult.state is not ConsultState.OPEN or not here:
        taken = f" {user(consult.expert)} has taken it." if consult.expert else ""
        return message([f"A question that was put here needs nobody any more.{taken} Thank you!"])
    return message(
        [f"{the_asker(consult, first=True)} asks for advice. Who can help?", *asked_in(consult)],
        [button("Accept", ids.ACCEPT, str(consult.id), style="primary")],
    )


def admin_card(consult: Consult, offers: Sequence[Offer]) -> Message:
    """What a named admin sees: never the words of the question."""
    if consult.state is not ConsultState.OPEN or consult.step is not Step.ADMIN:
        return message(["A question that waited for you needs nothing any more. Thank you!"])
    asked = is_with([offer for offer in offers if offer.state is OfferState.OPEN])
    if consult.hidden:
        # Who can't be asked is passed over, and to see who would tell who asks.
        asked = (
            "Put it to as many as you like. With whom it is stays between them and the bot, as it"
            " could tell who asks; who can't be asked is passed over."
        )
    card = message(
        [
            f"A question of {the_asker(consult)}, asked {date(consult.asked_at)}, has found nobody"
            f" yet. {about(consult)}",
            *([asked] if asked else []),
            "Please take it, or put it to somebody. You see its words once you take it.",
        ],
        [
            button("Take it", ids.ACCEPT, str(consult.id), style="primary"),
            users_select(ids.HAND_ON, "Put it to …"),
        ],
    )
    # A select has no value of its own to carry the id.
    card.blocks[-1]["block_id"] = str(consult.id)
    return card
