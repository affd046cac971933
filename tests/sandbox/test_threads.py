"""Threads, as an app and people see them."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard


@pytest.fixture
async def room(wide: Sandbox) -> str:
    """A channel the app is in."""
    return wide.workspace.find_channel("oncology-questions").id


async def test_a_message_counts_its_replies(
    api: AsyncWebClient, control: Control, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="Case of the week"))["ts"]
    for user in ("U0BEN", "U0EVA", "U0BEN"):
        last = await control.act("reply", user=user, channel=room, ts=said, text="I think")
    history = (await api.conversations_history(channel=room))["messages"]
    assert [each["text"] for each in history] == ["Case of the week"]
    parent = history[0]
    assert (parent["reply_count"], parent["reply_users_count"]) == (3, 2)
    assert parent["reply_users"] == ["U0BEN", "U0EVA"]
    assert (parent["thread_ts"], parent["latest_reply"]) == (said, last["ts"])


async def test_a_thread_is_read_with_the_message_it_hangs_on(
    api: AsyncWebClient, control: Control, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="How?"))["ts"]
    for text in ("one", "two", "three"):
        await api.chat_postMessage(channel=room, text=text, thread_ts=said)
    whole = await api.conversations_replies(channel=room, ts=said)
    assert [each["text"] for each in whole["messages"]] == ["How?", "one", "two", "three"]
    assert {each["parent_user_id"] for each in whole["messages"][1:]} == {"U0BEN"}
    first = await api.conversations_replies(channel=room, ts=said, limit=2)
    assert ([each["text"] for each in first["messages"]], first["has_more"]) == (
        ["How?", "one", "two"],
        True,
    )
    cursor = first["response_metadata"]["next_cursor"]
    rest = await api.conversations_replies(channel=room, ts=said, limit=2, cursor=cursor)
    assert [each["text"] for each in rest["messages"]] == ["How?", "three"]
    assert await refused(api.conversations_replies(channel=room, ts="1.0")) == "thread_not_found"
    lost = api.chat_postMessage(channel=room, text="x", thread_ts="1.0")
    assert await refused(lost) == "thread_not_found"


async def test_a_reply_that_is_broadcast_stands_in_the_channel_too(
    api: AsyncWebClient, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    await api.chat_postMessage(channel=room, text="quiet", thread_ts=said)
    await api.chat_postMessage(channel=room, text="loud", thread_ts=said, reply_broadcast=True)
    history = (await api.conversations_history(channel=room))["messages"]
    assert [each["text"] for each in history] == ["loud", "How?"]
    assert history[0]["subtype"] == "thread_broadcast"
    assert history[0]["root"]["ts"] == said


async def test_a_reply_to_a_reply_is_in_the_same_thread(
    api: AsyncWebClient, control: Control, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    reply = await control.act("reply", user="U0BEN", channel=room, ts=said, text="So")
    deeper = await control.act("reply", user="U0EVA", channel=room, ts=reply["ts"], text="Or so")
    assert deeper["thread_ts"] == said


async def test_replies_are_heard_with_their_thread_and_mentions_twice(
    api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    await control.act("reply", user="U0BEN", channel=room, ts=said, text="like this, @mentor")
    own, reply = await heard.of("message")
    assert (own["bot_id"], own["channel_type"]) == ("B0SANDBOX", "channel")
    assert (reply["thread_ts"], reply["user"], reply["channel"]) == (said, "U0BEN", room)
    mention = (await heard.of("app_mention"))[0]
    assert (mention["thread_ts"], mention["ts"]) == (said, reply["ts"])


async def test_an_app_hears_only_what_is_said_where_it_is_and_what_it_has_the_scope_for(
    wide: Sandbox, control: Control, heard: Heard, room: str
) -> None:
    general = wide.workspace.find_channel("general").id
    await control.act("post", user="U0BEN", channel=general, text="not for apps")
    wide.scopes.remove("channels:history")
    await control.act("post", user="U0BEN", channel=room, text="nor this")
    assert await heard.of("message") == []


async def test_a_command_in_a_thread_is_refused_and_never_reaches_the_app(
    api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    await control.act(
        "command", user="U0BEN", channel=room, command="/mentor", text="help", thread_ts=said
    )
    seen = (await control.sees("U0BEN", room))["messages"][-1]
    assert seen["text"] == "/mentor is not supported in threads. Sorry!"
    assert (seen["thread_ts"], seen["only_for"]) == (said, "U0BEN")
    assert heard.interactions == []
    assert len((await control.sees("U0EVA", room))["messages"]) == 1


async def test_a_button_in_a_thread_says_which(
    wide: Sandbox, api: AsyncWebClient, control: Control, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [{"type": "actions", "elements": [button]}]
    reply = await api.chat_postMessage(channel=room, text="x", blocks=blocks, thread_ts=said)
    await control.act("click", user="U0BEN", action_id="go", channel=room, ts=reply["ts"])
    payload = wide.ledger.deliveries[-1].payload
    assert payload["container"]["thread_ts"] == payload["message"]["thread_ts"] == said


async def test_a_permalink_names_message_and_thread(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    reply = (await api.chat_postMessage(channel=room, text="So", thread_ts=said))["ts"]
    link = (await api.chat_getPermalink(channel=room, message_ts=said))["permalink"]
    assert link == f"{wide.address}/archives/{room}/p{said.replace('.', '')}"
    link = (await api.chat_getPermalink(channel=room, message_ts=reply))["permalink"]
    assert link.endswith(f"?thread_ts={said}&cid={room}")
    nothing = api.chat_getPermalink(channel=room, message_ts="1.0")
    assert await refused(nothing) == "message_not_found"
