"""Messages: posted, changed, taken away, shown to one person, linked to."""

from sandbox import changes
from sandbox.posting import post
from sandbox.previews import previewed
from sandbox.refusal import SlackError
from sandbox.shapes import message_object, permalink
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.composed import attachments, content, metadata, place_to_post
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel, Message


def _post(call: Call) -> Json:
    space, channel = call.space, place_to_post(call)
    text, blocks = content(call)
    message = Message(space.next_ts(), space.bot.id, text, blocks, by_app=True)
    message.metadata, message.more = metadata(call), attachments(call)
    message.previews = _previews(call, text)
    message.thread_ts = call.get("thread_ts") or None
    message.broadcast = call.flag("reply_broadcast")
    post(call.sandbox, channel, message)
    shape = message_object(space, channel, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def _previews(call: Call, text: str) -> list[str]:
    media = call.flag("unfurl_media") or not call.get("unfurl_media")
    return previewed(text, links=call.flag("unfurl_links"), media=media)


def _found(call: Call) -> tuple[Channel, Message]:
    channel = channel_of(call)
    message = channel.find(call.need("ts"))
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


def _update(call: Call) -> Json:
    channel, message = _found(call)
    (text, blocks), attached = content(call), metadata(call)
    changes.change(call.sandbox, channel, message, call.space.bot.id, text, blocks)
    if call.arguments.get("attachments") is not None:
        message.more = attachments(call)
    if call.arguments.get("metadata") is not None:
        message.metadata = attached
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
    text, blocks = content(call)
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
    "chat.postMessage": Method(_post, "chat:write", 0),
    "chat.update": Method(_update, "chat:write", 3),
    "chat.delete": Method(_delete, "chat:write", 3),
    "chat.getPermalink": Method(_permalink, tier=0, takes_json=False),
    "chat.postEphemeral": Method(_ephemeral, "chat:write", 4),
}
