"""Conversations, the messages in them and their files, as plain values."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class File:
    """One file. `content` is None until it has been uploaded; `shared` lists its channels.

    `alt` says what a picture shows.
    """

    id: str
    name: str
    user: str
    size: int
    created: int
    title: str = ""
    mimetype: str = "application/octet-stream"
    alt: str = ""
    content: bytes | None = None
    shared: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """One message. `only_for`: an ephemeral one and who sees it. `files` holds ids.

    `thread_ts` is the ts of the message it replies to; `broadcast` shows a reply in the channel
    too. `more` is what a message of this subtype has besides, such as who invited. `previews`:
    the addresses of which Slack would show a preview.
    """

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    only_for: str | None = None
    edited: bool = False
    edited_at: str = ""
    by_app: bool = False
    subtype: str | None = None
    broadcast: bool = False
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    more: Json = field(default_factory=dict)
    previews: list[str] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, below another."""
        return self.thread_ts not in (None, self.ts)


@dataclass(slots=True)
class Scheduled:
    """A message that waits until `post_at` (UTC seconds) to be posted."""

    id: str
    channel: str
    message: Message
    post_at: int
    created: int


@dataclass(slots=True)
class Pin:
    """A message held on to, by whom and when."""

    ts: str
    by: str
    at: int


@dataclass(slots=True)
class Bookmark:
    """A link at the top of a channel."""

    id: str
    title: str
    link: str
    emoji: str
    by: str
    created: int
    updated: int = 0


@dataclass(slots=True)
class Channel:
    """A conversation. `kind`: channel, group (private), im, mpim. `general`: nobody can leave.

    `read`: the ts up to which somebody has read it; reading.py says what that leaves.
    `teams`: the other organisations it is shared with; `shared_outside` says whether it is.
    `closed`: direct messages that the app has closed are none the less there.
    """

    id: str
    name: str
    kind: str = "channel"
    members: list[str] = field(default_factory=list)
    topic: str = ""
    archived: bool = False
    shared_outside: bool = False
    messages: list[Message] = field(default_factory=list)
    purpose: str = ""
    creator: str = ""
    created: int = 0
    general: bool = False
    previous_names: list[str] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)
    teams: list[str] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    closed: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether it is between people, without a name of its own."""
        return self.kind in ("im", "mpim")

    def find(self, ts: str) -> Message | None:
        """The message of this ts that everybody sees."""
        found = (each for each in self.messages if each.ts == ts and each.only_for is None)
        return next(found, None)

    def replies(self, ts: str) -> list[Message]:
        """The replies to a message that everybody sees, the oldest first."""
        return [
            each
            for each in self.messages
            if each.is_reply and each.thread_ts == ts and each.only_for is None
        ]
