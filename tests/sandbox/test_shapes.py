"""Answers and events have no field that Slack's own do not have."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import unknown
from tests.sandbox.conftest import Control, Heard

SAMPLES = Path(os.environ.get("SLACK_SAMPLES", Path(__file__).parents[3] / "shared/slack-samples"))


def sample(path: str) -> Any:
    """What Slack was seen to send."""
    found = SAMPLES / path
    if not found.exists():
        pytest.skip("Slack's samples are not beside this checkout")
    return json.loads(found.read_text())


SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("auth.test", {}),
    ("bots.info", {"bot": "B0SANDBOX"}),
    ("chat.getPermalink", {"channel": "room", "message_ts": "said"}),
    ("chat.postEphemeral", {"channel": "room", "user": "U0BEN", "text": "x"}),
    ("chat.postMessage", {"channel": "U0BEN", "text": "x"}),
    ("chat.postMessage", {"channel": "room", "text": "x", "thread_ts": "said"}),
    ("chat.update", {"channel": "room", "ts": "alone", "text": "x"}),
    ("chat.delete", {"channel": "room", "ts": "said"}),
    ("conversations.create", {"name": "circle"}),
    ("conversations.history", {"channel": "room"}),
    ("conversations.info", {"channel": "room", "include_num_members": "true"}),
    ("conversations.invite", {"channel": "room", "users": "U0MIA"}),
    ("conversations.invite", {"channel": "room", "users": "U0MIA,U0NOBODY", "force": "true"}),
    ("conversations.invite", {"channel": "room", "users": "U0NOBODY"}),
    ("conversations.join", {"channel": "room"}),
    ("conversations.kick", {"channel": "room", "user": "U0BEN"}),
    ("conversations.leave", {"channel": "room"}),
    ("conversations.archive", {"channel": "room"}),
    ("conversations.list", {"types": "public_channel,private_channel,mpim,im"}),
    ("conversations.members", {"channel": "room"}),
    ("conversations.open", {"users": "U0BEN"}),
    ("conversations.open", {"users": "U0BEN", "return_im": "true"}),
    ("conversations.replies", {"channel": "room", "ts": "said"}),
    ("conversations.setPurpose", {"channel": "room", "purpose": "x"}),
    ("conversations.setTopic", {"channel": "room", "topic": "x"}),
    ("dnd.info", {"user": "U0BEN"}),
    ("dnd.teamInfo", {"users": "U0BEN,U0EVA"}),
    ("files.getUploadURLExternal", {"filename": "a.txt", "length": 3}),
    ("files.info", {"file": "file"}),
    ("reactions.add", {"channel": "room", "timestamp": "said", "name": "eyes"}),
    ("reactions.get", {"channel": "room", "timestamp": "alone"}),
    ("team.info", {}),
    ("users.conversations", {"user": "U0BEN"}),
    ("users.info", {"user": "U0BEN"}),
    ("users.info", {"user": "U0MENTOR"}),
    ("users.list", {"limit": 20}),
    ("users.lookupByEmail", {"email": "ben@riverside.example"}),
]


@pytest.mark.parametrize(("method", "arguments"), SHAPES)
async def test_answers_have_no_field_that_slack_does_not_have(
    wide: Sandbox, api: AsyncWebClient, method: str, arguments: dict[str, Any]
) -> None:
    room = wide.workspace.find_channel("oncology-questions")
    said = (await api.chat_postMessage(channel=room.id, text="hello"))["ts"]
    await wide.actions.reply("U0BEN", room.id, said, "hello back")
    await wide.actions.react("U0BEN", room.id, said, "wave")
    file = (await wide.actions.upload("U0BEN", room.id, "a.txt", "abc")).files[0]
    alone = (await api.chat_postMessage(channel=room.id, text="nobody replies"))["ts"]
    if method == "reactions.get":
        await wide.actions.react("U0BEN", room.id, alone, "wave")
    real = {"room": room.id, "said": said, "alone": alone, "file": file}
    given = {name: real.get(str(value), value) for name, value in arguments.items()}
    try:
        answer: Any = (await api.api_call(method, params=given)).data
    except Exception as error:  # noqa: BLE001 - a refusal has a shape too
        answer = error.response.data  # type: ignore[attr-defined] # Slack's own error
    assert unknown(answer, sample(f"api/{method}.json")) == []


async def test_events_have_no_field_that_slack_does_not_have(
    wide: Sandbox, api: AsyncWebClient, heard: Heard, control: Control
) -> None:
    for private in (False, True):
        channel = (await api.conversations_create(name=f"c-{private}".lower(), is_private=private))[
            "channel"
        ]["id"]
        await api.conversations_invite(channel=channel, users="U0BEN")
        said = (await api.chat_postMessage(channel=channel, text="hello"))["ts"]
        await control.act("reply", user="U0BEN", channel=channel, ts=said, text="aye @mentor")
        await control.act("react", user="U0BEN", channel=channel, ts=said, name="eyes")
        await control.act("unreact", user="U0BEN", channel=channel, ts=said, name="eyes")
        await control.act("upload", user="U0BEN", channel=channel, name="a.txt", content="a")
        await api.conversations_rename(channel=channel, name=f"d-{private}".lower())
        await api.conversations_archive(channel=channel)
        await api.conversations_unarchive(channel=channel)
        await control.act("leave", user="U0BEN", channel=channel)
        await control.act("invite", user="U0MENTOR", channel=channel, guest="U0BEN")
        await control.act("remove", user="U0BEN", channel=channel, guest="U0MENTOR")
    await control.act("set_dnd", user="U0BEN", start=1, end=wide.clock.now() + 60)
    await control.act("change_user", user="U0BEN", title="Fellow")
    await heard.of("message")
    kinds = {each["type"] for each in heard.events}
    assert len(kinds) >= 15
    for event in heard.events:
        name = "".join(part.title() for part in event["type"].split("_"))
        if event["type"] == "message":
            name = _SUBTYPES.get(event.get("subtype", ""), "")
        if name:
            # Slack's samples leave these two out here and there.
            told = sample(f"events/{name}Payload.json")["event"] | {"team": "", "event_ts": ""}
            assert (event["type"], unknown(event, told)) == (event["type"], [])


_SUBTYPES = {
    "": "Message",
    "file_share": "MessageFileShare",
    "channel_join": "MessageChannelJoin",
    "channel_leave": "MessageChannelLeave",
    "channel_name": "MessageChannelName",
}
