"""Promise 14 for reminders: a use case happens whole or not at all."""

import sqlite3
from typing import Any

import pytest

from bot import members, nudges
from bot.authority import Actor
from bot.nudges import Thing
from bot.rules.disturbance import Because, Snooze
from storage.database import Tx
from storage.records.nudges import NudgeKind
from tests.nudges import stories
from tests.nudges.stories import wants
from tests.promises.test_keeping import failing_at
from tests.support.world import TEAM, World


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: sorted(map(tuple, tx.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in ("nudges", "nudge_kinds", "outbox", "members", "profiles", "experts")
    }


BEN, KEY = Actor("U0BEN"), "session-useful/1/U0BEN"
USE_CASES = [
    pytest.param(nudges.snooze, (BEN, 1, Snooze.TOMORROW), {}, id="snooze"),
    pytest.param(nudges.done, (BEN, 1), {}, id="done"),
    pytest.param(nudges.stop_kind, (BEN, 1), {}, id="stop these"),
    pytest.param(nudges.choose_all, (BEN, {NudgeKind.CHECKINS}), {}, id="choose"),
    pytest.param(nudges.heeded, (Thing.USEFUL, 1, "U0BEN"), {}, id="heeded"),
    pytest.param(nudges.drop, (Thing.USEFUL, 2), {}, id="drop"),
    pytest.param(nudges.send_to, (["U0BEN", "U0LEO"],), {}, id="send"),
    pytest.param(nudges.unsaid, (KEY, Because.UNDELIVERED), {}, id="unsaid"),
    pytest.param(members.pause, (Actor("U0LEO"), None), {}, id="pause"),
    pytest.param(members.quiet_changed, ("U0BEN", (1, 2)), {}, id="do-not-disturb"),
]


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world, bot = socket_world, socket_world.app.bot
    await stories.sessions(world, 3)
    await wants(world, "U0BEN")
    until = world.space.clock.now() + 86400
    for user in ("U0BEN", "U0LEO"):
        await bot.write(TEAM, nudges.want, user, Thing.USEFUL, 2, until=until)
    before = await bot.read(TEAM, everything)
    for number in range(200):
        try:
            await world.app.store.write(TEAM, failing_at(number, use_case), *args, **more)
        except sqlite3.IntegrityError:
            assert await bot.read(TEAM, everything) == before
        else:
            break
    else:
        pytest.fail("it never came to its end")
    assert number > 0
    assert await bot.read(TEAM, everything) != before
