"""How a consult finds its expert as working time passes, and what silence leads to.

The working time of a pace is that of the experts asked first: what counts is whoever has had the
longest working time since, so that one who sleeps holds nobody up.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot import care, inviting, ledger
from bot.consults import cards, clock, knowing, learning
from bot.members import hours_of
from bot.rules import standstill, working_hours
from bot.rules import widening as rules
from storage import consults, members, outbox, programme
from storage import offers as offer_queries
from storage.database import Tx
from storage.records import (
    Consult,
    ConsultState,
    Ground,
    HelpCategory,
    Offer,
    OfferState,
    Outcome,
    Step,
    Why,
    WorkingHours,
)
from storage.records.relay import Side

AT_ONCE = 100  # consults one tick takes from a workspace; the next tick takes the next
# When nobody at all could be told, somebody may have been named meanwhile.
LOOK_AGAIN_AFTER = 3600

Standing = tuple[Consult, list[Offer]]


def step_due(tx: Tx) -> int:
    """Move on every consult the clock has to do with now, at most AT_ONCE; gives how many.

    May run twice or in two processes: each step is taken in the transaction that sets the next.
    """
    due = consults.due(tx, AT_ONCE)
    for consult in due:
        if consult.state is ConsultState.OPEN:
            step(tx, consult)
        else:
            after_silence(tx, consult)
        cards.changed(tx, consult.id)
    return len(due)


def step(tx: Tx, consult: Consult, *, new: bool = False) -> Standing:
    """Take an open consult through every stage that is due by now, and set when the next is.

    `new`: it was never put to anybody. While a detail is waited for, nothing of this happens; but
    an offer that rests comes back at its date. Gives how it stands afterwards.
    """
    offers: list[Offer] = []
    if not new:
        consult = clock.as_it_stands(tx, consult)
        offers = clock.woken(tx, consult, offer_queries.of_consult(tx, consult.id))
    if consult.waits_for:
        consult = replace(consult, due_at=consult.waits_for.due_at)
    else:
        consult, offers = _go_on(tx, consult, offers)
    consult = replace(consult, due_at=clock.soonest(consult.due_at, offers))
    consults.stands(tx, consult)
    return consult, offers


def _go_on(tx: Tx, consult: Consult, offers: list[Offer]) -> Standing:
    """Take it through the stages that are due; what is left is when the next one is."""
    stages = rules.plan(consult.urgency)
    consult = replace(consult, due_at=None)
    while consult.stage < len(stages):
        stage = stages[consult.stage]
        due_at = _due_at(tx, consult, offers, stage)
        if due_at > tx.now:
            consult = replace(consult, due_at=due_at)
            break
        if stage.step in (Step.FALLBACK_CHANNEL, Step.ADMIN):
            moved = _leave_experts(tx, consult, offers, stage)
        else:
            moved = _ask_experts(tx, consult, offers, stage)
            if moved.first_offered_at is not None:
                offers = offer_queries.of_consult(tx, consult.id)
        waits = moved.stage == consult.stage
        consult = moved
        if waits:
            break
    return consult, offers


def _due_at(tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage) -> int:
    """When `stage` is due: at once while no expert has the question before them."""
    if consult.first_offered_at is None:
        return tx.now
    asking = consult.step in (Step.WAITING, Step.EXPERTS, Step.MORE_EXPERTS)
    if asking and not _any_open(offers):
        return tx.now
    first = [offer.expert for offer in offers if offer.offered_at == consult.first_offered_at]
    # The asker's hours count when there was none to ask.
    all_hours = [members.expert_hours(tx, user) for user in first]
    known = [hours for hours in all_hours if hours] or [hours_of(tx, consult.asker)]
    since, after = consult.first_offered_at, working_hours.after
    stops = standstill.stops_of(consult.details)

    def put_off(hours: WorkingHours, due_at: int) -> int:
        return standstill.put_off(hours, since, due_at, stops)

    due_at = min(put_off(each, after(each, since, stage.after)) for each in known)
    if stage.day_of is None:
        return due_at
    over = (
        put_off(each, working_hours.day_over(each, after(each, since, stage.day_of)))
        for each in known
    )
    return min(due_at, max(over))


def _any_open(offers: Sequence[Offer]) -> bool:
    return any(offer.state is OfferState.OPEN for offer in offers)


def _ask_experts(tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage) -> Consult:
    """Put the consult to more experts, or have it wait for somebody's working hours."""
    if stage.remind:
        for user in offer_queries.reminded(tx, consult.id):
            clock.remind(tx, consult, user)
    if consult.wanted_expert and not knowing.still_wanted(tx, consult, offers):
        consult = replace(consult, wanted_expert=None)
    choice = knowing.choose(tx, consult, offers, stage)
    if not choice.picked and choice.waits_until:
        if not _any_open(offers):
            return replace(consult, step=Step.WAITING, due_at=choice.waits_until)
        following = rules.plan(consult.urgency)[consult.stage + 1]
        # A stage passed over because all are asleep would leave the question with one person.
        if choice.waits_until < _due_at(tx, consult, offers, following):
            return replace(consult, due_at=choice.waits_until)
    for pick in choice.picked:
        _offer_to(tx, consult.id, pick.user, partial=pick.partial, why=pick.why)
    since = consult.first_offered_at or (tx.now if choice.picked else None)
    return replace(consult, step=stage.step, stage=consult.stage + 1, first_offered_at=since)


