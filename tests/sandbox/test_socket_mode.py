"""Several links, renewed, warned, switched off and dying, as Slack's are; plain aiohttp listens."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.links import LINKS_MOST
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control

Json = dict[str, Any]


class Link:
    """One link, opened by hand, that acknowledges unless told not to."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, answers: bool) -> None:
        self._socket = socket
        self._answers = answers
        self.heard: list[Json] = []
        self.hello: Json = {}
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        with contextlib.suppress(ConnectionError):
            async for message in self._socket:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                said = message.json()
                self.heard.append(said)
                if said["type"] == "hello":
                    self.hello = said
                elif "envelope_id" in said and self._answers:
                    await self._socket.send_json({"envelope_id": said["envelope_id"]})

    async def ended(self) -> list[str]:
        """What was said as it closed."""
        await asyncio.wait_for(asyncio.shield(self._listening), 5)
        return [each["reason"] for each in self.heard if each["type"] == "disconnect"]

    async def until(self, kind: str) -> Json:
        """The first thing of a kind that is said."""
        async with asyncio.timeout(5):
            while True:
                for each in self.heard:
                    if each["type"] == kind:
                        return each
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        await self._socket.close()
        self._listening.cancel()


class Opener:
    """Opens links."""

    def __init__(self, sandbox: Sandbox, api: AsyncWebClient) -> None:
        self._sandbox = sandbox
        self._api = api
        self._session = aiohttp.ClientSession()
        self.links: list[Link] = []

    async def address(self) -> str:
        opened = await self._api.apps_connections_open(app_token=self._sandbox.app_token)
        return str(opened["url"])

    async def at(
        self, address: str, *, answers: bool = True, pings_every: float | None = None
    ) -> Link:
        socket = await self._session.ws_connect(address, heartbeat=pings_every)
        link = Link(socket, answers=answers)
        self.links.append(link)
        return link

    async def open(self, *, answers: bool = True, also: str = "") -> Link:
        link = await self.at(await self.address() + also, answers=answers)
        await link.until("hello")
        return link

    async def close(self) -> None:
        for link in self.links:
            await link.close()
        await self._session.close()


@pytest.fixture
async def opener(wide: Sandbox, api: AsyncWebClient) -> AsyncIterator[Opener]:
    opening = Opener(wide, api)
    yield opening
    await opening.close()


async def command(sandbox: Sandbox) -> int:
    """Type a command; gives the status it ends with."""
    general = sandbox.workspace.find_channel("general").id
    return (await sandbox.actions.command("U0BEN", general, "/mentor", "hello")).status


async def test_each_link_is_told_how_many_there_are_and_gets_its_share(
    wide: Sandbox, opener: Opener
) -> None:
    links = [await opener.open() for _ in range(3)]
    assert [each.hello["num_connections"] for each in links] == [1, 2, 3]
    assert links[0].hello["connection_info"] == {"app_id": wide.app_id}
    for _ in range(6):
        assert await command(wide) == 200
    shares = Counter(sum(each["type"] == "slash_commands" for each in link.heard) for link in links)
    assert shares == {2: 3}


async def test_there_are_ten_links_at_most(wide: Sandbox, opener: Opener) -> None:
    for _ in range(LINKS_MOST):
        await opener.open()
    one_more = await opener.at(await opener.address())
    assert await one_more.ended() == ["too_many_websockets"]
    assert len(wide.socket) == LINKS_MOST


async def test_an_address_opens_one_link(opener: Opener) -> None:
    address = await opener.address()
    await opener.at(address)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await opener.at(address)


async def test_links_are_warned_and_then_renewed(
    wide: Sandbox, opener: Opener, control: Control
) -> None:
    link = await opener.open()
    await control.post("admin/warn_links")
    assert (await link.until("disconnect"))["reason"] == "warning"
    assert await command(wide) == 200
    await control.post("admin/renew_links")
    assert await link.ended() == ["warning", "refresh_requested"]


async def test_an_app_may_ask_for_short_lives(wide: Sandbox, opener: Opener) -> None:
    usual, short = await opener.open(), await opener.open(also="&debug_reconnects=true")
    assert usual.hello["debug_info"]["approximate_connection_time"] > 3600
    assert short.hello["debug_info"]["approximate_connection_time"] == 360
    await wide.advance(350)
    assert (await short.until("disconnect"))["reason"] == "warning"
    await wide.advance(10)
    assert await short.ended() == ["warning", "refresh_requested"]
    assert not any(each["type"] == "disconnect" for each in usual.heard)


async def test_socket_mode_is_switched_off_and_on(
    wide: Sandbox, opener: Opener, api: AsyncWebClient, control: Control
) -> None:
    link = await opener.open()
    await control.post("admin/socket_mode", on=False)
    assert await link.ended() == ["link_disabled"]
    opening = api.apps_connections_open(app_token=wide.app_token)
    assert await refused(opening) == "socket_mode_disabled"
    await control.post("admin/socket_mode", on=True)
    await opener.open()
    assert await command(wide) == 200


async def test_an_event_that_nobody_answers_comes_again_by_another_link(
    wide: Sandbox, opener: Opener
) -> None:
    wide.sender.patience = 0.05
    deaf, other = await opener.open(answers=False), await opener.open(answers=False)
    await wide.actions.change_user("U0BEN", title="Fellow")
    sent = [each for link in (deaf, other) for each in link.heard if each["type"] == "events_api"]
    changes = [each for each in sent if each["payload"]["event"]["type"] == "user_change"]
    told = sorted((each["retry_attempt"], each["retry_reason"]) for each in changes)
    assert told == [(0, ""), (1, "timeout")]
    assert not any(each["accepts_response_payload"] for each in changes)


async def test_a_link_that_dies_without_a_word_swallows_its_share(
    wide: Sandbox, opener: Opener, control: Control
) -> None:
    ghost, alive = await opener.open(), None
    assert (await control.post("admin/silence_links", most=1))["links"] == 1
    alive = await opener.open()
    assert alive.hello["num_connections"] == 2
    wide.sender.patience = 0.3
    outcomes = sorted([await command(wide), await command(wide)])
    assert outcomes == [200, 504]
    assert not any(each["type"] == "slash_commands" for each in ghost.heard)


async def test_who_pings_a_dead_link_finds_out(
    wide: Sandbox, opener: Opener, control: Control
) -> None:
    link = await opener.at(await opener.address(), pings_every=0.2)
    await link.until("hello")
    await control.post("admin/silence_links")
    assert await link.ended() == []
    assert len(wide.socket) == 1


async def test_bolt_comes_back_after_its_link_breaks(wide: Sandbox, control: Control) -> None:
    client = AsyncWebClient(token=wide.bot_token, base_url=f"{wide.address}/api/")
    app = AsyncApp(client=client, signing_secret="unused")

    @app.command("/mentor")
    async def typed(ack: AsyncAck) -> None:
        await ack("here")

    handler = AsyncSocketModeHandler(app, wide.app_token)
    handler.client.ping_interval = 0.2
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
    try:
        assert await command(wide) == 200
        assert (await control.post("admin/cut_links"))["links"] == 1
        async with asyncio.timeout(10):
            while not len(wide.socket):  # noqa: ASYNC110 - it is Bolt that is waited for
                await asyncio.sleep(0.02)
        assert await command(wide) == 200
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt's own
