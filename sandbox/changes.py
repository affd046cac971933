"""What becomes of messages once they are said: changed, taken away."""

from typing import TYPE_CHECKING, Any

from sandbox.posting import fits_in
from sandbox.refusal import SlackError
from sandbox.shapes import message_object
from sandbox.workspace import SLACKBOT, Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

TOMBSTONE = "tombstone"
WORDS = (None, "thread_broadcast", "file_share", "me_message")  # subtypes of somebody's words
# What events leave out of the messages in them.
_NOT_TOLD = ("app_id", "reply_users", "reactions", "root")


def change(  # noqa: PLR0913, PLR0917 - what changes, and who does it
    sandbox: "Sandbox",
    channel: Channel,
    message: Message,
    by: str,
    text: str,
    blocks: list[Json] | None = None,
) -> None:
    """Say something else in a message of one's own, and tell the app."""
    refusal = cant_change(sandbox, channel, message, by)
    if refusal:
        raise SlackError(refusal)
    fits_in(text)
    before = _told(sandbox, channel, message)
    message.text, message.blocks = text, blocks or []
    message.edited, message.edited_at = True, sandbox.workspace.next_ts()
    sandbox.workspace.changed()
    _announce(sandbox, channel, "message_changed", before, message)


def cant_change(sandbox: "Sandbox", channel: Channel, message: Message, by: str) -> str:
    """Slack's code for why somebody can't change a message; empty if they can."""
    space = sandbox.workspace
    if message.user != by or message.subtype not in WORDS:
        return "cant_update_message"
    if channel.archived:
        return "is_inactive"
    if space.edit_within is not None and space.clock.time() - float(message.ts) > space.edit_within:
        return "edit_window_closed"
    return ""


def cant_delete(sandbox: "Sandbox", message: Message, by: str) -> str:
    """Slack's code for why somebody can't take a message away; admins can take anybody's."""
    person = sandbox.workspace.users[by]
    own = message.user == by and message.subtype in WORDS
    others = (person.is_admin or person.is_owner) and message.subtype != TOMBSTONE
    return "" if own or others else "cant_delete_message"


def delete(sandbox: "Sandbox", channel: Channel, message: Message, by: str) -> None:
    """Take a message away; of one that others replied to, a tombstone stays."""
    refusal = cant_delete(sandbox, message, by)
    if refusal:
        raise SlackError(refusal)
    before = _told(sandbox, channel, message)
    if channel.replies(message.ts):
        _bury(message)
        sandbox.workspace.changed()
        _announce(sandbox, channel, "message_changed", before, message)
        return
    _remove(sandbox, channel, message, before)
    parent = channel.find(message.thread_ts or "") if message.is_reply else None
    if parent and parent.subtype == TOMBSTONE and not channel.replies(parent.ts):
        _remove(sandbox, channel, parent, _told(sandbox, channel, parent))


def _remove(sandbox: "Sandbox", channel: Channel, message: Message, before: Json) -> None:
    channel.messages.remove(message)
    sandbox.workspace.changed()
    _announce(sandbox, channel, "message_deleted", before, message)


def _bury(message: Message) -> None:
    message.user, message.text, message.subtype = SLACKBOT, "This message was deleted.", TOMBSTONE
    message.blocks, message.files, message.reactions = [], [], {}
    message.metadata, message.edited, message.by_app = None, False, False
    message.more = {"hidden": True, "parent_user_id": SLACKBOT}


def _told(sandbox: "Sandbox", channel: Channel, message: Message) -> Json:
    """A message as events of changes have it."""
    shape = message_object(sandbox.workspace, channel, message)
    return {name: value for name, value in shape.items() if name not in _NOT_TOLD}


def _announce(
    sandbox: "Sandbox", channel: Channel, subtype: str, before: Json, message: Message
) -> None:
    now = sandbox.workspace.next_ts()
    what: Json = {"deleted_ts": message.ts}
    if subtype == "message_changed":
        what = {"message": _told(sandbox, channel, message)}
    event = {
        "type": "message",
        "subtype": subtype,
        "channel": channel.id,
        "hidden": True,
        **what,
        "previous_message": before,
        "ts": now,
        "event_ts": now,
        "channel_type": channel.kind,
    }
    sandbox.events.soon(event, channel)
