"""The messages of a consult. Each is drawn from what the store holds when it is sent."""

from collections.abc import Sequence

from bot.rules.widening import SILENCE, plan
from bot.views.blocks import (
    Block,
    Message,
    button,
    channel,
    cut,
    date,
    joined,
    safe,
    user,
    users_select,
)
from bot.views.consults import ids
from bot.views.message import Line, message
from storage.records import (
    Consult,
    ConsultState,
    Help,
    Offer,
    OfferState,
    Outcome,
    Step,
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


def _words(consult: Consult) -> list[Line]:
    return [("Question", consult.question), ("Tried so far, and context", consult.tried)]


def _about(consult: Consult) -> str:
    topics = ", ".join(safe(topic.name) for topic in consult.topics) or "no topic named"
    return f"Topics: {topics}. Urgency: {URGENCIES[consult.urgency]}."


def status_card(consult: Consult, offers: Sequence[Offer]) -> Message:
    """Where the asker's question stands, and what they can do."""
    lines = [*_words(consult), _stands(consult, offers), _about(consult)]
    if consult.answer:
        lines.insert(2, (f"Answer from {user(consult.expert)}", consult.answer))
    if not consult.ended:
        lines.append(ON_CALL)
    return message(lines, _asker_buttons(consult))


def _asker_buttons(consult: Consult) -> list[Block]:
    value = str(consult.id)
    if consult.state is ConsultState.OPEN:
        return [
            button("Change", ids.CHANGE, value),
            button("Withdraw", ids.WITHDRAW, value, style="danger"),
        ]
    if consult.state is ConsultState.ACCEPTED:
        talk = [] if consult.conversation else [button("Talk about it", ids.TALK, value)]
        return [
            *talk,
            button("Close", ids.CLOSE, value, style="primary"),
            button("Ask somebody else", ids.RELEASE, value),
        ]
    if consult.state is ConsultState.CLOSED and consult.outcome is Outcome.NO:
        return [button("Ask others", ids.ASK_OTHERS, value)]
    return []


def _stands(consult: Consult, offers: Sequence[Offer]) -> str:
    """One or two sentences that are true now."""
    if consult.state is ConsultState.ACCEPTED:
        where = " You share a group message." if consult.conversation else ""
        return f"{user(consult.expert)} has taken your question.{where}"
    if consult.state is ConsultState.WITHDRAWN:
        return "You have withdrawn this question. Nobody is asked any more."
    if consult.state is ConsultState.CLOSED:
        who = f" {user(consult.expert)} had taken it." if consult.expert else ""
        return f"This question is {OUTCOMES[consult.outcome or Outcome.UNKNOWN]}.{who}"
    return _looks_for_somebody(consult, offers)


def _looks_for_somebody(consult: Consult, offers: Sequence[Offer]) -> str:
    widens = ""
    if consult.due_at:
        widens = f" If nobody takes it, {_next_step(consult)} {date(consult.due_at)}."
    asked = [offer for offer in offers if offer.state is OfferState.OPEN]
    if consult.step is Step.WAITING:
        when = f" {date(consult.due_at)}" if consult.due_at else " then"
        who = "somebody who may know"
        if consult.wanted_expert and not _was_asked(consult.wanted_expert, offers):
            who = user(consult.wanted_expert)
        return f"Received. It waits for working hours: {who} is asked{when}."
    if consult.step is Step.ADMIN and consult.admin:
        return (
            f"Received. {user(consult.admin)}, who runs this programme, has it now and finds"
            f" somebody for you. {_with(asked)}"
        ).rstrip()
    if consult.step is Step.FALLBACK_CHANNEL:
        where = _channel(consult) or "the topic's channel"
        with_them, as_well = (f" {_with(asked)}", " as well") if asked else ("", "")
        return f"Received.{with_them} It has been put to {where}{as_well}.{widens}"
    if not asked:
        when = f" {date(consult.due_at)}" if consult.due_at else " then"
        return f"Received. Nobody could be asked yet; {_next_step(consult)}{when}."
    return f"Received. {_with(asked)}{widens}"


def _next_step(consult: Consult) -> str:
    """What happens at `due_at` to a question that nobody has taken by then."""
    stages = plan(consult.urgency)
    ahead = stages[min(consult.stage, len(stages) - 1)].step
    if ahead in (Step.EXPERTS, Step.MORE_EXPERTS):
        return "the bot looks for more colleagues"
    place = _channel(consult) if ahead is Step.FALLBACK_CHANNEL else None
    return f"it is put to {place}" if place else "it goes to those who run the programme"


def _channel(consult: Consult) -> str | None:
    """The channel of its topics; none for a personal one."""
    places = [topic.fallback_channel for topic in consult.topics if topic.fallback_channel]
    return channel(places[0]) if places and not consult.personal else None


def _with(asked: Sequence[Offer]) -> str:
    if not asked:
        return ""
    names = joined([user(offer.expert) for offer in asked])
    near = [user(offer.expert) for offer in asked if offer.partial]
    match = "a partial match" if len(near) == 1 else "partial matches"
    which = "" if len(near) == len(asked) else f"{joined(near)}: "
    partly = f" ({which}{match})" if near else ""
    return f"It is with {names}{partly}."


def _was_asked(expert: str, offers: Sequence[Offer]) -> bool:
    return any(each.expert == expert and each.state is not OfferState.GONE for each in offers)


def offer_card(consult: Consult, offer: Offer) -> Message:
    """The card by which an expert is asked, and what became of it."""
    if offer.state is OfferState.ACCEPTED and not consult.ended:
        return message(
            [f"You have taken this question of {user(consult.asker)}. Thank you!"]
            + ([] if consult.conversation else _words(consult))
            + ([("Your answer", consult.answer)] if consult.answer else []),
            _expert_buttons(consult),
        )
    if offer.state is not OfferState.OPEN or consult.state is not ConsultState.OPEN:
        return message([_offer_over(consult, offer)])
    partly = (
        " You match only a part of what is asked; perhaps you know enough." if offer.partial else ""
    )
    return message(
        [f"{user(consult.asker)} asks for your advice.{partly}", *_words(consult), _about(consult)],
        [
            button("Accept", ids.ACCEPT, str(consult.id), style="primary"),
            button("Answer now", ids.ANSWER_NOW, str(consult.id)),
            button("Pass", ids.PASS, str(consult.id)),
        ],
    )


def _expert_buttons(consult: Consult) -> list[Block]:
    value = str(consult.id)
    talk = [] if consult.conversation else [button("Talk about it", ids.TALK, value)]
    return [*talk, button("Close", ids.CLOSE, value), button("Give it back", ids.RELEASE, value)]


def _offer_over(consult: Consult, offer: Offer) -> str:
    if offer.state is OfferState.PASSED:
        return "You passed on this question. That is quite all right: others are asked."
    if offer.state is OfferState.RELEASED:
        return "This question has gone to others. Thank you for having taken it."
    if offer.state is OfferState.ACCEPTED:
        return f"You took this question of {user(consult.asker)}; it is closed. Thank you!"
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
            f"A question of {user(consult.asker)} is still waiting in your messages above."
            " Passing is fine too: then others are asked."
        ]
    )


