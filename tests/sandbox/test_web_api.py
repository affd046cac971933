"""The workspace answers a plain client as Slack does."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.faults import Fault
from tests.sandbox.answers import refused


async def test_a_token_is_who_it_is(sandbox: Sandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == ("T0SANDBOX", "U0MENTOR")
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    client.token = "xoxb-other"
    assert await refused(client.auth_test()) == "invalid_auth"
    client.token = sandbox.app_token
    assert await refused(client.chat_postMessage(channel="U0BEN", text="x")) == (
        "not_allowed_token_type"
    )


async def test_scopes_are_what_the_manifest_grants(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    general = sandbox.workspace.find_channel("general").id
    with pytest.raises(SlackApiError) as error:
        await client.reactions_add(channel=general, timestamp="1.0", name="wave")
    assert error.value.response["error"] == "missing_scope"
    assert error.value.response["needed"] == "reactions:write"


async def test_a_method_that_is_none_is_said_to_be_unknown(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("chat.shout", json={})) == "unknown_method"


async def test_people_come_in_pages(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=5)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.users_list(limit=5, cursor=cursor)
    assert len(first["members"]) == len(second["members"]) == 5
    assert {each["id"] for each in first["members"]}.isdisjoint(
        each["id"] for each in second["members"]
    )


async def test_a_message_is_posted_changed_and_read_with_its_metadata(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    opened = await client.conversations_open(users="U0BEN")
    channel = opened["channel"]["id"]
    assert (await client.conversations_open(users="U0BEN"))["channel"]["id"] == channel
    metadata = {"event_type": "x", "event_payload": {"mark": "m"}}
    posted = await client.chat_postMessage(channel=channel, text="one", metadata=metadata)
    await client.chat_update(channel=channel, ts=posted["ts"], text="two")
    plain = await client.conversations_history(channel=channel)
    assert plain["messages"][0]["text"] == "two"
    assert "metadata" not in plain["messages"][0]
    full = await client.conversations_history(channel=channel, include_all_metadata=True)
    assert full["messages"][0]["metadata"]["event_payload"] == {"mark": "m"}
    assert sandbox.workspace.messages(channel, "U0BEN")[0].edited


async def test_slacks_refusals(sandbox: Sandbox, client: AsyncWebClient) -> None:
    space = sandbox.workspace
    general = space.find_channel("general").id
    questions = space.find_channel("oncology-questions")
    private = space.find_channel("tumor-board").id
    post = client.chat_postMessage
    assert await refused(post(channel="C0NOWHERE", text="x")) == "channel_not_found"
    assert await refused(post(channel=private, text="x")) == "channel_not_found"
    assert await refused(post(channel=general, text="x")) == "not_in_channel"
    silent = client.api_call("chat.postMessage", json={"channel": questions.id, "text": ""})
    assert await refused(silent) == "no_text"
    assert await refused(post(channel=questions.id, text="x" * 40_001)) == "msg_too_long"
    assert await refused(client.conversations_open(users="U0NED")) == "user_disabled"
    assert await refused(client.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await refused(client.chat_update(channel=questions.id, ts="1.0", text="x")) == (
        "message_not_found"
    )
    await sandbox.actions.post("U0BEN", questions.id, "mine")
    theirs = questions.messages[-1].ts
    assert await refused(client.chat_update(channel=questions.id, ts=theirs, text="x")) == (
        "cant_update_message"
    )
    questions.archived = True
    assert await refused(post(channel=questions.id, text="x")) == "is_archived"
    await client.conversations_join(channel=general)
    assert (await post(channel=general, text="x"))["ok"]


BAD_BLOCKS = [
    pytest.param([{"type": "section"}], id="a section without text"),
    pytest.param([{"type": "dance"}], id="no such block"),
    pytest.param(
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}], id="too long"
    ),
    pytest.param([{"type": "divider"}] * 51, id="too many"),
    pytest.param([{"type": "actions", "elements": []}], id="no element"),
    pytest.param([{"type": "divider", "block_id": "a"}] * 2, id="an id twice"),
]


@pytest.mark.parametrize("blocks", BAD_BLOCKS)
async def test_blocks_that_slack_refuses_are_refused(
    client: AsyncWebClient, blocks: list[dict[str, Any]]
) -> None:
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel="U0BEN", text="x", blocks=blocks)
    assert error.value.response["error"] == "invalid_blocks"
    assert "json-pointer" in error.value.response["response_metadata"]["messages"][0]


async def test_a_trigger_opens_one_view(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": []}
    trigger = sandbox.triggers.new("U0BEN")
    await client.views_open(trigger_id=trigger, view=view)
    assert await refused(client.views_open(trigger_id=trigger, view=view)) == (
        "exchanged_trigger_id"
    )
    assert await refused(client.views_open(trigger_id="1.2.3", view=view)) == "invalid_trigger_id"
    opened = sandbox.workspace.modals["U0BEN"][-1]
    assert await refused(
        client.views_update(view_id=opened["id"], hash="old", view=view)
    ) == "hash_conflict"  # fmt: skip
    too_long = view | {"title": {"type": "plain_text", "text": "x" * 25}}
    trigger = sandbox.triggers.new("U0BEN")
    assert await refused(client.views_open(trigger_id=trigger, view=too_long)) == (
        "invalid_arguments"
    )


@pytest.mark.parametrize(
    ("kind", "effect"), [("error_after", 1), ("error_before", 0), ("slack_error", 0)]
)
async def test_a_fault_has_the_effect_it_says(
    sandbox: Sandbox, client: AsyncWebClient, kind: str, effect: int
) -> None:
    sandbox.faults.add(Fault("chat.postMessage", kind))
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="U0BEN", text="x")
    assert len(sandbox.ledger.accepted("chat.postMessage")) == effect
    await client.chat_postMessage(channel="U0BEN", text="x")
    assert len(sandbox.ledger.accepted("chat.postMessage")) == effect + 1
