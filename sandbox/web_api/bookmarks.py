"""Links at the top of a channel."""

import re

from sandbox.conversations import Bookmark
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel

_BOOKMARKS_MOST = 100  # in a channel
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")


def _place(call: Call) -> Channel:
    return channel_of(call, named="channel_id")


def _link(call: Call) -> str:
    link = call.get("link")
    if not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    return link


def _emoji(call: Call) -> str:
    emoji = call.get("emoji")
    if emoji and _EMOJI.fullmatch(emoji) is None:
        raise SlackError("invalid_emoji")
    return emoji


def _add(call: Call) -> Json:
    channel, title = _place(call), call.need("title")
    if call.need("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if len(channel.bookmarks) >= _BOOKMARKS_MOST:
        raise SlackError("too_many_bookmarks")
    number, by, now = call.space.new_id("Bk"), call.space.bot.id, call.space.clock.now()
    mark = Bookmark(number, title, _link(call), _emoji(call), by, now)
    channel.bookmarks.append(mark)
    call.space.changed()
    return {"bookmark": _shape(call, channel, mark)}


def _found(call: Call, channel: Channel) -> Bookmark:
    wanted = call.need("bookmark_id")
    for mark in channel.bookmarks:
        if mark.id == wanted:
            return mark
    raise SlackError("not_found")


def _edit(call: Call) -> Json:
    channel = _place(call)
    mark = _found(call, channel)
    mark.title = call.get("title") or mark.title
    mark.link = _link(call) if call.get("link") else mark.link
    mark.emoji = _emoji(call) or mark.emoji
    mark.updated = call.space.clock.now()
    call.space.changed()
    return {"bookmark": _shape(call, channel, mark)}


def _remove(call: Call) -> Json:
    channel = _place(call)
    channel.bookmarks.remove(_found(call, channel))
    call.space.changed()
    return {}


def _list(call: Call) -> Json:
    channel = _place(call)
    return {"bookmarks": [_shape(call, channel, each) for each in channel.bookmarks]}


def _shape(call: Call, channel: Channel, mark: Bookmark) -> Json:
    return {
        "id": mark.id,
        "channel_id": channel.id,
        "title": mark.title,
        "link": mark.link,
        "emoji": mark.emoji,
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": mark.created,
        "date_updated": mark.updated,
        "rank": f"{channel.bookmarks.index(mark):04d}",
        "last_updated_by_user_id": mark.by,
        "last_updated_by_team_id": call.space.id,
        "shortcut_id": None,
        "app_id": call.sandbox.app_id,
    }


METHODS = {
    "bookmarks.add": Method(_add, "bookmarks:write", 2),
    "bookmarks.edit": Method(_edit, "bookmarks:write", 2),
    "bookmarks.remove": Method(_remove, "bookmarks:write", 2),
    "bookmarks.list": Method(_list, "bookmarks:read", 3),
}
