"""A workspace in a process of its own, with its page, and a plain app in it."""

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from playwright.async_api import BrowserContext, Page, expect
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
        "shortcuts": [
            {
                "type": "message",
                "name": "Keep this",
                "callback_id": "keep",
                "description": "Keep a message for later",
            }
        ],
        "slash_commands": [
            {
                "command": "/mentor",
                "usage_hint": "[help]",
                "description": "See what you can do",
                "should_escape": True,
            },
            {"command": "/meet", "usage_hint": "@somebody", "description": "Find a time"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
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

    `then`: what the app does about it. `tabs`: those of the app that were opened, in order.
    """

    def __init__(self, told: dict[str, str]) -> None:
        self.address = told["address"]
        self.client = AsyncWebClient(token=told["bot"], base_url=f"{self.address}/api/")
        self.done: list[dict[str, Any]] = []
        self.tabs: list[str] = []
        self.typed: list[str] = []
        self.then: Callable[[dict[str, Any]], Awaitable[object]] | None = None
        self.app = AsyncApp(client=self.client, signing_secret="unused")

        async def used(ack: AsyncAck, body: dict[str, Any]) -> None:
            self.done.append(body)
            await ack()
            if self.then:
                await self.then(body)

        async def opened(event: dict[str, Any]) -> None:
            self.tabs.append(event["tab"])

        self.app.action(re.compile(".*"))(used)
        self.app.event("app_home_opened")(opened)
        self.app.shortcut(re.compile(".*"))(used)

    def take_commands(self) -> None:
        """Let the app answer commands with what was typed."""

        async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
            self.typed.append(body["text"])
            await ack(text=f"You typed {body['text']}")

        self.app.command(re.compile(".*"))(typed)

    async def post(self, text: str, **more: Any) -> str:
        """Let the app say something in the channel it is in."""
        channel = (await self.client.api_call("users.conversations"))["channels"][0]["id"]
        answer = await self.client.chat_postMessage(channel=channel, text=text, **more)
        return str(answer["ts"])

    async def act(self, what: str, user: str, **arguments: Any) -> dict[str, Any]:
        """Let somebody do something, by default where the app is."""
        doing = {"user": user, **arguments}
        if what != "create_channel" and "channel" not in doing:
            joined = await self.client.api_call("users.conversations")
            doing["channel"] = joined["channels"][0]["id"]
        async with (
            aiohttp.ClientSession(self.address) as session,
            session.post(f"/control/act/{what}", json=doing) as answer,
        ):
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

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
    there = re.compile("#oncology-questions")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", there)
    return page


if __name__ == "__main__":
    asyncio.run(serve())
