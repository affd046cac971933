"""Promises 19, 20 and 22 for circles: the table of who may do what, read by a test of its own."""

import pytest

from bot import circles, sessions
from bot.authority import ALLOWED_IN_CIRCLES, Actor, CircleAction, authorise_in_circle
from bot.errors import Refused
from tests.circles.stories import ahead, circle, does, joins
from tests.support.world import DAY, TEAM, World

FOUNDER, LEADER, MEMBER, WAITING, ADMIN, STRANGER = (
    "U0BEN", "U0LEO", "U0EVA", "U0CHI", "U0IVY", "U0GUS",
)  # fmt: skip
EVERYBODY = (FOUNDER, LEADER, MEMBER, WAITING, ADMIN, STRANGER)
INSIDE = {FOUNDER, LEADER, MEMBER}
RUNNING = {FOUNDER, ADMIN}

# By the circle's state, who may. Leo leads the session ahead; Ivy runs the programme.
MAY: dict[CircleAction, dict[str, set[str]]] = {
    CircleAction.JOIN: {"active": set(EVERYBODY), "paused": set(EVERYBODY)},
    CircleAction.LEAVE: {"active": INSIDE | {WAITING}, "paused": INSIDE | {WAITING}},
    CircleAction.PAUSE: {"active": RUNNING},
    CircleAction.RESUME: {"paused": RUNNING},
    CircleAction.ARCHIVE: {"active": RUNNING, "paused": RUNNING},
    CircleAction.ADOPT: {"active": RUNNING, "paused": RUNNING},
    CircleAction.HAND_ON: {"active": RUNNING, "paused": RUNNING},
    CircleAction.CHANGE_RHYTHM: {"active": RUNNING, "paused": RUNNING},
    CircleAction.MOVE: {"active": RUNNING | {LEADER}},
    CircleAction.HAND_OVER: {"active": RUNNING | {LEADER}},
    CircleAction.SWAP_QUESTION: {"active": {LEADER}},
    CircleAction.LEAD: {"active": INSIDE},
    CircleAction.TAKE_PART: {"active": INSIDE, "paused": INSIDE},
}


def test_every_action_has_a_row() -> None:
    assert set(ALLOWED_IN_CIRCLES) == set(CircleAction) == set(MAY)


@pytest.mark.parametrize("state", ["active", "paused", "ended"])
async def test_each_may_do_what_the_table_says_and_nothing_else(
    socket_world: World, state: str
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, LEADER, MEMBER, WAITING)
    await world.later(6 * DAY + 7200)
    session = await ahead(world, made)
    if session.facilitator != LEADER:
        await does(world, sessions.hand_over, FOUNDER, session.id, LEADER)
        session = await ahead(world, made)
    if state != "active":
        await does(world, circles.pause, FOUNDER, made.id)
    if state == "ended":
        await does(world, circles.archive, FOUNDER, made.id)
    for action in CircleAction:
        for user in EVERYBODY:
            try:
                await world.app.bot.read(
                    TEAM, authorise_in_circle, Actor(user), action, made.id, session
                )
                may = True
            except Refused:
                may = False
            assert may == (user in MAY[action].get(state, set())), (action, user, state)


async def test_another_workspace_has_none_of_it(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    for action in CircleAction:
        with pytest.raises(Refused):
            await world.app.bot.read(
                "T0OTHER", authorise_in_circle, Actor(FOUNDER), action, made.id
            )
    assert await world.app.bot.read("T0OTHER", circles.listed, Actor(FOUNDER)) == []
