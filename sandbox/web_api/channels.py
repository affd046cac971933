"""Channels: made, filled, emptied, renamed, archived by the app."""

from sandbox.membership import why_not_invited
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of, scopes_for, shown
from sandbox.workspace import Channel

_INVITED_MOST = 1000


def _channel(call: Call, *, to: str = "write", archived: bool = False) -> Channel:
    """A channel the app is in and may change; refused for direct messages."""
    channel = channel_of(call, to=to)
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived and not archived:
        raise SlackError("is_archived")
    return channel


def _create(call: Call) -> Json:
    private = call.flag("is_private")
    call.want(*scopes_for("group" if private else "channel", "write"))
    bot = call.space.bot.id
    return {
        "channel": shown(call, call.sandbox.channels.create(bot, call.get("name"), private=private))
    }


def _invite(call: Call) -> Json:
    channel = _channel(call, to="invites")
    ids = call.names("users")
    if not ids:
        raise SlackError("no_user")
    if len(ids) > _INVITED_MOST:
        raise SlackError("too_many_users")
    space, bot = call.space, call.space.bot.id
    refused = ((each, why_not_invited(space, channel, each, by=bot)) for each in ids)
    faults = {each: code for each, code in refused if code}
    errors = [{"user": each, "ok": False, "error": code} for each, code in faults.items()]
    # One who can't be invited keeps all from it, unless told to go on with the others.
    if faults and (not call.flag("force") or len(faults) == len(ids)):
        raise SlackError(next(iter(faults.values())), errors=errors)
    for each in dict.fromkeys(ids):
        if each not in faults:
            call.sandbox.channels.add(channel, each, inviter=bot)
    return {"channel": shown(call, channel)} | ({"errors": errors} if errors else {})


def _kick(call: Call) -> Json:
    channel, user = _channel(call), call.person("user")
    if user.id == call.space.bot.id:
        raise SlackError("cant_kick_self")
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    call.sandbox.channels.remove(channel, user.id, by=call.space.bot.id)
    return {}


def _leave(call: Call) -> Json:
    channel = channel_of(call, joined=False, to="write")
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    bot = call.space.bot.id
    if bot not in channel.members:
        return {"not_in_channel": True}
    if channel.kind == "group" and channel.members == [bot]:
        raise SlackError("last_member")
    call.sandbox.channels.remove(channel, bot)
    return {}


def _archive(call: Call) -> Json:
    channel = _channel(call, archived=True)
    call.sandbox.channels.archive(channel, call.space.bot.id)
    return {}


def _unarchive(call: Call) -> Json:
    channel = _channel(call, archived=True)
    call.sandbox.channels.unarchive(channel, call.space.bot.id)
    return {}


def _rename(call: Call) -> Json:
    channel = _channel(call)
    if channel.creator != call.space.bot.id:
        raise SlackError("not_authorized")
    call.sandbox.channels.rename(channel, call.space.bot.id, call.get("name"))
    return {"channel": shown(call, channel)}


def _topic(call: Call) -> Json:
    channel = _channel(call, to="topic")
    call.sandbox.channels.describe(channel, call.space.bot.id, "topic", call.get("topic"))
    return {"channel": shown(call, channel)}


def _purpose(call: Call) -> Json:
    channel = _channel(call, to="topic")
    call.sandbox.channels.describe(channel, call.space.bot.id, "purpose", call.get("purpose"))
    return {"channel": shown(call, channel)}


_WRITE = ("channels:manage", "groups:write")
_INVITE = (*_WRITE, "channels:write.invites", "groups:write.invites")
_TOPIC = (*_WRITE, "channels:write.topic", "groups:write.topic")
METHODS = {
    "conversations.create": Method(_create, tier=2, scopes=_WRITE),
    "conversations.invite": Method(_invite, scopes=_INVITE),
    "conversations.kick": Method(_kick, scopes=_WRITE),
    "conversations.leave": Method(_leave, scopes=_WRITE),
    "conversations.archive": Method(_archive, tier=2, scopes=_WRITE),
    "conversations.unarchive": Method(_unarchive, tier=2, scopes=_WRITE),
    "conversations.rename": Method(_rename, tier=2, scopes=_WRITE),
    "conversations.setTopic": Method(_topic, tier=2, scopes=_TOPIC),
    "conversations.setPurpose": Method(_purpose, tier=2, scopes=_TOPIC),
}
