"""Circles formed in one go: who would like one, what is proposed to an admin, and its approval."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from bot import circles
from bot.authority import Actor, require_admin, require_member
from bot.context import Bot
from bot.errors import Reason, Refused, Unusable
from bot.members import zone_of
from bot.rules import grouping
from bot.views.circles import STAGES
from bot.views.forming import BY_HAND
from storage import forming, members, outbox, programme, topics
from storage.database import Tx
from storage.records import (
    Circle,
    CircleDraft,
    CircleWish,
    FormingState,
    ProposedForming,
    Rhythm,
    Topic,
)

WISHES_MOST = 2000  # people in one proposal
FIRST_AFTER = 3 * 24 * 3600  # from the approval to the first session, so that people can plan it
SIZE = 6  # places, where fewer are in it at first
ANY = ""


def to_wish(tx: Tx, actor: Actor) -> tuple[list[Topic], CircleWish | None, int]:
    """What the form needs: topics, what they said before, how many would like a circle.

    Raises Refused(GUEST).
    """
    require_member(tx, actor)
    return topics.every(tx), forming.wish_of(tx, actor.user), forming.wishing(tx)


def wish(tx: Tx, actor: Actor, wanted: CircleWish) -> int:
    """The actor would like a circle; gives how many would by now.

    Raises Refused(GUEST), Unusable.
    """
    require_member(tx, actor)
    if not wanted.days:
        raise Unusable("days", "Please choose at least one day.")
    if not wanted.hours:
        raise Unusable("hours", "Please choose at least one time of day.")
    forming.wish(tx, wanted)
    _changed(tx, actor.user)
    return forming.wishing(tx)


def no_wish(tx: Tx, actor: Actor) -> None:
    """The actor would like none any more."""
    forming.no_wish(tx, actor.user)
    _changed(tx, actor.user)


def _changed(tx: Tx, user: str) -> None:
    """Show anew what says something of somebody's wish: their Home, and who decides on it."""
    outbox.refresh(tx, f"home/{user}")
    for forming_id in forming.drafts_with(tx, user):
        outbox.mark_stale(tx, f"forming/{forming_id}")


def ask(tx: Tx, actor: Actor) -> int:
    """Have circles proposed to the actor, in their messages. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    forming_id = forming.ask(tx, actor.user)
    outbox.mark_stale(tx, f"forming/{forming_id}")
    return forming_id


def wishes_of(tx: Tx, asked_at: int) -> list[grouping.Wish]:
    """Everybody who would like a circle, as the rule takes them for a proposal of that time."""
    found = []
    for each in forming.wishes(tx, WISHES_MOST):
        zone = zone_of(tx, each.user)
        found.append(
            grouping.Wish(
                user=each.user,
                stage=each.stage,
                topics=frozenset(each.topic_ids),
                free=grouping.free_hours(each.days, each.hours, zone, asked_at),
                zone=zone,
                discipline=each.discipline.casefold(),
                site=each.site.casefold(),
                companions=frozenset(forming.companions(tx, each.user)),
                apart=frozenset(members.left_out_by(tx, each.user)),
            )
        )
    return found


def wishes_for(tx: Tx, forming_id: int) -> list[grouping.Wish]:
    """The wishes a proposal is made of."""
    asked = forming.get(tx, forming_id)
    return wishes_of(tx, asked.asked_at) if asked else []


async def make_running(bot: Bot) -> None:
    """Look for groups wherever an admin asked for them; in another process, as it may take long.

    Whoever is killed meanwhile leaves it to be looked for again.
    """
    for workspace in await bot.read(ANY, forming.running_workspaces):
        for forming_id in await bot.read(workspace, forming.running):
            wishes = await bot.read(workspace, wishes_for, forming_id)
            with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
                loop = asyncio.get_running_loop()
                made = await loop.run_in_executor(elsewhere, grouping.form, wishes)
            await bot.write(workspace, propose, forming_id, made)


def propose(tx: Tx, forming_id: int, made: grouping.Forming) -> None:
    """Store what was found, for its admin to see; a second time changes nothing."""
    asked = forming.get(tx, forming_id)
    if asked is None or asked.state is not FormingState.RUNNING:
        return
    groups = [(group.hour, group.users) for group in made.groups]
    forming.propose(tx, forming_id, groups, [(user, why.value) for user, why in made.left])
    outbox.mark_stale(tx, f"forming/{forming_id}")


def faults_of(tx: Tx, proposed: ProposedForming) -> dict[int, list[grouping.Fault]]:
    """The rules that each group breaks, by its number; groups without a fault are left out."""
    wishes = wishes_of(tx, proposed.asked_at)
    found = {
        number: grouping.faults(grouping.Group(users, hour), wishes)
        for number, (hour, users) in proposed.groups.items()
        if users
    }
    return {number: list(faults) for number, faults in found.items() if faults}


def meetings_of(tx: Tx, proposed: ProposedForming) -> dict[int, grouping.Meeting]:
    """When each group would meet first if it were approved now, by its number."""
    return {
        number: _meeting(tx, proposed, hour, users)
        for number, (hour, users) in proposed.groups.items()
        if users
    }


def _meeting(
    tx: Tx, proposed: ProposedForming, hour: int, users: Sequence[str]
) -> grouping.Meeting:
    """By the clocks of the zone that most of them are in."""
    ((zone, _),) = Counter(zone_of(tx, user) for user in users).most_common(1)
    return grouping.first_meeting(hour, zone, proposed.asked_at, tx.now + FIRST_AFTER)


def to_see(
    tx: Tx, actor: Actor, forming_id: int
) -> tuple[ProposedForming, dict[int, grouping.Meeting], dict[int, list[grouping.Fault]]]:
    """The proposal with the times and the faults of its groups. Raises Refused."""
    proposed = _draft(tx, actor, forming_id)
    return proposed, meetings_of(tx, proposed), faults_of(tx, proposed)


def to_move(tx: Tx, actor: Actor, forming_id: int) -> ProposedForming:
    """The proposal as the actor may change it. Raises Refused."""
    return _draft(tx, actor, forming_id)


@dataclass(frozen=True, slots=True)
class Change:
    """Who goes where: into the group of this `number` (None: into none), or in place of `other`."""

    user: str
    number: int | None = None
    other: str | None = None


def move(tx: Tx, actor: Actor, forming_id: int, change: Change) -> None:
    """Put somebody into another group of the proposal, or have two people change places.

    Raises Refused, and Unusable for a person or a group that is not in it.
    """
    proposed = _draft(tx, actor, forming_id)
    place, goes_to = _place_of(proposed, change.user, "user"), change.number
    if change.other:
        if change.number is not None:
            raise Unusable("number", "Please choose one of the two: a person or a group.")
        goes_to = _place_of(proposed, change.other, "other")
        if place == goes_to:
            raise Unusable("other", "These two are in the same place already.")
        _put(tx, forming_id, change.other, place)
    elif goes_to is not None and goes_to not in proposed.groups:
        raise Unusable("number", "Please write the number of one of the groups.")
    _put(tx, forming_id, change.user, goes_to)


def _place_of(proposed: ProposedForming, user: str, field: str) -> int | None:
    """The number of somebody's group, None if they have none. Raises Unusable."""
    for number, (_, users) in proposed.groups.items():
        if user in users:
            return number
    if user not in proposed.left:
        raise Unusable(field, "Please choose somebody of this proposal.")
    return None


