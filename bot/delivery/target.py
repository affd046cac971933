"""What a row of the outbox comes to: a message in a place, or somebody's Home."""

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


Place = Person | Channel | Group


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in a place."""

    place: Place
    message: Message


@dataclass(frozen=True, slots=True)
class HomeOf:
    """What somebody's Home tab shows."""

    user: str
    home: Home


Target = Posted | HomeOf
