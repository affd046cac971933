"""The identifier check: all or nothing, by workspace, and only an admin says how strictly."""

import sqlite3
from typing import Any

import pytest

from bot import identifiers
from bot.authority import Actor
from bot.errors import Identifying, Reason, Refused
from bot.identifiers import CONFIRMED_AT_ONCE, Typed
from bot.rules.identifiers import MOST
from storage import identifiers as queries
from storage.records.identifiers import IdentifierCheck
from tests.promises.test_keeping import everything, failing_at
from tests.support.world import DAY, TEAM, World

IVY, LEO = Actor("U0IVY"), Actor("U0LEO")
CONFIRMED = Typed({"message": "seen at Riverside General"}, "relay", confirmed=True)


@pytest.mark.parametrize(
    ("use_case", "args"),
    [
        pytest.param(identifiers.set_strictness, (IVY, IdentifierCheck.STOP), id="set"),
        pytest.param(identifiers.check, (LEO, CONFIRMED), id="confirm"),
    ],
)
async def test_what_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...]
) -> None:
    bot = socket_world.app.bot
    before = await bot.read(TEAM, everything)
    for number in range(9):
        try:
            await socket_world.app.store.write(TEAM, failing_at(number, use_case), *args)
        except sqlite3.IntegrityError:
            assert await bot.read(TEAM, everything) == before
        else:
            break
    assert 1 < number < 8
    assert await bot.read(TEAM, everything) != before


async def test_only_an_admin_sees_or_sets_how_strictly(socket_world: World) -> None:
    bot = socket_world.app.bot
    for attempt in (
        bot.write(TEAM, identifiers.set_strictness, LEO, IdentifierCheck.OFF),
        bot.read(TEAM, identifiers.strictness, LEO),
    ):
        with pytest.raises(Refused) as no:
            await attempt
        assert no.value.reason is Reason.NOT_ADMIN
    assert await bot.read(TEAM, queries.check) is IdentifierCheck.ASK


async def test_confirmations_are_counted_in_their_workspace_and_time(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    await bot.write(TEAM, identifiers.check, LEO, CONFIRMED)
    await bot.write("T0OTHER", identifiers.check, LEO, CONFIRMED)
    now = world.sandbox.clock.now()
    assert await bot.read(TEAM, queries.confirmations, now - DAY) == 1
    assert await bot.read(TEAM, queries.confirmations, now + DAY) == 0


async def test_more_than_can_be_looked_at_one_by_one_is_not_confirmed(socket_world: World) -> None:
    many = " and ".join(["seen at Riverside General"] * (CONFIRMED_AT_ONCE + 1))
    with pytest.raises(Identifying) as found:
        await socket_world.app.bot.write(
            TEAM, identifiers.check, LEO, Typed({"message": many}, "relay", confirmed=True)
        )
    assert not found.value.may_confirm
    assert CONFIRMED_AT_ONCE < MOST
