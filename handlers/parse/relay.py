"""What people write in their direct messages with the bot, as plain words."""

import html
import re
from typing import Any

from bot.consults import Written
from bot.rules.words import clean

Body = dict[str, Any]

# Subtypes of what somebody wrote: words, a file, an answer shown beside the thread too, `/me`.
_WRITTEN = ("", "file_share", "thread_broadcast", "me_message")
_TOMBSTONE = "tombstone"  # what is left of a deleted message that others replied to
_READ = 20_000  # characters of Slack's markup; more than can be passed on in any case
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|([^<>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+\|?([^<>]*)>")
_SIGNAL = re.compile(r"<!([^<>|]*)(?:\|([^<>]*))?>")
_LINK = re.compile(r"<([a-z]+:[^<>|]*)(?:\|([^<>]*))?>")
# Slack formats what stands between two of these signs, at the edges of words; how much is bounded,
# so that forty thousand of them take no longer than other words.
_FORMATTED = re.compile(r"(?<!\w)(```|[*_~`])(?=\S)([^\n]{0,100}?\S)\1(?!\w)")


def written(body: Body) -> Written | None:
    """What was written, changed or deleted; None for anything else that a message event may be.

    Words are taken only from threads: what stands elsewhere nobody is to read.
    """
    event = body["event"]
    if event.get("channel_type") != "im":
        return None
    subtype = event.get("subtype", "")
    if subtype == "message_deleted":
        return _written(event, event.get("previous_message") or {}, deleted=True)
    if subtype == "message_changed":
        now, before = event.get("message") or {}, event.get("previous_message") or {}
        if now.get("subtype") == _TOMBSTONE:
            return _written(event, before, deleted=True)
        return _written(event, now) if now.get("subtype", "") in _WRITTEN else None
    return _written(event, event) if subtype in _WRITTEN else None


def _written(event: Body, message: Body, *, deleted: bool = False) -> Written | None:
    if message.get("bot_id") or not message.get("user") or not message.get("ts"):
        return None
    ts, thread_ts = str(message["ts"]), message.get("thread_ts")
    edited = (message.get("edited") or {}).get("ts")
    in_thread = bool(thread_ts) and thread_ts != ts
    return Written(
        user=str(message["user"]),
        channel=str(event["channel"]),
        ts=ts,
        version=_micros(str(event.get("ts") or ts) if deleted else str(edited or ts)),
        thread_ts=str(thread_ts) if in_thread else None,
        words=plain_words(str(message.get("text") or "")) if in_thread and not deleted else "",
        files=bool(message.get("files")),
        deleted=deleted,
    )


def plain_words(text: str) -> str:
    """Slack's markup as plain words: nothing is left in it that mentions, links or formats.

    A person whose name Slack does not give stays as `@` and an id.
    """
    words = _PERSON.sub(lambda found: f"@{found[2] or found[1]}", text[:_READ])
    words = _CHANNEL.sub(lambda found: f"#{found[1] or 'channel'}", words)
    words = _SIGNAL.sub(lambda found: _signal(found[1], found[2]), words)
    words = _LINK.sub(lambda found: _link(found[1], found[2]), words)
    for _ in range(3):  # bold within italic within struck through
        words = _FORMATTED.sub(r"\2", words)
    return clean(html.unescape(words))


def _signal(name: str, label: str | None) -> str:
    """A call to everybody, a group or a date, as it reads."""
    return label or f"@{name.partition('^')[0]}"


def _link(address: str, label: str | None) -> str:
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    return bare if not label or label in (address, bare) else f"{label} ({bare})"


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(f"{fraction:0<6}"[:6])
