"""The asker's status card: true at every moment, from the first to the last."""

from collections.abc import Sequence

from bot.rules.widening import plan
from bot.views.blocks import (
    Message,
    channel,
    cut,
    date,
    user,
)
from bot.views.consults.words import (
    ON_CALL,
    OUTCOMES,
    about,
    asker_buttons,
    is_with,
    words_of,
)
from bot.views.message import Line, message
from storage.records import (
    Consult,
    ConsultState,
    Offer,
    OfferState,
    Outcome,
    Step,
)


def status_card(consult: Consult, offers: Sequence[Offer]) -> Message:
    """Where the asker's question stands, and what they can do."""
    lines = [*words_of(consult), stands(consult, offers), about(consult)]
    if consult.answer:
        lines.insert(2, (f"Answer from {user(consult.expert)}", consult.answer))
    if not consult.ended:
        lines.append(ON_CALL)
    return message(lines, asker_buttons(consult))


def stands(consult: Consult, offers: Sequence[Offer]) -> str:
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
            f" somebody for you. {is_with(asked)}"
        ).rstrip()
    if consult.step is Step.FALLBACK_CHANNEL:
        where = _channel(consult) or "the topic's channel"
        with_them, as_well = (f" {is_with(asked)}", " as well") if asked else ("", "")
        return f"Received.{with_them} It has been put to {where}{as_well}.{widens}"
    if not asked:
        when = f" {date(consult.due_at)}" if consult.due_at else " then"
        return f"Received. Nobody could be asked yet; {_next_step(consult)}{when}."
    return f"Received. {is_with(asked)}{widens}"


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


def _was_asked(expert: str, offers: Sequence[Offer]) -> bool:
    return any(each.expert == expert and each.state is not OfferState.GONE for each in offers)


def my_consults(mine: Sequence[tuple[Consult, Sequence[Offer]]]) -> Message:
    """What `/mentor status` shows."""
    if not mine:
        return message(["You have asked nothing yet. `/mentor` and your question is all it takes."])
    lines: list[Line] = ["Your questions, the newest first:"]
    for consult, offers in mine:
        lines.append(("Question", cut(consult.question, 200)))
        lines.append(stands(consult, offers))
    return message(lines)
