"""Where what concerns an asker goes: the one module that says who an anonymous asker is.

The delivery alone uses it. What is drawn for anybody else is drawn from `shown_to`, which holds no
name that is not theirs to know.
"""

from bot.delivery.target import Group, Person
from storage.records import Consult
from storage.records.relay import Side


def messages_of(consult: Consult) -> Person:
    """The asker's direct messages with the bot."""
    return Person(consult.asker)


def is_asker(consult: Consult, user: str) -> bool:
    """Whether `user`, as it stands in a key of the outbox, is the one who asked."""
    return user in (Side.ASKER, consult.asker)


def group_with(consult: Consult, expert: str) -> Group | None:
    """The group message of the two; None while nobody may know that the asker is in it."""
    return None if consult.hidden else Group(tuple(sorted((consult.asker, expert))))


def reader(consult: Consult, expert: str, side: Side) -> str:
    """Who reads what is shown on this side of a conversation through the bot."""
    return consult.asker if side is Side.ASKER else expert


def shown_to(consult: Consult, user: str) -> Consult:
    """The consult as `user` may see it; `user` empty: as everybody may."""
    return consult.seen_by(user)
