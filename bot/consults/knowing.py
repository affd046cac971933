"""Whom a question may be put to: who knows, or whom the asker wants."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot import care
from bot.rules import ranking, routing, working_hours
from bot.rules import widening as rules
from bot.rules.terms import first_terms_of, terms_of, topic_term
from bot.rules.words import words_of
from storage import answered, members, search, topics
from storage import offers as offer_queries
from storage.database import Tx
from storage.records import Candidate, Consult, Expert, Found, Offer

# Below whoever the question itself finds.
_NEAR = -1.0


def choose(tx: Tx, consult: Consult, offers: Sequence[Offer], stage: rules.Stage) -> routing.Choice:
    """Choose whom the consult is put to now: the expert the asker wants, else who knows.

    Where several are asked at once, those come last who hold only a topic that the words name.
    """
    asked = rules.not_to_ask(offers, tx.now)
    wanted = consult.wanted_expert
    expert = members.expert(tx, wanted) if wanted and wanted not in asked else None
    if expert:
        return routing.choose([_chosen_by_asker(expert)], now=tx.now, count=1)
    return routing.choose(
        _candidates(tx, consult, asked, stage),
        now=tx.now,
        count=stage.experts,
        turn=_turn(tx, consult, asked, stage.experts),
        places_kept=care.places_kept(tx, consult.asker),
    )


def _candidates(
    tx: Tx, consult: Consult, asked: frozenset[str], stage: rules.Stage
) -> Iterator[Candidate]:
    met: set[str] = set()
    for candidate in who_may_know(tx, consult, asked):
        met.add(candidate.user)
        yield candidate
    if stage.experts > 1:
        yield from _near(tx, consult, asked | met)


def _near(tx: Tx, consult: Consult, leave_out: Collection[str]) -> Iterator[Candidate]:
    """Experts on topics that the words name and the asker did not."""
    topic_ids = [topic.id for topic in consult.topics]
    named = search.topics_for_words(tx, words_of(consult.question))
    near = [each for each in named if each not in topic_ids]
    if not near:
        return
    for candidate in search.candidates(
        tx,
        topic_ids=near,
        words=frozenset(),
        leave_out=[consult.asker, *leave_out],
        works_now=lambda hours: working_hours.working(hours, tx.now),
        score=ranking.Ranking(len(near)).score,
    ):
        if candidate.topics_held:
            asked = len(topic_ids)
            yield replace(
                candidate,
                topics_held=0,
                topics_given=0,
                topics_endorsed=0,
                topics_asked=asked,
                words_met=0 if asked else 1,
                near=True,
                score=_NEAR,
            )


def _turn(tx: Tx, consult: Consult, asked: Collection[str], count: int) -> Iterator[Candidate]:
    """Those who hold the topics, in turn, where one of the places to give away goes by turn.

    A question of several topics counts under the first of them.
    """
    topic_ids = [topic.id for topic in consult.topics]
    if not topic_ids:
        return
    if not routing.by_turn(topics.next_places(tx, min(topic_ids), count), count):
        return
    for candidate in search.candidates(
        tx,
        topic_ids=topic_ids,
        words=frozenset(),
        leave_out=[consult.asker, *asked],
        works_now=lambda hours: working_hours.working(hours, tx.now),
        score=_by_topics,
    ):
        if candidate.topics_held == 0:
            return
        yield candidate


def _by_topics(found: Found) -> float:
    return found.held


def who_may_know(tx: Tx, consult: Consult, asked: Collection[str] = ()) -> Iterator[Candidate]:
    """Who may know the answer, best first: what `Why this person` explains comes from here."""
    topic_ids = [topic.id for topic in consult.topics]
    known = _learned(tx, consult, topic_ids)
    lately = offer_queries.lately(tx, ranking.LATELY) if known else {}
    found = search.candidates(
        tx,
        topic_ids=topic_ids,
        words=words_of(consult.question),
        leave_out=[consult.asker, *asked],
        works_now=lambda hours: working_hours.working(hours, tx.now),
        score=ranking.Ranking(len(topic_ids), known, lately).score,
        known={user: each.held for user, each in known.items()},
    )
    for candidate in found:
        like_it = known.get(candidate.user)
        yield replace(candidate, answered=like_it.answered) if like_it else candidate


def _learned(tx: Tx, consult: Consult, topic_ids: Sequence[int]) -> dict[str, ranking.Evidence]:
    """What experts have answered that bears on this question."""
    terms = [*terms_of(consult.question), *map(topic_term, topic_ids)]
    often = answered.how_often(tx, terms)
    answers = often.get(answered.ANSWERS, 0)
    if not answers:
        return {}
    rarity = ranking.rarities(terms, first_terms_of(consult.question), often, answers)
    if not rarity:
        return {}
    found = ranking.met((rare, answered.latest(tx, term)) for term, rare in rarity.items())
    people = answered.answerers(tx, found.people(answered.PEOPLE), topic_ids)
    usual = answers / max(often.get(answered.ANSWERERS, 0), 1)
    answers_like_it = answered.these(tx, found.most_like())
    return ranking.evidence(found, answers_like_it, people, usual, tx.now)


def still_wanted(tx: Tx, consult: Consult, offers: Sequence[Offer]) -> bool:
    """Whether the wanted expert has been asked, or still can be: else others are."""
    wanted = consult.wanted_expert or ""
    asked = rules.not_to_ask(offers, tx.now)
    return wanted in asked or can_be_chosen(tx, consult.asker, wanted)


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
        chosen=True,
    )
