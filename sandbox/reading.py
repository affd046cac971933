"""What somebody has read of a conversation, and what is new to them there."""

import re
from collections.abc import Iterator

from sandbox.workspace import Channel, Message

_EVERYBODY = re.compile(r"<!(channel|here|everyone)\b")
# Slack's own lines, such as that somebody joined, and replies in threads make nothing unread.
_SAID = (None, "bot_message", "file_share", "me_message", "thread_broadcast")


def unread_count(channel: Channel, user: str) -> int:
    """How many messages of others came since this person last read."""
    return sum(1 for _ in _unread(channel, user))


def is_unread(channel: Channel, user: str) -> bool:
    """Whether there is any; asks less than counting them."""
    return next(_unread(channel, user), None) is not None


def mentions(channel: Channel, user: str) -> int:
    """How many of them are meant for this person: in direct messages all."""
    return sum(1 for each in _unread(channel, user) if _names(channel, each, user))


def first_unread(channel: Channel, user: str) -> str:
    """The ts of the first one, above which the line *New* stands; empty if there is none."""
    found = list(_unread(channel, user))
    return found[-1].ts if found else ""


def mark_read(channel: Channel, user: str, ts: str = "") -> bool:
    """Have read up to the message `ts`, by default to the last. False if that changes nothing."""
    ts = ts or (channel.messages[-1].ts if channel.messages else "")
    if _at(ts) <= _at(channel.read.get(user, "")):
        return False
    channel.read[user] = ts
    return True


def mark_unread(channel: Channel, user: str, ts: str) -> None:
    """Have the message `ts`, and all after it, to read yet."""
    earlier = [each.ts for each in channel.messages if _at(each.ts) < _at(ts)]
    channel.read[user] = earlier[-1] if earlier else ""


def _unread(channel: Channel, user: str) -> Iterator[Message]:
    """What is new, the latest first: what was read long ago is not looked at."""
    until = _at(channel.read.get(user, ""))
    for message in reversed(channel.messages):
        if _at(message.ts) <= until:
            return
        shown = message.broadcast or not message.is_reply
        said = message.only_for is None and message.subtype in _SAID
        if said and shown and message.user != user:
            yield message


def _names(channel: Channel, message: Message, user: str) -> bool:
    named = f"<@{user}>" in message.text or f"<@{user}|" in message.text
    return channel.is_direct or named or _EVERYBODY.search(message.text) is not None


def _at(ts: str) -> float:
    return float(ts or 0)
