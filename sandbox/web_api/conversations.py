"""Conversations: opened, joined, listed, read."""

from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method
from sandbox.workspace import Channel

_MPIM_MOST = 8


def channel_of(call: Call, *, joined: bool = True) -> Channel:
    """The conversation the call names, as far as the bot may know of it."""
    workspace = call.sandbox.workspace
    channel = workspace.channels.get(call.need("channel"))
    inside = channel is not None and workspace.bot.id in channel.members
    if channel is None or (channel.kind != "channel" and not inside):
        raise SlackError("channel_not_found")
    if joined and not inside:
        raise SlackError("not_in_channel")
    return channel


def _open(call: Call) -> Json:
    workspace = call.sandbox.workspace
    if call.get("channel"):
        return {"channel": {"id": channel_of(call).id}}
    ids = [each.strip() for each in call.need("users").split(",") if each.strip()]
    people = [workspace.users.get(each) for each in ids]
    if not people or any(person is None for person in people):
        raise SlackError("user_not_found" if len(ids) == 1 else "users_not_found")
    if any(person and person.is_bot for person in people):
        raise SlackError("cannot_dm_bot")
    if any(person and person.deleted for person in people):
        raise SlackError("user_disabled")
    if len(ids) > _MPIM_MOST:
        raise SlackError("too_many_users")
    scope = "im:write" if len(ids) == 1 else "mpim:write"
    if scope not in call.sandbox.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(call.sandbox.scopes))
    return {"channel": {"id": workspace.direct([workspace.bot.id, *ids]).id}}


def _join(call: Call) -> Json:
    workspace = call.sandbox.workspace
    channel = workspace.channels.get(call.need("channel"))
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if workspace.bot.id not in channel.members:
        channel.members.append(workspace.bot.id)
        workspace.changed()
    return {"channel": channel.to_api()}


def _info(call: Call) -> Json:
    return {"channel": channel_of(call, joined=False).to_api()}


def _members(call: Call) -> Json:
    page, metadata = call.page([{"id": each} for each in channel_of(call, joined=False).members])
    return {"members": [each["id"] for each in page], "response_metadata": metadata}


def _list(call: Call) -> Json:
    workspace = call.sandbox.workspace
    kinds = call.get("types", "public_channel").split(",")
    found = [
        channel.to_api()
        for channel in workspace.channels.values()
        if (channel.kind == "channel" and "public_channel" in kinds)
        or (
            channel.kind == "group"
            and "private_channel" in kinds
            and workspace.bot.id in channel.members
        )
    ]
    page, metadata = call.page(found)
    return {"channels": page, "response_metadata": metadata}


def _history(call: Call) -> Json:
    channel = channel_of(call)
    family = {"im": "im", "mpim": "mpim", "group": "groups", "channel": "channels"}[channel.kind]
    if f"{family}:history" not in call.sandbox.scopes:
        provided = ",".join(call.sandbox.scopes)
        raise SlackError("missing_scope", needed=f"{family}:history", provided=provided)
    oldest = float(call.get("oldest") or 0)
    seen = call.flag("include_all_metadata")
    newest_first = [
        message.to_api(with_metadata=seen)
        for message in reversed(channel.messages)
        if message.only_for is None and float(message.ts) > oldest
    ]
    page, metadata = call.page(newest_first)
    more = bool(metadata["next_cursor"])
    return {"messages": page, "has_more": more, "response_metadata": metadata}


METHODS = {
    "conversations.open": Method(_open),
    "conversations.join": Method(_join, "channels:join"),
    "conversations.info": Method(_info, "channels:read"),
    "conversations.members": Method(_members, "channels:read"),
    "conversations.list": Method(_list, "channels:read"),
    "conversations.history": Method(_history),
}
