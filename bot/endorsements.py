"""Colleagues who say of one another what they know: it counts once the person agrees."""

from collections.abc import Sequence

from bot import members as people
from bot.authority import Actor, require_member
from bot.errors import Reason, Refused, Unusable
from bot.rules.words import nearest, tag_of
from bot.views.endorsements import unknown_topic
from storage import endorsements, members, outbox, search, topics
from storage.database import Tx
from storage.records import Endorsement, EndorsementState, Topic, TopicSource


def to_endorse(tx: Tx, actor: Actor) -> list[Topic]:
    """The topics that a member may endorse a colleague for. Raises Refused(GUEST)."""
    require_member(tx, actor)
    return topics.every(tx)


def endorse_by_tags(tx: Tx, actor: Actor, colleague: str, tags: Sequence[str]) -> list[Topic]:
    """As `endorse`, for topics as they were typed. Raises Unusable with those that are near."""
    require_member(tx, actor)
    known = topics.every(tx)
    topic_ids = []
    for tag in tags:
        found = search.find_topics(tx, [tag_of(tag)])
        if not found:
            names = [name for topic in known for name in (topic.name, *topic.synonyms)]
            raise Unusable("topics", unknown_topic(nearest(tag, names)))
        topic_ids += found
    return endorse(tx, actor, colleague, topic_ids)


def endorse(tx: Tx, actor: Actor, colleague: str, topic_ids: Sequence[int]) -> list[Topic]:
    """Say that a colleague knows these topics; they are asked, and it counts once they agree.

    Twice is once. Gives the topics. Raises Refused(GUEST, NOT_YOURSELF, NOT_TO_ENDORSE, NO_TOPICS).
    """
    require_member(tx, actor)
    if colleague == actor.user:
        raise Refused(Reason.NOT_YOURSELF, "colleague")
    member = members.get(tx, colleague)
    if member is None or member.guest or member.bot or member.deactivated:
        raise Refused(Reason.NOT_TO_ENDORSE, "colleague")
    found = topics.these(tx, topic_ids)
    if not found:
        raise Refused(Reason.NO_TOPICS, "topics")
    for topic in found:
        ask_about(tx, colleague, topic.id, by=actor.user, forwarded=False)
    return found


def ask_about(tx: Tx, user: str, topic_id: int, *, by: str, forwarded: bool) -> None:
    """Ask somebody whether they take questions on a topic, for which a colleague vouches.

    `forwarded`: the colleague only put a question on it to them. Nobody is asked about a topic they
    have declined, nor for somebody they want to be kept apart from; who vouched is not told so.
    """
    if members.kept_apart(tx, by, user):
        return
    known = endorsements.of_member(tx, user, topic_id)
    declined = any(each.state is EndorsementState.DECLINED for each in known)
    if declined or (forwarded and _takes(tx, user, topic_id)):
        return
    waiting = [each.asked_at for each in known if each.state is EndorsementState.ASKED]
    asked_at = min(waiting, default=tx.now)
    asked = EndorsementState.ASKED
    endorsements.add(tx, Endorsement(user, topic_id, by, asked, forwarded, asked_at))
    if endorsements.of_member(tx, user, topic_id) != known:
        outbox.mark_stale(tx, f"endorsement/{user}/{topic_id}/{asked_at}")


def _takes(tx: Tx, user: str, topic_id: int) -> bool:
    expert = members.expert(tx, user)
    return expert is not None and any(topic.id == topic_id for topic in expert.topics)


def accept(tx: Tx, actor: Actor, topic_id: int) -> None:
    """Take questions on the topic from now on; who is no expert yet becomes one.

    Raises Refused(NOTHING_ENDORSED) if nobody asks them (any more), and (GUEST).
    """
    require_member(tx, actor)
    known = endorsements.of_member(tx, actor.user, topic_id)
    vouched = any(each.state is EndorsementState.ASKED and not each.forwarded for each in known)
    _answer(tx, actor, topic_id, EndorsementState.ACCEPTED)
    source = TopicSource.ENDORSED if vouched else TopicSource.DECLARED
    people.take_up(tx, actor.user, topic_id, source)


def decline(tx: Tx, actor: Actor, topic_id: int) -> None:
    """Rather not: they are not asked about this topic again, and nobody is told."""
    _answer(tx, actor, topic_id, EndorsementState.DECLINED)


def _answer(tx: Tx, actor: Actor, topic_id: int, state: EndorsementState) -> None:
    if not endorsements.answer(tx, actor.user, topic_id, state):
        raise Refused(Reason.NOTHING_ENDORSED)
    outbox.refresh_under(tx, f"endorsement/{actor.user}/{topic_id}")
