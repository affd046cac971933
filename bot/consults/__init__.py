"""Spot consults: asked, offered, accepted or handed on, closed. A use case is a transaction."""

from bot.consults.asking import ask, change, latest_of, to_change, why, withdraw
from bot.consults.closing import (
    ask_others,
    close,
    keep_open,
    say_effort,
    say_outcome,
)
from bot.consults.expecting import expected
from bot.consults.learning import forget, forget_expert
from bot.consults.leaving import route_on, to_admins, withdraw_of
from bot.consults.offering import accept, answer, hand_on, pass_on, release, talk, to_answer
from bot.consults.widening import AT_ONCE, step_due

__all__ = [
    "AT_ONCE",
    "accept",
    "answer",
    "ask",
    "ask_others",
    "change",
    "close",
    "expected",
    "forget",
    "forget_expert",
    "hand_on",
    "keep_open",
    "latest_of",
    "pass_on",
    "release",
    "route_on",
    "say_effort",
    "say_outcome",
    "step_due",
    "talk",
    "to_admins",
    "to_answer",
    "to_change",
    "why",
    "withdraw",
    "withdraw_of",
]
