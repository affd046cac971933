"""Circles formed in one go: from wishes to groups, and what speaks for and against them."""

from bot.rules.grouping.forming import faults, form
from bot.rules.grouping.wishes import (
    BEST,
    LEAST,
    MOST,
    Fault,
    Forming,
    Group,
    Rule,
    WhyLeft,
    Wish,
)
from bot.rules.grouping.worth import score

__all__ = [
    "BEST",
    "LEAST",
    "MOST",
    "Fault",
    "Forming",
    "Group",
    "Rule",
    "WhyLeft",
    "Wish",
    "faults",
    "form",
    "score",
]
