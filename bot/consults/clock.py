"""What the clock of an open consult stands still for, and what comes back with it.

A detail that is waited for, offers that rest until a date, reminders.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot import nudges
from bot.authority import kept_from
from bot.rules import personal
from bot.rules.widening import DAY
from storage import consults, details, members, offers, outbox, topics
from storage import nudges as nudge_queries
from storage.database import Tx
from storage.records import Consult, DetailState, Offer, OfferState, Step

# A reminder held back over a weekend still comes.
REMINDED_WITHIN = 4 * DAY


def as_it_stands(tx: Tx, consult: Consult) -> Consult:
    """The consult with its details of now; one that got no answer in time holds it up no longer.

    One whose topics became personal since it was put to a channel is not there any more.
    """
    known = tuple(details.of_consult(tx, consult.id))
    consult = replace(consult, details=known)
    waited_for = consult.waits_for
    if waited_for and waited_for.due_at <= tx.now:
        details.settle(tx, consult.id, DetailState.LAPSED, waited_for.due_at)
        remind_again(tx, consult)
        consult = replace(consult, details=tuple(details.of_consult(tx, consult.id)))
    if consult.personal and consult.step is Step.FALLBACK_CHANNEL:
        consult = replace(consult, step=Step.MORE_EXPERTS)
    return consult


def woken(tx: Tx, consult: Consult, made: list[Offer]) -> list[Offer]:
    """The offers, those before their experts again whose date has come."""
    due = [
        each.expert
        for each in made
        if each.state is OfferState.RESTING and (each.rests_until or 0) <= tx.now
    ]
    for user in due:
        if may_be_put_to(tx, user, consult) and (members.paused_until(tx, user) or 0) <= tx.now:
            offers.wake(tx, consult.id, user)
            members.asked_now(tx, user)
            outbox.mark_stale(tx, f"offer-again/{consult.id}/{user}/{tx.now}")
        else:
            offers.answer(tx, consult.id, user, OfferState.GONE)
    return offers.of_consult(tx, consult.id) if due else made


def soonest(due_at: int | None, made: Sequence[Offer]) -> int | None:
    """When the clock has to do with it: at its next stage, or when an offer comes back."""
    back = [each.rests_until for each in made if each.state is OfferState.RESTING]
    return min((at for at in (due_at, *back) if at is not None), default=None)


def remind(tx: Tx, consult: Consult, user: str) -> None:
    """Have an expert reminded of the offer before them, once."""
    until = tx.now + REMINDED_WITHIN
    nudges.want(tx, user, nudges.Thing.REMINDER, consult.id, until=until)


def remind_again(tx: Tx, consult: Consult) -> None:
    """The clock goes on: the reminders that were held back by its stop are due again."""
    outbox.refresh_under(tx, f"reminder/{consult.id}")
    for offer in offers.of_consult(tx, consult.id):
        was_due = nudge_queries.find(tx, offer.expert, nudges.Thing.REMINDER, consult.id, 0)
        if offer.state is OfferState.OPEN and was_due:
            remind(tx, consult, offer.expert)


def may_be_asked(tx: Tx, user: str) -> bool:
    """Whether a consult may be put to them by name, expert or not, whoever asks."""
    member = members.get(tx, user)
    return member is not None and not (member.deactivated or member.bot or member.guest)


def may_be_put_to(tx: Tx, user: str, consult: Consult) -> bool:
    """Whether the consult may be put to somebody by name, expert or not."""
    return may_be_asked(tx, user) and not kept_from(tx, user, consult)


def looked_at(tx: Tx, consult: Consult) -> Consult:
    """The consult, with whether its words name a topic of the personal class."""
    named = personal.named_in(consult, topics.personal(tx))
    if named != consult.names_personal:
        consults.names_personal(tx, consult.id, named=named)
    return replace(consult, names_personal=named)
