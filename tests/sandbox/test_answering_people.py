"""Answers by response address, triggers and acknowledgements, for as long as Slack takes them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Heard

Json = dict[str, Any]
MINUTE = 60
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
CARD: list[Json] = [{"type": "actions", "elements": [BUTTON]}]


class Answers:
    """An app that answers by response addresses."""

    def __init__(self, sandbox: Sandbox, heard: Heard) -> None:
        self._session = aiohttp.ClientSession()
        self._sandbox = sandbox
        self._heard = heard
        self.general = sandbox.workspace.find_channel("general").id
        self.address = ""

    async def to_a_command(self) -> None:
        """Have somebody type a command."""
        await self._sandbox.actions.command("U0BEN", self.general, "/mentor", "x")
        self.address = self._heard.interactions[-1]["response_url"]

    async def to_a_click(self, channel: str, ts: str) -> None:
        """Have somebody press the button of a message."""
        await self._sandbox.actions.click("U0BEN", "go", channel=channel, ts=ts)
        payload = self._heard.interactions[-1]["payload"]
        self.address = json.loads(payload)["response_url"]

    async def say(self, **body: Any) -> tuple[int, str]:
        """Answer; gives the status and Slack's code, if it refuses."""
        async with self._session.post(self.address, json=body) as answer:
            text = await answer.text()
            code = "" if text == "ok" else (await answer.json(content_type=None))["error"]
            return answer.status, code

    def seen(self, user: str = "U0BEN") -> list[str]:
        """What somebody sees in the channel."""
        return [each.text for each in self._sandbox.workspace.messages(self.general, user)]

    async def close(self) -> None:
        await self._session.close()


@pytest.fixture
async def answers(wide: Sandbox, heard: Heard) -> AsyncIterator[Answers]:
    app = Answers(wide, heard)
    yield app
    await app.close()


async def test_an_address_is_good_for_five_answers(answers: Answers) -> None:
    await answers.to_a_command()
    for number in range(5):
        assert await answers.say(text=f"answer {number}") == (200, "")
    assert await answers.say(text="one more") == (404, "used_url")
    assert answers.seen() == [f"answer {number}" for number in range(5)]


async def test_an_address_is_good_for_half_an_hour(wide: Sandbox, answers: Answers) -> None:
    await answers.to_a_command()
    await wide.advance(30 * MINUTE)
    assert (await answers.say(text="in time"))[0] == 200
    await wide.advance(1)
    assert await answers.say(text="too late") == (404, "expired_url")
    answers.address += "x"
    assert (await answers.say(text="made up"))[0] == 404


async def test_only_the_one_who_asked_sees_it_unless_told_otherwise(answers: Answers) -> None:
    await answers.to_a_command()
    await answers.say(text="for Ben")
    await answers.say(text="for all", response_type="in_channel")
    assert answers.seen() == ["for Ben", "for all"]
    assert answers.seen("U0LEO") == ["for all"]


async def test_what_makes_no_message_is_refused(answers: Answers) -> None:
    await answers.to_a_command()
    assert await answers.say() == (400, "no_text")
    assert await answers.say(text="x", blocks=[{"type": "dance"}]) == (400, "invalid_blocks")
    assert await answers.say(text="x", thread_ts="1.0") == (400, "thread_not_found")


async def test_the_message_pressed_is_replaced_or_taken_away(
    wide: Sandbox, api: AsyncWebClient, answers: Answers
) -> None:
    direct = (await api.conversations_open(users="U0BEN"))["channel"]["id"]
    card = (await api.chat_postMessage(channel=direct, text="press", blocks=CARD))["ts"]
    await answers.to_a_click(direct, card)
    await answers.say(text="pressed", replace_original=True)
    messages = wide.workspace.messages(direct, "U0BEN")
    assert [(each.text, each.ts) for each in messages] == [("pressed", card)]
    await answers.say(text="beside it", response_type="in_channel", replace_original=False)
    assert len(wide.workspace.messages(direct, "U0BEN")) == 2
    await answers.say(delete_original=True)
    assert [each.text for each in wide.workspace.messages(direct, "U0BEN")] == ["beside it"]


async def test_an_answer_to_a_click_in_a_thread_can_go_into_it(
    wide: Sandbox, api: AsyncWebClient, answers: Answers
) -> None:
    direct = (await api.conversations_open(users="U0BEN"))["channel"]["id"]
    card = (await api.chat_postMessage(channel=direct, text="press", blocks=CARD))["ts"]
    await answers.to_a_click(direct, card)
    await answers.say(text="below", response_type="in_channel", thread_ts=card)
    thread = wide.workspace.thread(direct, card, "U0BEN")
    assert [each.text for each in thread] == ["press", "below"]


async def test_a_trigger_is_good_for_three_seconds_and_one_view(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    view: Json = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": []}
    trigger = wide.triggers.new("U0BEN")
    await api.views_open(trigger_id=trigger, view=view)
    assert await refused(api.views_open(trigger_id=trigger, view=view)) == "exchanged_trigger_id"
    assert wide.triggers.good_for == 3.0
    wide.triggers.good_for = 0.0
    late = api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    assert await refused(late) == "expired_trigger_id"


async def test_who_waits_in_vain_is_told_so_by_a_command_and_by_a_button(
    wide: Sandbox, api: AsyncWebClient, answers: Answers
) -> None:
    direct = (await api.conversations_open(users="U0BEN"))["channel"]["id"]
    card = (await api.chat_postMessage(channel=direct, text="press", blocks=CARD))["ts"]
    assert wide.sender.patience == 3.0
    wide.sender.patience = 0.0001
    outcome = await wide.actions.command("U0BEN", answers.general, "/mentor", "x")
    assert (outcome.status, outcome.why) == (504, "http_timeout")
    assert answers.seen() == ['/mentor failed with the error "operation_timeout"']
    await wide.actions.click("U0BEN", "go", channel=direct, ts=card)
    assert "did not respond in time" in wide.workspace.messages(direct, "U0BEN")[-1].text
