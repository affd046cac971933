"""The asker's status card: true at every moment, from the first to the last."""

from collections.abc import Sequence

from bot.rules.expecting import Expectation
from bot.rules.widening import HOUR, WORKING_DAY, plan
from bot.views.blocks import (
    Message,
    channel,
    counted,
    cut,
    date,
    joined,
    safe,
    user,
)
from bot.views.consults.words import (
    ON_CALL,
    OUTCOMES,
    UNNAMED,
    WHO_COULD_KNOW,
    about,
    asker_buttons,
    is_with,
    why_button,
    words_of,
)
from bot.views.message import Line, message
from storage.records import (
    Consult,
    ConsultState,
    Detail,
    Offer,
    OfferState,
    Outcome,
    Step,
)


def status_card(
    consult: Consult, offers: Sequence[Offer], expected: Expectation | None = None
) -> Message:
    """Where the asker's question stands, what they can expect, and what they can do."""
    lines = [*words_of(consult), stands(consult, offers), about(consult)]
    if expected and consult.state is ConsultState.OPEN:
        lines.append(expectation(expected))
    if consult.answer:
        lines.insert(2, (f"Answer from {user(consult.expert)}", consult.answer))
    if consult.hidden and consult.state is not ConsultState.WITHDRAWN:
        lines.append(f"You ask anonymously: others read “{UNNAMED}”. {WHO_COULD_KNOW}")
    if not consult.ended:
        lines.append(ON_CALL)
    return message(lines, [*asker_buttons(consult), *why_button(consult, offers)])


def expectation(expected: Expectation) -> str:
    """What the programme's own questions of this topic say of how long it takes."""
    found = f"{expected.answered} of the last {expected.of} found somebody who helped"
    topic = safe(expected.topic)
    if expected.within is None:
        return f"What to expect on {topic}: {found}."
    return f"What to expect on {topic}: usually taken within {_working(expected.within)}; {found}."


def _working(seconds: int) -> str:
    """Working time in words, rounded up."""
    hours = -(-seconds // HOUR)
    if hours <= 1:
        return "an hour of working time"
    if seconds <= WORKING_DAY:
        return f"{hours} working hours"
    return counted(-(-seconds // WORKING_DAY), "working day")


def stands(consult: Consult, offers: Sequence[Offer]) -> str:
    """One or two sentences that are true now."""
    if consult.state is ConsultState.ACCEPTED:
        where = _talks(consult) if consult.conversation else ""
        return f"{user(consult.expert)} has taken your question.{where}"
    if consult.state is ConsultState.WITHDRAWN:
        return "You have withdrawn this question. Nobody is asked any more."
    if consult.state is ConsultState.CLOSED:
        who = f" {user(consult.expert)} had taken it." if consult.expert else ""
        return f"This question is {OUTCOMES[consult.outcome or Outcome.UNKNOWN]}.{who}"
    return _looks_for_somebody(consult, offers)


def _talks(consult: Consult) -> str:
    if consult.hidden:
        return (
            " You write to each other through the bot: in the thread of its message about that,"
            " here in your messages."
        )
    return " You share a group message."


def _looks_for_somebody(consult: Consult, offers: Sequence[Offer]) -> str:
    asked = [offer for offer in offers if offer.state is OfferState.OPEN]
    if consult.waits_for:
        return _waits_for_detail(consult.waits_for, asked)
    back = _comes_back(consult, offers)
    widens = ""
    if consult.due_at:
        ahead = f"{back} is asked" if back else _next_step(consult)
        widens = f" If nobody takes it, {ahead} {date(consult.due_at)}."
    if consult.step is Step.WAITING:
        when = f" {date(consult.due_at)}" if consult.due_at else " then"
        who = "somebody who may know"
        if consult.wanted_expert and not _was_asked(consult.wanted_expert, offers):
            who = user(consult.wanted_expert)
        who = back or who
        return f"Received. It waits for working hours: {who} is asked{when}."
    if consult.step is Step.ADMIN and consult.admin:
        return (
            f"Received. {user(consult.admin)}, who runs this programme, has it now and finds"
            f" somebody for you. {is_with(asked)}"
        ).rstrip()
    if consult.step is Step.FALLBACK_CHANNEL and not consult.personal:
        where = _channel(consult) or "the topic's channel"
        with_them, as_well = (f" {is_with(asked)}", " as well") if asked else ("", "")
        return f"Received.{with_them} It has been put to {where}{as_well}.{widens}"
    if not asked:
        when = f" {date(consult.due_at)}" if consult.due_at else " then"
        ahead = f"{back} is asked" if back else _next_step(consult)
        return f"Received. Nobody could be asked yet; {ahead}{when}."
    return f"Received. {is_with(asked)}{widens}"


def _waits_for_detail(detail: Detail, asked: Sequence[Offer]) -> str:
    """That somebody asked for a detail; for what else happens the clock stands still."""
    return (
        f"Received. {is_with(asked)} {user(detail.expert)} has asked you one detail, in your"
        " messages. Until you answer, at the longest until"
        f" {date(detail.due_at)}, your question waits."
    )


def _comes_back(consult: Consult, offers: Sequence[Offer]) -> str:
    """Who had rather be asked when the clock next has to do with it; empty if that is nobody."""
    return joined(
        [
            user(offer.expert)
            for offer in offers
            if offer.state is OfferState.RESTING and offer.rests_until == consult.due_at
        ]
    )


def _next_step(consult: Consult) -> str:
    """What happens at `due_at` to a question that nobody has taken by then."""
    stages = plan(consult.urgency)
    ahead = stages[min(consult.stage, len(stages) - 1)].step
    if ahead in (Step.EXPERTS, Step.MORE_EXPERTS):
        return "the bot looks for more colleagues"
    place = _channel(consult) if ahead is Step.FALLBACK_CHANNEL else None
    if place and consult.hidden:
        # Those it must not meet may read that channel: then it is passed over.
        return f"it is put to {place}, or goes to those who run the programme, without your name"
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
