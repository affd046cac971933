"""What those who run the programme do: topics, experts, imports, failed deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import curriculum
from bot import members as people
from bot.authority import Actor, require_admin
from bot.errors import Reason, Refused, Unusable
from bot.rules.personal import named_in
from bot.rules.words import tag_of, words_of
from bot.views.feedback import Closings
from bot.views.programme import Overview
from storage import (
    cohorts,
    consults,
    feedback,
    identifiers,
    members,
    outbox,
    profiles,
    programme,
    questions,
    topics,
)
from storage.database import Tx
from storage.records import Question, Step, Topic
from storage.records.cohorts import Side
from storage.records.profiles import Need

SHOWN = 100  # consults an overview looks at
READ = 10  # of what people wrote when a mentorship ended
CONFIRMED_WITHIN = 30 * 24 * 3600  # seconds of which confirmations are counted
IMPORT = "import"  # who tagged an expert that a file named


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """One row of an experts file: `user` is an id or an e-mail, `topics` are names or synonyms.

    What is not `said` (names of columns) stays as it is.
    """

    line: int
    user: str
    topics: tuple[str, ...]
    profile: people.Profile
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One row of a topics file. What is not `said` (names of columns) stays as it is."""

    topic: Topic
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did."""

    added: int
    changed: int


def topics_of(tx: Tx) -> list[Topic]:
    """The programme's topics, by name."""
    return topics.every(tx)


def overview(tx: Tx, actor: Actor) -> Overview:
    """How the programme stands, without anybody's words. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    return Overview(
        topics.every(tx),
        members.experts(tx),
        [each.seen_by(actor.user) for each in consults.unfinished(tx, SHOWN)],
        outbox.dead(tx),
        tx.now,
        Closings(
            feedback.outcomes(tx, feedback.END),
            feedback.outcomes(tx, feedback.LATER),
            feedback.barriers(tx),
            *feedback.told_the_programme(tx, READ),
        ),
        (cohorts.waiting(tx, Side.MENTEE), cohorts.waiting(tx, Side.MENTOR)),
        (identifiers.check(tx), identifiers.confirmations(tx, tx.now - CONFIRMED_WITHIN)),
    )


def add_topic(tx: Tx, actor: Actor, topic: Topic) -> None:
    """Add a topic, or change the one of the same name. Raises Refused(NOT_ADMIN), Unusable."""
    require_admin(tx, actor)
    if not topic.name:
        raise Unusable("name", "Please give the topic a name.")
    same = (each.name for each in topics.every(tx) if each.name.casefold() == topic.name.casefold())
    _keep(tx, replace(topic, name=next(same, topic.name)))
    _take_back_what_is_personal(tx)
    programme.audit(tx, actor.user, "topic", topic.name)


def import_questions(tx: Tx, rows: Sequence[Question]) -> Counts:
    """Store the programme's own questions for circles; those that are there are changed."""
    new = [questions.keep(tx, question) for question in rows]
    programme.audit(tx, IMPORT, "questions", str(len(rows)))
    return Counts(sum(new), len(new) - sum(new))


def import_needs(tx: Tx, rows: Sequence[Need]) -> Counts:
    """Store the programme's own needs of a career stage; those that are there are changed."""
    new = [profiles.keep_need(tx, need) for need in rows]
    programme.audit(tx, IMPORT, "needs", str(len(rows)))
    return Counts(sum(new), len(new) - sum(new))


