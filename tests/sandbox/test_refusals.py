"""What is misshapen is refused with Slack's codes, and makes nothing in the workspace fail."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused

Json = dict[str, Any]

WORDS = {"type": "plain_text", "text": "Form"}
MODAL: Json = {"type": "modal", "title": WORDS, "blocks": []}
HOME: Json = {"type": "home", "blocks": []}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param("{half", "invalid_json", id="half an object"),
        pytest.param("[1]", "json_not_object", id="a list"),
        pytest.param({"blocks": "words"}, "invalid_blocks_format", id="words for blocks"),
        pytest.param({"blocks": [5]}, "invalid_blocks_format", id="numbers for blocks"),
        pytest.param(
            {"blocks": [{"type": "actions", "elements": ["go"]}]},
            "invalid_blocks",
            id="words for elements",
        ),
        pytest.param(
            {"text": "x", "metadata": {"event_type": "x"}},
            "invalid_metadata_format",
            id="metadata without a payload",
        ),
    ],
)
async def test_a_call_of_another_form_is_refused(
    wide: Sandbox, body: str | Json, code: str
) -> None:
    questions = wide.workspace.find_channel("oncology-questions").id
    sent = body if isinstance(body, str) else json.dumps({"channel": questions, **body})
    headers = {"authorization": f"Bearer {wide.bot_token}", "content-type": "application/json"}
    async with (
        aiohttp.ClientSession(wide.address, headers=headers) as session,
        session.post("/api/chat.postMessage", data=sent) as answer,
    ):
        assert (answer.status, (await answer.json())["error"]) == (200, code)
    assert wide.ledger.accepted("chat.postMessage") == []


async def test_a_modal_is_no_home_and_a_home_no_modal(wide: Sandbox, api: AsyncWebClient) -> None:
    trigger = wide.triggers.new("U0BEN")
    assert await refused(api.views_open(trigger_id=trigger, view=HOME)) == "invalid_arguments"
    published = api.views_publish(user_id="U0BEN", view=MODAL)
    assert await refused(published) == "invalid_arguments"


async def test_a_view_is_updated_by_the_name_the_app_gave_it(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    named = MODAL | {"external_id": "consult-7"}
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=named)
    wanted = named | {"callback_id": "later"}
    updated = await api.views_update(external_id="consult-7", view=wanted)
    assert updated["view"]["id"] == opened["view"]["id"]
    assert wide.workspace.modals["U0BEN"][-1]["callback_id"] == "later"
    assert await refused(api.views_update(external_id="other", view=named)) == "not_found"
    twice = api.views_open(trigger_id=wide.triggers.new("U0EVA"), view=named)
    assert await refused(twice) == "duplicate_external_id"
