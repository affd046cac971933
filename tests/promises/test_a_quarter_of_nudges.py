"""Section 4's limits over a quarter of somebody who is in everything, by what Slack accepted."""

from bisect import bisect_right
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot import checkins, nudges
from bot.authority import Actor
from bot.rules.nudges import is_nudge
from storage import checkins as checkin_queries
from storage.database import Tx
from storage.records.checkins import CheckinDraft, CheckinState
from storage.records.mentorships import CheckinRhythm, Mentorship
from storage.records.nudges import NudgeState
from tests.checkins.stories import pair
from tests.circles.stories import circle, joins
from tests.support.world import DAY, HOUR, TEAM, World

BUSY = "U0BEN"
WEEK = 7 * DAY
# February to May 2027: clocks change in New York on 14 March and on Lord Howe on 4 April.
TO_FEBRUARY = 83 * DAY


def sees_to_everything(tx: Tx, user: str) -> None:
    """Nothing is ignored, so that no kind falls silent: the most that can come, comes."""
    rows = tx.rows(
        "SELECT id FROM nudges WHERE workspace = :workspace AND user = :user AND state = :state",
        user=user,
        state=NudgeState.SENT,
    )
    for row in rows:
        nudges.done(tx, Actor(user), row["id"])


async def plans_the_next(world: World, made: Mentorship) -> None:
    """The other one plans a check-in two days ahead, whenever nothing is planned."""
    planned = await world.app.bot.read(
        TEAM, checkin_queries.of_mentorship, made.id, CheckinState.PLANNED
    )
    now = world.sandbox.clock.now()
    if any(each.starts_at > now for each in planned):
        return
    wanted = CheckinDraft(now + 2 * DAY + 3 * HOUR, 30, "")
    await world.app.bot.write(
        TEAM, checkins.plan, Actor(made.other(BUSY)), made.id, wanted, delivery=f"{made.id}/{now}"
    )


async def accepted(world: World) -> list[tuple[float, str]]:
    """When Slack accepted each nudge to them, and its key."""

    def query(tx: Tx) -> dict[str, str]:
        rows = tx.rows("SELECT mark, key FROM outbox WHERE workspace = :workspace")
        return {row["mark"]: row["key"] for row in rows}

    keys = await world.app.bot.read(TEAM, query)
    place = world.space.direct([BUSY, world.space.bot.id]).id
    return [
        (call.at, keys[call.arguments["metadata"]["event_payload"]["mark"]])
        for call in world.sandbox.ledger.accepted("chat.postMessage")
        if call.arguments["channel"] == place
        and is_nudge(keys[call.arguments["metadata"]["event_payload"]["mark"]])
    ]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe"])
async def test_nobody_hears_more_than_three_a_week_of_everything_together(
    socket_world: World, zone: str
) -> None:
    world = socket_world
    await world.later(TO_FEBRUARY)
    await world.act.change_user(BUSY, tz=zone)
    start = datetime.fromtimestamp(world.sandbox.clock.now() + 2 * DAY, ZoneInfo(zone)).date()
    for name in ("Early birds", "Night owls"):
        made = await circle(world, BUSY, name=name, first_on=start, minutes=11 * 60, zone=zone)
        await joins(world, made, "U0EVA", "U0CHI")
    pairs = [
        await pair(world, BUSY, "U0KIM", CheckinRhythm.WEEKLY),
        await pair(world, BUSY, "U0ADA", CheckinRhythm.FORTNIGHTLY),
        await pair(world, "U0LEO", BUSY, CheckinRhythm.WEEKLY),
    ]
    for day in range(91):
        if day % 12 == 0:
            for made_pair in pairs:
                await plans_the_next(world, made_pair)
        await world.later(DAY)
        await world.app.bot.write(TEAM, sees_to_everything, BUSY)

    said = await accepted(world)
    times = [at for at, _ in said]
    for count, at in enumerate(times, 1):
        assert count - bisect_right(times, at - WEEK) <= 3
        local = datetime.fromtimestamp(at, ZoneInfo(zone))
        assert local.isoweekday() <= 5
        assert 9 <= local.hour < 17
    assert max(Counter(key for _, key in said).values()) == 1
    # The limit was felt: nearly as many came as may come, of several kinds.
    assert len(said) >= 3 * 12
    assert len({key.partition("/")[0] for _, key in said}) >= 3