def own_questions(tx: Tx, actor: Actor) -> list[Question]:
    """The programme's own questions for circles. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    return questions.own(tx)


def keep_question(tx: Tx, actor: Actor, question: Question, instead_of: str | None) -> None:
    """Add a question, or change the one it stands `instead_of`; without words that one goes.

    Raises Refused(NOT_ADMIN), Unusable.
    """
    require_admin(tx, actor)
    if not question.text and not instead_of:
        raise Unusable("question", "Please write the question.")
    if not question.text:
        curriculum.drop(tx, instead_of or "")
    elif instead_of and instead_of != question.id:
        curriculum.replace(tx, instead_of, question)
    else:
        questions.keep(tx, question)
    programme.audit(tx, actor.user, "question", instead_of or question.id)


def _keep(tx: Tx, topic: Topic) -> bool:
    words = set(words_of(topic.name))
    for synonym in topic.synonyms:
        words |= words_of(synonym) or {synonym.lower()}
    tags: dict[str, str | None] = {tag_of(synonym): synonym for synonym in topic.synonyms}
    return topics.keep(tx, topic, words, tags | {tag_of(topic.name): None})


def _take_back_what_is_personal(tx: Tx) -> None:
    """Topics may have become personal: questions on them stand in no channel from now on."""
    personal = topics.personal(tx)
    for consult in consults.looking(tx):
        named = named_in(consult, personal)
        if named != consult.names_personal:
            consults.names_personal(tx, consult.id, named=named)
        if (named or consult.personal) and consult.step in (Step.FALLBACK_CHANNEL, Step.ADMIN):
            outbox.refresh(tx, f"fallback-card/{consult.id}")
            outbox.refresh(tx, f"status-card/{consult.id}")
            if consult.step is Step.FALLBACK_CHANNEL:
                consults.look_again(tx, consult.id)


def tag_expert(tx: Tx, actor: Actor, user: str, profile: people.Profile) -> None:
    """Make somebody an expert, or give one more topics; the hours they set themselves stay.

    Raises Refused(NOT_ADMIN, NOT_PICKABLE, NO_TOPICS).
    """
    require_admin(tx, actor)
    member = members.get(tx, user)
    if member is None or member.bot or member.deactivated or member.guest:
        raise Refused(Reason.NOT_PICKABLE, "user")
    if not profile.topic_ids:
        raise Refused(Reason.NO_TOPICS)
    # Their hours and days are theirs to say: the form of an admin has none. Nor does it take away a
    # topic that they have already.
    profile = people.with_what_was_said(tx, user, profile, frozenset({"about", "capacity"}))
    known = members.expert(tx, user)
    if known:
        held = [topic.id for topic in known.topics]
        about = profile.about or known.about
        profile = replace(profile, topic_ids=[*held, *profile.topic_ids], about=about)
    people.store_expert(tx, user, profile, tagged_by=actor.user)
    outbox.mark_stale(tx, f"home/{user}")
    programme.audit(tx, actor.user, "expert", user)


def import_topics(tx: Tx, rows: Sequence[TopicRow]) -> Counts:
    """Add or change topics, all or none."""
    known = {topic.name.casefold(): topic for topic in topics.every(tx)}
    for row in rows:
        now = known.get(row.topic.name.casefold())
        _keep(tx, _with_what_was_said(row, now) if now else row.topic)
    _take_back_what_is_personal(tx)
    changed = sum(row.topic.name.casefold() in known for row in rows)
    return Counts(len(rows) - changed, changed)


def _with_what_was_said(row: TopicRow, now: Topic) -> Topic:
    """The topic as it is now, with the columns that the file has."""
    wanted = row.topic
    return replace(
        now,
        topic_class=wanted.topic_class if "class" in row.said else now.topic_class,
        fallback_channel=(
            wanted.fallback_channel if "fallback_channel" in row.said else now.fallback_channel
        ),
        synonyms=wanted.synonyms if "synonyms" in row.said else now.synonyms,
    )


def import_experts(tx: Tx, rows: Sequence[ExpertRow]) -> Counts:
    """Add or change experts, all or none; Unusable names each row that can't be used."""
    known = _topics_by_name(tx)
    wanted: dict[str, ExpertRow] = {}
    faults: list[str] = []
    for row in rows:
        find = members.by_email if "@" in row.user else members.get
        member = find(tx, row.user)
        unknown = [name for name in row.topics if name.lower() not in known]
        if unknown:
            faults.append(f"line {row.line}: there is no topic {', '.join(unknown)}")
        if member is None:
            faults.append(f"line {row.line}: there is no member {row.user}")
        elif member.bot or member.deactivated or member.guest:
            faults.append(f"line {row.line}: {row.user} has left, is a guest or a bot")
        elif member.user in wanted:
            first = wanted[member.user].line
            faults.append(f"line {row.line}: {row.user} stands on line {first} already")
        else:
            wanted[member.user] = row
    if faults:
        raise Unusable("user", "; ".join(faults))
    added = 0
    for user, row in wanted.items():
        topic_ids = tuple(known[name.lower()] for name in row.topics)
        profile = people.with_what_was_said(
            tx, user, replace(row.profile, topic_ids=topic_ids), row.said
        )
        added += people.store_expert(tx, user, profile, tagged_by=IMPORT)
    return Counts(added, len(rows) - added)


def _topics_by_name(tx: Tx) -> dict[str, int]:
    known: dict[str, int] = {}
    every = topics.every(tx)
    for topic in every:
        known |= dict.fromkeys((synonym.lower() for synonym in topic.synonyms), topic.id)
    return known | {topic.name.lower(): topic.id for topic in every}


def name_admins(tx: Tx, users: Sequence[str]) -> None:
    """Make exactly these the programme's admins; none: the workspace's own."""
    programme.name_admins(tx, users)


def try_again(tx: Tx, actor: Actor, row_id: int) -> None:
    """Send once more what could not be delivered. Raises Refused(NOT_ADMIN, TOO_LATE)."""
    require_admin(tx, actor)
    if not outbox.try_again(tx, row_id):
        raise Refused(Reason.TOO_LATE)
    programme.audit(tx, actor.user, "try_again", str(row_id))


def discard(tx: Tx, actor: Actor, row_id: int) -> None:
    """Give up what could not be delivered. Raises Refused(NOT_ADMIN, TOO_LATE)."""
    require_admin(tx, actor)
    if not outbox.discard(tx, row_id):
        raise Refused(Reason.TOO_LATE)
    programme.audit(tx, actor.user, "discard", str(row_id))


def tell_of_failures(tx: Tx) -> int:
    """Tell the admins, once a day, of what could not be delivered; gives how many rows."""
    failed = len(outbox.dead(tx))
    if failed:
        day = tx.now // (24 * 3600)
        for user in programme.admins(tx):
            outbox.ask_once(tx, f"dead-letters/{day}/{user}")
    return failed
