"""Mentorships: asked for, agreed, under way, ended. A use case is a transaction."""

from bot.mentorships.agreeing import (
    end_as_agreed,
    go_on,
    propose,
    sign,
    still_right,
    to_read,
    to_write,
)
from bot.mentorships.ending import end
from bot.mentorships.starting import start

__all__ = [
    "end",
    "end_as_agreed",
    "go_on",
    "propose",
    "sign",
    "start",
    "still_right",
    "to_read",
    "to_write",
]
