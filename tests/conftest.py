from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.world import World
from tests.support.world import world as make_world

# A slow machine is slow, not wrong: no test asserts a time.
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anywhere")


@pytest.fixture(params=["socket", "http"])
async def world(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The bot in the seeded workspace, once over Socket Mode and once over HTTP."""
    async with make_world(tmp_path / "mentor.db", http=request.param == "http") as made:
        yield made


@pytest.fixture
async def socket_world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot in the seeded workspace, over Socket Mode."""
    async with make_world(tmp_path / "mentor.db") as made:
        yield made
