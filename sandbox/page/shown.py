"""What is shown of a message to one reader, as plain data for js/message.js."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sandbox import changes
from sandbox.page.faces import colour, initials
from sandbox.page.mrkdwn import to_html
from sandbox.page.plain import typed_as
from sandbox.page.seat import Seat
from sandbox.page.signs import with_signs
from sandbox.shapes import permalink
from sandbox.workspace import SLACKBOT, Channel, File, Message

Json = dict[str, Any]

TOGETHER = 300  # seconds within which messages of one person stand under one name
_FACES = 3  # shown of those who replied
_KB = 1024
# Of kinds that do no harm as a picture.
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/bmp")


def shown(seat: Seat, channel: Channel, message: Message, *, in_thread: bool) -> Json:
    """One message; `in_thread`: in the pane of its thread."""
    author = seat.space.users[message.user]
    line = message.subtype is not None and message.subtype not in _SAID
    tombstone = message.subtype == changes.TOMBSTONE
    at = _at(seat, message.ts)
    words = "" if message.blocks else to_html(message.text, seat.reader())
    # Slack marks no edit of blocks.
    if words and message.edited:
        words += ' <span class="when edited">(edited)</span>'
    return {
        "channel": channel.id,
        "ts": message.ts,
        "link": permalink(seat.space, channel, message),
        "who": author.real_name,
        "alt": f"{author.real_name}{' (app)' * author.is_bot}",
        "initials": "×" if tombstone else initials(author.real_name),
        "colour": colour(author.id),
        "app": author.is_bot and author.id != SLACKBOT,
        "at": f"{at:%H:%M}",
        "iso": at.isoformat(timespec="seconds"),
        "full": f"{at:%A, %-d %B %Y at %H:%M:%S}",
        "spoken": f"{author.real_name}, {at:%-d %B, %H:%M}",
        "html": words,
        "quiet": line or tombstone,
        "line": line,
        "tombstone": tombstone,
        "own": message.user == seat.user,
        "only": bool(message.only_for),
        "follows": follows(seat, channel, message, in_thread=in_thread),
        "note": _note(message, in_thread=in_thread),
        "thread_of": "" if in_thread or not message.is_reply else message.thread_ts,
        "cards": [_card(each, seat) for each in message.more.get("attachments", [])],
        "previews": message.previews,
        "files": [_file(seat, seat.space.files[each]) for each in message.files],
        "reactions": _reactions(seat, message),
        "replies": None if in_thread else _replies(seat, channel, message),
        "can": _can(seat, channel, message, line=line, in_thread=in_thread),
        **_raw(seat, channel, message),
    }


_SAID = (*changes.WORDS, "bot_message", changes.TOMBSTONE)


def follows(seat: Seat, channel: Channel, message: Message, *, in_thread: bool) -> bool:
    """Whether it stands under the name of the message before it."""
    thread = str(message.thread_ts) if in_thread and message.is_reply else ""
    if message.subtype not in (None, "file_share") or message.only_for:
        return False
    if in_thread and not thread:  # the first of all that stand there
        return False
    before = _before(channel, message, lambda each: _stands_in(each, thread, seat.user))
    if before is None or before.ts == thread or before.subtype not in (None, "file_share"):
        return False
    near = float(message.ts) - float(before.ts) < TOGETHER
    same_day = _at(seat, message.ts).date() == _at(seat, before.ts).date()
    return before.user == message.user and not before.only_for and near and same_day


def _before(
    channel: Channel, message: Message, stands: Callable[[Message], bool]
) -> Message | None:
    """The one before it of those that stand there."""
    at = bisect_left(channel.messages, float(message.ts), key=lambda each: float(each.ts))
    for number in range(at - 1, -1, -1):
        if stands(channel.messages[number]):
            return channel.messages[number]
    return None


def _stands_in(message: Message, thread: str, viewer: str) -> bool:
    if message.only_for not in (None, viewer):
        return False
    if thread:
        return thread in (message.ts, message.thread_ts)
    return message.broadcast or not message.is_reply


def _at(seat: Seat, ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), ZoneInfo(seat.reader().zone))


def _note(message: Message, *, in_thread: bool) -> str:
    if not message.broadcast:
        return ""
    return "Also sent to the channel" if in_thread else "replied to a thread"


def _reactions(seat: Seat, message: Message) -> list[Json]:
    names = seat.reader().people
    return [
        {
            "name": name,
            "sign": with_signs(f":{name}:"),
            "count": len(users),
            "mine": seat.user in users,
            "spoken": f"{_listed(seat, users, names)} reacted with :{name}:",
        }
        for name, users in message.reactions.items()
    ]


def _listed(seat: Seat, users: list[str], names: Any) -> str:
    """Who, oneself first, as one would say it."""
    others = [names.get(each, each) for each in users if each != seat.user]
    said = ["You"] * (seat.user in users) + others
    return f"{', '.join(said[:-1])} and {said[-1]}" if said[1:] else said[0]


def _replies(seat: Seat, channel: Channel, message: Message) -> Json | None:
    found = [] if message.is_reply else channel.replies(message.ts)
    if not found:
        return None
    people = dict.fromkeys(each.user for each in found)
    faces = [seat.space.users[each] for each in list(people)[:_FACES]]
    last, now = _at(seat, found[-1].ts), _at(seat, str(seat.space.clock.time()))
    day = "today" if last.date() == now.date() else f"{last:%-d %b}"
    return {
        "count": f"{len(found)} {'reply' if len(found) == 1 else 'replies'}",
        "last": f"{day} at {last:%H:%M}",
        "faces": [
            {
                "who": each.id,
                "initials": initials(each.real_name),
                "colour": colour(each.id),
            }
            for each in faces
        ],
    }


def _can(
    seat: Seat, channel: Channel, message: Message, *, line: bool, in_thread: bool
) -> dict[str, bool]:
    """What one can do with it; what Slack does not offer is not offered."""
    seen = message.only_for is None
    words = seen and not line
    inside = seat.user in channel.members and not channel.archived
    change = not changes.cant_change(seat.sandbox, channel, message, seat.user)
    return {
        "react": seen and inside and message.subtype != changes.TOMBSTONE,
        "reply": words and (inside or bool(channel.replies(message.ts))),
        "unread": seen and not in_thread and not message.is_reply and inside,
        "shortcuts": words and message.subtype != changes.TOMBSTONE,
        "edit": seen and inside and change,
        "delete": seen and not changes.cant_delete(seat.sandbox, message, seat.user),
    }


def _raw(seat: Seat, channel: Channel, message: Message) -> Json:
    """One's own words as they were typed, to change them."""
    if message.only_for or changes.cant_change(seat.sandbox, channel, message, seat.user):
        return {"raw": "", "picked": {}}
    raw, picked = typed_as(message.text, seat.reader())
    return {"raw": raw, "picked": picked}


