"""Promise 14 for circles: a use case happens whole or not at all."""

import sqlite3
from datetime import date
from typing import Any

import pytest

from bot import circles, forming, sessions
from bot.authority import Actor
from storage.database import Tx
from storage.records import CircleDraft, CircleWish, CommitmentState, Rhythm
from tests.circles.stories import TO_FIRST, circle, does, joins
from tests.promises.test_keeping import failing_at
from tests.support.world import DAY, TEAM, World

DRAFT = CircleDraft("Late birds", rhythm=Rhythm.WEEKLY, first_on=date(2027, 2, 2), zone="UTC")


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "circles circle_members circle_topics sessions attendance commitments nudges questions"
        " wishes wish_topics formings forming_groups forming_people outbox helps audit received"
    )
    return {
        table: sorted(map(tuple, tx.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in tables.split()
    }


BEN, LEO, IVY = Actor("U0BEN"), Actor("U0LEO"), Actor("U0IVY")
USE_CASES = [
    pytest.param(circles.found, (LEO, DRAFT), {"delivery": "d"}, id="found"),
    pytest.param(circles.join, (Actor("U0GUS"), 1), {}, id="join"),
    pytest.param(circles.leave, (LEO, 1), {}, id="leave"),
    pytest.param(circles.pause, (BEN, 1), {}, id="pause"),
    pytest.param(circles.archive, (BEN, 1), {}, id="archive"),
    pytest.param(circles.adopt, (BEN, 1, "C0OTHER"), {}, id="adopt"),
    pytest.param(sessions.step_due, (), {}, id="close"),
    pytest.param(sessions.move, (BEN, 1, date(2026, 12, 9)), {}, id="move"),
    pytest.param(sessions.lead, (LEO, 1), {}, id="lead"),
    pytest.param(sessions.hand_over, (BEN, 1, "U0LEO"), {}, id="hand over"),
    pytest.param(sessions.say_coming, (BEN, 1), {"coming": False}, id="can't make it"),
    pytest.param(sessions.commit, (LEO, 1, "Rest"), {}, id="commit"),
    pytest.param(sessions.settle, (BEN, 1, CommitmentState.DONE), {}, id="settle"),
    pytest.param(sessions.suggest, (LEO, 1, "What now?"), {}, id="suggest"),
    pytest.param(forming.wish, (LEO, CircleWish("U0LEO", hours=(9,))), {}, id="wish"),
    pytest.param(forming.ask, (IVY,), {}, id="ask for circles"),
    pytest.param(forming.approve, (IVY, 1), {}, id="approve"),
]


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world, made = socket_world, await circle(socket_world)
    bot = world.app.bot
    await joins(world, made, "U0LEO", "U0EVA", "U0CHI")
    await world.later(TO_FIRST)
    await does(world, sessions.commit, "U0BEN", 1, "Ask once")
    await does(world, sessions.say_coming, "U0LEO", 1, coming=True)
    for user in ("U0ADA", "U0DOT", "U0KIM", "U0BEN"):
        await does(world, forming.wish, user, CircleWish(user, hours=(9,)))
    await does(world, forming.ask, "U0IVY")
    await world.app.catch_up()
    if use_case is sessions.step_due:
        world.sandbox.clock.skip(2 * DAY)
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
