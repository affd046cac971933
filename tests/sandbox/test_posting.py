"""Where an app may post, and what: names, people, markdown, attachments, previews."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused

Json = dict[str, Any]


@pytest.fixture
def room(wide: Sandbox) -> str:
    return wide.workspace.find_channel("oncology-questions").id


async def test_a_public_channel_is_named_by_its_name_too(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    for name in ("#oncology-questions", "oncology-questions"):
        assert (await api.chat_postMessage(channel=name, text="x"))["channel"] == room
    wide.workspace.find_channel("tumor-board").members.append("U0MENTOR")
    private = api.chat_postMessage(channel="#tumor-board", text="x")
    assert await refused(private) == "channel_not_found"


async def test_with_the_scope_for_it_an_app_posts_where_it_is_not_in(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    general, board = (wide.workspace.find_channel(each).id for each in ("general", "tumor-board"))
    assert await refused(api.chat_postMessage(channel=general, text="x")) == "not_in_channel"
    wide.scopes.append("chat:write.public")
    assert (await api.chat_postMessage(channel=general, text="x"))["ok"]
    assert await refused(api.chat_postMessage(channel=board, text="x")) == "channel_not_found"
    assert await refused(api.conversations_history(channel=general)) == "not_in_channel"


async def test_an_app_without_a_messages_tab_writes_to_nobody(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    wide.manifest["features"]["app_home"]["messages_tab_enabled"] = False
    assert await refused(api.chat_postMessage(channel="U0BEN", text="x")) == "messages_tab_disabled"


async def test_markdown_stands_alone(api: AsyncWebClient, room: str) -> None:
    said = await api.chat_postMessage(channel=room, markdown_text="**hello**")
    assert said["message"]["blocks"][0]["type"] == "markdown"
    both = api.chat_postMessage(channel=room, markdown_text="**hello**", text="hello")
    assert await refused(both) == "markdown_text_conflict"
    long = api.chat_postMessage(channel=room, markdown_text="x" * 12_001)
    assert await refused(long) == "msg_too_long"


async def test_attachments_are_kept_and_counted(api: AsyncWebClient, room: str) -> None:
    one: list[Json] = [{"text": "beside"}]
    said = await api.chat_postMessage(channel=room, attachments=one, text="x")
    assert said["message"]["attachments"][0]["text"] == "beside"
    many = api.chat_postMessage(channel=room, attachments=one * 101, text="x")
    assert await refused(many) == "too_many_attachments"
    words: Any = "words"
    wrong = api.api_call("chat.postMessage", json={"channel": room, "attachments": [words]})
    assert await refused(wrong) == "invalid_attachments"


async def test_a_link_in_somebodys_message_is_previewed(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    said = await wide.actions.post("U0BEN", room, "see https://guide.example/7")
    shown: dict[str, Json] = {"https://guide.example/7": {"text": "The guide"}}
    await api.chat_unfurl(channel=room, ts=said.ts, unfurls=shown)
    message = (await api.conversations_history(channel=room))["messages"][0]
    assert message["attachments"][0]["from_url"] == "https://guide.example/7"
    other: dict[str, Json] = {"https://elsewhere.example": {"text": "x"}}
    elsewhere = api.chat_unfurl(channel=room, ts=said.ts, unfurls=other)
    assert await refused(elsewhere) == "cannot_unfurl_url"
    nowhere = api.chat_unfurl(channel=room, ts="1.0", unfurls=shown)
    assert await refused(nowhere) == "cannot_find_message"


async def test_an_app_says_something_of_itself(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    await api.chat_meMessage(channel=room, text="waves")
    assert [each.subtype for each in wide.workspace.channels[room].messages] == ["me_message"]


async def test_reactions_of_somebody_are_listed_where_the_app_is_in(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    general = wide.workspace.find_channel("general").id
    for place in (room, general):
        said = await wide.actions.post("U0EVA", place, "hello")
        await wide.actions.react("U0BEN", place, said.ts, "wave")
    items = (await api.reactions_list(user="U0BEN"))["items"]
    assert [each["channel"] for each in items] == [room]
    assert (await api.reactions_list(user="U0EVA"))["items"] == []


async def test_presence_and_profile_are_told(wide: Sandbox, api: AsyncWebClient) -> None:
    assert (await api.users_getPresence(user="U0BEN"))["presence"] == "active"
    wide.workspace.users["U0BEN"].away = True
    assert (await api.users_getPresence(user="U0BEN"))["presence"] == "away"
    profile = (await api.users_profile_get(user="U0BEN"))["profile"]
    assert (profile["real_name"], profile["title"]) == ("Ben Castillo", "First-year fellow")
    wide.workspace.emoji["partyparrot"] = "https://pictures.example/parrot.gif"
    assert "partyparrot" in (await api.emoji_list())["emoji"]
