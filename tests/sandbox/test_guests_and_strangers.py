"""Guests, people who left, strangers from other organisations, and what becomes of channels."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.workspace import User
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard

PARTNER = "T0PARTNER"


@pytest.fixture
def zoe(wide: Sandbox) -> str:
    """Somebody of another organisation."""
    return wide.workspace.add_user(User("U0ZOE", "zoe", "Zoe Partner", home=PARTNER)).id


@pytest.fixture
def room(wide: Sandbox) -> str:
    return wide.workspace.find_channel("oncology-questions").id


async def test_a_guest_is_where_others_put_them_and_puts_nobody_anywhere(
    wide: Sandbox, control: Control, room: str
) -> None:
    general = wide.workspace.find_channel("general").id
    for what, arguments in (
        ("create_channel", {"name": "mine"}),
        ("join", {"channel": room}),
        ("invite", {"channel": general, "guest": "U0MENTOR"}),
        ("remove", {"channel": general, "guest": "U0BEN"}),
        ("archive", {"channel": general}),
        ("rename", {"channel": general, "name": "mine"}),
    ):
        assert await control.refused(what, user="U0MIA", **arguments) == "user_is_restricted"
    await control.act("invite", user="U0BEN", channel=room, guest="U0MIA")
    assert "U0MIA" in wide.workspace.channels[room].members


async def test_a_guest_of_one_channel_gets_no_second_one(control: Control, room: str) -> None:
    invited = control.refused("invite", user="U0BEN", channel=room, guest="U0PIA")
    assert await invited == "ura_max_channels"


async def test_a_guest_writes_to_the_app_and_to_those_they_share_a_channel_with(
    wide: Sandbox, control: Control
) -> None:
    visitors = wide.workspace.find_channel("visitors")
    visitors.members.append("U0BEN")
    assert (await control.act("open_direct", user="U0PIA", guests=["U0BEN"]))["is_im"]
    assert (await control.act("open_direct", user="U0PIA", guests=["U0MENTOR"]))["is_im"]
    unknown = control.refused("open_direct", user="U0PIA", guests=["U0LEO"])
    assert await unknown == "user_not_visible"


async def test_guests_are_told_apart(api: AsyncWebClient) -> None:
    people = {each["id"]: each for each in (await api.users_list())["members"]}
    told = {
        name: (people[name]["is_restricted"], people[name]["is_ultra_restricted"])
        for name in ("U0BEN", "U0MIA", "U0PIA")
    }
    assert told == {"U0BEN": (False, False), "U0MIA": (True, False), "U0PIA": (True, True)}


async def test_who_has_left_says_and_gets_nothing_more(
    wide: Sandbox, api: AsyncWebClient, control: Control, room: str
) -> None:
    await control.act("change_user", user="U0BEN", deleted=True)
    said = control.refused("post", user="U0BEN", channel=room, text="still here?")
    assert await said == "account_inactive"
    assert await refused(api.conversations_open(users="U0BEN")) == "user_disabled"
    assert await refused(api.users_lookupByEmail(email="ben@riverside.example")) == (
        "users_not_found"
    )
    # A message to them is taken all the same, as Slack takes it.
    assert (await api.chat_postMessage(channel="U0BEN", text="x"))["ok"]
    assert (await api.users_getPresence(user="U0BEN"))["presence"] == "away"
    assert wide.workspace.users["U0BEN"].deleted


async def test_strangers_are_known_by_their_id_alone_and_come_only_where_they_are_let_in(
    wide: Sandbox, api: AsyncWebClient, zoe: str, room: str
) -> None:
    listed = [each["id"] for each in (await api.users_list())["members"]]
    assert zoe not in listed
    told = (await api.users_info(user=zoe))["user"]
    assert (told["is_stranger"], told["team_id"]) == (True, PARTNER)
    invited = api.conversations_invite(channel=room, users=zoe)
    assert await refused(invited) == "no_external_invite_permission"
    wide.channels.share(wide.workspace.channels[room], PARTNER)
    assert (await api.conversations_invite(channel=room, users=zoe))["ok"]


async def test_a_channel_shared_with_others_says_so(
    api: AsyncWebClient, control: Control, heard: Heard, zoe: str, room: str
) -> None:
    await control.post("admin/share_channel", channel=room, team=PARTNER)
    shared = (await api.conversations_info(channel=room))["channel"]
    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, [PARTNER])
    await api.conversations_invite(channel=room, users=zoe)
    await control.act("post", user=zoe, channel=room, text="hello from outside")
    message = (await heard.of("message"))[-1]
    assert (message["user"], message["team"]) == (zoe, PARTNER)
    await control.post("admin/unshare_channel", channel=room, team=PARTNER)
    assert not (await api.conversations_info(channel=room))["channel"]["is_ext_shared"]
    assert zoe not in (await api.conversations_members(channel=room))["members"]
    told = [(await heard.of(f"channel_{each}"))[0]["channel"] for each in ("shared", "unshared")]
    assert told == [room, room]


async def test_a_channel_gets_another_id_and_keeps_what_was_said(
    wide: Sandbox, api: AsyncWebClient, control: Control, heard: Heard, room: str
) -> None:
    file = (await wide.actions.upload("U0BEN", room, "a.txt", "abc")).files[0]
    later = (await control.post("admin/change_channel_id", channel=room))["channel"]
    assert await refused(api.conversations_info(channel=room)) == "channel_not_found"
    assert (await api.conversations_history(channel=later))["messages"][0]["files"]
    assert (await api.files_info(file=file))["file"]["channels"] == [later]
    told = (await heard.of("channel_id_changed"))[0]
    assert (told["old_channel_id"], told["new_channel_id"]) == (room, later)


async def test_a_deleted_channel_is_gone(
    api: AsyncWebClient, control: Control, heard: Heard
) -> None:
    circle = (await api.conversations_create(name="circle"))["channel"]["id"]
    await control.post("admin/delete_channel", channel=circle, user="U0ADA")
    assert await refused(api.conversations_info(channel=circle)) == "channel_not_found"
    assert [each["channel"] for each in await heard.of("channel_deleted")] == [circle]
    assert (await api.conversations_create(name="circle"))["ok"]


async def test_who_comes_into_the_workspace_is_announced(
    api: AsyncWebClient, control: Control, heard: Heard
) -> None:
    await control.post("admin/add_person", id="U0NEW", name="new", real_name="Nele New")
    assert [each["user"]["id"] for each in await heard.of("team_join")] == ["U0NEW"]
    assert (await api.users_info(user="U0NEW"))["user"]["real_name"] == "Nele New"


async def test_what_admins_keep_to_themselves_neither_others_do_nor_apps(
    api: AsyncWebClient, control: Control
) -> None:
    await control.post("admin/admins_only", method="conversations.create")
    assert await refused(api.conversations_create(name="circle")) == "restricted_action"
    made = control.refused("create_channel", user="U0BEN", name="circle")
    assert await made == "restricted_action"
    assert (await control.act("create_channel", user="U0IVY", name="circle"))["id"]
    await control.post("admin/admins_only", method="conversations.create", on=False)
    assert (await control.act("create_channel", user="U0BEN", name="other"))["id"]


async def test_history_is_read_only_by_members_and_never_what_one_person_sees(
    wide: Sandbox, api: AsyncWebClient, room: str
) -> None:
    general = wide.workspace.find_channel("general").id
    await wide.actions.post("U0BEN", general, "hello")
    assert await refused(api.conversations_history(channel=general)) == "not_in_channel"
    await api.chat_postEphemeral(channel=room, user="U0BEN", text="for Ben")
    await api.chat_postMessage(
        channel=room, text="x", metadata={"event_type": "m", "event_payload": {"a": 1}}
    )
    plain = (await api.conversations_history(channel=room))["messages"]
    assert [(each["text"], "metadata" in each) for each in plain] == [("x", False)]
    full = (await api.conversations_history(channel=room, include_all_metadata=True))["messages"]
    assert full[0]["metadata"]["event_payload"] == {"a": 1}


async def test_direct_messages_are_closed_and_opened(api: AsyncWebClient, room: str) -> None:
    direct = (await api.conversations_open(users="U0BEN"))["channel"]["id"]
    assert (await api.conversations_open(channel=direct))["already_open"]
    assert "no_op" not in (await api.conversations_close(channel=direct)).data
    assert (await api.conversations_close(channel=direct))["already_closed"]
    assert "already_open" not in (await api.conversations_open(users="U0BEN")).data
    assert await refused(api.conversations_close(channel=room)) == (
        "method_not_supported_for_channel_type"
    )
    assert (await api.conversations_mark(channel=direct, ts="1.0"))["ok"]
    assert await refused(api.conversations_mark(channel=direct, ts="now")) == "invalid_timestamp"
