"""Files and emoji, as an app and people share and see them."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard


@pytest.fixture
async def room(wide: Sandbox) -> str:
    """A channel the app is in."""
    return wide.workspace.find_channel("oncology-questions").id


async def test_a_file_of_the_apps_is_shared_in_a_thread_with_its_words(
    api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="How?"))["ts"]
    answer = await api.files_upload_v2(
        filename="run sheet.txt", content="first, second", title="Run sheet",
        channel=room, thread_ts=said, initial_comment="For Tuesday",
    )  # fmt: skip
    file = answer["files"][0]
    seen = (await control.sees("U0BEN", room))["messages"][-1]
    assert (seen["text"], seen["thread_ts"], seen["subtype"]) == ("For Tuesday", said, "file_share")
    assert (seen["files"][0]["id"], seen["files"][0]["title"]) == (file["id"], "Run sheet")
    info = (await api.files_info(file=file["id"]))["file"]
    assert (info["mimetype"], info["size"], info["channels"]) == ("text/plain", 13, [room])
    told = (await heard.of("file_shared"))[0]
    assert (told["file_id"], told["channel_id"]) == (file["id"], room)
    async with aiohttp.ClientSession() as session:
        async with session.get(info["url_private_download"]) as download:
            assert await download.read() == b"first, second"
            assert "attachment" in download.headers["content-disposition"]
        wrong = {"authorization": "Bearer xoxb-other"}
        async with session.get(info["url_private"], headers=wrong) as download:
            assert download.status == 404


async def test_a_file_is_there_only_once_all_of_it_has_come_and_once(
    api: AsyncWebClient, room: str
) -> None:
    asked = await api.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": asked["file_id"], "title": "A"}]
    complete = api.files_completeUploadExternal
    assert await refused(complete(files=files)) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        async with session.post(asked["upload_url"], data=b"four") as answer:
            assert answer.status == 400
        form = aiohttp.FormData()
        form.add_field("filename", b"abc", filename="a.txt")
        async with session.post(asked["upload_url"], data=form) as answer:
            assert answer.status == 200
    assert await refused(api.files_info(file=asked["file_id"])) == "file_not_found"
    assert await refused(complete(files=files, channel_id="C0NO")) == "channel_not_found"
    await complete(files=files, channel_id=room)
    assert await refused(complete(files=files, channel_id=room)) == "file_not_found"


async def test_a_persons_file_is_seen_by_an_app_that_is_there(
    wide: Sandbox, api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    general = wide.workspace.find_channel("general").id
    share = {"user": "U0BEN", "name": "scan.csv", "content": "a,b", "text": "have a look"}
    hidden = await control.act("upload", channel=general, **share)
    assert await refused(api.files_info(file=hidden["files"][0])) == "file_not_found"
    shared = await control.act("upload", channel=room, **share)
    assert (await api.files_info(file=shared["files"][0]))["file"]["filetype"] == "csv"
    message = (await heard.of("message"))[0]
    assert (message["subtype"], message["files"][0]["name"]) == ("file_share", "scan.csv")


async def test_a_reaction_is_seen_counted_and_taken_away(
    api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="Solved!"))["ts"]
    await api.reactions_add(channel=room, timestamp=said, name="tada")
    await control.act("react", user="U0EVA", channel=room, ts=said, name="tada")
    found = (await api.reactions_get(channel=room, timestamp=said))["message"]
    assert found["reactions"] == [{"name": "tada", "users": ["U0MENTOR", "U0EVA"], "count": 2}]
    assert found["permalink"]
    added = (await heard.of("reaction_added"))[-1]
    assert (added["user"], added["reaction"], added["item_user"]) == ("U0EVA", "tada", "U0BEN")
    assert added["item"] == {"type": "message", "channel": room, "ts": said}
    await api.reactions_remove(channel=room, timestamp=said, name="tada")
    await control.act("unreact", user="U0EVA", channel=room, ts=said, name="tada")
    assert len(await heard.of("reaction_removed")) == 2
    assert "reactions" not in (await api.reactions_get(channel=room, timestamp=said))["message"]


async def test_reactions_that_slack_refuses(
    api: AsyncWebClient, control: Control, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="x"))["ts"]
    add, remove = api.reactions_add, api.reactions_remove
    await add(channel=room, timestamp=said, name="eyes")
    assert await refused(add(channel=room, timestamp=said, name="eyes")) == "already_reacted"
    assert await refused(add(channel=room, timestamp=said, name=":eyes:")) == "invalid_name"
    assert await refused(add(channel=room, timestamp="1.0", name="eyes")) == "message_not_found"
    assert await refused(add(channel=room, timestamp="", name="eyes")) == "no_item_specified"
    assert await refused(add(channel=room, timestamp="now", name="eyes")) == "bad_timestamp"
    assert await refused(remove(channel=room, timestamp=said, name="wave")) == "no_reaction"
    assert await refused(remove(channel=room, timestamp=said, name="A wave")) == "invalid_name"
    for number in range(22):
        await add(channel=room, timestamp=said, name=f"own-{number}")
    assert await refused(add(channel=room, timestamp=said, name="wave")) == "too_many_reactions"
    for number in range(22, 49):
        user = f"U0{('BEN', 'EVA')[number % 2]}"
        await control.act("react", user=user, channel=room, ts=said, name=f"own-{number}")
    more = {"user": "U0EVA", "channel": room, "ts": said, "name": "wave"}
    assert await control.refused("react", **more) == "too_many_emoji"


async def test_an_emoji_of_two_names_is_one(
    api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="x"))["ts"]
    await api.reactions_add(channel=room, timestamp=said, name="thumbsup")
    assert (await heard.of("reaction_added"))[0]["reaction"] == "+1"
    again = api.reactions_add(channel=room, timestamp=said, name="+1")
    assert await refused(again) == "already_reacted"


async def test_the_control_api_says_what_slack_would_not_allow(
    wide: Sandbox, control: Control
) -> None:
    made = await control.act("create_channel", user="U0BEN", name="journal-club")
    assert made["creator"] == "U0BEN"
    assert await control.refused("create_channel", user="U0EVA", name="journal-club") == (
        "name_taken"
    )
    board = wide.workspace.find_channel("tumor-board").id
    assert await control.refused("post", user="U0LEO", channel=board, text="x") == "not_in_channel"
    assert await control.refused("join", user="U0LEO", channel=board) == (
        "method_not_supported_for_channel_type"
    )
    general = wide.workspace.find_channel("general").id
    assert await control.refused("leave", user="U0BEN", channel=general) == "cant_leave_general"
    await control.act("invite", user="U0BEN", channel=made["id"], guest="U0MENTOR")
    await control.act("invite", user="U0BEN", channel=made["id"], guest="U0EVA")
    again = await control.refused("invite", user="U0BEN", channel=made["id"], guest="U0EVA")
    assert again == "already_in_channel"
    await control.act("rename", user="U0BEN", channel=made["id"], name="journal")
    await control.act("archive", user="U0BEN", channel=made["id"])
    seen = await control.sees("U0EVA", made["id"])
    assert (seen["name"], seen["is_archived"]) == ("journal", True)
    await control.act("unarchive", user="U0BEN", channel=made["id"])
    await control.act("remove", user="U0BEN", channel=made["id"], guest="U0EVA")
    assert (await control.sees("U0BEN", made["id"]))["members"] == ["U0BEN", "U0MENTOR"]


async def test_an_app_hears_of_reactions_only_with_the_scope_and_the_subscription(
    wide: Sandbox, control: Control, heard: Heard, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="x"))["ts"]
    wide.scopes.remove("reactions:read")
    await control.act("react", user="U0EVA", channel=room, ts=said, name="eyes")
    wide.scopes.append("reactions:read")
    subscribed = wide.manifest["settings"]["event_subscriptions"]["bot_events"]
    subscribed.remove("reaction_removed")
    await control.act("unreact", user="U0EVA", channel=room, ts=said, name="eyes")
    await control.act("react", user="U0EVA", channel=room, ts=said, name="tada")
    assert [each["reaction"] for each in await heard.of("reaction_added")] == ["tada"]
    assert await heard.of("reaction_removed") == []
