"""Cards that stand in Slack already follow what becomes of the question."""

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Refused
from bot.views.blocks import date
from bot.views.consults import ids
from storage.records import Step, Urgency
from tests.support.world import HOUR, TEAM, World


async def in_channel(world: World) -> int:
    """A question that stands in its topic's channel."""
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.TODAY)
    for _ in range(12):
        if (await world.consult(consult)).step is Step.FALLBACK_CHANNEL:
            break
        await world.later(HOUR)
    assert "immunotherapy question" in channel_shows(world)
    return consult


def channel_shows(world: World) -> str:
    shown = world.space.find_channel("oncology-questions").messages[-1]
    return shown.text + str(shown.blocks)


async def topic_in_form(world: World, name: str) -> str:
    """Ben opens the form to change his question; gives what choosing this topic comes to."""
    await world.clicks("U0BEN", ids.CHANGE)
    blocks = world.space.modals["U0BEN"][-1]["blocks"]
    field = next(each for each in blocks if each.get("block_id") == "topics")
    found = [each for each in field["element"]["options"] if each["text"]["text"] == name]
    return str(found[0]["value"])


async def test_a_question_made_personal_is_taken_back_from_the_channel(
    socket_world: World,
) -> None:
    world = socket_world
    await in_channel(world)
    burn_out = await topic_in_form(world, "burn-out")
    await world.submits("U0BEN", question="I am worn out", topics=[burn_out])
    assert "immunotherapy question" not in channel_shows(world)
    assert "worn out" not in channel_shows(world)
    assert ids.ACCEPT not in channel_shows(world)


async def test_a_withdrawn_question_is_taken_back_from_the_channel(socket_world: World) -> None:
    world = socket_world
    await in_channel(world)
    await world.clicks("U0BEN", ids.WITHDRAW)
    assert "immunotherapy question" not in channel_shows(world)


async def test_an_admin_sees_to_whom_they_put_it(socket_world: World) -> None:
    world = socket_world
    consult = await in_channel(world)
    for _ in range(24):
        if (await world.consult(consult)).step is Step.ADMIN:
            break
        await world.later(HOUR)
    admin = str((await world.consult(consult)).admin)
    await world.clicks(admin, ids.HAND_ON, chosen={"selected_user": "U0LEO"})
    assert "It is with" in world.card(admin, ids.HAND_ON)[1].text
    assert "<@U0LEO>" in world.card(admin, ids.HAND_ON)[1].text


async def test_not_yet_is_seen_to_have_been_heard(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    await world.later(30 * HOUR)
    before = world.card("U0BEN", ids.KEEP_OPEN)[1].text
    await world.clicks("U0BEN", ids.KEEP_OPEN)
    after = world.card("U0BEN", ids.KEEP_OPEN)[1].text
    assert after != before
    assert date((await world.consult(consult)).due_at or 0) in after


async def test_a_guest_of_the_channel_takes_no_question(socket_world: World) -> None:
    world = socket_world
    consult = await in_channel(world)
    place = world.space.find_channel("oncology-questions").id
    for user in ("U0MIA", "U0STRANGER"):
        with pytest.raises(Refused):
            await world.app.bot.write(TEAM, consults.accept, Actor(user, place), consult)
    taken = await world.app.bot.write(TEAM, consults.accept, Actor("U0LEO", place), consult)
    assert taken.id == consult
