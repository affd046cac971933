"""The first visit: three short steps, each kept as it is said."""

from bot.views import profiles as view
from storage import profiles
from storage.records import CareerStage
from tests.profiles.stories import (
    clicks_home,
    introduces,
    modal,
    opens_home,
    option_of,
    reads,
    words_on,
)
from tests.support.world import World


async def test_three_steps_make_a_profile(world: World) -> None:
    shown = await opens_home(world, "U0LEO")
    assert "Three short steps, under a minute" in shown
    await clicks_home(world, "U0LEO", view.INTRODUCE)
    assert modal(world, "U0LEO")["title"]["text"] == "You: step 1 of 3"
    await world.submits("U0LEO", stage="early", discipline="Medicine", site="West")
    assert modal(world, "U0LEO")["title"]["text"] == "You: step 2 of 3"
    await world.submits("U0LEO", seeks=[option_of(world, "U0LEO", "seeks", "writing")])
    assert modal(world, "U0LEO")["title"]["text"] == "You: step 3 of 3"
    await world.submits("U0LEO", starts="08:00", ends="15:30")
    assert "that is all" in words_on(modal(world, "U0LEO"))
    profile = await reads(world, profiles.get, "U0LEO")
    assert (profile.stage, profile.discipline, profile.site) == (
        CareerStage.EARLY, "Medicine", "West",
    )  # fmt: skip
    assert [topic.name for topic in profile.seeks] == ["writing"]
    assert (profile.hours.starts, profile.hours.ends) == (480, 930)
    assert profile.hours.zone == "America/Los_Angeles"


async def test_who_has_been_through_it_is_not_asked_again(socket_world: World) -> None:
    await introduces(socket_world, "U0LEO")
    assert "short step" not in await opens_home(socket_world, "U0LEO")


async def test_who_stopped_half_way_goes_on_where_they_were(socket_world: World) -> None:
    world = socket_world
    await opens_home(world, "U0LEO")
    await clicks_home(world, "U0LEO", view.INTRODUCE)
    await world.submits("U0LEO", stage="mid")
    world.space.modals["U0LEO"].clear()
    assert "2 short steps to go" in await opens_home(world, "U0LEO")
    await clicks_home(world, "U0LEO", view.INTRODUCE)
    assert modal(world, "U0LEO")["title"]["text"] == "You: step 2 of 3"


async def test_a_step_taken_twice_is_taken_once(socket_world: World) -> None:
    world = socket_world
    await introduces(world, "U0LEO", "mid")
    await introduces(world, "U0EVA", "early")
    profile = await reads(world, profiles.get, "U0LEO")
    assert (profile.introduced, profile.stage) == (3, CareerStage.MID)


async def test_hours_that_end_before_they_begin_are_shown_at_the_field(
    socket_world: World,
) -> None:
    world = socket_world
    await opens_home(world, "U0LEO")
    await clicks_home(world, "U0LEO", view.INTRODUCE)
    await world.submits("U0LEO", stage="mid")
    await world.submits("U0LEO")
    await world.submits("U0LEO", starts="17:00", ends="09:00")
    assert "ends" in modal(world, "U0LEO")["errors"]
    assert (await reads(world, profiles.get, "U0LEO")).introduced == 2


async def test_a_guest_has_no_profile(socket_world: World) -> None:
    world = socket_world
    await world.types("U0MIA", "profile")
    await world.submits("U0MIA", stage="early")
    assert "full members" in words_on(modal(world, "U0MIA"))
    assert (await reads(world, profiles.get, "U0MIA")).stage is None


async def test_a_guests_home_promises_no_profile(socket_world: World) -> None:
    shown = await opens_home(socket_world, "U0MIA")
    assert "Three short steps" not in shown
    assert "Say your career stage" not in shown
    assert "for full members" in shown
