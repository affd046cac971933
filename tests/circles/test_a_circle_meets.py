"""A circle from its founding to a closed session, over the wire, as the people in it see it."""

from typing import Any

from bot.views import circles as ids
from bot.views import sessions as session_ids
from storage.database import Tx
from tests.support.world import DAY, HOUR, TEAM, World

# 2026-12-01 is a Tuesday; noon in New York is 17:00 UTC: a week and two hours from now.
FIRST = {
    "name": "Early birds",
    "purpose": "Finding our feet",
    "size": "3",
    "kind": "open",
    "rhythm": "weekly",
    "first_on": "2026-12-01",
    "time": "12:00",
    "zone": "America/New_York",
}
TO_FIRST = 7 * DAY + 2 * HOUR


def every_help(tx: Tx) -> list[tuple[str, ...]]:
    return [tuple(row) for row in tx.rows("SELECT helper, helped, kind, category FROM helps")]


async def founded(world: World, **changes: Any) -> str:
    """Ben's circle; gives its channel's id."""
    await world.types("U0BEN", "circle new")
    await world.submits("U0BEN", **{**FIRST, **changes})
    return world.space.find_channel("early-birds").id


async def joined(world: World, user: str) -> None:
    await world.types(user, "circles")
    await world.clicks(user, ids.JOIN)
    await world.submits(user)


def texts(world: World, channel: str, viewer: str = "U0BEN") -> list[str]:
    return [message.text for message in world.space.messages(channel, viewer)]


async def test_a_circle_gets_its_channel_and_its_founder_is_in_it(socket_world: World) -> None:
    channel = await founded(socket_world)
    made = socket_world.space.channels[channel]
    assert made.kind == "channel"
    assert "U0BEN" in made.members
    assert "every week on Tuesday at 12:00 (America/New_York)" in made.topic
    assert made.purpose == "Finding our feet"


async def test_who_says_im_in_to_the_ground_rules_is_asked_into_the_channel(
    socket_world: World,
) -> None:
    world = socket_world
    channel = await founded(world)
    assert "Early birds" in await world.types("U0LEO", "circles")
    await world.clicks("U0LEO", ids.JOIN)
    assert "What is said here stays here" in str(world.space.modals["U0LEO"][-1]["blocks"])
    assert "U0LEO" not in world.space.channels[channel].members
    await world.submits("U0LEO")
    assert "U0LEO" in world.space.channels[channel].members


async def test_the_whole_way_of_a_session(socket_world: World) -> None:
    world = socket_world
    channel = await founded(world)
    await joined(world, "U0LEO")

    await world.later(TO_FIRST - DAY)
    assert "It is your turn to lead" in world.messages("U0BEN")[-1].text
    assert not any("*Session 1*" in text for text in texts(world, channel))

    await world.later(DAY)
    opened = [text for text in texts(world, channel) if "*Session 1*" in text]
    assert len(opened) == 1
    assert "turn of <@U0BEN> to lead" in opened[0]

    await world.clicks("U0LEO", session_ids.COMING)
    await world.clicks("U0LEO", session_ids.COMMIT)
    await world.submits("U0LEO", words="Ask for feedback once")
    (thread,) = [
        each for each in world.space.messages(channel, "U0BEN") if "*Session 1*" in each.text
    ]
    assert "In: <@U0LEO>." in thread.text
    assert "Ask for feedback once" in thread.text
    await world.act.reply("U0LEO", channel, thread.ts, "My week was full")
    await world.settle()

    await world.clicks("U0BEN", session_ids.LEAD)

    await world.later(2 * DAY)
    below = world.space.thread(channel, thread.ts, "U0BEN")
    assert "*Session 1 is closed.*" in below[-1].text
    assert "Took part: <@U0BEN> and <@U0LEO>." in below[-1].text
    assert "Next: <!date^" in below[-1].text
    assert "with <@U0LEO>." in below[-1].text
    assert "useful to you?" in world.messages("U0LEO")[-1].text
    await world.clicks("U0LEO", session_ids.USEFUL)
    assert "Thank you for telling" in world.messages("U0LEO")[-1].text

    helps = await world.app.bot.read(TEAM, every_help)
    assert helps == [("U0BEN", "U0LEO", "peer", "transformational")]

    await world.later(5 * DAY)
    (second,) = [
        each for each in world.space.messages(channel, "U0BEN") if "*Session 2*" in each.text
    ]
    assert "Open from last time, <@U0LEO>: Ask for feedback once" in second.text
