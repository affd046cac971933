"""Spot consults: asked, offered, accepted or handed on, closed. A use case is a transaction."""

from bot.consults.asking import ask, change, draft_of, withdraw
from bot.consults.closing import (
    ask_others,
    close,
    keep_open,
    say_effort,
    say_outcome,
)
from bot.consults.offering import accept, answer, hand_on, pass_on, release, talk
from bot.consults.widening import step_due

__all__ = [
    "accept",
    "answer",
    "ask",
    "ask_others",
    "change",
    "close",
    "draft_of",
    "hand_on",
    "keep_open",
    "pass_on",
    "release",
    "say_effort",
    "say_outcome",
    "step_due",
    "talk",
    "withdraw",
]
