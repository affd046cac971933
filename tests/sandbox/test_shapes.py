"""What the workspace sends has no field that Slack's own lacks, none of another type, none missing.

Slack's samples are unions of what was ever seen, so they tell what a field is and not whether it
must be there; which must, each test says.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.web_api import METHODS
from tests.sandbox.answers import differs, missing, unknown
from tests.sandbox.conftest import Control, Heard

Json = dict[str, Any]
SAMPLES = Path(os.environ.get("SLACK_SAMPLES", Path(__file__).parents[3] / "shared/slack-samples"))

CHANNEL = """
    id name name_normalized is_channel is_group is_im is_mpim is_private is_archived is_general
    is_shared is_ext_shared created creator topic/value purpose/value previous_names
"""
MESSAGE = "type text ts user team"
USER = "id team_id name deleted profile/real_name profile/display_name is_bot updated"
FILE = "id name title mimetype filetype size user created url_private permalink channels"
VIEW = "id team_id type blocks private_metadata callback_id hash state/values app_id bot_id"
GROUP = "id team_id name handle date_create created_by prefs/channels"
# How Slack blanked a colour that has digits only.
BLANKED_OTHERWISE = ("/members/color: str for int",)


def sample(path: str) -> Any:
    """What Slack was seen to send."""
    found = SAMPLES / path
    if not found.exists():
        pytest.skip("Slack's samples are not beside this checkout")
    return json.loads(found.read_text())


def under(name: str, fields: str) -> str:
    """The same fields, within another."""
    return " ".join(f"{name}/{each}" for each in fields.split())


POSTED = f"channel ts {under('message', MESSAGE)}"
ALL_KINDS = "public_channel,private_channel,mpim,im"
# Method, arguments and the fields that must be there; of a list, those of its first thing.
SHAPES: list[tuple[str, Json, str]] = [
    ("apps.connections.open", {"token": "app"}, "url"),
    ("auth.test", {}, "url team user team_id user_id bot_id is_enterprise_install"),
    ("bookmarks.add", {"channel_id": "room", "title": "x", "type": "link", "link": "https://x.y"},
     "bookmark/id bookmark/title bookmark/link"),
    ("bookmarks.edit", {"channel_id": "room", "bookmark_id": "mark", "title": "y"}, "bookmark/id"),
    ("bookmarks.list", {"channel_id": "room"}, "bookmarks/id"),
    ("bookmarks.remove", {"channel_id": "room", "bookmark_id": "mark"}, "ok"),
    ("bots.info", {"bot": "B0SANDBOX"}, "bot/id bot/app_id bot/user_id bot/name bot/icons"),
    ("chat.delete", {"channel": "room", "ts": "said"}, "channel ts"),
    ("chat.deleteScheduledMessage", {"channel": "room", "scheduled_message_id": "later"}, "ok"),
    ("chat.getPermalink", {"channel": "room", "message_ts": "said"}, "channel permalink"),
    ("chat.meMessage", {"channel": "room", "text": "waves"}, "channel ts"),
    ("chat.postEphemeral", {"channel": "room", "user": "U0BEN", "text": "x"}, "message_ts"),
    ("chat.postMessage", {"channel": "U0BEN", "text": "x"}, f"{POSTED} message/bot_id"),
    ("chat.postMessage", {"channel": "room", "text": "x", "thread_ts": "said"},
     f"{POSTED} message/thread_ts message/parent_user_id"),
    ("chat.scheduleMessage", {"channel": "room", "text": "x", "post_at": "soon"},
     "channel scheduled_message_id post_at message/text"),
    ("chat.scheduledMessages.list", {}, "scheduled_messages/id response_metadata/next_cursor"),
    ("chat.unfurl",
     {"channel": "room", "ts": "linked", "unfurls": '{"https://x.y": {"text": "x"}}'}, "ok"),
    ("chat.update", {"channel": "room", "ts": "alone", "text": "x"},
     "channel ts text message/text message/user"),
    ("conversations.archive", {"channel": "room"}, "ok"),
    ("conversations.close", {"channel": "direct"}, "ok"),
    ("conversations.create", {"name": "circle"}, under("channel", CHANNEL)),
    ("conversations.history", {"channel": "room"}, f"has_more {under('messages', MESSAGE)}"),
    ("conversations.info", {"channel": "room", "include_num_members": "true"},
     under("channel", f"{CHANNEL} is_member num_members")),
    ("conversations.info", {"channel": "outside"}, under("channel", "connected_team_ids")),
    ("conversations.invite", {"channel": "room", "users": "U0MIA"}, under("channel", CHANNEL)),
    ("conversations.invite", {"channel": "room", "users": "U0MIA,U0NOBODY", "force": "true"},
     "errors/user errors/error"),
    ("conversations.invite", {"channel": "room", "users": "U0NOBODY"}, "error errors/user"),
    ("conversations.join", {"channel": "room"}, under("channel", CHANNEL)),
    ("conversations.kick", {"channel": "room", "user": "U0BEN"}, "ok"),
    ("conversations.leave", {"channel": "room"}, "ok"),
    ("conversations.list", {"types": ALL_KINDS},
     f"response_metadata/next_cursor {under('channels', CHANNEL)}"),
    ("conversations.mark", {"channel": "room", "ts": "said"}, "ok"),
    ("conversations.members", {"channel": "room"}, "members response_metadata/next_cursor"),
    ("conversations.open", {"users": "U0BEN"}, "channel/id no_op already_open"),
    ("conversations.open", {"users": "U0BEN", "return_im": "true"}, "channel/id channel/user"),
    ("conversations.rename", {"channel": "own", "name": "renamed"}, under("channel", CHANNEL)),
    ("conversations.replies", {"channel": "room", "ts": "said"},
     f"has_more messages/reply_count messages/latest_reply {under('messages', MESSAGE)}"),
    ("conversations.setPurpose", {"channel": "room", "purpose": "x"}, "ok"),
    ("conversations.setTopic", {"channel": "room", "topic": "x"}, "ok"),
    ("conversations.unarchive", {"channel": "shut"}, "ok"),
    ("dnd.endDnd", {}, "error"),
    ("dnd.endSnooze", {}, "error"),
    ("dnd.info", {"user": "U0BEN"}, "dnd_enabled next_dnd_start_ts next_dnd_end_ts"),
    ("dnd.setSnooze", {}, "error"),
    ("dnd.teamInfo", {"users": "U0BEN,U0EVA"}, "users/U0BEN/dnd_enabled"),
    ("emoji.list", {}, "emoji cache_ts"),
    ("files.completeUploadExternal", {"files": '[{"id": "sent"}]', "channel_id": "room"},
     under("files", FILE)),
    ("files.getUploadURLExternal", {"filename": "a.txt", "length": "3"}, "upload_url file_id"),
    ("files.info", {"file": "file"}, under("file", FILE)),
    ("oauth.v2.access", {"code": "none"}, "error"),
    ("pins.add", {"channel": "room", "timestamp": "alone"}, "ok"),
    ("pins.remove", {"channel": "room", "timestamp": "said"}, "ok"),
    ("reactions.add", {"channel": "room", "timestamp": "said", "name": "eyes"}, "ok"),
    ("reactions.get", {"channel": "room", "timestamp": "waved"},
     "type channel message/permalink message/reactions"),
    ("reactions.remove", {"channel": "room", "timestamp": "said", "name": "eyes"}, "error"),
    ("team.info", {}, "team/id team/name team/domain team/icon"),
    ("usergroups.create", {"name": "Experts"}, under("usergroup", GROUP)),
    ("usergroups.disable", {"usergroup": "group"}, under("usergroup", GROUP)),
    ("usergroups.enable", {"usergroup": "group"}, "error"),
    ("usergroups.list", {"include_users": "true"}, under("usergroups", f"{GROUP} users")),
    ("usergroups.update", {"usergroup": "group", "name": "x"}, under("usergroup", GROUP)),
    ("usergroups.users.list", {"usergroup": "group"}, "users"),
    ("usergroups.users.update", {"usergroup": "group", "users": "U0BEN"}, "usergroup/users"),
    ("users.conversations", {"types": ALL_KINDS}, under("channels", CHANNEL)),
    ("users.info", {"user": "U0BEN"}, under("user", f"{USER} tz tz_offset is_admin")),
    ("users.info", {"user": "U0MENTOR"}, under("user", f"{USER} profile/bot_id")),
    ("users.info", {"user": "U0ZOE"}, under("user", f"{USER} is_stranger")),
    ("users.list", {"limit": "20"}, f"cache_ts {under('members', USER)}"),
    ("users.lookupByEmail", {"email": "ben@riverside.example"}, under("user", USER)),
    ("users.profile.get", {"user": "U0BEN"}, "profile/real_name profile/title profile/email"),
    ("views.open", {"trigger_id": "trigger", "view": "modal"}, under("view", VIEW)),
    ("views.publish", {"user_id": "U0BEN", "view": "home"}, under("view", VIEW)),
    ("views.push", {"trigger_id": "trigger", "view": "modal"}, under("view", VIEW)),
    ("views.update", {"view_id": "view", "view": "modal"}, under("view", VIEW)),
]  # fmt: skip
TITLE = {"type": "plain_text", "text": "Hi", "emoji": True}
MODAL: Json = {"type": "modal", "title": TITLE, "submit": TITLE, "close": TITLE, "blocks": []}


async def scene(wide: Sandbox, api: AsyncWebClient) -> dict[str, str]:
    """A workspace in which there is one of everything, by the names used above."""
    space, act = wide.workspace, wide.actions
    room = space.find_channel("oncology-questions").id
    space.add_channel("shut", [space.bot.id]).archived = True
    space.add_channel("outside", [space.bot.id])
    wide.channels.share(space.find_channel("outside"), "T0PARTNER")
    space.users["U0ZOE"] = type(space.bot)("U0ZOE", "zoe", "Zoe Partner", home="T0PARTNER")
    said = (await api.chat_postMessage(channel=room, text="hello"))["ts"]
    await act.reply("U0BEN", room, said, "hello back")
    await act.react("U0BEN", room, said, "wave")
    linked = (await act.post("U0BEN", room, "https://x.y")).ts
    waved = (await api.chat_postMessage(channel=room, text="wave"))["ts"]
    await act.react("U0BEN", room, waved, "wave")
    alone = (await api.chat_postMessage(channel=room, text="nobody replies"))["ts"]
    await api.pins_add(channel=room, timestamp=said)
    mark: Json = {"channel_id": room, "title": "x", "type": "link", "link": "https://x.y"}
    soon = wide.clock.now() + 3600
    waiting = await api.chat_scheduleMessage(channel=room, text="x", post_at=soon)
    group = await api.usergroups_create(name="Mentors")
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=MODAL)
    sent, address = wide.files.expect("a.txt", 3, space.bot.id)
    wide.files.receive(address.rpartition("/")[2], b"abc")
    return {
        "room": room,
        "own": str((await api.conversations_create(name="own"))["channel"]["id"]),
        "shut": space.find_channel("shut").id,
        "outside": space.find_channel("outside").id,
        "direct": space.direct(["U0BEN", space.bot.id]).id,
        "said": said,
        "linked": linked,
        "waved": waved,
        "alone": alone,
        "mark": str((await api.bookmarks_add(**mark))["bookmark"]["id"]),
        "later": str(waiting["scheduled_message_id"]),
        "soon": str(soon),
        "group": str(group["usergroup"]["id"]),
        "file": (await act.upload("U0BEN", room, "a.txt", "abc")).files[0],
        '[{"id": "sent"}]': json.dumps([{"id": sent.id}]),
        "trigger": wide.triggers.new("U0BEN"),
        "view": str(opened["view"]["id"]),
        "modal": json.dumps(MODAL),
        "home": json.dumps({"type": "home", "blocks": []}),
    }


@pytest.mark.parametrize(("method", "arguments", "needed"), SHAPES)
async def test_answers_are_made_as_slacks_are(
    wide: Sandbox, api: AsyncWebClient, method: str, arguments: Json, needed: str
) -> None:
    slacks = sample(f"api/{method}.json")
    there = await scene(wide, api)
    if arguments.pop("token", "") == "app":
        api.token = wide.app_token
    given = {name: there.get(value, value) for name, value in arguments.items() if name != "view"}
    if "view" in arguments:
        given["view"] = there[arguments["view"]]
    try:
        answer: Any = (await api.api_call(method, params=given)).data
    except Exception as error:  # noqa: BLE001 - a refusal has a shape too
        answer = error.response.data  # type: ignore[attr-defined] # Slack's own error
    assert "error" in needed or answer["ok"], answer
    assert unknown(answer, slacks) == []
    assert [each for each in differs(answer, slacks) if each not in BLANKED_OTHERWISE] == []
    assert missing(firsts(answer), needed) == []


def firsts(answer: Any) -> Any:
    """The answer with the first thing of each list in the list's place, where there is one."""
    if isinstance(answer, list):
        return firsts(answer[0]) if answer else answer
    if isinstance(answer, dict):
        return {name: firsts(value) for name, value in answer.items()}
    return answer


