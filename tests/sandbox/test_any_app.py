"""A plain Bolt app of ten lines works in the workspace, over either transport."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.control import DAY, HOUR


async def test_commands_buttons_and_events_reach_it_and_its_answers_are_seen(
    sandbox: Sandbox,
) -> None:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")
    app = AsyncApp(client=client, signing_secret="unused")
    heard: list[str] = []

    @app.command("/mentor")
    async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
        button = {
            "type": "button",
            "action_id": "go",
            "value": "7",
            "text": {"type": "plain_text", "text": "Go"},
        }
        blocks = [{"type": "actions", "elements": [button]}]
        await ack(text=f"you said {body['text']}", blocks=blocks)

    @app.action("go")
    async def clicked(ack: AsyncAck, respond: AsyncRespond, body: dict[str, Any]) -> None:
        await ack()
        await respond(f"pressed {body['actions'][0]['value']}", replace_original=True)

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any]) -> None:
        heard.append(event["user"])

    handler = AsyncSocketModeHandler(app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
    try:
        space = sandbox.workspace
        general = space.find_channel("general").id
        await sandbox.actions.command("U0BEN", general, "/mentor", "a < b & @ada")
        seen = space.messages(general, "U0BEN")[-1]
        assert seen.text == "you said a &lt; b &amp; <@U0ADA|ada>"
        assert not space.messages(general, "U0LEO")
        await sandbox.actions.click("U0BEN", "go", channel=general, ts=seen.ts)
        await asyncio.sleep(0.1)
        assert seen.text == "pressed 7"
        await sandbox.actions.open_home("U0LEO")
        await asyncio.sleep(0.1)
        assert heard == ["U0LEO"]
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt's own


@pytest.mark.parametrize("right", [True, False], ids=["its secret", "another secret"])
async def test_over_http_what_is_sent_is_signed_with_the_apps_secret(
    sandbox: Sandbox, *, right: bool
) -> None:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret if right else "other")

    @app.command("/mentor")
    async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(text=f"you said {body['text']}")

    runner = web.AppRunner(app.web_app(path="/slack/events"))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        sandbox.sender.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        sandbox.sender.signs_at = lambda: int(time.time())
        general = sandbox.workspace.find_channel("general").id
        outcome = await sandbox.actions.command("U0BEN", general, "/mentor", "hello")
        assert outcome.status == (200 if right else 401)
        said = sandbox.workspace.messages(general, "U0BEN")[-1].text
        assert ("you said hello" if right else "http_client_error") in said
    finally:
        await runner.cleanup()


async def test_without_an_app_the_person_is_told(sandbox: Sandbox) -> None:
    general = sandbox.workspace.find_channel("general").id
    await sandbox.actions.command("U0BEN", general, "/mentor", "hello")
    assert "dispatch_failed" in sandbox.workspace.messages(general, "U0BEN")[-1].text


async def test_the_control_api_acts_and_sees(sandbox: Sandbox) -> None:
    general = sandbox.workspace.find_channel("general").id
    async with aiohttp.ClientSession(sandbox.address) as session:
        said = {"user": "U0BEN", "channel": general, "text": "good morning"}
        async with session.post("/control/act/post", json=said) as answer:
            assert answer.status == 200
        async with session.get("/control/seen-by/U0LEO") as answer:
            seen = await answer.json()
        rooms = {each["name"]: each for each in seen["conversations"]}
        assert rooms["general"]["messages"][-1]["text"] == "good morning"
        before = sandbox.clock.now()
        async with session.post("/control/clock/skip?hours=2") as answer:
            assert (await answer.json())["now"] == before + 7200
        async with session.post("/control/act/dance", json={}) as answer:
            assert answer.status == 404


async def test_who_joins_and_leaves_is_in_and_out(sandbox: Sandbox) -> None:
    questions = sandbox.workspace.find_channel("oncology-questions")
    await sandbox.actions.leave("U0BEN", questions.id)
    assert "U0BEN" not in questions.members
    await sandbox.actions.join("U0BEN", questions.id)
    assert "U0BEN" in questions.members


async def test_who_skips_a_day_twice_has_skipped_two(sandbox: Sandbox) -> None:
    async def busy() -> None:
        await asyncio.sleep(0)

    sandbox.clock.subscribe(busy)
    before = sandbox.clock.now()

    async def due() -> int:
        await asyncio.sleep(0)
        return sandbox.clock.now() + HOUR

    sandbox.next_due = due
    await asyncio.gather(sandbox.advance(DAY), sandbox.advance(DAY))
    assert sandbox.clock.now() == before + 2 * DAY