def put_to(
    tx: Tx, consult_id: int, user: str, *, why: Ground, thought_of_by: str | None = None
) -> None:
    """Put a consult to somebody by name; from the first offer on its working time counts."""
    grounds = (Why(why),)
    _offer_to(tx, consult_id, user, partial=False, why=grounds, thought_of_by=thought_of_by)
    consults.first_offered(tx, consult_id)


def _offer_to(  # noqa: PLR0913 - what an offer is made of
    tx: Tx,
    consult_id: int,
    user: str,
    *,
    partial: bool,
    why: Sequence[Why],
    thought_of_by: str | None = None,
) -> None:
    """Make the offer, with its card, and send the expert to the end of the turn."""
    # Slack tells nobody of a card that changes, and theirs may have said that it is over.
    if offer_queries.of_expert(tx, consult_id, user):
        outbox.mark_stale(tx, f"offer-again/{consult_id}/{user}/{tx.now}")
    offer_queries.make(tx, consult_id, user, partial=partial, why=why, thought_of_by=thought_of_by)
    members.asked_now(tx, user)
    outbox.mark_stale(tx, f"offer-card/{consult_id}/{user}")


def _leave_experts(
    tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage
) -> Consult:
    """Go to the topic's channel, or to a named admin, which is the last step."""
    since = consult.first_offered_at or tx.now
    if stage.step is Step.FALLBACK_CHANNEL and _may_stand_in_channel(tx, consult):
        outbox.mark_stale(tx, f"fallback-card/{consult.id}")
        return replace(consult, step=stage.step, stage=consult.stage + 1, first_offered_at=since)
    named = _admin_for(tx, consult, offers)
    if named is None:
        return replace(consult, due_at=tx.now + LOOK_AGAIN_AFTER, first_offered_at=since)
    outbox.mark_stale(tx, f"admin-card/{consult.id}/{named}")
    return replace(
        consult,
        step=Step.ADMIN,
        stage=len(rules.plan(consult.urgency)),
        due_at=None,
        admin=named,
        first_offered_at=since,
    )


def _may_stand_in_channel(tx: Tx, consult: Consult) -> bool:
    """Whether its topics have a channel, in which nobody could learn what they must not.

    Whom a hidden asker keeps away from would learn from a refused *Accept* who asks.
    """
    return fallback_channel(consult) is not None and not (
        consult.hidden and members.keeps_apart(tx, consult.asker)
    )


def _admin_for(tx: Tx, consult: Consult, offers: Sequence[Offer]) -> str | None:
    """The admin with the fewest: rather one who may take it, and has not been asked already.

    One who may not never has a hidden asker's: that they can't take it would tell them who asks.
    """
    asked = {offer.expert for offer in offers}
    apart = {
        user: members.kept_apart(tx, user, consult.asker)
        for user in programme.admins(tx)
        if user != consult.asker
    }
    return min(
        (user for user in apart if not (consult.hidden and apart[user])),
        key=lambda user: (apart[user], user in asked),
        default=None,
    )


def to_another_admin(tx: Tx, consult: Consult) -> None:
    """Give a consult that waits for an admin to one who still runs the programme."""
    step(tx, replace(consult, stage=len(rules.plan(consult.urgency)) - 1, admin=None))


def fallback_channel(consult: Consult) -> str | None:
    """The channel of the consult's topics; None if they have none, or one of them is personal."""
    if consult.personal:
        return None
    return next(
        (topic.fallback_channel for topic in consult.topics if topic.fallback_channel), None
    )


def after_silence(tx: Tx, consult: Consult) -> None:
    """Ask the asker whether the consult still goes on; close it as unknown in the end."""
    asked = consult.silence_asked
    if asked == len(rules.SILENCE):
        end(tx, consult, by=None)
        return
    outbox.mark_stale(tx, f"silence/{consult.id}/{tx.now}")
    consults.asked_after_silence(tx, consult.id, asked + 1, silence_due(tx, consult, asked + 1))


def silence_due(tx: Tx, consult: Consult, asked: int) -> int:
    """When the clock looks at an accepted consult again, having asked `asked` times.

    After a working day, then 7 and 14 days after it was accepted, then a working day for the last
    question; always in the asker's working hours, and never soon after the question before.
    """
    hours = hours_of(tx, consult.asker)
    since = consult.accepted_at or tx.now
    if 0 < asked < len(rules.SILENCE):
        due_at = max(since + rules.SILENCE[asked], tx.now + rules.SILENCE_APART)
        return working_hours.next_start(hours, due_at)
    return working_hours.after(hours, tx.now, rules.SILENCE[0])


def end(tx: Tx, consult: Consult, *, by: str | None) -> None:
    """Close an accepted consult, with its Help row and a question to each of the two."""
    consults.end(tx, consult.id, ConsultState.CLOSED, by, Outcome.UNKNOWN)
    if consult.expert:
        learning.learn(tx, consult, Outcome.UNKNOWN)
        ledger.add(
            tx,
            helper=consult.expert,
            helped=consult.asker,
            category=HelpCategory.TRADITIONAL,
            consult=consult,
        )
        # The asker's key names nobody: keys stand in logs, and admins read them.
        for user in (Side.ASKER, consult.expert):
            outbox.mark_stale(tx, f"closing-question/{consult.id}/{user}/{tx.now}")
        inviting.after_consult(tx, consult)
        care.after_answer(tx, consult)
    cards.changed(tx, consult.id)
