"""Everything that can go wrong between an app and Slack goes wrong here when it is asked to."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.faults import CALL_KINDS, DELIVERY_KINDS, KINDS, LINK_KINDS, Fault, from_json, parse
from sandbox.trail import Wanted

POST = "chat.postMessage"
WITHIN = 20  # seconds: a slow machine is slow, not wrong


@pytest.fixture
def plain(sandbox: Sandbox) -> AsyncWebClient:
    """A plain client, but for its habit of calling again."""
    return AsyncWebClient(
        token=sandbox.bot_token, base_url=f"{sandbox.address}/api/", retry_handlers=[], timeout=1
    )


async def posting(client: AsyncWebClient) -> Any:
    return await client.chat_postMessage(channel="U0BEN", text="x")


CAME = {
    "error_before": (SlackApiError, 0),
    "error_after": (SlackApiError, 1),
    "reset_before": (aiohttp.ClientOSError, 0),
    "reset_after": (aiohttp.ClientOSError, 1),
    "hang_before": (TimeoutError, 0),
    "hang_after": (TimeoutError, 1),
    "html": (SlackApiError, 1),
    "truncated": (SlackApiError, 1),
    "rate_limited": (SlackApiError, 0),
    "slack_error": (SlackApiError, 0),
    "slow": (None, 1),
}


def test_every_kind_that_can_happen_to_a_call_is_tried() -> None:
    assert set(CAME) == set(CALL_KINDS)


@pytest.mark.parametrize("kind", CAME)
async def test_a_call_goes_wrong_as_it_was_asked_to_and_the_next_goes_well(
    sandbox: Sandbox, plain: AsyncWebClient, kind: str
) -> None:
    error, effect = CAME[kind]
    sandbox.faults.add(Fault(POST, kind, seconds=0.01))
    if error:
        with pytest.raises(error):
            await posting(plain)
    else:
        await posting(plain)
    assert len(sandbox.ledger.accepted(POST)) == effect
    assert sandbox.faults.coming == []
    await posting(plain)
    assert len(sandbox.ledger.accepted(POST)) == effect + 1


async def test_a_reset_is_a_reset_and_not_a_farewell(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("api.test", "reset_before"))
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sandbox.address.split(":")[-1]))
    writer.write(b"POST /api/api.test HTTP/1.1\r\nhost: here\r\ncontent-length: 0\r\n\r\n")
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


@pytest.mark.parametrize("said", ["7", "soon", "-3", "0", "1e9", "nan", None])
async def test_retry_after_is_sent_as_strange_as_it_was_asked_for(
    sandbox: Sandbox, plain: AsyncWebClient, said: str | None
) -> None:
    sandbox.faults.add(Fault("*", "rate_limited", retry_after=said))
    with pytest.raises(SlackApiError) as refused:
        await posting(plain)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers.get("Retry-After") == said


async def test_what_breaks_off_begins_like_json(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("auth.test", "truncated"))
    token = {"authorization": f"Bearer {sandbox.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=token) as session,
        session.post(f"{sandbox.address}/api/auth.test") as answer,
    ):
        text = await answer.text()
    assert text.startswith('{"ok": true')
    assert not text.endswith("}")


async def test_answers_by_response_url_go_wrong_too(sandbox: Sandbox) -> None:
    general = sandbox.workspace.find_channel("general").id
    url = sandbox.responses.new("U0BEN", general)
    sandbox.faults.add(Fault("response_url", "error_after", status=500))
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={"text": "once"}) as answer:
            assert answer.status == 500
        async with session.post(url, json={"text": "twice"}) as answer:
            assert answer.status == 200
    seen = sandbox.workspace.messages(general, "U0BEN")
    assert [each.text for each in seen] == ["once", "twice"]


async def test_clearing_lets_what_hangs_break_off_and_all_else_go_well(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(POST, "hang_before"))
    sandbox.faults.add(Fault(POST, "error_before", count=None))
    patient = AsyncWebClient(
        token=sandbox.bot_token, base_url=f"{sandbox.address}/api/", retry_handlers=[]
    )
    hanging = asyncio.create_task(posting(patient))
    while len(sandbox.faults.coming) == 2:  # noqa: ASYNC110 - the call is on its way
        await asyncio.sleep(0.01)
    sandbox.faults.clear()
    with pytest.raises(aiohttp.ClientOSError):
        await asyncio.wait_for(hanging, WITHIN)
    await posting(patient)


def struck(fault: Fault, times: int = 40) -> list[bool]:
    return [fault.strikes() for _ in range(times)]


def test_a_chance_with_a_seed_is_the_same_chance_each_time() -> None:
    first, again = (struck(Fault(POST, "html", None, chance=0.3, seed=7)) for _ in range(2))
    assert first == again
    assert 4 <= sum(first) <= 20
    assert struck(Fault(POST, "html", None, chance=0.3, seed=8)) != first


def test_the_first_are_spared_and_the_count_is_kept(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(POST, "html", 2, after=1))
    taken = [sandbox.faults.take(POST) for _ in range(5)]
    assert [each is not None for each in taken] == [False, True, True, False, False]


def test_a_fault_of_a_delivery_strikes_no_call(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("*", "duplicate"))
    assert sandbox.faults.take(POST) is None
    assert sandbox.faults.take("message", among=DELIVERY_KINDS)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("chat.postMessage reset_after", Fault(POST, "reset_after")),
        ("* slow seconds=2.5 count=all", Fault("*", "slow", None, seconds=2.5)),
        (
            "views.open rate_limited retry_after=none count=3 after=1",
            Fault("views.open", "rate_limited", 3, retry_after=None, after=1),
        ),
        ("/mentor delay chance=0.5 seed=3", Fault("/mentor", "delay", chance=0.5, seed=3)),
    ],
)
def test_a_fault_is_one_line(line: str, told: Fault) -> None:
    assert parse(line) == told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "METHOD KIND"),
        ("chat.postMessage", "METHOD KIND"),
        ("chat.postMessage explode", "kind is one of"),
        ("* html count=many", "count is a number"),
        ("* html count=0", "count is at least 1"),
        ("* html chance=2", "chance is above 0"),
        ("* html why=not", "'why=not' is none of"),
        ("* slow seconds=-1", "seconds is at least 0"),
    ],
)
def test_a_line_that_makes_no_sense_says_why(line: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(line)


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"method": "*"},
        {"method": "*", "kind": "html", "count": "2"},
        {"method": "*", "kind": "html", "x": 1},
        {"method": "*", "kind": "html", "count": True},
    ],
)
def test_a_fault_in_json_that_makes_no_sense_is_refused(wanted: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(wanted)


class Heard:
    """A plain Bolt app that writes down what reaches it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.texts: list[str] = []
        self.typed: list[str] = []
        client = AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")
        self.app = AsyncApp(client=client, signing_secret="unused")
        self.handler = AsyncSocketModeHandler(self.app, sandbox.app_token)

        @self.app.event("message")
        async def said(event: dict[str, Any]) -> None:
            self.texts.append(event["text"])

        @self.app.command("/mentor")
        async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
            self.typed.append(body["text"])
            await ack(f"you said {body['text']}")

    async def says(self, *texts: str) -> None:
        """Let Ben say things where the app listens."""
        channel = self.sandbox.workspace.find_channel("oncology-questions").id
        for text in texts:
            await self.sandbox.actions.post("U0BEN", channel, text)

    async def commands(self, text: str) -> str:
        """Let Ben type a command; gives what he sees of it."""
        general = self.sandbox.workspace.find_channel("general").id
        await self.sandbox.actions.command("U0BEN", general, "/mentor", text)
        return self.sandbox.workspace.messages(general, "U0BEN")[-1].text

    async def until(self, true: Any) -> None:
        async with asyncio.timeout(WITHIN):
            while not true():  # noqa: ASYNC110 - Bolt runs listeners on its own
                await asyncio.sleep(0.01)


