"""People, channels, messages and views of one workspace, as plain values in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sandbox.clock import SandboxClock

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """A person or a bot. `tz` is an IANA zone."""

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    title: str = ""
    email: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False

    def to_api(self, team: str) -> Json:
        """The user object of users.list and user_change."""
        return {
            "id": self.id,
            "team_id": team,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "tz": self.tz,
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
            "profile": {
                "real_name": self.real_name,
                "display_name": self.real_name,
                "title": self.title,
                "email": self.email,
            },
        }


@dataclass(slots=True)
class Message:
    """One message. `only_for`: an ephemeral one and who sees it."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    only_for: str | None = None
    edited: bool = False
    by_app: bool = False

    def to_api(self, *, with_metadata: bool = False) -> Json:
        """The message object of history and events."""
        shape: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        if self.blocks:
            shape["blocks"] = self.blocks
        if self.thread_ts:
            shape["thread_ts"] = self.thread_ts
        if self.edited:
            shape["edited"] = {"user": self.user, "ts": self.ts}
        if with_metadata and self.metadata:
            shape["metadata"] = self.metadata
        return shape


@dataclass(slots=True)
class Channel:
    """A conversation. `kind`: channel, group (private), im, mpim."""

    id: str
    name: str
    kind: str = "channel"
    members: list[str] = field(default_factory=list)
    topic: str = ""
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def to_api(self) -> Json:
        """The conversation object."""
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "channel",
            "is_archived": self.archived,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
        }


@dataclass(slots=True)
class Workspace:
    """Everything there is. `bot` is the app's own user."""

    id: str
    name: str
    clock: SandboxClock
    bot: User
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    modals: dict[str, list[Json]] = field(default_factory=dict)
    _changed: list[Callable[[], None]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _last_ts: float = 0.0

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change."""
        self._changed.append(listener)

    def unsubscribe(self, listener: Callable[[], None]) -> None:
        """Call it no more."""
        self._changed.remove(listener)

    def changed(self) -> None:
        """Tell all who look at the workspace."""
        for listener in list(self._changed):
            listener()

    def new_id(self, letter: str) -> str:
        """An id nobody has yet."""
        return f"{letter}0S{next(self._numbers):08d}"

    def next_ts(self) -> str:
        """A message's time, later than any before it."""
        self._last_ts = max(self.clock.time(), self._last_ts + 0.000_1)
        return f"{self._last_ts:.6f}"

    def add_user(self, user: User) -> User:
        """Let somebody in."""
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, members: list[str], *, kind: str = "channel") -> Channel:
        """Make a conversation."""
        letter = {"im": "D", "channel": "C"}.get(kind, "G" if kind == "group" else "C")
        channel = Channel(self.new_id(letter), name, kind, list(members))
        self.channels[channel.id] = channel
        return channel

    def direct(self, users: list[str]) -> Channel:
        """The direct or group message of exactly these people, made where there is none."""
        wanted = set(users)
        for channel in self.channels.values():
            if channel.kind in ("im", "mpim") and set(channel.members) == wanted:
                return channel
        kind = "im" if len(wanted) <= 2 else "mpim"  # noqa: PLR2004 - a pair
        name = "" if kind == "im" else "mpdm-" + "--".join(sorted(wanted)).lower()
        return self.add_channel(name, sorted(wanted), kind=kind)

    def find_channel(self, name: str) -> Channel:
        """The channel of this name."""
        return next(each for each in self.channels.values() if each.name == name)

    def channels_of(self, user: str) -> list[Channel]:
        """The conversations somebody is in, channels first."""
        order = ("channel", "group", "mpim", "im")
        mine = [each for each in self.channels.values() if user in each.members]
        return sorted(mine, key=lambda each: (order.index(each.kind), each.name))

    def messages(self, channel: str, viewer: str) -> list[Message]:
        """What somebody sees in a conversation, the oldest first."""
        found = self.channels[channel]
        return [each for each in found.messages if each.only_for in (None, viewer)]

    def post(self, channel: Channel, message: Message) -> Message:
        """Put a message into a conversation."""
        channel.messages.append(message)
        self.changed()
        return message
