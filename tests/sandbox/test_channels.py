"""Channels made, filled and closed by an app answer as Slack's do."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard

BOT = "U0MENTOR"


async def made(api: AsyncWebClient, name: str = "circle", **more: Any) -> str:
    answer = await api.conversations_create(name=name, **more)
    return str(answer["channel"]["id"])


async def members(api: AsyncWebClient, channel: str) -> list[str]:
    return list((await api.conversations_members(channel=channel))["members"])


async def test_who_makes_a_channel_is_in_it(api: AsyncWebClient) -> None:
    answer = await api.conversations_create(name="circle-early-career_1")
    channel = answer["channel"]
    assert channel["is_member"]
    assert (channel["creator"], channel["is_private"]) == (BOT, False)
    assert await members(api, channel["id"]) == [BOT]


NAMES = [
    pytest.param("", "invalid_name_required", id="none"),
    pytest.param("Circle", "invalid_name_specials", id="upper case"),
    pytest.param("a circle", "invalid_name_specials", id="a space"),
    pytest.param("---", "invalid_name_punctuation", id="nothing but dashes"),
    pytest.param("c" * 81, "invalid_name_maxlength", id="81 characters"),
    pytest.param("general", "name_taken", id="taken"),
    pytest.param("tumor-board", "name_taken", id="of a private channel one can't see"),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
async def test_a_name_that_is_no_channels_name_is_refused(
    api: AsyncWebClient, name: str, code: str
) -> None:
    assert await refused(api.conversations_create(name=name)) == code
    assert (await api.conversations_create(name="c" * 80))["ok"]


async def test_an_archived_channel_keeps_its_name(api: AsyncWebClient) -> None:
    await api.conversations_archive(channel=await made(api))
    assert await refused(api.conversations_create(name="circle")) == "name_taken"


async def test_a_workspace_may_keep_an_app_from_making_channels(
    api: AsyncWebClient, control: Control
) -> None:
    await control.post("restrict?method=conversations.create")
    assert await refused(api.conversations_create(name="circle")) == "restricted_action"
    await control.post("restrict?method=conversations.create&on=false")
    assert await made(api)


async def test_everybody_invited_is_in(api: AsyncWebClient, heard: Heard) -> None:
    circle = await made(api)
    await api.conversations_invite(channel=circle, users=["U0BEN", "U0EVA"])
    assert await members(api, circle) == [BOT, "U0BEN", "U0EVA"]
    joined = await heard.of("member_joined_channel")
    assert [each["user"] for each in joined] == [BOT, "U0BEN", "U0EVA"]
    assert (joined[1]["channel"], joined[1]["channel_type"]) == (circle, "C")
    assert joined[1]["inviter"] == BOT


INVITED = [
    pytest.param("U0NOBODY", "user_not_found", id="nobody"),
    pytest.param(BOT, "cant_invite_self", id="the app itself"),
    pytest.param("U0ADA", "already_in_channel", id="a member"),
    pytest.param("U0NED", "cant_invite", id="somebody who has left"),
    pytest.param("U0PIA", "ura_max_channels", id="a guest of another channel"),
]


@pytest.mark.parametrize(("user", "code"), INVITED)
async def test_one_who_cant_be_invited_keeps_all_from_it_unless_forced(
    api: AsyncWebClient, user: str, code: str
) -> None:
    circle = await made(api)
    await api.conversations_invite(channel=circle, users="U0ADA")
    with pytest.raises(SlackApiError) as error:
        await api.conversations_invite(channel=circle, users=f"U0BEN,{user}")
    assert error.value.response["error"] == code
    assert error.value.response["errors"] == [{"user": user, "ok": False, "error": code}]
    assert "U0BEN" not in await members(api, circle)
    answer = await api.conversations_invite(channel=circle, users=f"U0BEN,{user}", force=True)
    assert [each["error"] for each in answer["errors"]] == [code]
    assert "U0BEN" in await members(api, circle)
    alone = api.conversations_invite(channel=circle, users=user, force=True)
    assert await refused(alone) == code


async def test_where_one_cant_invite(wide: Sandbox, api: AsyncWebClient) -> None:
    general = wide.workspace.find_channel("general").id
    board = wide.workspace.find_channel("tumor-board").id
    direct = (await api.conversations_open(users="U0BEN"))["channel"]["id"]
    circle = await made(api)
    invite = api.conversations_invite
    assert await refused(invite(channel=circle, users="")) == "no_user"
    assert await refused(invite(channel=general, users="U0NED")) == "not_in_channel"
    assert await refused(invite(channel=board, users="U0LEO")) == "channel_not_found"
    assert await refused(invite(channel=direct, users="U0LEO")) == (
        "method_not_supported_for_channel_type"
    )
    await api.conversations_archive(channel=circle)
    assert await refused(invite(channel=circle, users="U0BEN")) == "is_archived"


async def test_a_private_channel_takes_other_scopes(wide: Sandbox, api: AsyncWebClient) -> None:
    circle = await made(api, is_private=True)
    wide.scopes[:] = ["channels:manage", "channels:read", "channels:history"]
    for call, needed in (
        (api.conversations_create(name="other", is_private=True), "groups:write"),
        (api.conversations_invite(channel=circle, users="U0BEN"), "groups:write"),
        (api.conversations_info(channel=circle), "groups:read"),
        (api.conversations_members(channel=circle), "groups:read"),
        (api.conversations_history(channel=circle), "groups:history"),
        (api.conversations_list(types="public_channel,private_channel"), "groups:read"),
    ):
        with pytest.raises(SlackApiError) as error:
            await call
        assert error.value.response["error"] == "missing_scope"
        assert error.value.response["needed"] == needed
    assert await made(api, "public")


async def test_who_is_taken_out_is_out(api: AsyncWebClient, heard: Heard) -> None:
    circle = await made(api)
    await api.conversations_invite(channel=circle, users="U0BEN")
    kick = api.conversations_kick
    await kick(channel=circle, user="U0BEN")
    assert await members(api, circle) == [BOT]
    assert [each["user"] for each in await heard.of("member_left_channel")] == ["U0BEN"]
    assert await refused(kick(channel=circle, user="U0BEN")) == "not_in_channel"
    assert await refused(kick(channel=circle, user=BOT)) == "cant_kick_self"
    assert await refused(kick(channel=circle, user="U0NOBODY")) == "user_not_found"


async def test_an_app_leaves_and_is_told_so(
    wide: Sandbox, api: AsyncWebClient, heard: Heard
) -> None:
    circle = await made(api)
    await api.conversations_leave(channel=circle)
    assert (await api.conversations_leave(channel=circle))["not_in_channel"]
    assert [each["user"] for each in await heard.of("member_left_channel")] == [BOT]
    assert [each["channel"] for each in await heard.of("channel_left")] == [circle]
    general = wide.workspace.find_channel("general").id
    await api.conversations_join(channel=general)
    assert await refused(api.conversations_leave(channel=general)) == "cant_leave_general"
    secret = await made(api, "secret", is_private=True)
    assert await refused(api.conversations_leave(channel=secret)) == "last_member"


async def test_a_channel_is_archived_and_opened_again(api: AsyncWebClient, heard: Heard) -> None:
    circle = await made(api)
    await api.conversations_archive(channel=circle)
    assert (await api.conversations_info(channel=circle))["channel"]["is_archived"]
    assert await refused(api.conversations_archive(channel=circle)) == "already_archived"
    assert await refused(api.chat_postMessage(channel=circle, text="x")) == "is_archived"
    await api.conversations_unarchive(channel=circle)
    assert await refused(api.conversations_unarchive(channel=circle)) == "not_archived"
    for kind in ("channel_archive", "channel_unarchive"):
        assert [each["channel"] for each in await heard.of(kind)] == [circle]


async def test_a_channel_is_renamed_by_who_made_it(
    wide: Sandbox, api: AsyncWebClient, heard: Heard
) -> None:
    circle = await made(api)
    answer = await api.conversations_rename(channel=circle, name="circle-2")
    assert (answer["channel"]["name"], answer["channel"]["previous_names"]) == (
        "circle-2",
        ["circle"],
    )
    assert (await heard.of("channel_rename"))[0]["channel"]["name"] == "circle-2"
    assert await refused(api.conversations_rename(channel=circle, name="general")) == "name_taken"
    questions = wide.workspace.find_channel("oncology-questions").id
    assert await refused(api.conversations_rename(channel=questions, name="q")) == "not_authorized"


async def test_topic_and_purpose_are_set_up_to_250_characters(api: AsyncWebClient) -> None:
    circle = await made(api)
    answer = await api.conversations_setTopic(channel=circle, topic="Every other Tuesday")
    assert answer["channel"]["topic"]["value"] == "Every other Tuesday"
    await api.conversations_setPurpose(channel=circle, purpose="p" * 250)
    info = await api.conversations_info(channel=circle)
    assert info["channel"]["purpose"]["value"] == "p" * 250
    too_long = api.conversations_setPurpose(channel=circle, purpose="p" * 251)
    assert await refused(too_long) == "too_long"


async def test_joining_twice_is_a_warning_and_a_private_channel_takes_an_invitation(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    general = wide.workspace.find_channel("general").id
    board = wide.workspace.find_channel("tumor-board").id
    assert "warning" not in (await api.conversations_join(channel=general)).data
    assert (await api.conversations_join(channel=general))["warning"] == "already_in_channel"
    assert await refused(api.conversations_join(channel=board)) == (
        "method_not_supported_for_channel_type"
    )


async def test_people_write_to_each_other_in_direct_and_group_messages(
    wide: Sandbox, control: Control
) -> None:
    pair = await control.act("open_direct", user="U0BEN", guests=["U0EVA"])
    assert pair["is_im"]
    again = await control.act("open_direct", user="U0EVA", guests=["U0BEN"])
    assert again["id"] == pair["id"]
    group = await control.act("open_direct", user="U0BEN", guests=["U0EVA", "U0LEO"])
    assert group["is_mpim"]
    await control.act("post", user="U0LEO", channel=group["id"], text="Lunch?")
    assert (await control.sees("U0EVA", group["id"]))["messages"][-1]["text"] == "Lunch?"
    assert await control.refused("open_direct", user="U0BEN", guests=["U0BEN"]) == "users_not_found"
    everybody = [each for each in wide.workspace.users if each != "U0BEN"]
    many = control.refused("open_direct", user="U0BEN", guests=everybody)
    assert await many == "too_many_users"
