"""Who is in a circle: by a click, by the channel, and the waiting list."""

import pytest

from bot import circles
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.views import circles as ids
from storage import circles as queries
from storage.records import Circle, Standing
from tests.circles.stories import circle, does, inside, joins
from tests.support.world import TEAM, TUESDAY, World


async def standing(world: World, made: Circle, user: str) -> Standing | None:
    member = await world.app.bot.read(TEAM, queries.member, made.id, user)
    return member.standing if member else None


async def test_who_joins_the_channel_by_hand_is_in_the_circle_and_hears_the_rules(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await world.act.join("U0LEO", made.channel)
    await world.settle()
    assert await standing(world, made, "U0LEO") is Standing.IN
    assert "What is said here stays here" in world.messages("U0LEO")[-1].text


async def test_who_leaves_the_channel_by_hand_has_left_the_circle(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await joins(world, made, "U0LEO")
    await world.act.leave("U0LEO", made.channel)
    await world.settle()
    assert await standing(world, made, "U0LEO") is Standing.LEFT
    assert "U0LEO" not in inside(world, made)


async def test_who_leaves_by_a_click_is_taken_out_of_the_channel(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    assert inside(world, made) == {"U0BEN", "U0LEO"}
    await world.types("U0LEO", "circles")
    await world.clicks("U0LEO", ids.LEAVE)
    assert inside(world, made) == {"U0BEN"}


async def test_a_full_circle_has_a_waiting_list_that_moves_up(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA", "U0CHI", "U0IVY")
    assert await standing(world, made, "U0CHI") is Standing.WAITING
    assert inside(world, made) == {"U0BEN", "U0LEO", "U0ADA"}

    await does(world, circles.leave, "U0LEO", made.id)

    assert await standing(world, made, "U0CHI") is Standing.IN
    assert await standing(world, made, "U0IVY") is Standing.WAITING
    assert inside(world, made) == {"U0BEN", "U0ADA", "U0CHI"}
    assert "A place in Early birds is free" in world.messages("U0CHI")[-1].text


async def test_an_admin_hears_once_that_enough_people_wait_for_another(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA", "U0CHI", "U0IVY", "U0GUS", "U0FAY")
    wanted = [
        message.text
        for user in world.space.users
        if user != world.space.bot.id
        for message in world.messages(user)
        if "wait for a place in Early birds" in message.text
    ]
    assert len(wanted) == 1


async def test_joining_twice_and_hearing_it_twice_changes_nothing(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await joins(world, made, "U0LEO", "U0LEO")
    again = circles.Passage(made.channel, "U0LEO", (TUESDAY + 1) * 10**6)
    await world.app.bot.write(TEAM, circles.joined_channel, again)
    await world.settle()
    assert len(await world.app.bot.read(TEAM, queries.members, made.id)) == 2
    assert world.messages("U0LEO") == []


async def test_what_happened_in_the_channel_meanwhile_is_made_up_for(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await joins(world, made, "U0LEO")
    present = frozenset({"U0BEN", "U0ADA"})
    await world.app.bot.write(TEAM, circles.reconcile, made.channel, present, TUESDAY + 9)
    assert await standing(world, made, "U0LEO") is Standing.LEFT
    assert await standing(world, made, "U0ADA") is Standing.IN


async def test_a_closed_circle_is_seen_and_joined_by_invitation_alone(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world, private=True)
    assert made.channel
    assert world.space.channels[made.channel].kind == "group"
    assert "Early birds" not in await world.types("U0LEO", "circles")
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, circles.join, Actor("U0LEO"), made.id)
    assert no.value.reason is Reason.NOT_IN_CIRCLE
    await world.act.invite("U0BEN", made.channel, "U0LEO")
    await world.settle()
    assert await standing(world, made, "U0LEO") is Standing.IN


@pytest.mark.parametrize(
    ("workspace", "number"),
    [pytest.param("T0OTHER", 1, id="other workspace"), pytest.param(TEAM, 999, id="no such")],
)
async def test_a_guessed_circle_tells_nothing(
    socket_world: World, workspace: str, number: int
) -> None:
    await circle(socket_world)
    with pytest.raises(Refused) as no:
        await socket_world.app.bot.write(workspace, circles.join, Actor("U0LEO"), number)
    assert no.value.reason is Reason.NOT_IN_CIRCLE