@pytest.fixture
async def heard(sandbox: Sandbox) -> AsyncIterator[Heard]:
    made = Heard(sandbox)
    await made.handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
    yield made
    await made.handler.close_async()  # type: ignore[no-untyped-call] # Bolt's own


async def test_a_delivery_comes_twice(sandbox: Sandbox, heard: Heard) -> None:
    sandbox.faults.add(Fault("message", "duplicate"))
    await heard.says("one", "two")
    await heard.until(lambda: sorted(heard.texts) == ["one", "one", "two"])
    ids = [each.payload["event_id"] for each in sandbox.ledger.deliveries]
    assert ids[0] == ids[1] != ids[2]


async def test_two_deliveries_are_swapped(sandbox: Sandbox, heard: Heard) -> None:
    sandbox.faults.add(Fault("events_api", "disorder", seconds=WITHIN))
    await heard.says("one", "two", "three")
    texts = [each.payload["event"]["text"] for each in sandbox.ledger.deliveries]
    assert texts == ["two", "one", "three"]


async def test_what_no_other_follows_comes_all_the_same(sandbox: Sandbox, heard: Heard) -> None:
    sandbox.faults.add(Fault("events_api", "disorder", seconds=0.01))
    await heard.says("one")
    await heard.until(lambda: heard.texts == ["one"])


