import asyncio
import copy
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot import manifest
from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.seed import cancer_centre
from sandbox.workspace import User
from tests.support.world import TUESDAY, workspace

SCOPES = frozenset(
    """
    app_mentions:read bookmarks:read bookmarks:write channels:history channels:join channels:manage
    channels:read chat:write commands dnd:read emoji:read files:read files:write groups:history
    groups:read groups:write im:history im:read im:write links:write mpim:history mpim:read
    mpim:write pins:read pins:write reactions:read reactions:write team:read usergroups:read
    usergroups:write users.profile:read users:read users:read.email
""".split()  # noqa: SIM905 - a list of strings is longer than it is clear
)
EVENTS = frozenset(
    """
    app_home_opened app_mention app_uninstalled channel_archive channel_created channel_deleted
    channel_id_changed channel_left channel_rename channel_shared channel_unarchive
    channel_unshared dnd_updated_user file_deleted file_shared group_archive group_deleted
    group_left group_rename group_unarchive member_joined_channel member_left_channel
    message.channels message.groups message.im message.mpim pin_added pin_removed reaction_added
    reaction_removed subteam_created subteam_members_changed subteam_updated team_join
    tokens_revoked user_change user_profile_changed
""".split()  # noqa: SIM905 - a list of strings is longer than it is clear
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The seeded workspace, with no app in it yet."""
    async with workspace() as made:
        yield made


@pytest.fixture
async def wide() -> AsyncIterator[Sandbox]:
    """The seeded workspace, its app installed with all scopes and events there are here."""
    wanted = copy.deepcopy(manifest.load())
    wanted["oauth_config"]["scopes"]["bot"] = sorted(SCOPES)
    wanted["settings"]["event_subscriptions"]["bot_events"] = sorted(EVENTS)
    made = Sandbox(cancer_centre(SandboxClock(TUESDAY)), wanted)
    guest = User("U0PIA", "pia", "Pia Visitor", is_restricted=True, is_ultra_restricted=True)
    made.workspace.add_channel("visitors", [made.workspace.add_user(guest).id])
    async with made.serve():
        yield made


class Heard:
    """An app that listens over HTTP and writes down what reaches it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.payloads: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.interactions: list[dict[str, Any]] = []

    async def take(self, request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            self.payloads.append(await request.json())
            self.events.append(self.payloads[-1]["event"])
        else:
            self.interactions.append(dict(await request.post()))
        return web.Response()

    async def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of a kind, once all that happened has been delivered."""
        await asyncio.wait_for(self._sandbox.events.settled(), 5)
        return [each for each in self.events if each["type"] == kind]


@pytest.fixture
async def heard(wide: Sandbox) -> AsyncIterator[Heard]:
    """The app in the wide workspace."""
    listening = Heard(wide)
    server = web.Application()
    server.router.add_post("/slack/events", listening.take)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    wide.sender.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield listening
    await runner.cleanup()


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """A plain client of Slack's own SDK."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")


@pytest.fixture
def api(wide: Sandbox) -> AsyncWebClient:
    """A plain client of Slack's own SDK, in the wide workspace."""
    return AsyncWebClient(token=wide.bot_token, base_url=f"{wide.address}/api/")


class Control:
    """The control API of the wide workspace, as a script uses it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def act(self, what: str, **arguments: Any) -> dict[str, Any]:
        """Do one thing, which Slack allows."""
        async with self._session.post(f"/control/act/{what}", json=arguments) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def refused(self, what: str, **arguments: Any) -> str:
        """Try one thing, which Slack does not allow; gives Slack's code."""
        async with self._session.post(f"/control/act/{what}", json=arguments) as answer:
            assert answer.status == 409, await answer.text()
            return str((await answer.json())["error"])

    async def sees(self, user: str, channel: str) -> dict[str, Any]:
        """A conversation as somebody sees it."""
        async with self._session.get(f"/control/seen-by/{user}") as answer:
            seen = (await answer.json())["conversations"]
        return next(dict(each) for each in seen if each["id"] == channel)

    async def post(self, path: str, **arguments: Any) -> dict[str, Any]:
        """Use another of its addresses."""
        async with self._session.post(f"/control/{path}", json=arguments) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())


@pytest.fixture
async def control(wide: Sandbox) -> AsyncIterator[Control]:
    """The control API of the wide workspace."""
    async with aiohttp.ClientSession(wide.address) as session:
        yield Control(session)