def test_each_method_that_slack_was_recorded_answering_is_compared() -> None:
    sample("api/auth.test.json")
    recorded = {each.stem for each in (SAMPLES / "api").glob("*.json")}
    assert set(METHODS) & recorded == {method for method, _, _ in SHAPES}


ENVELOPE = """
    token team_id api_app_id type event_id event_time authorizations event_context event/type
    event/event_ts
"""
EVENTS = {
    "app_mention": "user text ts channel",
    "channel_archive": "channel user",
    "channel_created": "channel/id channel/name channel/creator",
    "channel_deleted": "channel",
    "channel_id_changed": "old_channel_id new_channel_id",
    "channel_left": "channel actor_id",
    "channel_rename": "channel/id channel/name",
    "channel_shared": "connected_team_id channel",
    "channel_unarchive": "channel user",
    "channel_unshared": "previously_connected_team_id channel",
    "dnd_updated_user": "user dnd_status/dnd_enabled",
    "file_deleted": "file_id channel_ids",
    "file_shared": "file_id user_id file/id channel_id",
    "group_archive": "channel",
    "group_deleted": "channel date_deleted",
    "group_left": "channel",
    "group_rename": "channel/id channel/name",
    "group_unarchive": "channel",
    "member_joined_channel": "user channel channel_type team",
    "member_left_channel": "user channel channel_type team",
    "message": "channel ts text channel_type",
    "pin_added": "user channel_id item/message item_user pin_count",
    "pin_removed": "user channel_id item/message item_user pin_count",
    "reaction_added": "user reaction item/channel item/ts item_user",
    "reaction_removed": "user reaction item/channel item/ts item_user",
    "subteam_created": "subteam/id subteam/handle",
    "subteam_members_changed": "subteam_id added_users removed_users",
    "subteam_updated": "subteam/id subteam/handle",
    "team_join": under("user", USER),
    "tokens_revoked": "tokens/bot",
    "app_uninstalled": "type",
    "app_home_opened": "user channel tab",
    "user_change": under("user", USER),
    "user_profile_changed": under("user", USER),
}
_SUBTYPES = {
    "": "Message",
    "channel_archive": "MessageChannelArchive",
    "channel_join": "MessageChannelJoin",
    "channel_leave": "MessageChannelLeave",
    "channel_name": "MessageChannelName",
    "channel_purpose": "MessageChannelPurpose",
    "channel_topic": "MessageChannelTopic",
    "channel_unarchive": "MessageChannelUnarchive",
    "file_share": "MessageFileShare",
    "me_message": "MessageMe",
    "message_changed": "MessageChanged",
    "message_deleted": "MessageDeleted",
    "thread_broadcast": "MessageThreadBroadcast",
}
# Slack's samples leave these out here and there: every event has them, every message, and every
# message of an app.
EVERYWHERE = {"event_ts": "", "team": "", "bot_id": "", "bot_profile": {}}