async def test_only_the_retry_comes(sandbox: Sandbox, heard: Heard) -> None:
    sandbox.faults.add(Fault("message", "lost"))
    await heard.says("one", "two")
    await heard.until(lambda: sorted(heard.texts) == ["one", "two"])
    lost, again, _ = reversed(sandbox.trail.matching(Wanted(kind="message")))
    assert (lost.fault, lost.retry, lost.took_effect) == ("lost", 0, False)
    assert (again.fault, again.retry, again.took_effect) == ("", 1, True)


async def test_of_several_each_is_lost_once(sandbox: Sandbox, heard: Heard) -> None:
    sandbox.faults.add(Fault("message", "lost", 2))
    await heard.says("one", "two", "three")
    await heard.until(lambda: sorted(heard.texts) == ["one", "three", "two"])
    struck = [each.fault for each in reversed(sandbox.trail.matching(Wanted(kind="message")))]
    assert struck == ["lost", "", "lost", "", ""]


async def test_the_acknowledgement_is_lost_and_it_comes_again(
    sandbox: Sandbox, heard: Heard
) -> None:
    sandbox.faults.add(Fault("message", "unheard"))
    await heard.says("one")
    await heard.until(lambda: heard.texts == ["one", "one"])


async def test_a_command_that_comes_late_is_heard_when_the_person_has_given_up(
    sandbox: Sandbox, heard: Heard
) -> None:
    gone = asyncio.Event()

    async def wait(_: float) -> None:
        await gone.wait()

    sandbox.faults.wait = wait
    sandbox.faults.add(Fault("/mentor", "delay", seconds=9))
    assert "operation_timeout" in await heard.commands("hello")
    assert heard.typed == []
    gone.set()
    await heard.until(lambda: heard.typed == ["hello"])


async def test_a_command_that_comes_a_little_late_is_answered(
    sandbox: Sandbox, heard: Heard
) -> None:
    sandbox.faults.add(Fault("slash_commands", "delay", seconds=0.01))
    assert await heard.commands("hello") == "you said hello"


async def test_a_command_that_is_lost_is_not_sent_again(sandbox: Sandbox, heard: Heard) -> None:
    sandbox.faults.add(Fault("/mentor", "lost"))
    assert "operation_timeout" in await heard.commands("hello")
    assert await heard.commands("again") == "you said again"
    assert heard.typed == ["again"]


def test_every_kind_that_can_happen_to_a_delivery_or_a_link_is_tried_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    for kind in (*DELIVERY_KINDS, *LINK_KINDS):
        assert f'"{kind}"' in source, kind


