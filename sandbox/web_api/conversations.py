"""Conversations: opened, joined, listed, looked up."""

import re

from sandbox.refusal import SlackError
from sandbox.shapes import channel_object
from sandbox.web_api.call import Call, Json, Method
from sandbox.workspace import Channel

_MPIM_MOST = 8
_KINDS = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}
FAMILIES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def channel_of(call: Call, *, joined: bool = True, to: str = "", named: str = "channel") -> Channel:
    """The conversation the call names, as far as the app may know of it.

    `to`: what for, such as `read` or `history`; refused without the scope for its kind.
    """
    if to:
        call.want(*(scope for kind in FAMILIES for scope in scopes_for(kind, to)))
    channel = call.space.channels.get(call.need(named))
    inside = channel is not None and call.space.bot.id in channel.members
    if channel is None or (channel.kind != "channel" and not inside):
        raise SlackError("channel_not_found")
    if to:
        call.want(*scopes_for(channel.kind, to))
    if joined and not inside:
        raise SlackError("not_in_channel")
    return channel


def scopes_for(kind: str, to: str) -> list[str]:
    """The scopes of which one is needed for a kind of conversation, the usual one first."""
    family = FAMILIES[kind]
    if to in ("read", "history"):
        return [f"{family}:{to}"]
    usual = "channels:manage" if kind == "channel" else f"{family}:write"
    return [usual] if to == "write" else [usual, f"{family}:write.{to}"]


def scopes_to(to: str) -> tuple[str, ...]:
    """The usual scopes for all kinds of conversation together."""
    return tuple(scopes_for(kind, to)[0] for kind in FAMILIES)


def shown(call: Call, channel: Channel) -> Json:
    """A conversation as the app gets it."""
    return channel_object(call.space, channel, viewer=call.space.bot.id)


def _open(call: Call) -> Json:
    space = call.space
    if call.get("channel"):
        found = channel_of(call)
        if not found.is_direct:
            raise SlackError("method_not_supported_for_channel_type")
        return {"channel": {"id": found.id}} | _opened(found)
    ids = call.names("users")
    people = [space.users.get(each) for each in ids]
    if not people or any(person is None for person in people):
        raise SlackError("user_not_found" if len(ids) == 1 else "users_not_found")
    if any(person and person.is_bot for person in people):
        raise SlackError("cannot_dm_bot")
    if any(person and person.deleted for person in people):
        raise SlackError("user_disabled")
    if len(ids) > _MPIM_MOST:
        raise SlackError("too_many_users")
    call.want("im:write" if len(ids) == 1 else "mpim:write")
    known = set(space.channels)
    channel = space.direct([space.bot.id, *ids])
    already = _opened(channel) if channel.id in known else {}
    if not call.flag("return_im"):
        return {"channel": {"id": channel.id}} | already
    whole = shown(call, channel)
    whole.pop("is_user_deleted", None)
    return {"channel": whole} | already


def _opened(channel: Channel) -> Json:
    """What Slack adds where there was nothing to open."""
    was_open, channel.closed = not channel.closed, False
    return {"no_op": True, "already_open": True} if was_open else {}


def _close(call: Call) -> Json:
    channel = channel_of(call, to="write")
    if not channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.closed:
        return {"no_op": True, "already_closed": True}
    channel.closed = True
    return {}


def _mark(call: Call) -> Json:
    """An app's reading is nobody's to see: it is checked, and leaves no trace."""
    channel_of(call, to="write")
    if re.fullmatch(r"\d+(\.\d+)?", call.get("ts")) is None:
        raise SlackError("invalid_timestamp")
    return {}


def _join(call: Call) -> Json:
    channel = call.space.channels.get(call.need("channel"))
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.space.bot.id not in channel.members:
        call.sandbox.channels.add(channel, call.space.bot.id)
        return {"channel": shown(call, channel)}
    warning = "already_in_channel"
    metadata = {"warnings": [warning]}
    return {"channel": shown(call, channel), "warning": warning, "response_metadata": metadata}


def _info(call: Call) -> Json:
    channel = channel_of(call, joined=False, to="read")
    more: Json = {"num_members": len(channel.members)} if call.flag("include_num_members") else {}
    if channel.teams:
        more["connected_team_ids"] = list(channel.teams)
    return {"channel": shown(call, channel) | more}


def _members(call: Call) -> Json:
    channel = channel_of(call, joined=False, to="read")
    page, metadata = call.page([{"id": each} for each in channel.members])
    return {"members": [each["id"] for each in page], "response_metadata": metadata}


def _wanted(call: Call, user: str) -> list[Channel]:
    """The conversations of the types asked for that the app may see `user` in."""
    types = call.names("types") or ["public_channel"]
    if not set(types) <= set(_KINDS):
        raise SlackError("invalid_types")
    kinds = [_KINDS[each] for each in types]
    for kind in kinds:
        call.want(f"{FAMILIES[kind]}:read")
    return [
        channel
        for channel in call.space.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or call.space.bot.id in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
        and (not user or user in channel.members)
    ]


def _list(call: Call) -> Json:
    found = []
    for channel in _wanted(call, ""):
        counted = {} if channel.kind == "im" else {"num_members": len(channel.members)}
        found.append(shown(call, channel) | counted)
    page, metadata = call.page(found)
    return {"channels": page, "response_metadata": metadata}


def _of_a_person(call: Call) -> Json:
    user = call.person("user").id if call.get("user") else call.space.bot.id
    found = [shown(call, each) for each in _wanted(call, user)]
    for each in found:
        each.pop("is_member", None)
    page, metadata = call.page(found)
    return {"channels": page, "response_metadata": metadata}


_READ, _WRITE = scopes_to("read"), scopes_to("write")
METHODS = {
    "conversations.open": Method(_open, scopes=("im:write", "mpim:write")),
    "conversations.close": Method(_close, tier=2, scopes=_WRITE),
    "conversations.mark": Method(_mark, scopes=_WRITE),
    "conversations.join": Method(_join, "channels:join"),
    "conversations.info": Method(_info, scopes=_READ, takes_json=False),
    "conversations.members": Method(_members, tier=4, scopes=_READ, takes_json=False),
    "conversations.list": Method(_list, tier=2, scopes=_READ, takes_json=False),
    "users.conversations": Method(_of_a_person, scopes=_READ, takes_json=False),
}
