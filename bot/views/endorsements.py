"""Endorsing a colleague for a topic: the form, the card that asks them, and what is said of it."""

from collections.abc import Sequence

from bot.views.blocks import (
    Message,
    Modal,
    button,
    choice_of,
    field_of,
    joined,
    option,
    safe,
    section,
    user,
    users_select,
)
from bot.views.help import say
from bot.views.message import message
from storage.records import Endorsement, EndorsementState, Topic

ACCEPT = "endorsement.accept"
DECLINE = "endorsement.decline"
FORM = "endorsement.form"
NAMED = 5  # colleagues that a card names


def endorse_form(topics: Sequence[Topic], colleague: str | None = None) -> Modal:
    """Where somebody says what a colleague knows."""
    if not topics:
        return Modal(
            "Endorse a colleague",
            [section("There are no topics yet. Those who run the programme add them.")],
        )
    options = [option(topic.name, str(topic.id)) for topic in topics]
    return Modal(
        "Endorse a colleague",
        [
            section(
                "Who do you turn to? Your colleague is asked whether to take questions on it, and"
                " sees that it comes from you. It counts once they agree."
            ),
            field_of("colleague", "Who?", users_select("colleague", "A colleague", colleague)),
            field_of("topics", "They know", choice_of("multi_static_select", options)),
        ],
        FORM,
        "Endorse",
    )


def endorsed(colleague: str, topics: Sequence[Topic]) -> Message:
    """What is said to who endorsed: the same whatever comes of it."""
    names = joined([safe(topic.name) for topic in topics])
    return say(f"Thank you! Your word for {user(colleague)} on {names} counts once they agree.")


def endorsement_card(topic: Topic, about: Sequence[Endorsement], *, takes: bool) -> Message:
    """Asks somebody whether they take questions on a topic, and says what they answered.

    `about`: what one card asks, by several colleagues perhaps; `takes`: they do already.
    """
    name = safe(topic.name)
    waiting = [each for each in about if each.state is EndorsementState.ASKED]
    if not waiting and about[0].state is EndorsementState.DECLINED:
        return message(["That is quite all right. You are not asked about this topic again."])
    if not waiting:
        return message(
            [f"{_who(about, name)} You take questions on it; `/mentor expert` changes that."]
        )
    asks = "Will you take questions on it from now on?"
    if takes:
        asks = "You take questions on it already. May others see that colleagues say so?"
    value = str(topic.id)
    return message(
        [
            f"{_who(waiting, name)} {asks}",
            "No is fine: nobody is told, and you are not asked about this topic again.",
        ],
        [
            button("Accept", ACCEPT, value, style="primary"),
            button("No thank you", DECLINE, value),
        ],
    )


def _who(about: Sequence[Endorsement], name: str) -> str:
    """Who says that they know the topic of this name, or put a question on it to them."""
    vouch = [user(each.by) for each in about if not each.forwarded]
    names = vouch or [user(each.by) for each in about]
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    people = joined([*names[:NAMED], *more])
    if not vouch:
        return f"{people} thought of you for a question on {name}."
    return f"{people} {'say' if len(names) > 1 else 'says'} that you know {name} well."


def unknown_topic(near: Sequence[str]) -> str:
    """What is said of a topic that there is not, with those that are near to it."""
    if not near:
        return "There is no such topic. `/mentor endorse` opens a form with all of them."
    names = joined([safe(name) for name in near])
    return f"There is no such topic; near to it: {names}. Nothing was sent, please try again."
