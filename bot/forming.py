"""Circles formed in one go: who would like one, what is proposed to an admin, and its approval."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from zoneinfo import ZoneInfo

from bot import circles
from bot.authority import Actor, require_admin, require_member
from bot.context import Bot
from bot.errors import Reason, Refused, Unusable
from bot.members import zone_of
from bot.rules import grouping
from bot.views.circles import STAGES
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
HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60  # minutes
FIRST_AFTER = 3  # days from the approval to the first session, so that people can plan it
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
    outbox.refresh_under(tx, f"home/{actor.user}")
    return forming.wishing(tx)


def no_wish(tx: Tx, actor: Actor) -> None:
    """The actor would like none any more."""
    forming.no_wish(tx, actor.user)
    outbox.refresh_under(tx, f"home/{actor.user}")


def ask(tx: Tx, actor: Actor) -> int:
    """Have circles proposed to the actor, in their messages. Raises Refused(NOT_ADMIN)."""
    require_admin(tx, actor)
    forming_id = forming.ask(tx, actor.user)
    outbox.mark_stale(tx, f"forming/{forming_id}")
    return forming_id


def wishes_of(tx: Tx) -> list[grouping.Wish]:
    """Everybody who would like a circle, as the rule takes them."""
    found = []
    for each in forming.wishes(tx, WISHES_MOST):
        zone = zone_of(tx, each.user)
        found.append(
            grouping.Wish(
                user=each.user,
                stage=each.stage,
                topics=frozenset(each.topic_ids),
                free=_free(each, zone, tx.now),
                zone=zone,
                discipline=each.discipline.casefold(),
                site=each.site.casefold(),
                companions=frozenset(forming.companions(tx, each.user)),
                apart=frozenset(members.left_out_by(tx, each.user)),
            )
        )
    return found


def _free(wanted: CircleWish, zone: str, now: int) -> frozenset[int]:
    """The whole hours of the UTC week that lie in their local ones, by today's offset."""
    local = {(day - 1) * 24 + hour for day in wanted.days for hour in wanted.hours}
    offset = datetime.fromtimestamp(now, ZoneInfo(zone)).utcoffset() or timedelta()
    east = int(offset.total_seconds()) // 60
    free = set()
    for hour in range(WEEK // HOUR):
        starts = hour * HOUR + east
        # In a zone of half an hour an hour of UTC lies in two of theirs.
        if all((minute % WEEK) // HOUR in local for minute in (starts, starts + HOUR - 1)):
            free.add(hour)
    return frozenset(free)


async def make_running(bot: Bot) -> None:
    """Look for groups wherever an admin asked for them; in another process, as it may take long.

    Whoever is killed meanwhile leaves it to be looked for again.
    """
    for workspace in await bot.read(ANY, forming.running_workspaces):
        for forming_id in await bot.read(workspace, forming.running):
            wishes = await bot.read(workspace, wishes_of)
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
    wishes = wishes_of(tx)
    found = {
        number: grouping.faults(grouping.Group(users, hour), wishes)
        for number, (hour, users) in proposed.groups.items()
        if users
    }
    return {number: list(faults) for number, faults in found.items() if faults}


def to_move(tx: Tx, actor: Actor, forming_id: int) -> ProposedForming:
    """The proposal as the actor may change it. Raises Refused."""
    return _draft(tx, actor, forming_id)


def move(tx: Tx, actor: Actor, forming_id: int, user: str, number: int | None) -> None:
    """Put somebody into another group of the proposal, or (None) into none.

    Raises Refused, and Unusable for a person or a group that is not in it.
    """
    proposed = _draft(tx, actor, forming_id)
    inside = {each for _, users in proposed.groups.values() for each in users}
    if user not in inside | set(proposed.left):
        raise Unusable("user", "Please choose somebody who would like a circle.")
    if number is not None and number not in proposed.groups:
        raise Unusable("number", "Please write the number of one of the groups.")
    forming.put(tx, forming_id, user, number, None if number else "taken out by hand")
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
    broken = faults_of(tx, proposed)
    if broken:
        numbers = ", ".join(str(number) for number in sorted(broken))
        raise Unusable("groups", f"Please mend these groups first: {numbers}.")
    wanted = {each.user: each for each in forming.wishes(tx, WISHES_MOST)}
    started = [
        _start(tx, number, hour, [wanted[user] for user in users])
        for number, (hour, users) in proposed.groups.items()
        if users
    ]
    for user in proposed.left:
        outbox.mark_stale(tx, f"circle-none/{forming_id}/{user}")
    forming.set_state(tx, forming_id, FormingState.APPROVED)
    programme.audit(tx, actor.user, "forming", str(forming_id))
    outbox.mark_stale(tx, f"forming/{forming_id}")
    return started


def _start(tx: Tx, number: int, hour: int, people: Sequence[CircleWish]) -> Circle:
    founder = people[0]
    zone = zone_of(tx, founder.user)
    first = _next(tx.now + FIRST_AFTER * DAY * 60, hour).astimezone(ZoneInfo(zone))
    stages = {person.stage for person in people if person.stage}
    stage = next(iter(stages)) if len(stages) == 1 else None
    shared = set.intersection(*(set(person.topic_ids) for person in people))
    draft = CircleDraft(
        name=f"{STAGES[stage].capitalize() if stage else 'Peer'} circle {number}",
        stage=stage,
        topic_ids=tuple(sorted(shared)),
        size=max(len(people), SIZE),
        rhythm=Rhythm.FORTNIGHTLY,
        first_on=first.date(),
        minutes=first.hour * HOUR + first.minute,
        zone=zone,
    )
    circle = circles.start(tx, founder.user, draft, [person.user for person in people])
    for person in people:
        forming.no_wish(tx, person.user)
        outbox.mark_stale(tx, f"circle-formed/{circle.id}/{person.user}")
    return circle


def _next(now: int, hour: int) -> datetime:
    """The first instant from `now` on of this hour of the UTC week."""
    at = datetime.fromtimestamp(now, UTC)
    monday = datetime(at.year, at.month, at.day, tzinfo=UTC) - timedelta(days=at.weekday())
    found = monday + timedelta(hours=hour)
    return found if found >= at else found + timedelta(weeks=1)


def _draft(tx: Tx, actor: Actor, forming_id: int) -> ProposedForming:
    require_admin(tx, actor)
    proposed = forming.get(tx, forming_id)
    if proposed is None or proposed.state is not FormingState.DRAFT:
        raise Refused(Reason.PROPOSAL_OVER)
    return proposed
