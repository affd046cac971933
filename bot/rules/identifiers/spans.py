"""What the check finds: where, what it seems to be, and how sure that is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What something seems to be. The words for each are in `bot.views.identifiers`."""

    NAME = "name"
    INITIALS = "initials"
    BIRTH = "birth"
    DATE = "date"
    MONTH = "month"
    AGE = "age"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    URL = "url"
    IP = "ip"
    SSN = "ssn"
    RECORD = "record"
    PLAN = "plan"
    NUMBER = "number"
    ADDRESS = "address"
    PLACE = "place"


class Tier(StrEnum):
    """STOP must be edited; of ASK the author may say that it identifies nobody."""

    STOP = "stop"
    ASK = "ask"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (not included) of a text, and what they seem to be."""

    start: int
    end: int
    kind: Kind
    tier: Tier


def apart(spans: list[Span]) -> tuple[Span, ...]:
    """In order and without overlaps.

    What must be edited goes before what is asked, the longer before the shorter.
    """
    kept: list[Span] = []
    taken = bytearray(max((each.end for each in spans), default=0))
    for span in sorted(spans, key=lambda each: (each.tier is Tier.ASK, each.start - each.end)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return tuple(sorted(kept))
