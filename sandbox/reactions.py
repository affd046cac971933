"""Emoji under messages."""

import re
from typing import TYPE_CHECKING

from sandbox.refusal import SlackError
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

_MOST = 23  # different ones by one person under one message
_MOST_OF_ALL = 50  # different ones under one message
_ALIASES = {"thumbsup": "+1", "thumbsdown": "-1"}
_TS = re.compile(r"\d+\.\d+")
_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add(sandbox: "Sandbox", channel: Channel, ts: str, user: str, name: str) -> None:
    """Put an emoji under a message, once a person."""
    message, name = _found(channel, ts), _known(name)
    if channel.archived:
        raise SlackError("is_archived")
    if user in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    if sum(user in users for users in message.reactions.values()) >= _MOST:
        raise SlackError("too_many_reactions")
    if name not in message.reactions and len(message.reactions) >= _MOST_OF_ALL:
        raise SlackError("too_many_emoji")
    message.reactions.setdefault(name, []).append(user)
    _tell(sandbox, "reaction_added", channel, message, user, name)


def remove(sandbox: "Sandbox", channel: Channel, ts: str, user: str, name: str) -> None:
    """Take one's own away."""
    message, name = _found(channel, ts), _known(name)
    if channel.archived:
        raise SlackError("is_archived")
    if user not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(user)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell(sandbox, "reaction_removed", channel, message, user, name)


def _known(name: str) -> str:
    """The name under which Slack keeps an emoji; refused if it can't be one."""
    if _NAME.fullmatch(name) is None:
        raise SlackError("invalid_name")
    return _ALIASES.get(name, name)


def _found(channel: Channel, ts: str) -> Message:
    if _TS.fullmatch(ts) is None:
        raise SlackError("bad_timestamp")
    message = channel.find(ts)
    if message is None:
        raise SlackError("message_not_found")
    return message


def _tell(  # noqa: PLR0913, PLR0917 - what the event is made of
    sandbox: "Sandbox", kind: str, channel: Channel, message: Message, user: str, name: str
) -> None:
    sandbox.workspace.changed()
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
    }
    sandbox.events.soon(event, channel)