async def happens(wide: Sandbox, api: AsyncWebClient, control: Control) -> None:
    """One of everything that can happen."""
    for private in (False, True):
        await _in_a_channel(api, control, private=private)
    await control.act("set_dnd", user="U0BEN", start=1, end=wide.clock.now() + 60)
    await control.act("change_user", user="U0BEN", title="Fellow")
    await control.act("open_home", user="U0BEN")
    await control.post("admin/add_person", id="U0NEW", name="new", real_name="Nele New")
    group = (await api.usergroups_create(name="Mentors"))["usergroup"]["id"]
    await api.usergroups_users_update(usergroup=group, users=["U0BEN"])
    await control.post("admin/uninstall")


async def _in_a_channel(api: AsyncWebClient, control: Control, *, private: bool) -> None:
    name = f"c-{private}".lower()
    made = await api.conversations_create(name=name, is_private=private)
    channel = made["channel"]["id"]
    await api.conversations_invite(channel=channel, users="U0BEN")
    said = (await api.chat_postMessage(channel=channel, text="hello"))["ts"]
    about: Json = {"user": "U0BEN", "channel": channel}
    await control.act("reply", **about, ts=said, text="aye @mentor", broadcast=True)
    await control.act("post", **about, text="and @mentor too")
    await control.act("react", **about, ts=said, name="eyes")
    await control.act("unreact", **about, ts=said, name="eyes")
    await control.act("upload", **about, name="a.txt", content="a")
    own = await api.files_upload_v2(channel=channel, filename="b.txt", content="b")
    await api.files_delete(file=own["file"]["id"])
    alone = (await api.chat_postMessage(channel=channel, text="nobody replies"))["ts"]
    await api.pins_add(channel=channel, timestamp=alone)
    await api.pins_remove(channel=channel, timestamp=alone)
    await api.chat_meMessage(channel=channel, text="waves")
    await api.conversations_setTopic(channel=channel, topic="x")
    await api.conversations_setPurpose(channel=channel, purpose="x")
    await api.conversations_rename(channel=channel, name=f"d-{private}".lower())
    await control.post("admin/share_channel", channel=channel, team="T0PARTNER")
    await control.post("admin/unshare_channel", channel=channel, team="T0PARTNER")
    await api.conversations_archive(channel=channel)
    await api.conversations_unarchive(channel=channel)
    later = (await control.post("admin/change_channel_id", channel=channel))["channel"]
    await control.act("leave", user="U0BEN", channel=later)
    await control.act("invite", user="U0MENTOR", channel=later, guest="U0BEN")
    await control.act("remove", user="U0BEN", channel=later, guest="U0MENTOR")
    await control.act("invite", user="U0BEN", channel=later, guest="U0MENTOR")
    await control.post("admin/delete_channel", channel=later, user="U0ADA")