def offered_again(consult: Consult, offer: Offer) -> Message | None:
    """Tells an expert that a question is back on its card; None if it is not any more."""
    if offer.state is not OfferState.OPEN or consult.state is not ConsultState.OPEN:
        return None
    return message(
        [
            f"A question of {user(consult.asker)} has come back to you; its card is in your"
            " messages above. Passing is fine."
        ]
    )


def fallback_card(consult: Consult) -> Message:
    """The card in the topic's channel; it shows the question only while it may be taken there."""
    here = consult.step in (Step.FALLBACK_CHANNEL, Step.ADMIN) and not consult.personal
    if consult.state is not ConsultState.OPEN or not here:
        taken = f" {user(consult.expert)} has taken it." if consult.expert else ""
        return message([f"A question that was put here needs nobody any more.{taken} Thank you!"])
    return message(
        [f"{user(consult.asker)} asks for advice. Who can help?", *_words(consult)],
        [button("Accept", ids.ACCEPT, str(consult.id), style="primary")],
    )


def admin_card(consult: Consult, offers: Sequence[Offer]) -> Message:
    """What a named admin sees: never the words of the question."""
    if consult.state is not ConsultState.OPEN or consult.step is not Step.ADMIN:
        return message(["A question that waited for you needs nothing any more. Thank you!"])
    asked = _with([offer for offer in offers if offer.state is OfferState.OPEN])
    card = message(
        [
            f"A question of {user(consult.asker)}, asked {date(consult.asked_at)}, has found nobody"
            f" yet. {_about(consult)}",
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


def conversation_opening(consult: Consult) -> Message:
    """What opens the group message of asker and expert; it says once more that it is theirs."""
    over = "This question is closed. You are welcome to go on talking."
    return message(
        [
            f"{user(consult.asker)}, {user(consult.expert)}: this is yours to talk in. The"
            " bot does not read it.",
            *_words(consult),
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
        [] if consult.ended else _asker_buttons(consult),
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


def closing_question_to_asker(consult: Consult) -> Message:
    """Asks the asker one thing: whether it helped."""
    if consult.outcome is not Outcome.UNKNOWN:
        again = consult.outcome is Outcome.NO and consult.state is ConsultState.CLOSED
        return message(
            [
                "Thank you for telling."
                + (" If you like, the question goes to others." if again else "")
            ],
            [button("Ask others", ids.ASK_OTHERS, str(consult.id))] if again else [],
        )
    return message(
        [
            f"Your question to {user(consult.expert)} is closed. Did it help? It is one thing to"
            " tell; a thank-you note is welcome.",
            ("Question", cut(consult.question, 300)),
        ],
        [button("Tell how it went", ids.SAY_OUTCOME, str(consult.id), style="primary")],
    )


def closing_question_to_expert(consult: Consult, helps: Sequence[Help]) -> Message:
    """Tells the expert what the asker said, and asks one thing: how long, and what was learned."""
    mine = next((row for row in helps if row.helper == consult.expert), None)
    lines: list[Line] = [
        f"The question of {user(consult.asker)} that you took is closed. Thank you for your help!"
    ]
    if mine and mine.outcome and mine.outcome is not Outcome.UNKNOWN:
        lines.append(f"{user(consult.asker)} says: {OUTCOMES[mine.outcome]}.")
    if mine and mine.thanks:
        lines.append(("A thank-you", mine.thanks))
    if mine and (mine.minutes is not None or mine.learned):
        return message([*lines, "It is in your record."])
    return message(lines, [button("Minutes, and what I learned", ids.SAY_EFFORT, str(consult.id))])


def my_consults(mine: Sequence[tuple[Consult, Sequence[Offer]]]) -> Message:
    """What `/mentor status` shows."""
    if not mine:
        return message(["You have asked nothing yet. `/mentor` and your question is all it takes."])
    lines: list[Line] = ["Your questions, the newest first:"]
    for consult, offers in mine:
        lines.append(("Question", cut(consult.question, 200)))
        lines.append(_stands(consult, offers))
    return message(lines)
