"""What people type reaches the app, or Slack says why not."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.refusal import SlackError
from tests.sandbox.conftest import Control, Heard

LONG = "x" * 40_001


@pytest.fixture
def room(wide: Sandbox) -> str:
    """A channel the app is in."""
    return wide.workspace.find_channel("oncology-questions").id


async def test_names_that_were_picked_reach_the_app_as_references(
    wide: Sandbox, control: Control, room: str
) -> None:
    board = wide.workspace.find_channel("tumor-board").id
    picked = {"@Ben Castillo": "U0BEN", "#tumor-board": board}
    said = await control.act(
        "post", user="U0EVA", channel=room, picked=picked,
        text="@Ben Castillo & @gus, see #tumor-board <@U0ADA> @channel",
    )  # fmt: skip
    assert said["text"] == (
        f"<@U0BEN> &amp; <@U0GUS>, see <#{board}|tumor-board> &lt;@U0ADA&gt; <!channel>"
    )


@pytest.mark.parametrize("escapes", [True, False])
async def test_a_commands_names_are_references_only_where_its_manifest_asks(
    wide: Sandbox, control: Control, heard: Heard, room: str, *, escapes: bool
) -> None:
    wide.manifest["features"]["slash_commands"][0]["should_escape"] = escapes
    typed = {"command": "/mentor", "text": "ask @Ben Castillo in #oncology-questions"}
    picked = {"@Ben Castillo": "U0BEN", "#oncology-questions": room}
    await control.act("command", user="U0EVA", channel=room, picked=picked, **typed)
    references = f"ask <@U0BEN|ben> in <#{room}|oncology-questions>"
    plain = "ask @ben in #oncology-questions"
    assert heard.interactions[-1]["text"] == (references if escapes else plain)


async def test_a_command_nobody_knows_and_one_in_a_thread_are_refused_in_slacks_words(
    control: Control, heard: Heard, room: str
) -> None:
    await control.act("command", user="U0EVA", channel=room, command="/foo", text="bar")
    told = (await control.sees("U0EVA", room))["messages"][-1]
    assert told["text"].startswith("`/foo` is not a valid command. In Slack, all messages")
    said = (await control.act("post", user="U0EVA", channel=room, text="How?"))["ts"]
    typed = {"command": "/mentor", "text": "help", "thread_ts": said}
    await control.act("command", user="U0EVA", channel=room, **typed)
    told = (await control.sees("U0EVA", room))["messages"][-1]
    assert (told["text"], told["thread_ts"]) == (
        "/mentor is not supported in threads. Sorry!", said,
    )  # fmt: skip
    assert heard.interactions == []


async def test_messages_that_slack_refuses(wide: Sandbox, control: Control, room: str) -> None:
    here = {"user": "U0BEN", "channel": room}
    assert await control.refused("post", **here, text=" \n") == "no_text"
    assert await control.refused("post", **here, text=LONG) == "msg_too_long"
    assert await control.refused("reply", **here, ts="1.0", text="x") == "thread_not_found"
    board = wide.workspace.find_channel("tumor-board").id
    assert await control.refused("post", user="U0LEO", channel=board, text="x") == "not_in_channel"
    await control.act("invite", **here, guest="U0MIA")
    joined = (await control.sees("U0BEN", room))["messages"][-1]["ts"]
    assert await control.refused("reply", **here, ts=joined, text="x") == "cannot_reply_to_message"
    await control.act("archive", **here)
    assert await control.refused("post", **here, text="x") == "is_archived"
    assert await control.refused("react", **here, ts=joined, name="eyes") == "is_archived"


async def test_several_files_stand_in_one_message_of_whoever_sent_them(
    wide: Sandbox, heard: Heard, room: str
) -> None:
    files = [wide.files.keep(f"{name}.png", b"png", "U0BEN").id for name in ("a", "b")]
    with pytest.raises(SlackError, match="file_not_found"):
        await wide.actions.share("U0EVA", room, files)
    said = await wide.actions.share("U0BEN", room, files, text="Two scans")
    assert (said.text, said.files) == ("Two scans", files)
    told = (await heard.of("message"))[-1]
    assert [each["name"] for each in told["files"]] == ["a.png", "b.png"]


async def test_what_of_the_apps_links_slack_would_preview_is_kept(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    text = "<https://pages.example/a|A page>, https://pages.example/b.png?size=2"
    page, picture = "https://pages.example/a", "https://pages.example/b.png?size=2"
    flagged: list[tuple[dict[str, Any], list[str]]] = [
        ({}, [picture]),
        ({"unfurl_links": True}, [page, picture]),
        ({"unfurl_links": True, "unfurl_media": False}, [page]),
        ({"unfurl_links": False, "unfurl_media": False}, []),
    ]
    for flags, seen in flagged:
        await api.chat_postMessage(channel=room, text=text, **flags)
        assert wide.workspace.channels[room].messages[-1].previews == seen
