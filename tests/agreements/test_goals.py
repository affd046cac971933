"""Goals are the mentee's: set, moved on, reached or dropped."""

import pytest

from bot import feedback, goals
from bot.errors import Reason, Refused, Unusable
from bot.views import goals as view
from storage import goals as queries
from storage.records.mentorships import Goal, GoalState
from tests.agreements.stories import MENTEE, MENTOR, agreed, does
from tests.support.world import TEAM, World


async def mine(world: World, user: str = MENTEE) -> list[Goal]:
    return await world.app.bot.read(TEAM, queries.open_of, user)


async def saves(
    world: World,
    progress: dict[int, int | None],
    words: str = "",
    *,
    user: str = MENTEE,
    delivery: str = "",
) -> list[Goal]:
    delivery = delivery or f"{user}/{progress}/{words}"
    reached: list[Goal] = await does(world, goals.save, user, progress, words, delivery=delivery)
    return reached


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
    await saves(socket_world, {}, "Run a marathon")
    (goal,) = await mine(socket_world)
    assert await saves(socket_world, {goal.id: None}) == []
    assert await mine(socket_world) == []


async def test_nobody_else_moves_a_goal(socket_world: World) -> None:
    await saves(socket_world, {}, "Run a marathon")
    (goal,) = await mine(socket_world)
    for guessed in (goal.id, 4711):
        with pytest.raises(Refused) as no:
            await saves(socket_world, {guessed: 4}, user=MENTOR)
        assert no.value.reason is Reason.NOT_YOUR_GOAL
    assert await mine(socket_world) == [goal]


async def test_ten_goals_are_plenty(socket_world: World) -> None:
    for number in range(10):
        await saves(socket_world, {}, f"Goal {number}")
    with pytest.raises(Unusable):
        await saves(socket_world, {}, "One more")
    assert len(await mine(socket_world)) == 10


async def test_the_same_form_delivered_twice_sets_one_goal(socket_world: World) -> None:
    for _ in range(2):
        await saves(socket_world, {}, "Run a marathon", delivery="one")
    (goal,) = await mine(socket_world)
    for _ in range(2):
        await saves(socket_world, {goal.id: 4}, delivery="two")
    assert await mine(socket_world) == []


async def test_a_goal_closed_meanwhile_costs_nothing_of_what_else_was_said(
    socket_world: World,
) -> None:
    await saves(socket_world, {}, "Run a marathon")
    (goal,) = await mine(socket_world)
    await saves(socket_world, {goal.id: 4})
    assert await saves(socket_world, {goal.id: 1}, "Write a paper") == []
    assert [each.words for each in await mine(socket_world)] == ["Write a paper"]


async def test_a_goal_outlives_the_mentorship_it_was_set_in(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await saves(world, {}, "Run a marathon")
    await does(world, feedback.end, MENTEE, made.id)
    (goal,) = await mine(world)
    assert goal.mentorship_id is None


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "You have no goal open."),
        (1, "You have 1 goal open; your Home"),
        (2, "You have 2 goals open; your Home"),
    ],
)
def test_what_is_left_is_said_in_words_for_one_and_for_none(count: int, words: str) -> None:
    goal = Goal(1, MENTEE, "Write", GoalState.OPEN, 0, 0)
    assert words in str(view.saved([], [goal] * count).blocks)
