"""What a row of the outbox comes to: a message or a file in a place, or somebody's Home."""

from dataclasses import dataclass

from bot.views.blocks import Home, Message


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's direct messages with the bot."""

    user: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class Group:
    """The group direct message of the bot and these people."""

    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread below a message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Below:
    """The thread below what the outbox shows by `key` in somebody's direct messages with the bot.

    Until that stands there, what belongs below it waits.
    """

    key: str
    user: str


Place = Person | Channel | Group | Thread | Below


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in a place. `aloud`: one in a thread is shown beside the thread as well."""

    place: Place
    message: Message
    aloud: bool = False

    @property
    def lane(self) -> object:
        """Things of one lane are shown one after the other."""
        return self.place


@dataclass(frozen=True, slots=True)
class Shared:
    """A file in a place, with a few words. It is sent once and never changed.

    `name` has an ending; the row's mark is put before it, by which the file is known again.
    """

    place: Place
    name: str
    content: bytes
    words: str

    @property
    def lane(self) -> object:
        """As of a message."""
        return self.place


@dataclass(frozen=True, slots=True)
class HomeOf:
    """What somebody's Home tab shows."""

    user: str
    home: Home

    @property
    def lane(self) -> object:
        """As of a message."""
        return self.user


@dataclass(frozen=True, slots=True)
class Room:
    """A circle's channel and who belongs in it.

    `channel`: its id once there is one; else one of this `name` is made. `furnished`: its topic
    and purpose are set. `adopted`: it was there before the circle.
    """

    circle: int
    channel: str | None
    name: str
    private: bool
    topic: str
    purpose: str
    furnished: bool
    invite: tuple[str, ...]
    remove: tuple[str, ...]

    @property
    def lane(self) -> object:
        """As of a message."""
        return ("circle", self.circle)


@dataclass(frozen=True, slots=True)
class NotNow:
    """A nudge that was to be posted, and whose reader is not to be disturbed now."""


Target = Posted | Shared | HomeOf | Room
Drawn = Target | NotNow | None
