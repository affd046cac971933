"""Messages as they come to stand in a conversation, whoever says them, and what the app hears."""

from typing import TYPE_CHECKING, Any

from sandbox.refusal import SlackError
from sandbox.shapes import message_object
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

TEXT_MOST = 40_000  # characters
# Slack's own lines, under which nobody can reply.
_NO_THREAD = ("_join", "_leave", "_topic", "_purpose", "_name", "_archive", "_unarchive")


def post(sandbox: "Sandbox", channel: Channel, message: Message) -> Message:
    """Put a message into a conversation and tell the app."""
    fit(channel, message)
    sandbox.workspace.post(channel, message)
    if message.only_for is None:
        announce(sandbox, channel, message)
    return message


def fit(channel: Channel, message: Message) -> None:
    """Make a message fit its place; refused where nobody can post."""
    if channel.archived:
        raise SlackError("is_archived")
    if message.thread_ts:
        message.thread_ts = _thread_of(channel, message.thread_ts)
    message.broadcast = message.broadcast and message.is_reply
    if message.broadcast and not message.subtype:
        message.subtype = "thread_broadcast"


def note(
    sandbox: "Sandbox", channel: Channel, user: str, subtype: str, words: str, **more: Any
) -> None:
    """Leave a line of Slack's own in a channel, such as that somebody joined."""
    kind = subtype if channel.kind == "channel" else subtype.replace("channel_", "group_")
    text = f"<@{user}> {words}"
    message = Message(sandbox.workspace.next_ts(), user, text, subtype=kind, more=more)
    sandbox.workspace.post(channel, message)
    announce(sandbox, channel, message)


def fits_in(text: str) -> None:
    """Refuse what is too long for one message."""
    if len(text) > TEXT_MOST:
        raise SlackError("msg_too_long")


def announce(sandbox: "Sandbox", channel: Channel, message: Message) -> None:
    """Tell the app of a message; of one that names it, twice, as Slack does."""
    space = sandbox.workspace
    event = message_object(space, channel, message)
    event.pop("app_id", None)
    for file in event.get("files", []):
        # The event's own channel says where it was shared.
        for places in ("channels", "groups", "ims"):
            file.pop(places)
    if message.broadcast:
        event.pop("parent_user_id", None)
        for name in ("app_id", "is_locked", "reply_users"):
            event.get("root", {}).pop(name, None)
    event |= {"channel": channel.id, "event_ts": message.ts}
    sandbox.events.soon(event | {"channel_type": channel.kind}, channel)
    named = f"<@{space.bot.id}" in message.text and message.user != space.bot.id
    if named and channel.kind != "im" and message.subtype is None:
        event.pop("parent_user_id", None)
        sandbox.events.soon(event | {"type": "app_mention"}, channel)


def _thread_of(channel: Channel, ts: str) -> str:
    """The message a thread hangs on; a reply to a reply goes into the same thread."""
    parent = channel.find(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if (parent.subtype or "").endswith(_NO_THREAD):
        raise SlackError("cannot_reply_to_message")
    return str(parent.thread_ts) if parent.is_reply else ts
