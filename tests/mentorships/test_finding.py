"""Finding a mentor: the need, the three who fit, and what is said when there is nobody."""

from bot import mentorships
from bot.authority import Actor
from bot.local_workspace import introduce
from bot.rules.pairing import Bar
from bot.views.mentorships import ids
from storage import members, profiles
from storage.records.profiles import Profile
from tests.mentorships.stories import NEED, changes_profile, does, requested
from tests.support.world import DAY, TEAM, World


def modal(world: World, user: str) -> str:
    return str(world.space.modals[user][-1]["blocks"])


async def found_for(world: World, user: str = "U0BEN", need: str = NEED) -> list[str]:
    offered = await world.app.bot.read(TEAM, mentorships.find, Actor(user), need)
    return [each.mentor.user for each in offered.suggested.those]


async def test_a_mentee_picks_a_need_and_sees_three_with_the_reasons(world: World) -> None:
    await introduce(world.app, TEAM)
    await world.types("U0BEN", "find")
    form = modal(world, "U0BEN")
    assert "Difficult conversations" in form
    assert "Towards retirement" not in form

    await world.submits("U0BEN", need=NEED)

    shown = modal(world, "U0BEN")
    assert shown.count(f"{ids.REQUEST}.") == 3
    assert "offers difficult conversations" in shown
    assert "career stage ahead" in shown
    assert "room for 2 mentees" in shown
    assert shown.count("Different on purpose: from another") == 1


async def test_who_has_named_no_stage_can_choose_from_the_needs_of_all(
    socket_world: World,
) -> None:
    world = socket_world
    await world.types("U0BEN", "find")
    form = modal(world, "U0BEN")
    assert "Difficult conversations" in form
    assert "Towards retirement" in form


async def test_the_button_for_one_need_shows_its_people_at_once(socket_world: World) -> None:
    world = socket_world
    await requested(world)
    await world.types("U0BEN", "mentorships")
    channel, message = world.card("U0BEN", ids.FIND)
    place = {"channel": channel.id, "ts": message.ts}
    await world.act.click("U0BEN", ids.FIND, value=NEED, **place)
    assert f"{ids.REQUEST}.1" in modal(world, "U0BEN")
    await world.act.click("U0BEN", ids.FIND, value="no-such-need", **place)
    assert f"{ids.REQUEST}.1" in modal(world, "U0BEN")


async def test_guests_deactivated_people_and_those_kept_apart_are_not_suggested(
    socket_world: World,
) -> None:
    world = socket_world
    await introduce(world.app, TEAM)
    assert await found_for(world) == ["U0DOT", "U0JON", "U0KIM"]
    await changes_profile(world, "U0KIM", paused_until=world.app.bot.clock.now() + DAY)
    await world.app.bot.write(TEAM, members.leave_out, "U0JON", ["U0BEN"])
    assert await found_for(world) == ["U0DOT"]
    await world.app.bot.write(TEAM, members.leave_out, "U0BEN", ["U0DOT"])
    assert await found_for(world) == []
    kim = await world.app.bot.read(TEAM, profiles.get, "U0KIM")
    for user in ("U0MIA", "U0NED", "U0MENTOR", "U0NOBODY"):
        guest = Profile(user, mentees=3, offers=kim.offers)
        await world.app.bot.write(TEAM, profiles.keep, guest)
    assert await found_for(world) == []


async def test_who_was_asked_already_or_has_no_room_makes_place_for_others(
    socket_world: World,
) -> None:
    world = socket_world
    await requested(world)
    assert "U0KIM" not in await found_for(world)
    await changes_profile(world, "U0JON", mentees=0)
    assert await found_for(world) == ["U0DOT"]


async def test_an_experts_topics_count_as_offered(socket_world: World) -> None:
    world = socket_world
    await introduce(world.app, TEAM)
    await changes_profile(world, "U0KIM", offers=())
    assert "U0KIM" in await found_for(world)


async def test_when_there_is_nobody_it_says_why_and_what_to_do(socket_world: World) -> None:
    world = socket_world
    await introduce(world.app, TEAM)
    for user in ("U0KIM", "U0JON", "U0DOT"):
        await changes_profile(world, user, paused_until=world.app.bot.clock.now() + DAY)
    await world.types("U0BEN", "find")
    await world.submits("U0BEN", need=NEED)
    shown = modal(world, "U0BEN")
    assert "Nobody who offers difficult conversations or palliative care has room" in shown
    assert "/mentor with @colleague" in shown
    assert ids.FIND in shown
    view = world.space.modals["U0BEN"][-1]["id"]
    await world.act.click("U0BEN", ids.FIND, view_id=view)
    assert "What would you like a mentor for?" in modal(world, "U0BEN")


async def test_in_an_empty_programme_nobody_offers_it_yet(socket_world: World) -> None:
    world = socket_world
    offered = await world.app.bot.read(TEAM, mentorships.find, Actor("U0BEN"), NEED)
    assert offered.suggested.why_none is Bar.NOT_OFFERED
    offered = await world.app.bot.read("T0OTHER", mentorships.find, Actor("U0BEN"), NEED)
    assert offered.suggested.those == ()


async def test_a_request_begins_with_a_note_drafted_from_the_profile(world: World) -> None:
    await introduce(world.app, TEAM)
    await world.types("U0BEN", "find")
    await world.submits("U0BEN", need=NEED)
    view = world.space.modals["U0BEN"][-1]["id"]

    await world.act.click("U0BEN", f"{ids.REQUEST}.1", view_id=view)

    form = modal(world, "U0BEN")
    assert "I am early in my career, in Medical oncology at Riverside East." in form
    assert "I am looking for a mentor for: Difficult conversations." in form
    assert "I would like to learn about career and difficult conversations." in form
    await world.submits("U0BEN", note="Could we talk about bad news?")
    assert "has your request now" in modal(world, "U0BEN")
    card = world.card("U0DOT", ids.MEET_FIRST)[1]
    assert "asks you to be their mentor" in card.text
    assert "Could we talk about bad news?" in card.text
    assert "Difficult conversations" in card.text
    mine = world.card("U0BEN", ids.WITHDRAW)[1]
    assert "You have asked <@U0DOT> to be your mentor" in mine.text
    listed = await world.types("U0BEN", "mentorships")
    assert "You have asked <@U0DOT> to be your mentor" in listed


async def test_nothing_is_suggested_after_a_no(socket_world: World) -> None:
    world = socket_world
    made = await requested(world)
    await does(world, mentorships.decline, "U0KIM", made.id)
    assert "U0KIM" not in await found_for(world)
