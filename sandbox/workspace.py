"""One workspace: who is in it, what stands where and which views are open, all in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.conversations import Channel, File, Message, Scheduled
from sandbox.groups import Group
from sandbox.people import SLACKBOT, User

__all__ = ["SLACKBOT", "Channel", "File", "Group", "Message", "User", "Workspace"]

Json = dict[str, Any]


@dataclass(slots=True)
class Workspace:
    """Everything there is. `bot` is the app's own user; `address` is where it is served."""

    id: str
    name: str
    clock: SandboxClock
    bot: User
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    modals: dict[str, list[Json]] = field(default_factory=dict)
    # What was put into the fields of a view, or picked in a message, by the element's name.
    typed: dict[str, Json] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    # Emoji of its own: an address, or `alias:` and another's name.
    emoji: dict[str, str] = field(default_factory=dict)
    # Messages that wait for their time, by their ids.
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    address: str = ""
    # Seconds in which people may change what they said; None: always.
    edit_within: int | None = None
    _changed: list[Callable[[], None]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _last_ts: float = 0.0

    def __post_init__(self) -> None:
        """Slackbot is in every workspace, and says what Slack has to say."""
        self.add_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))

    @property
    def domain(self) -> str:
        """Its name as addresses have it."""
        return self.name.lower().replace(" ", "-")

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
        channel = Channel(self.new_id(letter), name, kind, list(members), created=self.clock.now())
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
        """What somebody sees in a conversation, replies in threads too, the oldest first."""
        found = self.channels[channel]
        return [each for each in found.messages if each.only_for in (None, viewer)]

    def stream(self, channel: str, viewer: str) -> list[Message]:
        """What somebody sees in a conversation without opening a thread."""
        seen = self.messages(channel, viewer)
        return [each for each in seen if each.broadcast or not each.is_reply]

    def thread(self, channel: str, ts: str, viewer: str) -> list[Message]:
        """What somebody sees of a thread: the message it hangs on, then the replies."""
        seen = self.messages(channel, viewer)
        return [each for each in seen if ts in (each.ts, each.thread_ts)]

    def post(self, channel: Channel, message: Message) -> Message:
        """Put a message into a conversation."""
        channel.messages.append(message)
        self.changed()
        return message
