"""Mentorships as a test needs them, made by the use cases, among people who have a profile."""

from dataclasses import replace
from typing import Any

from bot import mentorships
from bot.authority import Actor
from bot.local_workspace import introduce
from bot.mentorships.requesting import Wanted
from storage import mentorships as queries
from storage import nudges as nudge_queries
from storage import profiles
from storage.records.mentorships import Mentorship, MentorshipKind
from tests.support.world import TEAM, World

NEED = "early-conversations"
MENTEE, MENTOR, OTHER = "U0BEN", "U0KIM", "U0LEO"


async def does(world: World, use_case: Any, user: str, *values: Any, **named: Any) -> Any:
    """Somebody does something about a mentorship."""
    result = await world.app.bot.write(TEAM, use_case, Actor(user), *values, **named)
    await world.settle()
    return result


async def requested(
    world: World, mentor: str = MENTOR, mentee: str = MENTEE, need: str = NEED
) -> Mentorship:
    """A request of a mentee to a mentor; everybody has a profile from then on."""
    await introduce(world.app, TEAM)
    wanted = Wanted(MentorshipKind.FORMAL, mentor, "Could we talk?", need=need)
    delivery = f"story/{mentee}/{mentor}/{need}"
    made: Mentorship = await does(world, mentorships.request, mentee, wanted, delivery=delivery)
    return made


async def asked(
    world: World,
    kind: MentorshipKind = MentorshipKind.INFORMAL,
    colleague: str = MENTOR,
    user: str = MENTEE,
    **more: Any,
) -> Mentorship:
    """Something less formal asked of a colleague."""
    wanted = Wanted(kind, colleague, "Now and then?", **more)
    delivery = f"story/{user}/{colleague}/{kind}/{more}"
    made: Mentorship = await does(world, mentorships.ask, user, wanted, delivery=delivery)
    return made


async def again(world: World, mentorship: Mentorship) -> Mentorship:
    """The mentorship as it is now."""
    found = await world.app.bot.read(TEAM, queries.get, mentorship.id)
    assert found
    return found


async def changes_profile(world: World, user: str, **changes: Any) -> None:
    """Somebody's profile says something else."""
    profile = await world.app.bot.read(TEAM, profiles.get, user)
    await world.app.bot.write(TEAM, profiles.keep, replace(profile, **changes))


async def nudge(world: World, user: str, thing: str, about: int, occasion: int = 0) -> Any:
    """What became of a nudge, and why; None if it was never wanted."""
    return await world.app.bot.read(TEAM, nudge_queries.why, user, thing, about, occasion)


def texts(world: World, user: str) -> str:
    """All that the bot has said to somebody."""
    return "\n".join(each.text for each in world.messages(user))
