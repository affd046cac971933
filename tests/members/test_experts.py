"""How somebody comes to take questions, and rests from them."""

from bot.views import home as home_view
from storage import members
from storage.records import Urgency
from tests.support.world import DAY, TEAM, World


def topic_value(world: World, user: str, name: str) -> str:
    form = world.space.modals[user][-1]
    block = next(each for each in form["blocks"] if each.get("block_id") == "topics")
    options = block["element"]["options"]
    return str(next(each["value"] for each in options if each["text"]["text"] == name))


async def test_somebody_offers_topics_and_is_asked(world: World) -> None:
    await world.types("U0LEO", "expert")
    await world.submits(
        "U0LEO",
        topics=[topic_value(world, "U0LEO", "writing")],
        about="Three first-author papers",
        capacity="2",
        starts="06:00",
        ends="23:59",
        days=["1", "2", "3", "4", "5"],
    )
    assert "writing" in str(world.space.modals["U0LEO"][-1])
    leo = await world.app.bot.read(TEAM, members.expert, "U0LEO")
    assert leo
    assert (leo.hours.starts, leo.hours.ends, leo.capacity) == (360, 1440, 2)
    await world.asked(question="first manuscript, where to begin? writing", urgency=Urgency.TODAY)
    assert "U0LEO" in {each.expert for each in await world.offers(1)}


async def test_hours_that_end_before_they_begin_are_shown_at_the_field(world: World) -> None:
    await world.types("U0LEO", "expert")
    await world.submits("U0LEO", starts="17:00", ends="09:00")
    assert "ends" in world.space.modals["U0LEO"][-1]["errors"]


async def test_who_is_paused_is_not_asked_until_they_are_back(socket_world: World) -> None:
    world = socket_world
    assert "paused until" in await world.types("U0ADA", "pause until thursday")
    await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    assert "U0ADA" not in {each.expert for each in await world.offers(1)}
    assert "Welcome back" in await world.types("U0ADA", "resume")
    await world.asked("U0LEO", "another immunotherapy question", urgency=Urgency.THIS_WEEK)
    assert {each.expert for each in await world.offers(2)} == {"U0ADA"}


async def test_a_pause_ends_by_itself(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "pause tomorrow")
    await world.later(DAY)
    await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    assert {each.expert for each in await world.offers(1)} == {"U0ADA"}


async def test_everybody_can_pause(world: World) -> None:
    said = await world.types("U0LEO", "pause")
    assert "no questions and no reminders" in said
    assert (
        await world.app.bot.read(TEAM, members.paused_until, "U0LEO") or 0
    ) > world.space.clock.now()
    assert "Welcome back" in await world.types("U0LEO", "resume")
    assert await world.app.bot.read(TEAM, members.paused_until, "U0LEO") is None
    assert "could not read that date" in await world.types("U0ADA", "pause until whenever")


async def test_without_topics_one_takes_no_more_questions(socket_world: World) -> None:
    world = socket_world
    await world.act.open_home("U0ADA")
    await world.settle()
    home = world.space.homes["U0ADA"]
    await world.act.click("U0ADA", home_view.EDIT_EXPERT, view_id=home["id"])
    await world.submits("U0ADA", topics=[])
    assert await world.app.bot.read(TEAM, members.expert, "U0ADA") is None


async def test_capacity_is_kept(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "expert")
    await world.submits("U0ADA", capacity="1")
    await world.asked("U0BEN", "immunotherapy question", urgency=Urgency.THIS_WEEK)
    await world.asked("U0LEO", "an immunotherapy question too", urgency=Urgency.THIS_WEEK)
    assert {each.expert for each in await world.offers(1)} == {"U0ADA"}
    assert "U0ADA" not in {each.expert for each in await world.offers(2)}
