"""Whom a question may be put to: who knows, or whom the asker wants."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.rules import widening as rules
from bot.rules import working_hours
from bot.rules.words import words_of
from storage import members, search
from storage.database import Tx
from storage.records import Candidate, Consult, Expert, Offer, OfferState


def candidates(
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


def still_wanted(tx: Tx, consult: Consult, offers: Sequence[Offer]) -> bool:
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
