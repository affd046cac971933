"""A circle's channel: made, adopted, or forbidden by Slack, which its founder hears."""

import pytest

from bot.views import circles as ids
from sandbox.faults import Fault
from storage import circles as queries
from tests.circles.stories import again, circle, inside, said
from tests.support.world import TEAM, World


async def test_a_name_that_is_taken_gets_a_number(socket_world: World) -> None:
    world = socket_world
    await world.act.create_channel("U0ADA", "early-birds")
    made = await circle(world)
    assert made.channel
    assert world.space.channels[made.channel].name == "early-birds-2"


async def test_a_channel_that_is_there_is_adopted(socket_world: World) -> None:
    world = socket_world
    there = await world.act.create_channel("U0ADA", "tuesdays")
    made = await circle(world, channel=there.id)
    assert made.channel == there.id
    assert {"U0ADA", "U0BEN"} <= inside(world, made)
    assert "every week on Tuesday" in there.topic


async def test_where_slack_forbids_channels_the_founder_chooses_one(socket_world: World) -> None:
    world = socket_world
    world.sandbox.restricted.add("conversations.create")
    made = await circle(world)
    assert (made.channel, made.fault) == (None, "restricted_action")
    assert "does not let the bot make channels" in world.messages("U0BEN")[-1].text

    there = await world.act.create_channel("U0BEN", "by-hand")
    await world.act.click(
        "U0BEN",
        ids.ADOPT,
        channel=world.space.direct(["U0BEN", world.space.bot.id]).id,
        ts=world.messages("U0BEN")[-1].ts,
        pick=there.id,
    )
    await world.settle()
    made = await again(world, made)
    assert (made.channel, made.fault) == (there.id, None)
    assert "U0BEN" in inside(world, made)


async def test_a_channel_made_by_a_call_whose_answer_was_lost_is_found_again(
    socket_world: World,
) -> None:
    world = socket_world
    world.sandbox.faults.add(Fault("conversations.create", "reset_after"))
    made = await circle(world)
    await world.later(60)
    made = await again(world, made)
    assert made.channel
    named = [each for each in world.space.channels.values() if each.name.startswith("early-birds")]
    assert [each.id for each in named] == [made.channel]
    assert "U0BEN" in inside(world, made)


async def test_a_circle_that_was_quiet_twice_is_asked_kindly(socket_world: World) -> None:
    world = socket_world
    made = await circle(world)
    await world.later(7 * 86400 + 7200)
    await world.later(7 * 86400)
    assert not any("has been quiet" in text for text in said(world, made))
    await world.later(3 * 86400)
    assert sum("has been quiet" in text for text in said(world, made)) == 1


async def test_a_circle_that_has_become_small_is_offered_another(socket_world: World) -> None:
    world = socket_world
    await circle(world)
    await world.later(7 * 86400 + 7200)
    await world.later(2 * 86400)
    await world.later(86400)
    assert any("fewer than 3 people in Early birds" in m.text for m in world.messages("U0BEN"))


async def test_the_night_makes_up_for_what_was_missed(socket_world: World) -> None:
    world = socket_world
    made = await circle(world)
    assert made.channel
    channel = world.space.channels[made.channel]
    channel.members.append("U0ADA")
    await world.app.nightly()
    members = await world.app.bot.read(TEAM, queries.members, made.id)
    assert {member.user for member in members} == {"U0BEN", "U0ADA"}


@pytest.mark.parametrize("trouble", ["archived", "private", "gone"])
async def test_a_channel_that_cannot_be_adopted_is_named_to_the_founder_with_what_to_do(
    socket_world: World, trouble: str
) -> None:
    world = socket_world
    there = await world.act.create_channel("U0BEN", "tuesdays", private=trouble == "private")
    if trouble == "archived":
        await world.act.archive("U0BEN", there.id)
    made = await circle(world, channel="C0GONE" if trouble == "gone" else there.id)
    assert made.fault == ("is_archived" if trouble == "archived" else "channel_not_found")
    told = world.messages("U0BEN")[-1].text
    assert ("unarchive" in told) if trouble == "archived" else ("/invite @mentor" in told)


async def test_a_circle_meets_in_no_channel_shared_with_another_company(
    socket_world: World,
) -> None:
    world = socket_world
    there = await world.act.create_channel("U0BEN", "tuesdays")
    there.shared_outside = True
    made = await circle(world, channel=there.id)
    assert made.fault == "externally_shared"
    assert "shared with another company" in world.messages("U0BEN")[-1].text
    assert world.space.bot.id not in there.members
