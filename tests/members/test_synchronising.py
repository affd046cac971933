"""What the bot learns from Slack of who is there."""

from typing import Any

import pytest

from bot.delivery import people
from handlers.parse import member
from sandbox.faults import Fault
from storage import members
from storage.database import Tx
from tests.support.world import TEAM, World


def forget_everybody(tx: Tx) -> None:
    tx.execute("DELETE FROM members WHERE workspace = :workspace")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault("users.list", "rate_limited", 3, retry_after="30"), id="too many calls"),
        pytest.param(Fault("users.list", "reset_after", 2), id="the answer is lost"),
        pytest.param(Fault("users.list", "error_before", 2), id="5xx"),
    ],
)
async def test_everybody_is_known_though_slack_makes_us_wait(
    socket_world: World, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PAGE", 5)
    world = socket_world
    await world.app.store.write(TEAM, forget_everybody)
    world.sandbox.faults.add(Fault(fault.method, fault.kind, fault.count, fault.retry_after))
    await world.app.sync()
    for user in world.space.users:
        assert await world.app.bot.read(TEAM, members.get, user)


async def test_what_can_not_be_learned_stays_as_it_was_known(socket_world: World) -> None:
    world = socket_world
    world.sandbox.faults.add(Fault("users.list", "slack_error", 99, error="missing_scope"))
    await world.app.sync()
    assert await world.app.bot.read(TEAM, members.get, "U0ADA")


@pytest.mark.parametrize("sign", ["deleted", "is_invited_user"])
def test_who_is_not_there_is_not_asked(sign: str) -> None:
    user: dict[str, Any] = {"id": "U1", "name": "u", sign: True}
    assert member(user).deactivated