async def test_events_are_made_as_slacks_are(
    wide: Sandbox, api: AsyncWebClient, heard: Heard, control: Control
) -> None:
    outside = _outer_fields()
    await happens(wide, api, control)
    await heard.of("message")
    assert {each["type"] for each in heard.events} == set(EVENTS)
    for payload in heard.payloads:
        event = payload["event"]
        kind = event["type"]
        outer = {name: value for name, value in payload.items() if name != "event"}
        assert (kind, unknown(outer, outside) + differs(outer, outside)) == (kind, [])
        assert (kind, missing(payload, ENVELOPE)) == (kind, [])
        assert (kind, missing(event, EVENTS[kind])) == (kind, [])
        if name := _sample_of(event):
            slacks = EVERYWHERE | sample(f"events/{name}Payload.json")["event"]
            told = (name, unknown(event, slacks) + differs(event, slacks))
            assert told == (name, [])


def _outer_fields() -> Json:
    """All that was ever seen around an event."""
    sample("events/MessagePayload.json")
    found: Json = {}
    for each in (SAMPLES / "events").glob("*.json"):
        found |= json.loads(each.read_text())
    return found


def _sample_of(event: Json) -> str:
    """The name of Slack's sample; of a few kinds of line there is none."""
    if event["type"] == "message":
        return _SUBTYPES.get(event.get("subtype", ""), "")
    return "".join(part.title() for part in event["type"].split("_"))


