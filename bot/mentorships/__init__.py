"""Mentorships: asked for, agreed, under way, ended. A use case is a transaction."""

from bot.inviting import starter
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
from bot.mentorships.finding import find, to_find, to_request
from bot.mentorships.requesting import (
    accept,
    ask,
    decline,
    meet_first,
    request,
    say_after_meeting,
    to_ask,
    withdraw,
)
from bot.mentorships.standing import mine
from bot.mentorships.starting import start
from bot.mentorships.stepping import AT_ONCE, left, step_due

__all__ = [
    "AT_ONCE",
    "accept",
    "ask",
    "decline",
    "end",
    "end_as_agreed",
    "find",
    "go_on",
    "left",
    "meet_first",
    "mine",
    "propose",
    "request",
    "say_after_meeting",
    "sign",
    "start",
    "starter",
    "step_due",
    "still_right",
    "to_ask",
    "to_find",
    "to_read",
    "to_request",
    "to_write",
    "withdraw",
]
