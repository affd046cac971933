"""The asker's side before anybody has accepted: ask, change, withdraw."""

from collections.abc import Sequence
from dataclasses import replace

from bot.authority import Action, Actor, authorise, require_member
from bot.consults import cards, clock, knowing, widening
from bot.consults.expecting import expected
from bot.consults.widening import Standing
from bot.errors import Reason, Refused, Unusable
from bot.rules.expecting import Expectation
from bot.rules.personal import named_by
from bot.rules.words import QUESTION_MAX, tag_of, words_of
from storage import consults, details, offers, outbox, received, search, topics
from storage.database import Tx
from storage.records import Consult, ConsultState, DetailState, Draft, Offer, Outcome

# product.md, section 1.8
OPEN_AT_MOST = 5
# promises.md, 5
SAME_QUESTION_WITHIN = 10 * 60
SHOWN = 10  # consults in a list


def ask(
    tx: Tx, asker: Actor, draft: Draft, *, tags: tuple[str, ...] = (), delivery: str
) -> Standing:
    """Store the question with its route and the rows that tell people; gives how it stands.

    `delivery` names what Slack sent: a second copy of it, and the same words asked again within ten
    minutes, give the consult that is there already. Raises Refused(GUEST, ENOUGH_OPEN,
    NOT_PICKABLE) and Unusable("question").
    """
    if not received.first_time(tx, delivery):
        earlier = consults.get(tx, received.result_of(tx, delivery) or 0)
        if earlier is None:
            raise Refused(Reason.TOO_LATE)
        return standing(tx, earlier)
    require_member(tx, asker)
    draft = _tagged(tx, draft, tags)
    since = tx.now - SAME_QUESTION_WITHIN
    many, again = consults.open_of(tx, asker.user, draft.question, since)
    if again:
        stands = standing(tx, _get(tx, again))
        if draft.anonymous and not stands[0].hidden:
            raise Refused(Reason.NAME_KNOWN, "anonymous")
    else:
        draft = _checked(tx, asker.user, draft)
        if many >= OPEN_AT_MOST:
            raise Refused(Reason.ENOUGH_OPEN, "question")
        stands = _add(tx, asker.user, draft)
    received.remember(tx, delivery, stands[0].id)
    return stands


def ask_and_expect(
    tx: Tx, asker: Actor, draft: Draft, *, tags: tuple[str, ...] = (), delivery: str
) -> tuple[Consult, Sequence[Offer], Expectation | None]:
    """As `ask`, with what to expect on its topics: all that the card in the answer shows."""
    consult, made = ask(tx, asker, draft, tags=tags, delivery=delivery)
    return consult, made, expected(tx, consult) if consult.topics else None


def _add(tx: Tx, asker: str, draft: Draft) -> Standing:
    consult = clock.looked_at(tx, consults.add(tx, asker, draft))
    stands = widening.step(tx, consult, new=True)
    # Nothing else of a new consult is shown yet, and its offers have asked for their cards.
    outbox.mark_stale(tx, f"status-card/{stands[0].id}")
    outbox.refresh(tx, f"home/{asker}")
    return stands


def change(tx: Tx, asker: Actor, consult_id: int, draft: Draft) -> None:
    """Give an open consult new words; it is routed anew when whom to ask may differ by them.

    That is an answer, too, to a detail that was asked for.

    Raises Refused and Unusable as `ask` does.
    """
    before = authorise(tx, asker, Action.CHANGE, consult_id)
    draft = _checked(tx, asker.user, draft)
    consults.change(tx, consult_id, draft)
    if details.settle(tx, consult_id, DetailState.CHANGED):
        clock.remind_again(tx, before)
    if _asks_others(before, draft):
        offers.end_all(tx, consult_id)
        consults.begins_again(tx, consult_id)
    widening.step(tx, clock.looked_at(tx, _get(tx, consult_id)))
    cards.changed(tx, consult_id)


def _asks_others(before: Consult, draft: Draft) -> bool:
    return (
        {topic.id for topic in before.topics} != set(draft.topic_ids)
        or before.urgency is not draft.urgency
        or before.wanted_expert != draft.wanted_expert
    )


def withdraw(tx: Tx, asker: Actor, consult_id: int) -> None:
    """The asker needs no answer any more."""
    authorise(tx, asker, Action.WITHDRAW, consult_id)
    consults.end(tx, consult_id, ConsultState.WITHDRAWN, asker.user, Outcome.UNKNOWN)
    cards.changed(tx, consult_id)


def to_change(tx: Tx, asker: Actor, consult_id: int) -> Consult:
    """The consult as its asker may change it; raises Refused."""
    return authorise(tx, asker, Action.CHANGE, consult_id)


def why(tx: Tx, asker: Actor, consult_id: int) -> Standing:
    """The consult with whom it is put to and why, for its asker alone; raises Refused."""
    return standing(tx, authorise(tx, asker, Action.SEE_WHY, consult_id))


def latest_of(tx: Tx, asker: str) -> list[Standing]:
    """The asker's latest consults, the newest first."""
    return [standing(tx, consult) for consult in consults.latest_of(tx, asker, SHOWN)]


def standing(tx: Tx, consult: Consult) -> Standing:
    """A consult with its offers."""
    return consult, offers.of_consult(tx, consult.id)


def drafted(tx: Tx, question: str, tags: tuple[str, ...], wanted: str | None) -> Draft:
    """What was typed after `/mentor`, as the form shows it before it is asked."""
    return _tagged(tx, Draft(question=question, wanted_expert=wanted), tags)


def _tagged(tx: Tx, draft: Draft, tags: tuple[str, ...]) -> Draft:
    """The draft with the topics of its tags; what is no topic's tag stays with the question."""
    topic_ids, question = list(draft.topic_ids), draft.question
    for tag in tags:
        found = search.find_topics(tx, [tag_of(tag)])
        topic_ids += found
        longer = f"{question} #{tag}"
        if question and not found and f"#{tag}" not in question.lower():
            question = longer if len(longer) <= QUESTION_MAX else question
    return replace(draft, question=question, topic_ids=tuple(dict.fromkeys(topic_ids)))


def _checked(tx: Tx, asker: str, draft: Draft) -> Draft:
    """The draft with its topics: those chosen or tagged, else those its words name."""
    if not draft.question:
        raise Unusable("question", "Please write your question.")
    if draft.wanted_expert and not knowing.can_be_chosen(tx, asker, draft.wanted_expert):
        raise Refused(Reason.NOT_PICKABLE, "wanted")
    topic_ids = (
        draft.topic_ids
        or search.topics_for_words(tx, words_of(draft.question))
        or [topic.id for topic in named_by(draft.question, topics.personal(tx))]
    )
    return replace(draft, topic_ids=tuple(topic_ids))


def _get(tx: Tx, consult_id: int) -> Consult:
    consult = consults.get(tx, consult_id)
    if consult is None:
        raise Refused(Reason.NOT_YOURS)
    return consult
