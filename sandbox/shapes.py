"""Slack's objects for messages, conversations and files, made of what the workspace holds."""

from typing import Any

from sandbox.people import SINCE
from sandbox.workspace import Channel, File, Message, Workspace

Json = dict[str, Any]


def channel_object(space: Workspace, channel: Channel, *, viewer: str) -> Json:
    """A conversation as `viewer` (the app, mostly) gets it."""
    if channel.kind == "im":
        return _direct_message(space, channel, viewer)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.archived,
        "is_general": channel.general,
        "is_member": viewer in channel.members,
        "is_shared": channel.shared_outside,
        "is_ext_shared": channel.shared_outside,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "shared_team_ids": [space.id, *channel.teams],
        "pending_connected_team_ids": [],
        "context_team_id": space.id,
        "unlinked": 0,
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator,
        "topic": _set(channel, channel.topic),
        "purpose": _set(channel, channel.purpose),
        "previous_names": list(channel.previous_names),
        # Slack names the host and the others only where there are others.
        **(_connected(space) if channel.teams else {}),
    }


def _connected(space: Workspace) -> Json:
    return {
        "conversation_host_id": space.id,
        "internal_team_ids": [space.id],
    }


def _direct_message(space: Workspace, channel: Channel, viewer: str) -> Json:
    other = next((each for each in channel.members if each != viewer), viewer)
    return {
        "id": channel.id,
        "created": channel.created,
        "updated": channel.created * 1000,
        "is_archived": channel.archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": space.id,
        "user": other,
        "is_user_deleted": space.users[other].deleted,
        "priority": 0,
    }


def _set(channel: Channel, value: str) -> Json:
    by, at = (channel.creator, channel.created) if value else ("", 0)
    return {"value": value, "creator": by, "last_set": at}


def message_object(
    space: Workspace, channel: Channel, message: Message, *, with_metadata: bool = False
) -> Json:
    """A message as history and payloads have it; the one a thread hangs on with its counts."""
    shape: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": _team_of(space, message.user),
        **message.more,
    }
    if message.subtype:
        shape["subtype"] = message.subtype
    if message.blocks:
        shape["blocks"] = message.blocks
    if message.edited:
        shape["edited"] = {"user": message.user, "ts": message.edited_at or message.ts}
    if message.files:
        shape["files"] = [file_object(space, space.files[each]) for each in message.files]
    if message.reactions:
        shape["reactions"] = reactions_of(message)
    if with_metadata and message.metadata:
        shape["metadata"] = message.metadata
    return shape | _author(space, message) | _thread(space, channel, message)


def _team_of(space: Workspace, user: str) -> str:
    """The workspace that somebody belongs to."""
    person = space.users.get(user)
    return person.home if person and person.home else space.id


def permalink(space: Workspace, channel: Channel, message: Message) -> str:
    """The address of a message; the page opens there."""
    address = f"{space.address}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return address


def reactions_of(message: Message) -> list[Json]:
    """Who reacted how."""
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _author(space: Workspace, message: Message) -> Json:
    if not message.by_app:
        return {}
    bot = space.bot
    profile = {
        "id": bot.bot_id,
        "app_id": bot.app_id,
        "name": bot.name,
        "team_id": space.id,
        "deleted": False,
        "updated": SINCE,
        "icons": {f"image_{size}": f"https://pictures.example/app-{size}" for size in (36, 48, 72)},
    }
    return {"bot_id": bot.bot_id, "app_id": bot.app_id, "bot_profile": profile}


def _thread(space: Workspace, channel: Channel, message: Message) -> Json:
    if message.is_reply and message.thread_ts:
        parent = channel.find(message.thread_ts)
        shape: Json = {"thread_ts": message.thread_ts}
        if parent and message.broadcast:
            shape |= {"root": message_object(space, channel, parent)}
        return shape | ({"parent_user_id": parent.user} if parent else {})
    replies = channel.replies(message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(each.user for each in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": space.bot.id in people,
    }


def file_object(space: Workspace, file: File) -> Json:
    """A file; its content is at `url_private`, for whoever holds the token."""
    kinds = {each: space.channels[each].kind for each in file.shared}
    kind = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    address = f"{space.address}/files/{file.id}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        **({"alt_txt": file.alt} if file.alt else {}),
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "created": file.created,
        "timestamp": file.created,
        "user": file.user,
        "user_team": space.id,
        "size": file.size,
        "mode": "hosted",
        "editable": False,
        "is_external": False,
        "is_public": "channel" in kinds.values(),
        "public_url_shared": False,
        "display_as_bot": False,
        "file_access": "visible",
        "url_private": address,
        "url_private_download": f"{address}/download",
        "permalink": address,
        "channels": [each for each, kind in kinds.items() if kind == "channel"],
        "groups": [each for each, kind in kinds.items() if kind in ("group", "mpim")],
        "ims": [each for each, kind in kinds.items() if kind == "im"],
    }
