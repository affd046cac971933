"""What routing learns when a consult ends: who answered what, and how much it helped."""

from bot.rules import ranking
from bot.rules.terms import terms_of, topic_term
from storage import answered
from storage.database import Tx
from storage.records import Consult, Outcome


def learn(tx: Tx, consult: Consult, outcome: Outcome) -> None:
    """Remember what the consult's expert answered, by its terms; what did not help counts nothing.

    The whole of what is kept are stems, topics and the expert; the asker is not.
    """
    if not consult.expert:
        return
    weight = ranking.helped(outcome, written=consult.answer is not None)
    if not weight:
        answered.forget(tx, consult.id, consult.expert, ranking.left)
        return
    times = terms_of(consult.question)
    length = sum(times.values())
    terms = {term: ranking.worth(many, length) for term, many in times.items()}
    terms |= {topic_term(topic.id): ranking.worth(1, length) for topic in consult.topics}
    answered.keep(tx, answered.Learned(consult.expert, consult.id, weight, terms), ranking.left)


def unlearn(tx: Tx, consult: Consult) -> None:
    """The consult goes to others: who had it did not answer it after all."""
    if consult.expert:
        answered.forget(tx, consult.id, consult.expert, ranking.left)


def forget(tx: Tx, consult_id: int) -> None:
    """Forget a consult altogether, as if it had never been answered."""
    answered.forget_consult(tx, consult_id, ranking.left)


def forget_expert(tx: Tx, user: str) -> None:
    """Forget all that a person has answered."""
    answered.forget_expert(tx, user, ranking.left)
