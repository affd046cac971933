"""Where somebody can go, as the side of the page lists it: names, signs, what is unread."""

from typing import Any

from sandbox import reading
from sandbox.page.seat import ABOUT, HOME, MESSAGES, Seat
from sandbox.workspace import Channel

Json = dict[str, Any]

# What stands for the app in the list; which of its tabs opens depends on what is unread.
APP = "app"
_COUNTED_MOST = 99


class Unread:
    """How much is unread where, counted again only where something came or was read."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._known: dict[tuple[str, str], tuple[object, tuple[bool, int]]] = {}

    def of(self, channel: Channel) -> tuple[bool, int]:
        """Whether anything is, and how many that are meant for this person."""
        user = self._seat.user
        last = channel.messages[-1].ts if channel.messages else ""
        stands = (len(channel.messages), last, channel.read.get(user, ""))
        known = self._known.get((user, channel.id))
        if known is None or known[0] != stands:
            counted = reading.is_unread(channel, user), reading.mentions(channel, user)
            known = self._known[user, channel.id] = (stands, counted)
        return known[1]


def sections(seat: Seat, unread: Unread) -> list[Json]:
    """The sections of the list."""
    mine = seat.space.channels_of(seat.user)
    app = seat.app_messages
    rooms = [each for each in mine if not each.is_direct]
    direct = [each for each in mine if each.is_direct and each is not app]
    if (here := seat.channel) and here not in mine:
        rooms.append(here)
    offers = [] if seat.is_guest else [_BROWSE, _NEW_CHANNEL]
    return [
        _section("Channels", [_item(seat, each, unread) for each in rooms], offers),
        _section("Direct messages", [_item(seat, each, unread) for each in direct], [_WRITE]),
        _section("Apps", [_app(seat, app, unread)], []),
    ]


def label(seat: Seat, channel: Channel) -> tuple[str, str, str, str]:
    """A conversation's sign, the kind of it, its name, and how it is read out."""
    if channel.kind == "channel":
        return "#", "public", channel.name, f"# {channel.name}"
    if channel.kind == "group":
        return "", "lock", channel.name, f"{channel.name}, private channel"
    name = seat.name(channel)
    if channel.kind == "mpim":
        return str(len(channel.members) - 1), "several", name, name
    return name[:1], "one", name, name


def app_place(seat: Seat, unread: Unread) -> str:
    """Which tab of the app opens: what is unread first."""
    app = seat.app_messages
    if has_home(seat) and not (app and unread.of(app)[0]):
        return HOME
    return (app.id if app else MESSAGES) if has_messages(seat) else ABOUT


def has_home(seat: Seat) -> bool:
    """Whether the manifest gives the app a Home tab."""
    return bool(_tabs(seat).get("home_tab_enabled"))


def is_silent(seat: Seat) -> bool:
    """Whether people can't write to the app."""
    return bool(_tabs(seat).get("messages_tab_read_only_enabled"))


def has_messages(seat: Seat) -> bool:
    """Whether the app has a Messages tab."""
    return bool(_tabs(seat).get("messages_tab_enabled", True))


def _tabs(seat: Seat) -> Json:
    tabs: Json = seat.sandbox.manifest.get("features", {}).get("app_home") or {}
    return tabs


def _item(seat: Seat, channel: Channel, unread: Unread) -> Json:
    sign, kind, name, spoken = label(seat, channel)
    mine = seat.user in channel.members
    anything, count = unread.of(channel) if mine else (False, 0)
    marks = ", archived" * channel.archived + ", not joined" * (not mine)
    return {
        "id": channel.id, "sign": sign, "kind": kind, "name": name, "spoken": spoken + marks,
        "unread": anything, "count": min(count, _COUNTED_MOST),
        "here": channel.id == seat.place, "dim": channel.archived or not mine,
    }  # fmt: skip


def _app(seat: Seat, channel: Channel | None, unread: Unread) -> Json:
    anything, count = unread.of(channel) if channel else (False, 0)
    name = seat.space.bot.real_name
    here = seat.place in (HOME, ABOUT) or bool(channel and channel.id == seat.place)
    return {
        "id": APP, "sign": name[:1], "kind": "app", "name": name, "spoken": name, "here": here,
        "unread": anything, "count": min(count, _COUNTED_MOST), "dim": False,
    }  # fmt: skip


def _section(title: str, items: list[Json], actions: list[Json]) -> Json:
    return {"title": title, "items": items, "actions": actions}


def _do(what: str, words: str, sign: str) -> Json:
    return {"id": what, "label": words, "sign": sign, "icon": "" if sign else "icon-search"}


_BROWSE = _do("browse", "Browse channels", "")
_NEW_CHANNEL = _do("new-channel", "Create a channel", "+")
_WRITE = _do("write-to", "Write to somebody", "+")
