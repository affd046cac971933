from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.support.world import workspace


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The seeded workspace, with no app in it yet."""
    async with workspace() as made:
        yield made


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """A plain client of Slack's own SDK."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")
