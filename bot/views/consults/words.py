"""What the messages and forms of a consult have in common."""

from collections.abc import Sequence

from bot.views.blocks import (
    Block,
    asks_first,
    button,
    joined,
    safe,
    user,
)
from bot.views.consults import ids
from bot.views.message import Line
from storage.records import (
    Consult,
    ConsultState,
    Offer,
    OfferState,
    Outcome,
    Urgency,
)

URGENCIES = {
    Urgency.TODAY: "today",
    Urgency.THIS_WEEK: "this week",
    Urgency.NO_HURRY: "no hurry",
}

OUTCOMES = {
    Outcome.SOLVED: "solved",
    Outcome.PARTLY: "partly solved",
    Outcome.NO: "not solved",
    Outcome.UNKNOWN: "closed",
}

ON_CALL = (
    "This is for advice and learning. If a patient needs a decision now, please call the person on"
    " call."
)


# The question is about what is nobody's business; product.md, section 1.4.
PRIVATE = "It stays private: it is never put in a channel."
DETAILS = 5  # on one card; each is a question and its answer
UNNAMED = "a colleague who asks anonymously"
# Messages and logs hold no name; the store has to.
WHO_COULD_KNOW = (
    "Nobody in Slack is told who you are: no expert, and nobody who runs the programme. Only"
    " whoever operates the server on which this bot runs could look it up. The way you write, and"
    " what you tell, may give you away."
)


def the_asker(consult: Consult, *, first: bool = False) -> str:
    """The asker as everybody else reads of them; `first`: at the beginning of a sentence."""
    if consult.hidden:
        return UNNAMED.capitalize() if first else UNNAMED
    return user(consult.asker)


def words_of(consult: Consult) -> list[Line]:
    """What the asker wrote, and the details they added when they were asked for them."""
    lines: list[Line] = [*asked_in(consult)]
    for detail in [each for each in consult.details if each.answer][-DETAILS:]:
        lines += [("One detail was asked", detail.question), ("The answer", detail.answer or "")]
    return lines


def asked_in(consult: Consult) -> list[Line]:
    """The question as it may stand in a channel: without what was asked and told in private."""
    return [("Question", consult.question), ("Tried so far, and context", consult.tried)]


def about(consult: Consult) -> str:
    """Its topics and how soon, and that it stays private if it does, in a sentence each."""
    topics = ", ".join(safe(topic.name) for topic in consult.topics) or "no topic named"
    private = f" {PRIVATE}" if consult.personal else ""
    return f"Topics: {topics}. Urgency: {URGENCIES[consult.urgency]}.{private}"


def why_button(consult: Consult, offers: Sequence[Offer]) -> list[Block]:
    """What tells the asker why it is with just these people; none while it is with nobody."""
    among = has_it_before_them(consult, offers)
    if not among:
        return []
    words = "Why this person" if len(among) == 1 else "Why these people"
    return [button(words, ids.SEE_WHY, str(consult.id))]


def has_it_before_them(consult: Consult, offers: Sequence[Offer]) -> list[Offer]:
    """The offers the asker knows of: those that stand, or that of whoever has taken it.

    Who has passed is not among them: a pass is never shown.
    """
    shown = {
        ConsultState.OPEN: OfferState.OPEN,
        ConsultState.ACCEPTED: OfferState.ACCEPTED,
    }.get(consult.state)
    return [offer for offer in offers if offer.state is shown]


def asker_buttons(consult: Consult) -> list[Block]:
    """What the asker can do as it now stands."""
    value = str(consult.id)
    if consult.state is ConsultState.OPEN:
        anonymously = button("Ask anonymously", ids.ASK_ANONYMOUSLY, value)
        return [
            button("Change", ids.CHANGE, value),
            *([] if consult.anonymous else [anonymously]),
            *reveal_button(consult),
            button("Withdraw", ids.WITHDRAW, value, style="danger"),
        ]
    if consult.state is ConsultState.ACCEPTED:
        talk = [] if consult.conversation else [button("Talk about it", ids.TALK, value)]
        return [
            *talk,
            button("Close", ids.CLOSE, value, style="primary"),
            button("Ask somebody else", ids.RELEASE, value),
            *reveal_button(consult),
        ]
    if consult.state is ConsultState.CLOSED:
        again = consult.outcome is Outcome.NO
        others = [button("Ask others", ids.ASK_OTHERS, value)] if again else []
        return [*others, *reveal_button(consult)]
    return []


def reveal_button(consult: Consult) -> list[Block]:
    """By which an anonymous asker shows who they are; it asks first, as there is no way back."""
    if not consult.hidden or consult.state is ConsultState.WITHDRAWN:
        return []
    together = consult.state is ConsultState.ACCEPTED and consult.conversation
    group = " You get a group message with who has it, and talk there." if together else ""
    return [
        asks_first(
            button("Show who I am", ids.REVEAL, str(consult.id)),
            "Show who you are?",
            "Everybody who has or gets this question to answer reads your name then."
            f"{group} It can't be undone.",
            "Show my name",
            "Stay anonymous",
        )
    ]


def is_with(asked: Sequence[Offer]) -> str:
    """With whom it is, partial matches named as such; empty if with nobody."""
    if not asked:
        return ""
    names = joined([user(offer.expert) for offer in asked])
    near = [user(offer.expert) for offer in asked if offer.partial]
    match = "a partial match" if len(near) == 1 else "partial matches"
    which = "" if len(near) == len(asked) else f"{joined(near)}: "
    partly = f" ({which}{match})" if near else ""
    return f"It is with {names}{partly}."
