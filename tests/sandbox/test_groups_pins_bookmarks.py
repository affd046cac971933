"""User groups, pinned messages, bookmarks and files, as an app keeps them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Heard


@pytest.fixture
def room(wide: Sandbox) -> str:
    return wide.workspace.find_channel("oncology-questions").id


async def test_a_group_is_made_filled_and_switched_off(api: AsyncWebClient, heard: Heard) -> None:
    made = (await api.usergroups_create(name="Mentors", handle="mentors"))["usergroup"]
    number = made["id"]
    await api.usergroups_users_update(usergroup=number, users=["U0ADA", "U0HAL"])
    await api.usergroups_users_update(usergroup=number, users=["U0HAL", "U0IVY"])
    assert (await api.usergroups_users_list(usergroup=number))["users"] == ["U0HAL", "U0IVY"]
    changed = (await heard.of("subteam_members_changed"))[-1]
    assert (changed["added_users"], changed["removed_users"]) == (["U0IVY"], ["U0ADA"])
    await api.usergroups_disable(usergroup=number)
    assert (await api.usergroups_list())["usergroups"] == []
    listed = await api.usergroups_list(include_disabled=True, include_users=True)
    assert listed["usergroups"][0]["users"] == ["U0HAL", "U0IVY"]
    await api.usergroups_enable(usergroup=number)
    renamed = await api.usergroups_update(usergroup=number, name="All mentors")
    assert renamed["usergroup"]["name"] == "All mentors"


async def test_groups_that_slack_does_not_take(api: AsyncWebClient) -> None:
    number = (await api.usergroups_create(name="Mentors"))["usergroup"]["id"]
    for call, code in (
        (api.usergroups_create(name="Mentors", handle="m2"), "name_already_exists"),
        (api.usergroups_create(name="More", handle="mentors"), "handle_already_exists"),
        (api.usergroups_create(name="More", handle="ada"), "handle_already_exists"),
        (api.usergroups_update(usergroup="S0NONE", name="x"), "no_such_subteam"),
        (api.usergroups_users_update(usergroup=number, users=["U0NED"]), "invalid_users"),
        (api.usergroups_users_update(usergroup=number, users=[]), "no_users_provided"),
        (api.usergroups_enable(usergroup=number), "already_enabled"),
    ):
        assert await refused(call) == code


async def test_a_message_is_pinned_once(api: AsyncWebClient, heard: Heard, room: str) -> None:
    said = (await api.chat_postMessage(channel=room, text="keep"))["ts"]
    await api.pins_add(channel=room, timestamp=said)
    assert await refused(api.pins_add(channel=room, timestamp=said)) == "already_pinned"
    items: list[dict[str, Any]] = (await api.pins_list(channel=room))["items"]
    assert [each["message"]["text"] for each in items] == ["keep"]
    await api.pins_remove(channel=room, timestamp=said)
    assert await refused(api.pins_remove(channel=room, timestamp=said)) == "no_pin"
    assert [each["pin_count"] for each in await heard.of("pin_added")] == [1]
    assert not (await heard.of("pin_removed"))[0]["has_pins"]
    assert await refused(api.pins_add(channel=room, timestamp="1.0")) == "message_not_found"
    assert await refused(api.api_call("pins.add", params={"channel": room})) == "no_item_specified"


async def test_a_bookmark_is_made_changed_and_taken_away(api: AsyncWebClient, room: str) -> None:
    add = api.bookmarks_add
    made = await add(channel_id=room, title="Guide", type="link", link="https://guide.example")
    number = made["bookmark"]["id"]
    await api.bookmarks_edit(channel_id=room, bookmark_id=number, title="The guide")
    listed = (await api.bookmarks_list(channel_id=room))["bookmarks"]
    assert [(each["title"], each["link"]) for each in listed] == [
        ("The guide", "https://guide.example")
    ]
    await api.bookmarks_remove(channel_id=room, bookmark_id=number)
    gone = api.bookmarks_remove(channel_id=room, bookmark_id=number)
    assert await refused(gone) == "not_found"
    for more, code in (
        ({"type": "file", "link": "https://x.example"}, "invalid_bookmark_type"),
        ({"type": "link", "link": "ftp://x.example"}, "invalid_link"),
        ({"type": "link", "link": "https://x.example", "emoji": "wave"}, "invalid_emoji"),
    ):
        assert await refused(add(channel_id=room, title="x", **more)) == code


async def test_files_are_listed_in_numbered_pages_and_only_ones_own_deleted(
    wide: Sandbox, api: AsyncWebClient, heard: Heard, room: str
) -> None:
    theirs = (await wide.actions.upload("U0BEN", room, "b.txt", "abc")).files[0]
    sent = await api.files_upload_v2(channel=room, filename="a.txt", content="hello")
    own = sent["file"]["id"]
    page = await api.files_list(channel=room, count=1)
    assert ([each["id"] for each in page["files"]], page["paging"]["pages"]) == ([own], 2)
    by_ben = await api.files_list(user="U0BEN")
    assert [each["id"] for each in by_ben["files"]] == [theirs]
    assert await refused(api.files_delete(file=theirs)) == "cant_delete_file"
    await api.files_delete(file=own)
    assert await refused(api.files_info(file=own)) == "file_not_found"
    assert [each["file_id"] for each in await heard.of("file_deleted")] == [own]
    assert (await api.conversations_history(channel=room))["ok"]
