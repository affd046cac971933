"""Promise 14 for anonymous questions: a use case happens whole or not at all."""

import dataclasses
import sqlite3
from typing import Any

import pytest

from bot import consults
from bot.authority import Actor
from bot.consults import Written
from tests.consults.anonymously import messages_of, opening_of, taken_anonymously, writes
from tests.promises.test_keeping import everything, failing_at
from tests.support.world import TEAM, World

MICROSECONDS = 1_000_000


USE_CASES = [
    pytest.param("says something", id="a message"),
    pytest.param("changes it", id="a change"),
    pytest.param("deletes it", id="a deletion"),
    pytest.param("writes elsewhere", id="a hint"),
    pytest.param("reveals", id="reveal"),
    pytest.param("confirms", id="confirm"),
]


async def use_case_of(world: World, what: str) -> tuple[Any, tuple[object, ...]]:
    """The use case by which Ben does this, after he has said something."""
    said = await writes(world, "U0BEN", "Since Monday.")
    first = Written(
        user="U0BEN",
        channel=messages_of(world, "U0BEN").id,
        ts=said.ts,
        version=int(float(said.ts) * MICROSECONDS) + MICROSECONDS,
        thread_ts=opening_of(world, "U0BEN").ts,
        words="Since Tuesday.",
    )
    made = {
        "says something": dataclasses.replace(first, ts="1795539999.000100"),
        "changes it": first,
        "deletes it": dataclasses.replace(first, words="", deleted=True),
        "writes elsewhere": dataclasses.replace(first, thread_ts=None, words=""),
    }
    if what == "confirms":
        await writes(world, "U0BEN", "She lives in Tucson.")
        return consults.confirm, (Actor("U0BEN"), 2)
    if what == "reveals":
        return consults.reveal, (Actor("U0BEN"), 1)
    return consults.written, (made[what],)


@pytest.mark.parametrize("what", USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, what: str
) -> None:
    world = socket_world
    bot = world.app.bot
    await taken_anonymously(world)
    use_case, args = await use_case_of(world, what)
    before = await bot.read(TEAM, everything)

    for number in range(200):
        try:
            await world.app.store.write(TEAM, failing_at(number, use_case), *args)
        except sqlite3.IntegrityError:
            assert await bot.read(TEAM, everything) == before
        else:
            break
    else:
        pytest.fail("it never came to its end")
    assert number > 2
    assert await bot.read(TEAM, everything) != before
