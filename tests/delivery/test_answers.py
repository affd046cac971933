"""Answers of all kinds: what each means, and that none takes the delivery along."""

from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Identity, bolt_app, slack_client
from bot.config import Settings
from bot.delivery.answers import RETRY_AFTER, RETRY_AFTER_MOST, Failure, Meaning, failure_of
from bot.delivery.slack import Slack
from tests.delivery.stand_in import answering

ANSWERS = [
    pytest.param(200, '{"ok": false, "error": "user_not_found"}', Meaning.NEVER, id="no such user"),
    pytest.param(200, '{"ok": false, "error": "channel_not_found"}', Meaning.NOT_THERE, id="moved"),
    pytest.param(200, '{"ok": false, "error": "token_revoked"}', Meaning.NO_TOKEN, id="no token"),
    pytest.param(200, '{"ok": false, "error": "message_not_found"}', Meaning.SETTLED, id="deleted"),
    pytest.param(200, '{"ok": false, "error": "internal_error"}', Meaning.UNSURE, id="inner"),
    pytest.param(200, '{"ok": false, "error": "new_in_2030"}', Meaning.NOT_SENT, id="unknown code"),
    pytest.param(200, '{"ok": false, "error": "ratelimited"}', Meaning.WAIT, id="limit in words"),
    pytest.param(429, "slow down", Meaning.WAIT, id="a limit in plain text"),
    pytest.param(503, '{"ok": false, "error": "user_not_found"}', Meaning.UNSURE, id="5xx in JSON"),
    pytest.param(502, "<html>", Meaning.UNSURE, id="5xx as a page"),
    pytest.param(200, "<html>", Meaning.UNSURE, id="a page"),
    pytest.param(200, "{", Meaning.UNSURE, id="half an answer"),
    pytest.param(200, '{"ok": false}', Meaning.UNSURE, id="no reason"),
    pytest.param(200, "{}", Meaning.UNSURE, id="nothing said"),
]


async def failure(status: int, body: str, headers: dict[str, str] | None = None) -> Failure:
    """What a real client makes of such an answer."""
    async with answering(status, body, headers) as client:
        with pytest.raises((SlackApiError, aiohttp.ClientError)) as raised:
            await Slack(client).call("chat.postMessage", channel="C1")
    return failure_of(raised.value)


@pytest.mark.parametrize(("status", "body", "meaning"), ANSWERS)
async def test_each_answer_means_what_slack_means_by_it(
    status: int, body: str, meaning: Meaning
) -> None:
    found = await failure(status, body)
    assert found.meaning is meaning


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("0", RETRY_AFTER),
        ("-1", RETRY_AFTER),
        ("soon", RETRY_AFTER),
        ("nan", RETRY_AFTER),
        ("inf", RETRY_AFTER),
        ("999999999", RETRY_AFTER_MOST),
        (None, RETRY_AFTER),
    ],
)
async def test_a_strange_retry_after_is_survived(said: str | None, seconds: float) -> None:
    headers = {"Retry-After": said} if said is not None else {}
    found = await failure(429, '{"ok": false, "error": "ratelimited"}', headers)
    assert found.retry_after == seconds


async def test_a_call_that_found_nobody_listening_was_not_sent() -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url="http://127.0.0.1:9/", session=session)
        client.retry_handlers = []
        with pytest.raises(aiohttp.ClientConnectorError) as raised:
            await Slack(client).call("chat.postMessage", channel="C1")
    assert failure_of(raised.value).meaning is Meaning.NOT_SENT


def test_a_call_without_an_answer_may_have_been_sent() -> None:
    assert failure_of(TimeoutError()).meaning is Meaning.UNSURE
    assert failure_of(aiohttp.ServerDisconnectedError()).meaning is Meaning.UNSURE


async def test_a_call_whose_connection_was_cut_is_not_made_again_by_the_client_itself(
    tmp_path: Path,
) -> None:
    took: list[str] = []

    async def cut(request: web.Request) -> web.Response:
        took.append(request.match_info["method"])
        assert request.transport
        request.transport.abort()
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{method}", cut)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    settings = Settings(bot_token="xoxb-1", api_url=address, database=str(tmp_path / "mentor.db"))
    try:
        async with slack_client(settings) as client:
            listeners = bolt_app(client, Identity("T1", "U1", "B1", None)).client
            for each in (client, listeners):
                with pytest.raises(aiohttp.ClientError):
                    await each.chat_postMessage(channel="C1", text="once")
    finally:
        await runner.cleanup()
    assert took == ["chat.postMessage"] * 2
