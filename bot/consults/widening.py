"""How a consult finds its expert as working time passes, and what silence leads to.

The working time of a pace is that of the experts asked first: what counts is whoever has had the
longest working time since, so that one who sleeps holds nobody up.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot import care, inviting, ledger, nudges
from bot.consults import cards
from bot.members import hours_of
from bot.rules import widening as rules
from bot.rules import working_hours
from bot.rules.routing import choose
from bot.rules.words import words_of
from storage import consults, members, outbox, programme, search
from storage import offers as offer_queries
from storage.database import Tx
from storage.records import (
    Candidate,
    Consult,
    ConsultState,
    Expert,
    HelpCategory,
    Offer,
    OfferState,
    Outcome,
    Step,
)

AT_ONCE = 100  # consults one tick takes from a workspace; the next tick takes the next
# When nobody at all could be told, somebody may have been named meanwhile.
LOOK_AGAIN_AFTER = 3600
# A reminder held back over a weekend still comes.
REMINDED_WITHIN = 4 * rules.DAY

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

    `new`: it was never put to anybody. Gives how it stands afterwards.
    """
    stages = rules.plan(consult.urgency)
    offers = [] if new else offer_queries.of_consult(tx, consult.id)
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
    consults.stands(tx, consult)
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
    due_at = min(after(hours, since, stage.after) for hours in known)
    if stage.day_of is None:
        return due_at
    over = (working_hours.day_over(each, after(each, since, stage.day_of)) for each in known)
    return min(due_at, max(over))


def _any_open(offers: Sequence[Offer]) -> bool:
    return any(offer.state is OfferState.OPEN for offer in offers)


def _ask_experts(tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage) -> Consult:
    """Put the consult to more experts, or have it wait for somebody's working hours."""
    if stage.remind:
        for user in offer_queries.reminded(tx, consult.id):
            until = tx.now + REMINDED_WITHIN
            nudges.want(tx, user, nudges.Thing.REMINDER, consult.id, until=until)
    if consult.wanted_expert and not _still_wanted(tx, consult, offers):
        consult = replace(consult, wanted_expert=None)
    choice = choose(
        _candidates(tx, consult, offers, stage),
        now=tx.now,
        count=stage.experts,
        places_kept=care.places_kept(tx, consult.asker),
    )
    if not choice.picked and choice.waits_until:
        if not _any_open(offers):
            return replace(consult, step=Step.WAITING, due_at=choice.waits_until)
        following = rules.plan(consult.urgency)[consult.stage + 1]
        # A stage passed over because all are asleep would leave the question with one person.
        if choice.waits_until < _due_at(tx, consult, offers, following):
            return replace(consult, due_at=choice.waits_until)
    for pick in choice.picked:
        _offer_to(tx, consult.id, pick.user, partial=pick.partial)
    since = consult.first_offered_at or (tx.now if choice.picked else None)
    return replace(consult, step=stage.step, stage=consult.stage + 1, first_offered_at=since)


def put_to(tx: Tx, consult_id: int, user: str, *, partial: bool) -> None:
    """Put a consult to somebody by name; from the first offer on its working time counts."""
    _offer_to(tx, consult_id, user, partial=partial)
    consults.first_offered(tx, consult_id)


def _offer_to(tx: Tx, consult_id: int, user: str, *, partial: bool) -> None:
    """Make the offer, with its card, and send the expert to the end of the turn."""
    # Slack tells nobody of a card that changes, and theirs may have said that it is over.
    if offer_queries.of_expert(tx, consult_id, user):
        outbox.mark_stale(tx, f"offer-again/{consult_id}/{user}/{tx.now}")
    offer_queries.make(tx, consult_id, user, partial=partial)
    members.asked_now(tx, user)
    outbox.mark_stale(tx, f"offer-card/{consult_id}/{user}")


def _candidates(
    tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage
) -> Iterator[Candidate]:
    """Whom to choose from: the expert the asker wants, if not asked yet; else who may know.

    Where several are asked at once, those come last who hold only a topic that the words name.
    """
    asked = {offer.expert for offer in offers if offer.state is not OfferState.GONE}
    wanted = consult.wanted_expert
    expert = members.expert(tx, wanted) if wanted and wanted not in asked else None
    if expert:
        yield _chosen_by_asker(expert)
        return
    words, topic_ids = words_of(consult.question), [topic.id for topic in consult.topics]
    met = set()
    for candidate in _who_may_know(tx, consult, asked, topic_ids, words):
        met.add(candidate.user)
        yield candidate
    near = [each for each in search.topics_for_words(tx, words) if each not in topic_ids]
    if near and stage.experts > 1:
        for candidate in _who_may_know(tx, consult, asked | met, near, frozenset()):
            if candidate.topics_held:
                yield replace(candidate, topics_held=0, topics_asked=len(topic_ids), words_met=1)


def _still_wanted(tx: Tx, consult: Consult, offers: Sequence[Offer]) -> bool:
    """Whether the wanted expert has been asked, or still can be: else others are."""
    wanted = consult.wanted_expert or ""
    asked = {offer.expert for offer in offers if offer.state is not OfferState.GONE}
    return wanted in asked or can_be_chosen(tx, consult.asker, wanted)


def _who_may_know(
    tx: Tx,
    consult: Consult,
    asked: Collection[str],
    topic_ids: Sequence[int],
    words: frozenset[str],
) -> Iterator[Candidate]:
    return search.candidates(
        tx,
        topic_ids=topic_ids,
        words=words,
        leave_out=[consult.asker, *asked],
        works_now=lambda hours: working_hours.working(hours, tx.now),
    )


def can_be_chosen(tx: Tx, asker: str, user: str) -> bool:
    """Whether the asker may choose them: an expert who is here, not paused nor kept from them."""
    member, expert = members.get(tx, user), members.expert(tx, user)
    return (
        expert is not None
        and member is not None
        and user != asker
        and not (member.deactivated or member.guest or member.bot)
        and (expert.paused_until or 0) <= tx.now
        and not members.kept_apart(tx, asker, user)
    )


def _chosen_by_asker(expert: Expert) -> Candidate:
    """An expert as a full match whatever their topics and load: the asker knows whom they want."""
    return Candidate(
        user=expert.user,
        hours=expert.hours,
        capacity=1,
        paused_until=expert.paused_until,
        last_asked_at=0,
        load=0,
        topics_held=1,
        topics_asked=1,
        words_met=0,
    )


def _leave_experts(
    tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage
) -> Consult:
    """Go to the topic's channel, or to a named admin, which is the last step."""
    since = consult.first_offered_at or tx.now
    if stage.step is Step.FALLBACK_CHANNEL and fallback_channel(consult):
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


def _admin_for(tx: Tx, consult: Consult, offers: Sequence[Offer]) -> str | None:
    """The admin with the fewest: rather one who may take it, and has not been asked already."""
    asked = {offer.expert for offer in offers}
    return min(
        (user for user in programme.admins(tx) if user != consult.asker),
        key=lambda user: (members.kept_apart(tx, user, consult.asker), user in asked),
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
        ledger.add(
            tx,
            helper=consult.expert,
            helped=consult.asker,
            category=HelpCategory.TRADITIONAL,
            consult=consult,
        )
        for user in (consult.asker, consult.expert):
            outbox.mark_stale(tx, f"closing-question/{consult.id}/{user}/{tx.now}")
        inviting.after_consult(tx, consult)
        care.after_answer(tx, consult)
    cards.changed(tx, consult.id)
