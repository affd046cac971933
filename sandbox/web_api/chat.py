"""Messages: posted, changed, taken away, shown to one person, linked to."""

from sandbox import changes
from sandbox.forms import named
from sandbox.posting import fits_in, post
from sandbox.refusal import SlackError
from sandbox.shapes import message_object, permalink
from sandbox.validate import check_blocks
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel, Message


def _content(call: Call) -> tuple[str, list[Json]]:
    text, blocks = call.get("text"), call.data("blocks") or []
    if not text and not blocks:
        raise SlackError("no_text")
    fits_in(text)
    check_blocks(blocks, "message")
    return text, named(blocks)


def _metadata(call: Call) -> Json | None:
    """What the app attaches for itself: a type and a payload."""
    sent = call.data("metadata")
    if sent and not (
        isinstance(sent, dict)
        and isinstance(sent.get("event_type"), str)
        and isinstance(sent.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    return sent or None


def _place(call: Call) -> Channel:
    """Where to post: a conversation the bot is in, or a person's messages with it."""
    target = call.need("channel")
    if target in call.space.users:
        return call.space.direct([call.space.bot.id, target])
    return channel_of(call)


def _post(call: Call) -> Json:
    space, channel = call.space, _place(call)
    text, blocks = _content(call)
    metadata = _metadata(call)
    message = Message(space.next_ts(), space.bot.id, text, blocks, metadata=metadata, by_app=True)
    message.thread_ts = call.get("thread_ts") or None
    message.broadcast = call.flag("reply_broadcast")
    post(call.sandbox, channel, message)
    shape = message_object(space, channel, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def _found(call: Call) -> tuple[Channel, Message]:
    channel = channel_of(call)
    message = channel.find(call.need("ts"))
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


def _update(call: Call) -> Json:
    channel, message = _found(call)
    (text, blocks), metadata = _content(call), _metadata(call)
    changes.change(call.sandbox, channel, message, call.space.bot.id, text, blocks)
    if call.arguments.get("metadata") is not None:
        message.metadata = metadata
    shape = message_object(call.space, channel, message)
    shape.pop("ts")
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def _delete(call: Call) -> Json:
    channel, message = _found(call)
    changes.delete(call.sandbox, channel, message, call.space.bot.id)
    return {"channel": channel.id, "ts": message.ts}


def _ephemeral(call: Call) -> Json:
    space, channel, user = call.space, channel_of(call), call.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _content(call)
    ts, thread = space.next_ts(), call.get("thread_ts") or None
    message = Message(ts, space.bot.id, text, blocks, thread, only_for=user, by_app=True)
    post(call.sandbox, channel, message)
    return {"message_ts": ts}


def _permalink(call: Call) -> Json:
    channel = channel_of(call, joined=False)
    message = channel.find(call.need("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call.space, channel, message)}


METHODS = {
    "chat.postMessage": Method(_post, "chat:write"),
    "chat.update": Method(_update, "chat:write"),
    "chat.delete": Method(_delete, "chat:write"),
    "chat.getPermalink": Method(_permalink),
    "chat.postEphemeral": Method(_ephemeral, "chat:write"),
}
