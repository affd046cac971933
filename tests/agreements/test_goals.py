"""Goals are the mentee's: set, moved on, reached or dropped."""

import pytest

from bot import goals
from bot.errors import Reason, Refused, Unusable
from storage import goals as queries
from storage.records.mentorships import Goal
from tests.agreements.stories import MENTEE, MENTOR, agreed, does
from tests.support.world import TEAM, World


async def mine(world: World, user: str = MENTEE) -> list[Goal]:
    return await world.app.bot.read(TEAM, queries.open_of, user)


async def test_a_goal_is_set_moved_on_and_reached(world: World) -> None:
    made = await agreed(world)
    await world.types(MENTEE, "goals")
    await world.submits(MENTEE, words="Submit one paper")
    (goal,) = await mine(world)
    assert (goal.words, goal.progress, goal.mentorship_id) == ("Submit one paper", 0, made.id)
    world.space.modals[MENTEE].clear()
    await world.types(MENTEE, "goals")
    await world.submits(MENTEE, **{f"goal-{goal.id}": "2"})
    assert [each.progress for each in await mine(world)] == [2]
    world.space.modals[MENTEE].clear()
    await world.types(MENTEE, "goals")
    await world.submits(MENTEE, **{f"goal-{goal.id}": "4"})
    assert "Well done!" in str(world.space.modals[MENTEE][-1])
    assert await mine(world) == []


async def test_a_goal_may_be_dropped(socket_world: World) -> None:
    await does(socket_world, goals.save, MENTEE, {}, "Run a marathon")
    (goal,) = await mine(socket_world)
    assert await does(socket_world, goals.save, MENTEE, {goal.id: None}, "") == []
    assert await mine(socket_world) == []


async def test_nobody_else_moves_a_goal(socket_world: World) -> None:
    await does(socket_world, goals.save, MENTEE, {}, "Run a marathon")
    (goal,) = await mine(socket_world)
    for guessed in (goal.id, 4711):
        with pytest.raises(Refused) as no:
            await does(socket_world, goals.save, MENTOR, {guessed: 4}, "")
        assert no.value.reason is Reason.NOT_YOUR_GOAL
    assert await mine(socket_world) == [goal]


async def test_ten_goals_are_plenty(socket_world: World) -> None:
    for number in range(10):
        await does(socket_world, goals.save, MENTEE, {}, f"Goal {number}")
    with pytest.raises(Unusable):
        await does(socket_world, goals.save, MENTEE, {}, "One more")
    assert len(await mine(socket_world)) == 10
