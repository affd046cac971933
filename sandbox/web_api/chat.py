"""Messages: posted, changed, shown to one person."""

import json

from sandbox.refusal import SlackError
from sandbox.validate import check_blocks
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel, Message

_TEXT_MOST = 40_000


def _content(call: Call) -> tuple[str, list[Json]]:
    text, blocks = call.get("text"), call.arguments.get("blocks") or []
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError as error:
            raise SlackError("invalid_blocks_format") from error
    if not text and not blocks:
        raise SlackError("no_text")
    if len(text) > _TEXT_MOST:
        raise SlackError("msg_too_long")
    check_blocks(blocks, "message")
    return text, blocks


def _place(call: Call) -> Channel:
    """Where to post: a conversation the bot is in, or a person's messages with it."""
    workspace = call.sandbox.workspace
    target = call.need("channel")
    if target in workspace.users:
        return workspace.direct([workspace.bot.id, target])
    channel = channel_of(call)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _post(call: Call) -> Json:
    workspace = call.sandbox.workspace
    channel = _place(call)
    text, blocks = _content(call)
    metadata = call.arguments.get("metadata")
    message = workspace.post(
        channel,
        Message(
            workspace.next_ts(),
            workspace.bot.id,
            text,
            blocks,
            call.get("thread_ts") or None,
            json.loads(metadata) if isinstance(metadata, str) else metadata,
            by_app=True,
        ),
    )
    shape = message.to_api() | {"bot_id": call.sandbox.bot_id, "app_id": call.sandbox.app_id}
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def _update(call: Call) -> Json:
    workspace = call.sandbox.workspace
    channel = channel_of(call)
    wanted = call.need("ts")
    message = next((each for each in channel.messages if each.ts == wanted), None)
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.user != workspace.bot.id:
        raise SlackError("cant_update_message")
    message.text, message.blocks = _content(call)
    message.edited = True
    workspace.changed()
    shape = message.to_api()
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def _delete(call: Call) -> Json:
    workspace = call.sandbox.workspace
    channel = channel_of(call)
    message = next((each for each in channel.messages if each.ts == call.need("ts")), None)
    if message is None:
        raise SlackError("message_not_found")
    if message.user != workspace.bot.id:
        raise SlackError("cant_delete_message")
    channel.messages.remove(message)
    workspace.changed()
    return {"channel": channel.id, "ts": message.ts}


def _ephemeral(call: Call) -> Json:
    workspace = call.sandbox.workspace
    channel, user = channel_of(call), call.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _content(call)
    ts = workspace.next_ts()
    workspace.post(channel, Message(ts, workspace.bot.id, text, blocks, only_for=user, by_app=True))
    return {"message_ts": ts}


METHODS = {
    "chat.postMessage": Method(_post, "chat:write"),
    "chat.update": Method(_update, "chat:write"),
    "chat.delete": Method(_delete, "chat:write"),
    "chat.postEphemeral": Method(_ephemeral, "chat:write"),
}
