"""Who is there, who takes questions, and when: profile, pause and what Slack tells of people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.authority import Actor, require_member
from bot.errors import Unusable
from bot.rules.words import words_of
from storage import members, nudges, outbox, profiles, topics
from storage.database import Tx
from storage.records import Expert, Member, Topic, TopicSource, WorkingHours
from storage.records.profiles import Profile as SaidOfThem

INVITATION = "become-expert"  # to be one, as a nudge
# Somebody paused without a date is back when they say so.
UNTIL_THEY_SAY = 50 * 365 * 24 * 3600
WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody offers, as typed. Minutes of the day, ISO weekdays."""

    topic_ids: Sequence[int]
    about: str = ""
    capacity: int = 3
    starts: int = 9 * 60
    ends: int = 17 * 60
    days: Sequence[int] = (1, 2, 3, 4, 5)


def offer_topics(tx: Tx, actor: Actor, profile: Profile, left_out: Sequence[str]) -> Expert | None:
    """Make the actor an expert on these topics; without any they take no more questions.

    Raises Refused(GUEST) and Unusable for hours that end before they begin or no days.
    """
    require_member(tx, actor)
    _check_hours(profile)
    members.leave_out(tx, actor.user, left_out)
    if not profile.topic_ids:
        members.remove_expert(tx, actor.user)
    else:
        store_expert(tx, actor.user, profile, tagged_by=actor.user)
        _taken_up(tx, actor.user)
    _keep_in_profile(tx, actor.user, profile)
    nudges.look_again(tx, actor.user)  # their hours may be others now
    outbox.mark_stale(tx, f"home/{actor.user}")
    return members.expert(tx, actor.user)


def _keep_in_profile(tx: Tx, user: str, said: Profile) -> None:
    """One line and one set of hours, whichever form they were written in last."""
    known = profiles.get(tx, user)
    hours = replace(known.hours, starts=said.starts, ends=said.ends, days=tuple(said.days))
    profiles.keep(tx, replace(known, about=said.about, hours=hours))


def _taken_up(tx: Tx, user: str) -> None:
    """Whoever was invited to be an expert is one now."""
    nudges.heeded(tx, INVITATION, 0, user)
    outbox.refresh_under(tx, f"{INVITATION}/0/{user}")


def _check_hours(profile: Profile) -> None:
    if profile.starts >= profile.ends:
        raise Unusable("ends", "The day should end later than it begins.")
    if not profile.days:
        raise Unusable("days", "Please choose at least one day; to rest, use `/mentor pause`.")


def store_expert(tx: Tx, user: str, profile: Profile, *, tagged_by: str) -> bool:
    """Store somebody as an expert, findable by topic and words; True if they are new."""
    member = members.get(tx, user)
    zone = member.zone if member else "UTC"
    held = tuple(topics.these(tx, profile.topic_ids))
    expert = Expert(
        user,
        profile.about,
        profile.capacity,
        WorkingHours(profile.starts, profile.ends, tuple(profile.days), zone),
        None,
        held,
    )
    new = members.keep_expert(tx, expert, tagged_by=tagged_by)
    members.describe(tx, user, words_of(profile.about))
    return new


def take_up(tx: Tx, user: str, topic_id: int, source: TopicSource) -> None:
    """One more topic of theirs; who is no expert yet becomes one, as their profile says of them."""
    if members.expert(tx, user) is None:
        said = with_what_was_said(tx, user, Profile(()), frozenset())
        store_expert(tx, user, said, tagged_by=user)
        _taken_up(tx, user)
        nudges.look_again(tx, user)
    members.add_topic(tx, user, topic_id, source)
    outbox.mark_stale(tx, f"home/{user}")


def with_what_was_said(tx: Tx, user: str, wanted: Profile, said: Collection[str]) -> Profile:
    """`wanted`, with what was not `said` (about, capacity, hours, days) as it is now.

    Who is no expert yet may have said it in their profile, but for the capacity.
    """
    expert = members.expert(tx, user)
    now = expert or profiles.get(tx, user)
    return replace(
        wanted,
        about=wanted.about if "about" in said else now.about,
        capacity=expert.capacity if expert and "capacity" not in said else wanted.capacity,
        starts=wanted.starts if "hours" in said else now.hours.starts,
        ends=wanted.ends if "hours" in said else now.hours.ends,
        days=wanted.days if "days" in said else now.hours.days,
    )


def profile_of(tx: Tx, user: str) -> tuple[list[Topic], Expert | None, list[str], SaidOfThem]:
    """What the expert form shows: all topics, the expert, whom they leave out, and the profile."""
    return (
        topics.every(tx),
        members.expert(tx, user),
        members.left_out_by(tx, user),
        profiles.get(tx, user),
    )


def zone_of(tx: Tx, user: str) -> str:
    """Their IANA time zone."""
    member = members.get(tx, user)
    return member.zone if member else "UTC"


def hours_of(tx: Tx, user: str) -> WorkingHours:
    """The working hours of any member: an expert's own, else their profile's."""
    return members.expert_hours(tx, user) or profiles.get(tx, user).hours


def pause(tx: Tx, actor: Actor, until: int | None) -> None:
    """Offer the actor nothing and remind them of nothing until an instant (None: they say so)."""
    _rest(tx, actor.user, until or tx.now + UNTIL_THEY_SAY)


def rest_for_a_week(tx: Tx, actor: Actor) -> None:
    """Offer the actor nothing and remind them of nothing for seven days from now."""
    _rest(tx, actor.user, tx.now + WEEK)


def resume(tx: Tx, actor: Actor) -> None:
    """End the actor's pause, if there is one."""
    _rest(tx, actor.user, None)


def _rest(tx: Tx, user: str, until: int | None) -> None:
    members.pause(tx, user, until)
    profiles.pause(tx, user, until)
    nudges.look_again(tx, user)
    outbox.mark_stale(tx, f"home/{user}")


def quiet_changed(tx: Tx, user: str, quiet: tuple[int, int] | None) -> None:
    """The person is in do-not-disturb from when until when, or (None) no more."""
    members.keep_quiet(tx, user, quiet)
    nudges.look_again(tx, user)


def keep_quiet(tx: Tx, people: Mapping[str, tuple[int, int] | None]) -> None:
    """Store when each of these people is in do-not-disturb."""
    for user, quiet in people.items():
        members.keep_quiet(tx, user, quiet)


def home_opened(tx: Tx, user: str) -> None:
    """Show them their Home as it stands."""
    outbox.mark_stale(tx, f"home/{user}")


def keep_all(tx: Tx, people: Sequence[Member]) -> None:
    """Store what Slack says of people now. Who left is asked nothing any more."""
    for member in people:
        members.keep(tx, member)
