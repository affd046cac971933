"""What members say of themselves: profile, the three steps of the first visit, who covers what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import members as people
from bot import needs
from bot.authority import Actor, require_member
from bot.errors import Reason, Refused, Unusable
from bot.members import hours_of
from storage import members, nudges, outbox, profiles, topics
from storage.database import Tx
from storage.records import CareerStage, Expert, Topic
from storage.records.profiles import Need, Profile

STEPS = 3
MENTEES_MAX = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What the forms of a profile show: all topics, and what the member has said so far."""

    topics: Sequence[Topic]
    profile: Profile
    expert: Expert | None
    left_out: Sequence[str]


@dataclass(frozen=True, slots=True)
class Basics:
    """The first step of the first visit, as typed."""

    stage: CareerStage | None
    discipline: str
    site: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A profile as its form has it. `capacity`: spot questions a week, for experts."""

    basics: Basics
    about: str
    seeks: Sequence[int]
    offers: Sequence[int]
    mentees: int
    capacity: int | None
    starts: int
    ends: int
    days: Sequence[int]
    paused_until: int | None
    left_out: Sequence[str]


def seen(tx: Tx, user: str) -> Seen:
    """What the forms show somebody: an expert's hours as they are, and no pause that is over."""
    profile, expert = profiles.get(tx, user), members.expert(tx, user)
    if expert:
        profile = replace(profile, hours=expert.hours, about=expert.about or profile.about)
    if profile.paused_until is not None and profile.paused_until <= tx.now:
        profile = replace(profile, paused_until=None)
    return Seen(topics.every(tx), profile, expert, members.left_out_by(tx, user))


def say_basics(tx: Tx, actor: Actor, basics: Basics) -> Seen:
    """The first step: stage, discipline, site. Raises Refused(GUEST)."""
    return _step(tx, actor, 1, stage=basics.stage, discipline=basics.discipline, site=basics.site)


def say_topics(tx: Tx, actor: Actor, seeks: Sequence[int], offers: Sequence[int]) -> Seen:
    """The second step: what they would like to learn, and what they know. Raises Refused(GUEST)."""
    return _step(
        tx, actor, 2, seeks=tuple(topics.these(tx, seeks)), offers=tuple(topics.these(tx, offers))
    )


def say_time(tx: Tx, actor: Actor, mentees: int, starts: int, ends: int) -> Seen:
    """The third step: how many they would mentor, and when the bot may write.

    Raises Refused(GUEST) and Unusable("ends").
    """
    _check_hours(starts, ends)
    hours = replace(hours_of(tx, actor.user), starts=starts, ends=ends)
    _step(tx, actor, STEPS, mentees=mentees, hours=hours)
    _keep_expert_hours(tx, profiles.get(tx, actor.user))
    nudges.look_again(tx, actor.user)  # their hours may be others now
    return seen(tx, actor.user)


def _step(tx: Tx, actor: Actor, step: int, **changes: object) -> Seen:
    require_member(tx, actor)
    before = profiles.get(tx, actor.user)
    reached = max(before.introduced, step)
    after = replace(before, introduced=reached, **changes)  # type: ignore[arg-type] # each caller names fields of Profile
    profiles.keep(tx, after)
    outbox.mark_stale(tx, f"home/{actor.user}")
    return seen(tx, actor.user)


def save(tx: Tx, actor: Actor, whole: Whole) -> Profile:
    """Store the whole profile; an expert's line, hours, capacity and pause go with it.

    Raises Refused(GUEST) and Unusable("ends", "days", "paused_until").
    """
    require_member(tx, actor)
    _check_hours(whole.starts, whole.ends)
    if not whole.days:
        raise Unusable("days", "Please choose at least one day; to rest, choose a pause below.")
    if whole.paused_until is not None and whole.paused_until <= tx.now:
        raise Unusable("paused_until", "Please choose a day that is still to come.")
    before = profiles.get(tx, actor.user)
    after = replace(
        before,
        stage=whole.basics.stage,
        discipline=whole.basics.discipline,
        site=whole.basics.site,
        about=whole.about,
        mentees=whole.mentees,
        hours=replace(before.hours, starts=whole.starts, ends=whole.ends, days=tuple(whole.days)),
        paused_until=whole.paused_until,
        introduced=STEPS,
        seeks=tuple(topics.these(tx, whole.seeks)),
        offers=tuple(topics.these(tx, whole.offers)),
    )
    profiles.keep(tx, after)
    members.leave_out(tx, actor.user, whole.left_out)
    _keep_expert(tx, after, whole.capacity)
    nudges.look_again(tx, actor.user)  # their hours may be others now, or a pause over
    outbox.mark_stale(tx, f"home/{actor.user}")
    return after


def _check_hours(starts: int, ends: int) -> None:
    if starts >= ends:
        raise Unusable("ends", "The day should end later than it begins.")


def _keep_expert_hours(tx: Tx, profile: Profile) -> None:
    expert = members.expert(tx, profile.user)
    if expert:
        _store_expert(tx, expert, profile)


def _keep_expert(tx: Tx, profile: Profile, capacity: int | None) -> None:
    expert = members.expert(tx, profile.user)
    if expert is None:
        return
    known = replace(expert, about=profile.about, capacity=capacity or expert.capacity)
    _store_expert(tx, known, profile)
    members.pause(tx, profile.user, profile.paused_until)


def _store_expert(tx: Tx, expert: Expert, profile: Profile) -> None:
    hours = profile.hours
    people.store_expert(
        tx,
        expert.user,
        people.Profile(
            [topic.id for topic in expert.topics],
            expert.about,
            expert.capacity,
            hours.starts,
            hours.ends,
            hours.days,
        ),
        tagged_by=expert.user,
    )


def my_needs(tx: Tx, user: str) -> list[Need]:
    """The needs of the member's stage; none while they have not said which it is."""
    stage = profiles.get(tx, user).stage
    return needs.of_stage(tx, stage) if stage else []


def cover(tx: Tx, actor: Actor, need_id: str, by: str | None) -> None:
    """The actor has somebody for a need: a colleague, or (None) somebody who is not here.

    Raises Unusable("need") if their stage has no such need, Refused(NOT_YOURSELF).
    """
    if by == actor.user:
        raise Refused(Reason.NOT_YOURSELF)
    _own_need(tx, actor, need_id)
    profiles.cover(tx, actor.user, need_id, by)
    outbox.mark_stale(tx, f"home/{actor.user}")


def uncover(tx: Tx, actor: Actor, need_id: str) -> None:
    """A need of the actor's is open again. Raises Unusable("need")."""
    _own_need(tx, actor, need_id)
    profiles.uncover(tx, actor.user, need_id)
    outbox.mark_stale(tx, f"home/{actor.user}")


def _own_need(tx: Tx, actor: Actor, need_id: str) -> None:
    if need_id not in {need.id for need in my_needs(tx, actor.user)}:
        raise Unusable("need", "Please choose a need from the list.")
