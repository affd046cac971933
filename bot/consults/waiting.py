"""What else an expert does with an offer: asks one detail, wants it later, thinks of a colleague.

Each leaves the offer undecided; whoever is first to accept has the consult all the same.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot import endorsements, nudges
from bot.authority import Action, Actor, authorise
from bot.consults import cards, clock, widening
from bot.consults.anonymity import barred
from bot.errors import Reason, Refused, Unusable
from bot.members import hours_of
from bot.rules import standstill, working_hours
from bot.rules.widening import not_to_ask
from storage import consults, details, members, offers, outbox
from storage.database import Tx
from storage.records import Consult, Detail, DetailState, Ground

# Who wants it later than this had rather pass.
RESTS_AT_MOST = 14  # days


def to_need_detail(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """The consult as the actor may ask one detail of it.

    Raises Refused(DETAIL_ASKED) if they have, (DETAIL_WAITS) while a colleague's is waited for.
    """
    consult = authorise(tx, actor, Action.NEED_DETAIL, consult_id)
    if any(each.expert == actor.user for each in consult.details):
        raise Refused(Reason.DETAIL_ASKED)
    if consult.waits_for:
        raise Refused(Reason.DETAIL_WAITS)
    return consult


def need_detail(tx: Tx, actor: Actor, consult_id: int, words: str) -> None:
    """Ask the asker for one detail; the clock of the consult stands still until they answer.

    After two of their working days it goes on by itself. Raises Unusable("detail") and Refused.
    """
    if not words:
        raise Unusable("detail", "Please write what you would like to know.")
    consult = to_need_detail(tx, actor, consult_id)
    # A hidden asker's own hours would say where they work.
    waits_for = actor.user if consult.hidden else consult.asker
    due_at = standstill.answer_due(hours_of(tx, waits_for), tx.now)
    details.add(tx, consult_id, actor.user, words, due_at)
    nudges.drop(tx, nudges.Thing.REMINDER, consult_id)
    outbox.mark_stale(tx, f"detail/{consult_id}/{actor.user}")
    _moved(tx, consult)


def to_answer_detail(tx: Tx, actor: Actor, detail_id: int) -> tuple[Consult, Detail]:
    """The detail and its consult, if the actor may answer it; raises Refused.

    One that was waited for in vain is still welcome.
    """
    detail = details.get(tx, detail_id)
    if detail is None:
        raise Refused(Reason.NOT_YOURS)
    consult = authorise(tx, actor, Action.ANSWER_DETAIL, detail.consult_id)
    if detail.state not in (DetailState.OPEN, DetailState.LAPSED):
        raise Refused(Reason.TOO_LATE)
    return consult, detail


def answer_detail(tx: Tx, actor: Actor, detail_id: int, words: str) -> None:
    """The asker answers; everybody to whom the consult is put reads it, and the clock goes on."""
    if not words:
        raise Unusable("answer", "Please write your answer.")
    consult, detail = to_answer_detail(tx, actor, detail_id)
    details.answer(tx, detail_id, words)
    outbox.mark_stale(tx, f"detail-answered/{consult.id}/{detail.expert}")
    clock.remind_again(tx, consult)
    _moved(tx, consult)


def _moved(tx: Tx, consult: Consult) -> None:
    standing = consults.get(tx, consult.id)
    if standing:
        widening.step(tx, clock.looked_at(tx, standing))
    cards.changed(tx, consult.id)


def to_rest(tx: Tx, actor: Actor, consult_id: int) -> tuple[Consult, date]:
    """The consult as the actor may put it off, and their own today; raises Refused."""
    consult = authorise(tx, actor, Action.REST, consult_id)
    return consult, _today(tx, actor.user)


def rest(tx: Tx, actor: Actor, consult_id: int, until: date) -> None:
    """The expert would rather not before a day: until it begins for them the offer rests.

    Others are asked as if it had been passed; then it comes back, if nobody has the consult. Raises
    Unusable("until") for a day that is past or more than RESTS_AT_MOST away.
    """
    consult, today = to_rest(tx, actor, consult_id)
    if not today < until <= today + timedelta(days=RESTS_AT_MOST):
        raise Unusable("until", "Please choose a day from tomorrow to two weeks from now.")
    hours = hours_of(tx, actor.user)
    midnight = working_hours.instant(until, 0, hours.zone)
    offers.rest(tx, consult_id, actor.user, working_hours.next_start(hours, midnight))
    _moved(tx, consult)


def _today(tx: Tx, user: str) -> date:
    return datetime.fromtimestamp(tx.now, working_hours.zone_of(hours_of(tx, user).zone)).date()


def to_forward(tx: Tx, actor: Actor, consult_id: int) -> Consult:
    """The consult as the actor may put it to a colleague; raises Refused."""
    return authorise(tx, actor, Action.FORWARD, consult_id)


def forward(
    tx: Tx, actor: Actor, consult_id: int, colleague: str, endorsed: Collection[int]
) -> None:
    """Put the offer to a colleague instead, expert or not; it is no longer before the actor.

    The colleague is asked whether to take questions on its topics, too; on those of `endorsed`
    with the actor's word for them. Raises Unusable and Refused(NOT_TO_FORWARD), in the same words
    whatever keeps the colleague from being asked; if that is who asks anonymously, they are passed
    over without a word, as a refusal would tell who asks.
    """
    if not colleague:
        raise Unusable("colleague", "Please choose a colleague.")
    consult = authorise(tx, actor, Action.FORWARD, consult_id)
    if not _can_be_thought_of(tx, actor.user, colleague, consult):
        raise Refused(Reason.NOT_TO_FORWARD, "colleague")
    offers.forward(tx, consult_id, actor.user, colleague)
    if not barred(tx, consult, colleague):
        _puts_to(tx, actor.user, consult, colleague, endorsed)
    _moved(tx, consult)


def _puts_to(tx: Tx, by: str, consult: Consult, colleague: str, endorsed: Collection[int]) -> None:
    widening.put_to(tx, consult.id, colleague, why=Ground.FORWARDED, thought_of_by=by)
    for topic in consult.topics:
        vouched = topic.id in endorsed
        endorsements.ask_about(tx, colleague, topic.id, by=by, forwarded=not vouched)


def _can_be_thought_of(tx: Tx, by: str, colleague: str, consult: Consult) -> bool:
    passed_over = barred(tx, consult, colleague)
    if passed_over and not consult.hidden:
        return False
    return (
        clock.may_be_asked(tx, colleague)
        and (members.paused_until(tx, colleague) or 0) <= tx.now
        and not members.kept_apart(tx, by, colleague)
        and (passed_over or colleague not in not_to_ask(offers.of_consult(tx, consult.id), tx.now))
    )
