"""A pair that is about to agree, and what they write."""

from dataclasses import replace
from typing import Any

from bot import mentorships
from bot.authority import Actor
from storage import mentorships as queries
from storage.database import Tx
from storage.records.mentorships import (
    Agreement,
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
    Terms,
)
from tests.support.world import TEAM, World

MENTEE, MENTOR, STRANGER = "U0LEO", "U0ADA", "U0GUS"
TERMS = Terms(
    objectives="Run a trial by myself",
    mentee_does="Comes prepared",
    mentor_does="Asks the hard questions",
    boundaries="Stays between us",
    rhythm=CheckinRhythm.FORTNIGHTLY,
    months=6,
)


async def pair(
    world: World, state: MentorshipState = MentorshipState.AGREEING, **changes: Any
) -> Mentorship:
    """Leo and Ada, who have said yes to one another."""
    wanted = Mentorship(0, MentorshipKind.FORMAL, state, MENTOR, MENTEE, MENTEE, 0)
    made = await world.app.bot.write(TEAM, queries.add, replace(wanted, **changes))
    assert made
    if state is MentorshipState.ACTIVE:
        await world.app.bot.write(TEAM, _starts, made)
    return await again(world, made)


def _starts(tx: Tx, made: int) -> None:
    queries.starts(tx, made, ends_at=None, checkin_due_at=None)


async def again(world: World, mentorship: Mentorship | int) -> Mentorship:
    """The mentorship as it is now."""
    number = mentorship if isinstance(mentorship, int) else mentorship.id
    found = await world.app.bot.read(TEAM, queries.get, number)
    assert found
    return found


async def does(world: World, use_case: Any, user: str, *values: Any, **named: Any) -> Any:
    """One of them does something."""
    result = await world.app.bot.write(TEAM, use_case, Actor(user), *values, **named)
    await world.settle()
    return result


async def writes(
    world: World, made: Mentorship, user: str = MENTEE, *, over: int = 0, **changes: Any
) -> Agreement:
    """One of them writes a version."""
    terms = replace(TERMS, **changes)
    written = await does(world, mentorships.propose, user, made.id, terms, instead_of=over)
    assert isinstance(written, Agreement)
    return written


async def agreed(world: World, **changes: Any) -> Mentorship:
    """A pair whose agreement both have signed."""
    made = await pair(world)
    await writes(world, made, **changes)
    await does(world, mentorships.sign, MENTOR, made.id, 1)
    return await again(world, made)
