"""Check-ins of two who are far apart, across a night in which a clock changes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.mentorships import running
from bot.rules.nudges import is_nudge
from storage.database import Tx
from storage.records.mentorships import MentorshipState
from tests.checkins.stories import (
    MENTEE,
    MENTOR,
    PAIR,
    again,
    cards,
    does,
    files,
    moves,
    pair,
    plans,
    tells,
    told,
)
from tests.checkins.test_nudges_to_plan import PLAN, RETHINK
from tests.checkins.test_planning import entry
from tests.support.world import DAY, HOUR, TEAM, World

ZONES = {MENTEE: "Pacific/Kiritimati", MENTOR: "Australia/Lord_Howe"}
# To 24 March 2027; on Lord Howe the clock goes back half an hour on 4 April.
TO_MARCH = 120 * DAY


def there(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    """An instant by the clock on Lord Howe."""
    zone = ZoneInfo(ZONES[MENTOR])
    return int(datetime(year, month, day, hour, minute, tzinfo=zone).timestamp())


async def nudged(world: World, user: str) -> list[tuple[datetime, str]]:
    """When Slack accepted each nudge to somebody, by their clock, and what it says."""

    def query(tx: Tx) -> set[str]:
        rows = tx.rows("SELECT mark, key FROM outbox WHERE workspace = :workspace")
        return {row["mark"] for row in rows if is_nudge(row["key"])}

    marks = await world.app.bot.read(TEAM, query)
    place = world.space.direct([user, world.space.bot.id]).id
    return [
        (datetime.fromtimestamp(call.at, ZoneInfo(ZONES[user])), call.arguments["text"])
        for call in world.sandbox.ledger.accepted("chat.postMessage")
        if call.arguments["channel"] == place
        and call.arguments["metadata"]["event_payload"]["mark"] in marks
    ]


@pytest.fixture
async def far(socket_world: World) -> World:
    await socket_world.later(TO_MARCH)
    for user, zone in ZONES.items():
        await socket_world.act.change_user(user, tz=zone)
    return socket_world


async def test_a_check_in_after_the_clock_went_back_is_told_in_each_ones_own_time(
    far: World,
) -> None:
    now = far.sandbox.clock.now()
    made = await pair(far)
    # Twice moved; in the end it is on Monday at eleven, the day after the clock went back.
    planned = await plans(far, made, there(2027, 3, 31, 11) - now)
    await moves(far, planned.id, there(2027, 4, 1, 15) - now, MENTOR)
    await moves(far, planned.id, there(2027, 4, 5, 11) - now)
    assert "Monday 5 April, 14:30 (Kiritimati)" in cards(far, MENTOR)[0]
    assert "Monday 5 April, 11:00 (Lord Howe)" in cards(far, MENTEE)[0]
    for user in PAIR:
        entries = [entry(each) for each in files(far, user)]
        assert [sequence for _, sequence, _, _ in entries] == [0, 1, 2]
        assert len({uid for _, _, uid, _ in entries}) == 1

    await far.later(there(2027, 4, 5, 14) - now)
    for user in PAIR:
        reminders = [at for at, text in await nudged(far, user) if "Your check-in with" in text]
        # Friday, as nobody works on Sunday, and an hour before.
        assert [(at.isoweekday(), at.day) for at in reminders] == [(5, 2), (1, 5)]
        assert reminders[1].timestamp() == there(2027, 4, 5, 10)


async def test_everybody_is_asked_to_plan_and_rests_by_their_own_clock(far: World) -> None:
    made, begun = await pair(far), far.sandbox.clock.now()
    await far.later(40 * DAY)
    said = {user: await nudged(far, user) for user in PAIR}
    # After ten days the mentee, a week later the mentor, then both.
    for user in PAIR:
        asked = ["plan" if PLAN in text else "both" for _, text in said[user]]
        assert asked == ["plan", "both"]
        assert RETHINK in said[user][1][1]
    days = [(said[user][0][0].timestamp() - begun) / DAY for user in PAIR]
    assert 10 <= days[0] < 13
    assert 17 <= days[1] < 20
    for user in PAIR:
        for at, _ in said[user]:
            assert at.isoweekday() <= 5
            assert 8 <= at.hour < 18
    # Where the mentee lives it is the second of June fourteen hours before it is in Greenwich.
    await does(far, running.pause, MENTEE, made.id, date(2027, 6, 2), delivery="rest")
    ends = int(datetime(2027, 6, 2, tzinfo=ZoneInfo(ZONES[MENTEE])).timestamp())
    await far.later(ends - HOUR - far.sandbox.clock.now())
    assert (await again(far, made)).state is MentorshipState.PAUSED
    await far.later(2 * HOUR)
    assert (await again(far, made)).state is MentorshipState.ACTIVE


async def test_what_is_told_by_one_is_seen_by_the_other_half_a_world_away(far: World) -> None:
    made = await pair(far)
    now = far.sandbox.clock.now()
    planned = await plans(far, made, there(2027, 3, 29, 11) - now)
    await far.later(there(2027, 3, 29, 12) - now)
    await tells(
        far, planned.id, held=True, shared="Across the date line", next_at=there(2027, 4, 12, 11)
    )
    assert "Across the date line" in "\n".join(told(far, MENTOR))
    assert "Monday 12 April, 14:30 (Kiritimati)" in "\n".join(cards(far, MENTOR))
