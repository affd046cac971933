"""Events that are not answered well come again: at once, after a minute, after five."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox.app import Sandbox
from sandbox.control import HOUR
from tests.sandbox.conftest import Control

MINUTE = 60


class Moody:
    """An app that answers each delivery as it is told to; by default badly."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, str]] = []
        self.answers: list[web.Response] = []
        self.otherwise = 500

    async def take(self, request: web.Request) -> web.Response:
        number = (await request.json())["event_id"]
        retry = request.headers.get("x-slack-retry-num", "")
        self.heard.append((number, retry, request.headers.get("x-slack-retry-reason", "")))
        return self.answers.pop(0) if self.answers else web.Response(status=self.otherwise)

    @property
    def retries(self) -> list[str]:
        """The numbers that the deliveries carried; the first of an event has none."""
        return [retry for _, retry, _ in self.heard]


@pytest.fixture
async def moody(wide: Sandbox) -> AsyncIterator[Moody]:
    app = Moody()
    server = web.Application()
    server.router.add_post("/slack/events", app.take)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wide.sender.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield app
    await runner.cleanup()


async def happen(sandbox: Sandbox, times: int = 1) -> None:
    """Let so many events happen."""
    for _ in range(times):
        await sandbox.actions.change_user("U0BEN", title="Fellow")


@pytest.fixture
def one_kind(wide: Sandbox) -> Sandbox:
    """The workspace, whose app asks for one kind of event."""
    wide.manifest["settings"]["event_subscriptions"]["bot_events"] = ["user_change"]
    return wide


async def test_an_event_comes_again_at_once_after_a_minute_and_after_five(
    one_kind: Sandbox, moody: Moody
) -> None:
    await happen(one_kind)
    assert moody.retries == ["", "1"]
    await one_kind.advance(MINUTE - 1)
    assert moody.retries == ["", "1"]
    await one_kind.advance(1)
    assert moody.retries == ["", "1", "2"]
    await one_kind.advance(5 * MINUTE)
    assert moody.retries == ["", "1", "2", "3"]
    await one_kind.advance(24 * HOUR)
    assert len(moody.retries) == 4
    assert len({number for number, _, _ in moody.heard}) == 1
    assert [reason for _, _, reason in moody.heard] == [
        "",
        "http_error",
        "http_error",
        "http_error",
    ]


async def test_one_that_is_answered_well_comes_no_more(one_kind: Sandbox, moody: Moody) -> None:
    moody.answers = [web.Response(status=404), web.Response(status=204)]
    await happen(one_kind)
    await one_kind.advance(HOUR)
    assert moody.retries == ["", "1"]


async def test_an_app_can_refuse_to_hear_it_again(one_kind: Sandbox, moody: Moody) -> None:
    moody.answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
    await happen(one_kind)
    await one_kind.advance(HOUR)
    assert moody.retries == [""]


async def test_an_app_that_cannot_be_reached_hears_it_when_it_can(
    one_kind: Sandbox, moody: Moody
) -> None:
    address, one_kind.sender.url = one_kind.sender.url, "http://127.0.0.1:9/nobody"
    await happen(one_kind)
    one_kind.sender.url, moody.otherwise = address, 200
    await one_kind.advance(MINUTE)
    assert [(retry, reason) for _, retry, reason in moody.heard] == [("2", "connection_failed")]


async def test_one_that_answers_too_late_is_told_so(one_kind: Sandbox, moody: Moody) -> None:
    one_kind.sender.patience = 0.0001
    await happen(one_kind)
    one_kind.sender.patience, moody.otherwise = 3.0, 200
    moody.heard.clear()
    await one_kind.advance(MINUTE)
    assert [reason for _, _, reason in moody.heard] == ["http_timeout"]


async def test_who_fails_nearly_always_hears_nothing_more_until_switched_on_again(
    one_kind: Sandbox, moody: Moody, control: Control
) -> None:
    one_kind.events.fewest = 10
    await happen(one_kind, 6)
    assert one_kind.events.disabled
    told = len(moody.heard)
    await happen(one_kind)
    await one_kind.advance(HOUR)
    assert len(moody.heard) == told
    moody.otherwise = 200
    await control.post("admin/events", on=True)
    await happen(one_kind)
    assert len(moody.heard) == told + 1


async def test_few_events_never_switch_it_off(one_kind: Sandbox, moody: Moody) -> None:
    await happen(one_kind, 6)
    assert not one_kind.events.disabled
    assert moody.heard


async def test_an_event_says_for_whom_it_is_and_whether_strangers_are_near(
    wide: Sandbox, heard: Any
) -> None:
    room = wide.workspace.find_channel("oncology-questions")
    await wide.actions.post("U0BEN", room.id, "alone")
    wide.channels.share(room, "T0OTHER")
    await wide.actions.post("U0BEN", room.id, "among others")
    await heard.of("message")
    told = [each for each in heard.payloads if each["event"]["type"] == "message"]
    assert [each["is_ext_shared_channel"] for each in told] == [False, True]
    assert told[0]["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": wide.workspace.id,
            "user_id": wide.workspace.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    assert told[0]["event_context"] != told[1]["event_context"]
