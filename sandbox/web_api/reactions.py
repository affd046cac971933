"""The app's own emoji under messages, and everybody's."""

from sandbox import reactions
from sandbox.refusal import SlackError
from sandbox.shapes import message_object, permalink
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel


def _place(call: Call) -> tuple[Channel, str]:
    if not (call.get("channel") and call.get("timestamp")):
        raise SlackError("no_item_specified")
    return channel_of(call), call.get("timestamp")


def _add(call: Call) -> Json:
    channel, ts = _place(call)
    reactions.add(call.sandbox, channel, ts, call.space.bot.id, call.get("name"))
    return {}


def _remove(call: Call) -> Json:
    channel, ts = _place(call)
    reactions.remove(call.sandbox, channel, ts, call.space.bot.id, call.get("name"))
    return {}


def _get(call: Call) -> Json:
    channel, ts = _place(call)
    message = channel.find(ts)
    if message is None:
        raise SlackError("message_not_found")
    shape = message_object(call.space, channel, message)
    shape["permalink"] = permalink(call.space, channel, message)
    return {"type": "message", "channel": channel.id, "message": shape}


def _list(call: Call) -> Json:
    """What somebody reacted to, the newest first, where the app is in."""
    user, bot = call.get("user") or call.space.bot.id, call.space.bot.id
    found = [
        (channel, message)
        for channel in call.space.channels.values()
        for message in channel.messages
        if bot in channel.members
        and message.only_for is None
        and any(user in users for users in message.reactions.values())
    ]
    found.sort(key=lambda each: float(each[1].ts), reverse=True)
    rows = [
        {
            "type": "message",
            "channel": channel.id,
            "message": message_object(call.space, channel, message),
        }
        for channel, message in found
    ]
    page, metadata = call.page(rows)
    return {"items": page, "response_metadata": metadata}


METHODS = {
    "reactions.add": Method(_add, "reactions:write", 3),
    "reactions.remove": Method(_remove, "reactions:write", 2),
    "reactions.get": Method(_get, "reactions:read", 3, takes_json=False),
    "reactions.list": Method(_list, "reactions:read", 2, takes_json=False),
}
