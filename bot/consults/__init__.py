"""Spot consults: asked, offered, accepted or handed on, closed. A use case is a transaction."""

from bot.consults.anonymity import ask_anonymously, reveal, to_hide
from bot.consults.asking import (
    ask,
    ask_and_expect,
    change,
    drafted,
    latest_of,
    to_change,
    why,
    withdraw,
)
from bot.consults.closing import (
    ask_others,
    close,
    keep_open,
    say_effort,
    say_outcome,
)
from bot.consults.learning import forget, forget_expert
from bot.consults.leaving import route_on, to_admins, withdraw_of
from bot.consults.offering import accept, answer, hand_on, pass_on, release, talk, to_answer
from bot.consults.relaying import Written, confirm, written
from bot.consults.waiting import (
    answer_detail,
    forward,
    need_detail,
    rest,
    to_answer_detail,
    to_forward,
    to_need_detail,
    to_rest,
)
from bot.consults.widening import AT_ONCE, step_due

__all__ = [
    "AT_ONCE",
    "Written",
    "accept",
    "answer",
    "answer_detail",
    "ask",
    "ask_and_expect",
    "ask_anonymously",
    "ask_others",
    "change",
    "close",
    "confirm",
    "drafted",
    "forget",
    "forget_expert",
    "forward",
    "hand_on",
    "keep_open",
    "latest_of",
    "need_detail",
    "pass_on",
    "release",
    "rest",
    "reveal",
    "route_on",
    "say_effort",
    "say_outcome",
    "step_due",
    "talk",
    "to_admins",
    "to_answer",
    "to_answer_detail",
    "to_change",
    "to_forward",
    "to_hide",
    "to_need_detail",
    "to_rest",
    "why",
    "withdraw",
    "withdraw_of",
    "written",
]
