"""What nudges there are: the kind of each, how important it is, and its key in the outbox."""

from enum import StrEnum

from storage.records.nudges import Nudge, NudgeKind


class Thing(StrEnum):
    """What a nudge shows: the first part of its key in the outbox."""

    RUN_SHEET = "run-sheet"
    USEFUL = "session-useful"
    CIRCLE_FEW = "circle-few"
    CIRCLE_MANY = "circle-many"
    REMINDER = "reminder"
    CHECKIN_REMINDER = "checkin-reminder"
    PLAN_CHECKIN = "plan-checkin"
    RETHINK = "rethink-mentorship"
    CHECKIN_NOTES = "checkin-notes"
    REQUEST_WAITS = "request-waits"
    AGREEMENT_WAITS = "agreement-waits"
    AGREEMENT_REVIEW = "agreement-review"
    TERM_ENDS = "term-ends"
    HEALTH = "health-question"
    CLOSING = "closing-survey"
    OUTCOMES = "outcome-question"
    INFORMAL_OFFER = "informal-offer"
    BECOME_EXPERT = "become-expert"
    WEEK_FULL = "week-full"
    REST_WEEK = "rest-week"
    KIND_WORDS = "kind-words"
    KEEP = "keep-nudges"


# The kind by which people can turn a thing off, and how important it is: 0 goes first. KEEP is of
# the kind it asks about.
STANDS_FOR: dict[Thing, tuple[NudgeKind, int]] = {
    Thing.RUN_SHEET: (NudgeKind.SESSIONS, 1),
    Thing.USEFUL: (NudgeKind.SESSIONS, 6),
    Thing.CIRCLE_FEW: (NudgeKind.SESSIONS, 7),
    Thing.CIRCLE_MANY: (NudgeKind.SESSIONS, 7),
    Thing.REMINDER: (NudgeKind.CONSULTS, 1),
    Thing.CHECKIN_REMINDER: (NudgeKind.CHECKINS, 0),
    Thing.PLAN_CHECKIN: (NudgeKind.CHECKINS, 3),
    Thing.RETHINK: (NudgeKind.CHECKINS, 4),
    Thing.CHECKIN_NOTES: (NudgeKind.CHECKINS, 5),
    Thing.REQUEST_WAITS: (NudgeKind.MENTORSHIPS, 2),
    Thing.AGREEMENT_WAITS: (NudgeKind.MENTORSHIPS, 2),
    Thing.AGREEMENT_REVIEW: (NudgeKind.MENTORSHIPS, 4),
    Thing.TERM_ENDS: (NudgeKind.MENTORSHIPS, 3),
    Thing.HEALTH: (NudgeKind.FEEDBACK, 6),
    Thing.CLOSING: (NudgeKind.FEEDBACK, 6),
    Thing.OUTCOMES: (NudgeKind.FEEDBACK, 7),
    Thing.INFORMAL_OFFER: (NudgeKind.INVITATIONS, 8),
    Thing.BECOME_EXPERT: (NudgeKind.INVITATIONS, 9),
    Thing.WEEK_FULL: (NudgeKind.CARE, 7),
    Thing.REST_WEEK: (NudgeKind.CARE, 8),
    Thing.KIND_WORDS: (NudgeKind.CARE, 9),
}
# These tell something and ask for nothing: leaving them unanswered is not ignoring them.
TELL_ONLY = frozenset(
    {
        Thing.RUN_SHEET,
        Thing.CHECKIN_REMINDER,
        Thing.CIRCLE_FEW,
        Thing.CIRCLE_MANY,
        Thing.WEEK_FULL,
        Thing.KIND_WORDS,
        Thing.KEEP,
    }
)
# Of those, these are just words: there is nothing to be done with them, or put off.
JUST_WORDS = frozenset({Thing.WEEK_FULL, Thing.KIND_WORDS})
# These are for something that begins when they are no longer worth saying: putting them off ends
# there.
TIME_BOUND = frozenset({Thing.RUN_SHEET, Thing.CHECKIN_REMINDER})
KINDS = tuple(NudgeKind)


def asking(kind: NudgeKind) -> frozenset[str]:
    """The things of a kind that ask for something."""
    return frozenset(
        thing for thing, (of, _) in STANDS_FOR.items() if of is kind and thing not in TELL_ONLY
    )


def key_of(nudge: Nudge) -> str:
    """Its key in the outbox; every round has a message of its own."""
    key = f"{nudge.thing}/{nudge.about}/{nudge.user}"
    if nudge.round:
        return f"{key}/{nudge.occasion}/{nudge.round}"
    return f"{key}/{nudge.occasion}" if nudge.occasion else key


def is_nudge(key: str) -> bool:
    """Whether the outbox shows a nudge by this key."""
    return key.partition("/")[0] in set(Thing)
