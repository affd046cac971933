"""How strictly a programme looks for what identifies a patient."""

from enum import StrEnum


class IdentifierCheck(StrEnum):
    """How strictly.

    OFF: nothing is looked at. ASK: what is certain must be edited, the rest may be confirmed. STOP:
    all that is found must be edited.
    """

    OFF = "off"
    ASK = "ask"
    STOP = "stop"
