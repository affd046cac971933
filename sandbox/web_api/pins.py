"""Messages held on to in a conversation."""

from sandbox.conversations import Pin
from sandbox.refusal import SlackError
from sandbox.shapes import message_object, permalink
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel, Message

_PINS_MOST = 100  # in a conversation


def _place(call: Call) -> tuple[Channel, Message]:
    channel = channel_of(call)
    ts = call.get("timestamp")
    if not ts:
        raise SlackError("no_item_specified")
    message = channel.find(ts)
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


def _add(call: Call) -> Json:
    channel, message = _place(call)
    if channel.archived:
        raise SlackError("is_archived")
    if any(each.ts == message.ts for each in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= _PINS_MOST:
        raise SlackError("too_many_pins")
    channel.pins.append(Pin(message.ts, call.space.bot.id, call.space.clock.now()))
    _tell(call, "pin_added", channel, message)
    return {}


def _remove(call: Call) -> Json:
    channel, message = _place(call)
    pinned = next((each for each in channel.pins if each.ts == message.ts), None)
    if pinned is None:
        raise SlackError("no_pin")
    channel.pins.remove(pinned)
    _tell(call, "pin_removed", channel, message)
    return {}


def _list(call: Call) -> Json:
    channel = channel_of(call)
    found = ((each, channel.find(each.ts)) for each in reversed(channel.pins))
    return {"items": [_item(call, channel, pin, message) for pin, message in found if message]}


def _item(call: Call, channel: Channel, pin: Pin, message: Message) -> Json:
    shape = message_object(call.space, channel, message)
    shape |= {"pinned_to": [channel.id], "permalink": permalink(call.space, channel, message)}
    return {
        "type": "message",
        "created": pin.at,
        "created_by": pin.by,
        "channel": channel.id,
        "message": shape,
    }


def _tell(call: Call, kind: str, channel: Channel, message: Message) -> None:
    call.space.changed()
    by, now = call.space.bot.id, call.space.clock.now()
    item = _item(call, channel, Pin(message.ts, by, now), message)
    if kind == "pin_removed":
        item["message"].pop("pinned_to")
    event: Json = {
        "type": kind,
        "user": by,
        "channel_id": channel.id,
        "item": item,
        "item_user": message.user,
        "pin_count": len(channel.pins),
        "pinned_info": {"channel": channel.id, "pinned_by": by, "pinned_ts": now},
    }
    if kind == "pin_removed":
        event["has_pins"] = bool(channel.pins)
    call.sandbox.events.soon(event, channel)


METHODS = {
    "pins.add": Method(_add, "pins:write", 2),
    "pins.remove": Method(_remove, "pins:write", 2),
    "pins.list": Method(_list, "pins:read", 2, takes_json=False),
}
