"""A workspace in a process of its own, with its page, and a plain app in it."""

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import BrowserContext, Page
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.page import show
from sandbox.seed import cancer_centre
from tests.support.world import TUESDAY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SCOPES = [
    "chat:write",
    "channels:read",
    "files:write",
    "im:write",
    "channels:history",
    "reactions:write",
    "dnd:read",
    "commands",
]
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Mentor", "description": "Answers what is asked."},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/mentor", "usage_hint": "[help]"}],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": []}},
}


async def serve() -> None:
    """A workspace with its page, until ended; says first where it is and how to get in."""
    made = Sandbox(cancer_centre(SandboxClock(TUESDAY)), MANIFEST)
    show(made)
    async with made.serve() as address:
        told = {"address": address, "bot": made.bot_token, "app": made.app_token}
        print(json.dumps(told), flush=True)  # noqa: T201 - how the test learns it
        await asyncio.Event().wait()


class Place:
    """The workspace with an app in it that writes down what is done with its elements.

    `then`: what the app does about it.
    """

    def __init__(self, told: dict[str, str]) -> None:
        self.address = told["address"]
        self.client = AsyncWebClient(token=told["bot"], base_url=f"{self.address}/api/")
        self.done: list[dict[str, Any]] = []
        self.then: Callable[[dict[str, Any]], Awaitable[object]] | None = None
        self.app = AsyncApp(client=self.client, signing_secret="unused")

        async def used(ack: AsyncAck, body: dict[str, Any]) -> None:
            self.done.append(body)
            await ack()
            if self.then:
                await self.then(body)

        self.app.action(re.compile(".*"))(used)

    async def post(self, text: str, **more: Any) -> str:
        """Let the app say something in the channel it is in."""
        channel = (await self.client.api_call("users.conversations"))["channels"][0]["id"]
        answer = await self.client.chat_postMessage(channel=channel, text=text, **more)
        return str(answer["ts"])

    async def heard(self, number: int) -> dict[str, Any]:
        """The action of this number, once it has come."""
        for _ in range(100):
            if len(self.done) >= number:
                return dict(self.done[number - 1]["actions"][0])
            await asyncio.sleep(0.05)
        pytest.fail(f"only {len(self.done)} actions came")


async def looking(chromium: BrowserContext, place: Place, user: str) -> Page:
    """A page open where the app is."""
    page = await chromium.new_page()
    await page.goto(f"{place.address}/?as={user}")
    await page.get_by_role("button", name="# oncology-questions").click()
    return page


if __name__ == "__main__":
    asyncio.run(serve())
