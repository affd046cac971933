"""Requests of people who live where it is another day, through the night of a lapse."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot import mentorships
from bot.views.mentorships import ids
from storage.records.mentorships import MentorshipState
from tests.mentorships.stories import MENTEE, MENTOR, again, does, requested, texts
from tests.support.world import DAY, HOUR, World


@pytest.mark.parametrize(
    ("mentee", "mentor"),
    [
        ("Pacific/Kiritimati", "Australia/Lord_Howe"),
        ("Australia/Lord_Howe", "Pacific/Kiritimati"),
        ("Pacific/Pago_Pago", "Pacific/Kiritimati"),
    ],
)
async def test_a_request_reminds_and_lapses_in_the_hours_of_who_hears_of_it(
    socket_world: World, mentee: str, mentor: str
) -> None:
    world = socket_world
    # Two weeks later a clock on Lord Howe goes back.
    await world.later(118 * DAY)
    for user, zone in ((MENTEE, mentee), (MENTOR, mentor)):
        await world.act.change_user(user, tz=zone)
    made = await requested(world)
    asked_at = world.sandbox.clock.now()
    for _ in range(18 * 24):
        await world.later(HOUR)
    assert (await again(world, made)).state is MentorshipState.LAPSED
    posted = {
        user: [
            call
            for call in world.sandbox.ledger.accepted("chat.postMessage")
            if call.arguments["channel"] == world.space.direct([user, world.space.bot.id]).id
        ]
        for user in (MENTEE, MENTOR)
    }
    reminder = next(each for each in posted[MENTOR] if "still waiting" in each.arguments["text"])
    assert asked_at + 7 * DAY <= reminder.at < asked_at + 10 * DAY
    assert works(reminder.at, mentor)
    told = next(each for each in posted[MENTEE] if each.at >= asked_at + 14 * DAY)
    assert told.at < asked_at + 17 * DAY
    assert works(told.at, mentee)
    assert f"{ids.REQUEST}.1" in str(world.messages(MENTEE)[-1].blocks)
    assert f"{ids.REQUEST}.2" in str(world.messages(MENTEE)[-1].blocks)
    assert f"{ids.REQUEST}.3" not in str(world.messages(MENTEE)[-1].blocks)


def works(at: float, zone: str) -> bool:
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    return local.isoweekday() <= 5 and 9 <= local.hour < 17


async def test_a_mentor_can_accept_until_the_last_hour(socket_world: World) -> None:
    world = socket_world
    made = await requested(world)
    await world.later(14 * DAY - HOUR)
    await does(world, mentorships.accept, MENTOR, made.id)
    assert (await again(world, made)).state is MentorshipState.AGREEING
    await world.later(2 * DAY)
    assert (await again(world, made)).state is MentorshipState.AGREEING
    assert "lapsed" not in texts(world, MENTEE)
