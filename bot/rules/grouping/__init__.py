"""Circles formed in one go: from wishes to groups, and what speaks for and against them."""

from bot.rules.grouping.forming import faults, form
from bot.rules.grouping.hours import Meeting, first_meeting, free_hours
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
from bot.rules.grouping.worth import score, stage_of

__all__ = [
    "BEST",
    "LEAST",
    "MOST",
    "Fault",
    "Forming",
    "Group",
    "Meeting",
    "Rule",
    "WhyLeft",
    "Wish",
    "faults",
    "first_meeting",
    "form",
    "free_hours",
    "score",
    "stage_of",
]
