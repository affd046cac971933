"""What in a text seems to identify a patient, told by rules alone; nothing leaves the machine.

Tiers, kinds and the bar they are held to: see `docs/decisions/014-what-identifies-a-patient.md`.
It finds what seems to identify somebody; what it does not find may identify somebody all the same.
"""

import re
from itertools import islice

from bot.rules.identifiers.dates import ages, dates
from bot.rules.identifiers.names import names
from bot.rules.identifiers.numbers import numbers
from bot.rules.identifiers.places import addresses, places
from bot.rules.identifiers.plain import plain
from bot.rules.identifiers.spans import Kind, Span, Tier, apart

__all__ = ["Kind", "Span", "Tier", "find"]

# Of each rule's findings; a text with as many is edited and looked at again, and can't be confirmed
# (`bot.identifiers.CONFIRMED_AT_ONCE` is less).
MOST = 60

# What Slack makes of a mention or a channel: whom it names is no patient.
_REFERENCE = re.compile(r"<[@#!][^<>]{1,120}>")


def find(text: str) -> tuple[Span, ...]:
    """What seems to identify a patient, in order, without overlaps; offsets count characters."""
    read = plain(_REFERENCE.sub(lambda found: " " * len(found[0]), text) if "<" in text else text)
    spans: list[Span] = []
    for rule in (names, dates, ages, addresses, numbers, places):
        spans += islice(rule(read), MOST)
    return tuple(
        Span(*read.place(each.start, each.end), each.kind, each.tier) for each in apart(spans)
    )