def _put(tx: Tx, forming_id: int, user: str, number: int | None) -> None:
    forming.put(tx, forming_id, user, number, None if number else BY_HAND)
    outbox.mark_stale(tx, f"forming/{forming_id}")


def discard(tx: Tx, actor: Actor, forming_id: int) -> None:
    """Form nothing of it. Raises Refused."""
    _draft(tx, actor, forming_id)
    forming.set_state(tx, forming_id, FormingState.DISCARDED)
    outbox.mark_stale(tx, f"forming/{forming_id}")


def approve(tx: Tx, actor: Actor, forming_id: int) -> list[Circle]:
    """Start the circles of the proposal; everybody in them hears of it, and who has none hears why.

    Raises Refused, and Unusable while a group breaks a rule.
    """
    proposed = _draft(tx, actor, forming_id)
    _check(faults_of(tx, proposed))
    wanted = {each.user: each for each in forming.wishes(tx, WISHES_MOST)}
    before = forming.groups_approved(tx)
    started = [
        _start(
            tx,
            before + number,
            _meeting(tx, proposed, hour, users),
            [wanted[user] for user in users],
        )
        for number, (hour, users) in proposed.groups.items()
        if users
    ]
    # Who wishes for none any more, or has got one meanwhile, is told nothing.
    for user in proposed.left.keys() & wanted.keys():
        outbox.mark_stale(tx, f"circle-none/{forming_id}/{user}")
    forming.set_state(tx, forming_id, FormingState.APPROVED)
    programme.audit(tx, actor.user, "forming", str(forming_id))
    outbox.mark_stale(tx, f"forming/{forming_id}")
    return started


def _check(broken: Mapping[int, Sequence[grouping.Fault]]) -> None:
    if broken:
        groups = "; ".join(
            f"{number} ({', '.join(sorted({fault.rule.value for fault in faults}))})"
            for number, faults in sorted(broken.items())
        )
        raise Unusable("groups", f"Please mend these groups first: {groups}.")


def _start(tx: Tx, number: int, meeting: grouping.Meeting, people: Sequence[CircleWish]) -> Circle:
    stage = grouping.stage_of(person.stage for person in people)
    named = Counter(topic for person in people for topic in person.topic_ids)
    draft = CircleDraft(
        name=f"{STAGES[stage].capitalize() if stage else 'Peer'} circle {number}",
        stage=stage,
        topic_ids=tuple(sorted(topic for topic in named if named[topic] * 2 >= len(people))),
        size=max(len(people), SIZE),
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=meeting.first_on,
        minutes=meeting.minutes,
        zone=meeting.zone,
    )
    circle = circles.start(tx, people[0].user, draft, [person.user for person in people])
    for person in people:
        forming.no_wish(tx, person.user)
        _changed(tx, person.user)
        outbox.mark_stale(tx, f"circle-formed/{circle.id}/{person.user}")
    return circle


def _draft(tx: Tx, actor: Actor, forming_id: int) -> ProposedForming:
    require_admin(tx, actor)
    proposed = forming.get(tx, forming_id)
    if proposed is None or proposed.state is not FormingState.DRAFT:
        raise Refused(Reason.PROPOSAL_OVER)
    return proposed
