"""A round as a test needs it: who takes part, and what is proposed."""

from typing import Any

from bot import cohorts
from bot.authority import Actor
from bot.cohorts import Wanted
from storage import cohorts as queries
from storage import profiles, topics
from storage.records import CareerStage
from storage.records.cohorts import Cohort, Side
from storage.records.profiles import Profile
from tests.support.world import TEAM, World

LEO, CHI, EVA = "U0LEO", "U0CHI", "U0EVA"  # mentees
ADA, JON = "U0ADA", "U0JON"  # mentors
ADMIN, STRANGER = "U0IVY", "U0GUS"


async def does(world: World, use_case: Any, user: str, *values: Any) -> Any:
    """Somebody does something."""
    result = await world.app.bot.write(TEAM, use_case, Actor(user), *values)
    await world.settle()
    return result


async def describes(
    world: World,
    user: str,
    *,
    stage: CareerStage | None = None,
    seeks: tuple[str, ...] = (),
    offers: tuple[str, ...] = (),
) -> None:
    """Somebody has a profile with these topics."""
    known = {topic.name: topic for topic in await world.app.bot.read(TEAM, topics.every)}
    profile = Profile(
        user,
        stage,
        offers=tuple(known[each] for each in offers),
        seeks=tuple(known[each] for each in seeks),
    )
    await world.app.bot.write(TEAM, profiles.keep, profile)


async def seeks(world: World, user: str, *mentors: str, need: str | None = None) -> None:
    """Somebody would like a mentor."""
    await does(world, cohorts.wish, user, Wanted([Side.MENTEE], need, mentors))


async def mentors(world: World, user: str, *mentees: str, capacity: int = 1) -> None:
    """Somebody would like mentees."""
    wanted = Wanted([Side.MENTOR], capacity=capacity, mentees=mentees)
    await does(world, cohorts.wish, user, wanted)


async def proposed(world: World) -> int:
    """Pairs are proposed to Ivy; gives the id of the cohort."""
    cohort_id: int = await does(world, cohorts.ask, ADMIN)
    await world.app.catch_up()
    return cohort_id


async def of(world: World, cohort_id: int) -> Cohort:
    """The cohort as it is now."""
    found = await world.app.bot.read(TEAM, queries.get, cohort_id)
    assert found
    return found


async def pairs(world: World, cohort_id: int) -> dict[str, str]:
    """Who is with whom in the proposal."""
    return {each.mentee: each.mentor for each in (await of(world, cohort_id)).pairs.values()}


def told(world: World, user: str, words: str) -> int:
    """How many of the bot's messages to somebody say so."""
    return sum(words in str(message.text) for message in world.messages(user))
