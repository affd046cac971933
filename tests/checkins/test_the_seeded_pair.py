"""The pair of the local workspace: skipping a day shows what there is to see."""

from bot.local_workspace import seed_pair
from bot.views import checkins as ids
from tests.checkins.stories import MENTEE, MENTOR, cards, files, told
from tests.support.world import DAY, HOUR, TEAM, World


async def test_a_day_on_the_mentee_is_asked_plans_and_is_reminded(socket_world: World) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, seed_pair)
    await world.settle()
    assert told(world, MENTEE) == []
    await world.later(3 * HOUR)
    assert told(world, MENTEE) == []
    await world.later(DAY)
    assert "have nothing planned; you last met" in told(world, MENTEE)[-1]
    await world.clicks(MENTEE, ids.PLAN)
    await world.submits(MENTEE)
    for user in (MENTEE, MENTOR):
        assert len(cards(world, user)) == len(files(world, user)) == 1
    await world.later(DAY)
    assert any("Your check-in with" in text for text in told(world, MENTEE))


async def test_seeding_twice_makes_one_pair(socket_world: World) -> None:
    for _ in range(2):
        await socket_world.app.bot.write(TEAM, seed_pair)
