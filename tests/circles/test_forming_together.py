"""Circles formed in one go: wished for, proposed, changed by hand, approved."""

import pytest

from bot import forming
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.views import circles as circles_view
from bot.views import forming as view
from storage import circles as circle_queries
from storage import forming as queries
from storage.records import CareerStage, CircleWish, FormingState
from tests.support.world import TEAM, World

EAST = ("U0BEN", "U0CHI", "U0DOT", "U0ADA")
WANTED = {"days": ["1", "2"], "hours": ["12", "13"], "stage": "early"}


async def wished(world: World, *users: str, hours: tuple[int, ...] = (12, 13)) -> None:
    for user in users:
        wanted = CircleWish(user, CareerStage.EARLY, (), (1, 2), hours)
        await world.app.bot.write(TEAM, forming.wish, Actor(user), wanted)


async def test_somebody_says_that_they_would_like_a_circle_and_when(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "circles")
    await world.clicks("U0BEN", circles_view.FIND)
    await world.submits("U0BEN", **WANTED, discipline="Medicine", site="North")
    own = await world.app.bot.read(TEAM, queries.wish_of, "U0BEN")
    assert own == CircleWish("U0BEN", CareerStage.EARLY, (), (1, 2), (12, 13), "Medicine", "North")


async def test_an_admin_sees_circles_before_anybody_hears_of_them(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", view.ASK)
    await world.app.catch_up()
    card = world.messages("U0IVY")[-1].text
    assert "1 circle* for 4 people" in card
    for user in EAST:
        assert f"<@{user}>" in card
        assert not any("You are in a circle" in each.text for each in world.messages(user))

    await world.clicks("U0IVY", view.APPROVE)
    assert "1 circle formed with 4 people" in world.messages("U0IVY")[-1].text
    (made,) = await world.app.bot.read(TEAM, circle_queries.alive, 10)
    assert made.name == "Early career circle 1"
    assert made.channel
    assert set(EAST) <= set(world.space.channels[made.channel].members)
    for user in EAST:
        assert any("You are in a circle with" in each.text for each in world.messages(user))
        assert await world.app.bot.read(TEAM, queries.wish_of, user) is None


async def test_who_has_no_circle_hears_why_and_stays_on_the_list(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    await wished(world, "U0HAL", hours=(3,))
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    await world.settle()
    assert "No circle could be formed for you this time" in world.messages("U0HAL")[-1].text
    assert await world.app.bot.read(TEAM, queries.wish_of, "U0HAL")


async def test_a_group_that_breaks_a_rule_is_mended_before_it_is_approved(
    socket_world: World,
) -> None:
    world = socket_world
    await wished(world, *EAST)
    await wished(world, "U0HAL", hours=(3,))
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    await world.clicks("U0IVY", view.MOVE)
    await world.submits("U0IVY", user="U0HAL", number="1")
    assert "To mend:" in world.messages("U0IVY")[-1].text
    with pytest.raises(Unusable) as no:
        await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    assert "mend these groups first: 1" in no.value.words
    await world.clicks("U0IVY", view.MOVE)
    await world.submits("U0IVY", user="U0HAL")
    await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)


async def test_a_discarded_proposal_forms_nothing(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    await world.clicks("U0IVY", view.DISCARD)
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    assert no.value.reason is Reason.PROPOSAL_OVER
    found = await world.app.bot.read(TEAM, queries.get, forming_id)
    assert found
    assert found.state is FormingState.DISCARDED
    assert await world.app.bot.read(TEAM, circle_queries.alive, 10) == []


async def test_only_admins_form_circles(socket_world: World) -> None:
    world = socket_world
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    for use_case, values in (
        (forming.ask, ()),
        (forming.approve, (forming_id,)),
        (forming.discard, (forming_id,)),
        (forming.move, (forming_id, "U0BEN", 1)),
    ):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(TEAM, use_case, Actor("U0BEN"), *values)
        assert no.value.reason is Reason.NOT_ADMIN


async def test_hours_are_those_of_each_ones_own_zone(socket_world: World) -> None:
    world = socket_world
    await wished(world, "U0BEN", "U0HAL", "U0EVA")
    wishes = await world.app.bot.read(TEAM, forming.wishes_of)
    free = {each.user: each.free for each in wishes}
    # Noon and one on Monday and Tuesday: at 17:00 UTC in New York, 20:00 in Los Angeles, 11:00 in
    # Berlin, as it is November.
    assert free["U0BEN"] == frozenset({17, 18, 41, 42})
    assert free["U0HAL"] == frozenset({20, 21, 44, 45})
    assert free["U0EVA"] == frozenset({11, 12, 35, 36})


async def test_while_too_few_would_like_a_circle_the_bot_says_so(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "circles")
    await world.clicks("U0BEN", circles_view.FIND)
    await world.submits("U0BEN", **WANTED)
    said = str(world.space.modals["U0BEN"][-1])
    assert "No new circle yet: 1 person has opted in, 4 are needed." in said
    await wished(world, "U0CHI")
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", view.ASK)
    await world.app.catch_up()
    card = world.messages("U0IVY")[-1].text
    assert "No new circle: 2 people have opted in, 4 are needed." in card
    await wished(world, "U0DOT", "U0ADA")
    await world.clicks("U0BEN", circles_view.FIND)
    assert "4 people have opted in, which is enough" in str(world.space.modals["U0BEN"][-1])
