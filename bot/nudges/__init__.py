"""What the bot says of its own accord: the one place that decides whether and when.

`wanting` is for the features, `sending` for the clock and the delivery, `answering` for people.
"""

from bot.nudges.answering import (
    answer_keep,
    choose,
    choose_all,
    coming_of,
    done,
    snooze,
    snoozes,
    stop_kind,
)
from bot.nudges.sending import AT_ONCE, may_go_out, of_key, reaches, send_to, unsaid
from bot.nudges.wanting import drop, heeded, put_off, want
from bot.rules.nudges import KINDS, STANDS_FOR, TELL_ONLY, Thing, is_nudge, key_of

__all__ = [
    "AT_ONCE",
    "KINDS",
    "STANDS_FOR",
    "TELL_ONLY",
    "Thing",
    "answer_keep",
    "choose",
    "choose_all",
    "coming_of",
    "done",
    "drop",
    "heeded",
    "is_nudge",
    "key_of",
    "may_go_out",
    "of_key",
    "put_off",
    "reaches",
    "send_to",
    "snooze",
    "snoozes",
    "stop_kind",
    "unsaid",
    "want",
]