def _card(attachment: Json, seat: Seat) -> Json:
    """An attachment, such as the preview of a link, as far as it is not made of blocks."""
    parts = [str(attachment.get(each) or "") for each in ("pretext", "text")]
    address = str(attachment.get("title_link") or "")
    bare = not any(attachment.get(each) for each in ("title", "text", "pretext", "blocks"))
    return {
        "title": str(attachment.get("title") or ""),
        "address": address if address.startswith(("https://", "http://")) else "",
        "html": "<br>".join(to_html(each, seat.reader()) for each in parts if each),
        "foot": str(attachment.get("footer") or ""),
        "fallback": str(attachment.get("fallback") or "") if bare else "",
    }


def _file(seat: Seat, file: File) -> Json:
    kind = file.name.rpartition(".")[2].upper() if "." in file.name else "FILE"
    size = f"{file.size} bytes" if file.size < _KB else f"{file.size / _KB:.0f} KB"
    title = file.title or file.name
    return {
        "id": file.id,
        "name": file.name,
        "title": title,
        "kind": kind[:4],
        "about": f"{kind}, {size}" if title == file.name else f"{file.name}, {size}",
        "url": f"{urlsplit(seat.space.address).path}/files/{file.id}",
        "picture": file.mimetype in _PICTURES,
        "alt": file.alt or f"Picture: {title}",
    }