async def test_a_link_that_is_half_open_swallows_everything_until_it_is_cleared(
    sandbox: Sandbox, heard: Heard
) -> None:
    assert sandbox.socket.deafen() == 1
    assert "operation_timeout" in await heard.commands("hello")
    assert heard.typed == []
    assert len(sandbox.socket) == 1
    sandbox.faults.clear()
    assert await heard.commands("again") == "you said again"


async def link(sandbox: Sandbox, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    """A Socket Mode link by hand."""
    token = {"authorization": f"Bearer {sandbox.app_token}"}
    opening = f"{sandbox.address}/api/apps.connections.open"
    async with session.post(opening, headers=token) as answer:
        return await session.ws_connect((await answer.json())["url"], autoping=False)


async def test_a_link_opens_half_and_answers_no_ping(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("link", "half_open"))
    async with aiohttp.ClientSession() as session:
        opened = await link(sandbox, session)
        assert (await opened.receive_json())["type"] == "hello"
        await opened.ping(b"anybody")
        assert (await sandbox.sender.send("interactive", {"type": "x"})).status == 504
        with pytest.raises(TimeoutError):
            await opened.receive(timeout=0.05)
        assert not opened.closed
        sandbox.faults.clear()
        assert (await opened.receive(timeout=WITHIN)).type is aiohttp.WSMsgType.PONG
        await opened.close()


async def test_a_link_is_reset(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("link", "link_reset"))
    async with aiohttp.ClientSession() as session:
        opened = await link(sandbox, session)
        kinds = [(await opened.receive(timeout=WITHIN)).type for _ in range(2)]
        assert kinds[-1] in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
        assert opened.close_code == 1006


async def test_a_link_is_refused_and_the_next_is_not(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("link", "refused"))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await link(sandbox, session)
        assert refused.value.status == 403
        assert (await (await link(sandbox, session)).receive_json())["type"] == "hello"


async def test_the_way_to_a_link_is_refused(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("apps.connections.open", "slack_error", error="internal_error"))
    client = AsyncWebClient(base_url=f"{sandbox.address}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        await client.apps_connections_open(app_token=sandbox.app_token)
    assert refused.value.response["error"] == "internal_error"
    assert (await client.apps_connections_open(app_token=sandbox.app_token))["ok"]


async def test_the_control_api_lists_adds_and_takes_back(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession(sandbox.address) as session:
        wanted = {"method": POST, "kind": "reset_after", "count": 2}
        async with session.post("/control/faults", json=wanted) as answer:
            first = (await answer.json())["number"]
        async with session.post("/control/faults", json={"fault": "* slow count=all"}) as answer:
            assert answer.status == 200
        async with session.get("/control/faults") as answer:
            coming = (await answer.json())["coming"]
        assert [(each["method"], each["count"]) for each in coming] == [(POST, 2), ("*", None)]
        async with session.post("/control/faults", json={"fault": "* boom"}) as answer:
            assert answer.status == 422
            assert "kind is one of" in (await answer.json())["detail"]
        async with session.delete(f"/control/faults/{first}") as answer:
            assert len((await answer.json())["coming"]) == 1
        async with session.delete(f"/control/faults/{first}") as answer:
            assert answer.status == 404
        async with session.delete("/control/faults") as answer:
            assert (await answer.json())["coming"] == []
        async with session.get("/control/faults/kinds") as answer:
            told = await answer.json()
        assert {kind for family in told.values() for kind in family} == set(KINDS)


async def test_the_control_api_breaks_the_links(sandbox: Sandbox, heard: Heard) -> None:
    assert len(sandbox.socket) == 1
    async with aiohttp.ClientSession(sandbox.address) as session:
        for what in ("half_open", "reset"):
            async with session.post(f"/control/links/{what}") as answer:
                assert (await answer.json()) == {"links": 1}
        async with session.post("/control/links/tangle") as answer:
            assert answer.status == 404
    assert heard.texts == []