# In Slack's documentation of a view's payloads, though not in the samples.
_DOCUMENTED = {"/view/blocks", "/response_urls"}


async def test_commands_clicks_shortcuts_and_forms_are_made_as_slacks_are(
    wide: Sandbox, api: AsyncWebClient, heard: Heard
) -> None:
    act, general = wide.actions, wide.workspace.find_channel("general").id
    await act.command("U0BEN", general, "/mentor", "x")
    button = {"type": "button", "action_id": "go", "value": "1", "text": TITLE}
    card = [{"type": "actions", "elements": [button]}]
    said = await api.chat_postMessage(channel="U0BEN", text="x", blocks=card)
    await act.click("U0BEN", "go", channel=said["channel"], ts=said["ts"])
    await act.message_shortcut("U0BEN", said["channel"], said["ts"], "consult.ask_about_message")
    closing = {"notify_on_close": True}
    for view, done in ((MODAL, act.submit), (MODAL | closing, act.close)):
        opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
        await done("U0BEN", opened["view"]["id"])
    names = (
        ("slash-commands/SlashCommandPayload", "command text response_url trigger_id user_id"),
        ("interactive-components/BlockActionPayload", "actions container/message_ts message/ts"),
        ("interactive-components/MessageShortcutPayload", "callback_id message_ts message/ts"),
        ("views/ViewSubmissionPayload", under("view", VIEW)),
        ("views/ViewClosedPayload", under("view", VIEW)),
    )
    assert len(heard.interactions) == len(names)
    for sent, (name, needed) in zip(heard.interactions, names, strict=True):
        payload = json.loads(sent["payload"]) if "payload" in sent else sent
        slacks = sample(f"app-backend/{name}.json")
        assert (name, set(unknown(payload, slacks)) - _DOCUMENTED) == (name, set())
        assert (name, missing(payload, needed)) == (name, [])
