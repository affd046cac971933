"""What the outbox shows of endorsements."""

from collections.abc import Callable

from bot.delivery.target import Person, Posted, Target
from bot.views.endorsements import endorsement_card
from storage import endorsements, members, topics
from storage.database import Tx


def _endorsement(tx: Tx, user: str, topic_id: str, asked_at: str) -> Target | None:
    """The card of those who were asked about together."""
    topic = next(iter(topics.these(tx, [int(topic_id)])), None)
    about = [
        each
        for each in endorsements.of_member(tx, user, int(topic_id))
        if each.asked_at == int(asked_at)
    ]
    if topic is None or not about:
        return None
    expert = members.expert(tx, user)
    takes = expert is not None and topic.id in {each.id for each in expert.topics}
    return Posted(Person(user), endorsement_card(topic, about, takes=takes))


TARGETS: dict[str, Callable[..., Target | None]] = {"endorsement": _endorsement}
