"""What can go wrong, and what each means for the person.

* MentorBotError
  - Refused: not allowed, or no longer possible; nothing was written
  - Unusable: what was typed can't be used; names the field
  - Identifying: what was typed seems to identify a patient; says where, never what
  - ConfigError: the settings can't be used; every fault named at once
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.rules.identifiers.spans import Span


class Reason(StrEnum):
    """Why something was refused. The words for each are in `bot.views.refusals`."""

    NOT_YOURS = "not_yours"
    TAKEN = "taken"
    HAS_SOMEBODY = "has_somebody"
    TOO_LATE = "too_late"
    NAME_KNOWN = "name_known"
    ENOUGH_OPEN = "enough_open"
    NOT_ADMIN = "not_admin"
    NOT_PICKABLE = "not_pickable"
    NO_TOPICS = "no_topics"
    GUEST = "guest"
    NO_SUCH_MEMBER = "no_such_member"
    NOT_IN_CIRCLE = "not_in_circle"
    CIRCLE_RESTS = "circle_rests"
    SESSION_OVER = "session_over"
    ALREADY_LED = "already_led"
    PROPOSAL_OVER = "proposal_over"
    NOT_YOUR_MENTORSHIP = "not_your_mentorship"
    MENTORSHIP_MOVED_ON = "mentorship_moved_on"
    ASKED_BEFORE = "asked_before"
    ENOUGH_ASKED = "enough_asked"
    NO_ROOM = "no_room"
    OWN_ROOM = "own_room"
    NOT_YOURSELF = "not_yourself"
    NOT_TOGETHER = "not_together"
    AGREEMENT_CHANGED = "agreement_changed"
    NOT_YOUR_GOAL = "not_your_goal"
    NOT_YOUR_NUDGE = "not_your_nudge"
    DETAIL_ASKED = "detail_asked"
    DETAIL_WAITS = "detail_waits"
    NOT_TO_FORWARD = "not_to_forward"
    NOT_TO_ENDORSE = "not_to_endorse"
    NOTHING_ENDORSED = "nothing_endorsed"
    NOT_YOUR_NOTE = "not_your_note"
    NOTE_MOVED_ON = "note_moved_on"
    NOTE_CHANGED = "note_changed"


class MentorBotError(Exception):
    """The base of everything the bot raises on purpose."""


class Refused(MentorBotError):
    """Not allowed, or no longer possible. Raised in a use case, it undoes the transaction.

    `field`: where to change it in the form, which stays open with what was typed into it.
    """

    def __init__(self, reason: Reason, field: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.field = field


class Unusable(MentorBotError):
    """What was typed into `field` can't be used; `words` tell the person why and what to do."""

    def __init__(self, field: str, words: str) -> None:
        # The field alone: words may quote what was typed, and exceptions end in logs.
        super().__init__(field)
        self.field = field
        self.words = words


class Identifying(MentorBotError):
    """What was typed seems to identify a patient: `found` says where in which field, never what.

    `may_confirm`: whether its author may say that it identifies nobody.
    """

    def __init__(self, found: Mapping[str, tuple[Span, ...]], *, may_confirm: bool) -> None:
        # The kinds alone: exceptions end in logs.
        kinds = sorted({span.kind.value for spans in found.values() for span in spans})
        super().__init__(" ".join(kinds))
        self.found, self.kinds = found, kinds
        self.may_confirm = may_confirm


class ConfigError(MentorBotError):
    """The settings can't be used; the message names every fault."""
