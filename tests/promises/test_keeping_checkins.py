"""Promise 14 for check-ins: a use case happens whole or not at all."""

import sqlite3
from datetime import date
from typing import Any

import pytest

from bot import checkins
from bot.authority import Actor
from bot.mentorships import running
from storage.database import Tx
from storage.records import CommitmentState
from storage.records.checkins import CheckinDraft, Promised, Told
from storage.records.mentorships import CheckinRhythm
from tests.checkins.stories import MENTEE, MENTOR, TOMORROW, does, pair, plans, tells
from tests.promises.test_keeping import failing_at
from tests.support.world import DAY, HOUR, TEAM, TUESDAY, World


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "mentorships checkins checkin_notes checkin_commitments goals nudges outbox helps received"
    )
    return {
        table: sorted(map(tuple, tx.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in tables.split()
    }


LEO, ADA = Actor(MENTEE), Actor(MENTOR)
LATER = CheckinDraft(TUESDAY + 20 * DAY, 45, "Grants")
TOLD = Told(
    held=True,
    shared="For both",
    own="For myself",
    mine=Promised("Write", date(2026, 12, 4)),
    theirs=Promised("Introduce"),
    settled={1: CommitmentState.DONE},
    progress={1: 2},
    next_at=TUESDAY + 30 * DAY,
)
NEW = {"delivery": "new"}
# The first check-in has been told of, the second is over, the third is to come.
USE_CASES = [
    pytest.param(checkins.plan, (LEO, 1, LATER), NEW, id="plan"),
    pytest.param(checkins.plan_with, (LEO, MENTOR, LATER), NEW, id="plan with somebody"),
    pytest.param(checkins.move, (ADA, 3, LATER), NEW, id="move"),
    pytest.param(checkins.cancel, (ADA, 3), {}, id="cancel"),
    pytest.param(checkins.tell, (LEO, 2, TOLD), NEW, id="tell"),
    pytest.param(checkins.step_due, (), {}, id="step"),
    pytest.param(running.change_rhythm, (ADA, 1, CheckinRhythm.MONTHLY), NEW, id="rhythm"),
    pytest.param(running.pause, (ADA, 1, date(2027, 1, 10)), NEW, id="pause"),
    pytest.param(running.resume, (ADA, 1), {}, id="resume"),
]


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world = socket_world
    made, bot = await pair(world), world.app.bot
    await bot.write(TEAM, _goal)
    await plans(world, made)
    await world.later(TOMORROW + HOUR)
    await tells(world, 1, held=True, mine=Promised("Read"))
    await plans(world, made)
    await plans(world, made, 10 * DAY)
    if use_case is checkins.tell:
        # It plans the next one itself, where there is none.
        await does(world, checkins.cancel, MENTOR, 3)
    if use_case is running.resume:
        await does(world, running.pause, MENTEE, 1, date(2027, 1, 10), delivery="rest")
    world.sandbox.clock.skip(TOMORROW + HOUR)
    await world.settle()
    before = await bot.read(TEAM, everything)

    for number in range(400):
        try:
            await world.app.store.write(TEAM, failing_at(number, use_case), *args, **more)
        except sqlite3.IntegrityError:
            assert await bot.read(TEAM, everything) == before
        else:
            break
    else:
        pytest.fail("it never came to its end")
    assert number > 2
    assert await bot.read(TEAM, everything) != before


def _goal(tx: Tx) -> None:
    tx.execute(
        """INSERT INTO goals (workspace, user, words, set_at)
           VALUES (:workspace, :user, 'Write a grant', :now)""",
        user=MENTEE,
    )
