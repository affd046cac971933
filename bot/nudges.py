"""What the bot says of its own accord: the one place that decides whether and when."""

from enum import StrEnum

from bot.members import hours_of
from bot.rules.disturbance import Because, may_disturb
from storage import nudges, outbox
from storage.database import Tx

AT_ONCE = 100  # nudges one tick takes from a workspace


class Kind(StrEnum):
    """What a nudge is for: the first part of the key of what it shows."""

    REMINDER = "reminder"
    RUN_SHEET = "run-sheet"
    USEFUL = "session-useful"
    CIRCLE_FEW = "circle-few"
    CIRCLE_MANY = "circle-many"


def want(tx: Tx, user: str, kind: Kind, about: int, between: tuple[int, int]) -> None:
    """Have the thing `kind`/`about`/`user` shown in the person's hours, once.

    `between`: not before the first instant, and no longer worth it from the second on.
    """
    nudges.add(tx, user, kind, about, between)


def drop(tx: Tx, kind: Kind, about: int) -> None:
    """What waits of this kind about this thing no longer applies."""
    nudges.drop_about(tx, kind, about, Because.NO_LONGER)


def send_due(tx: Tx) -> int:
    """Send what is due or hold it with its reason, at most AT_ONCE; gives how many were looked at.

    May run twice or in two processes: a nudge leaves the due ones as it is sent.
    """
    due = nudges.due(tx, AT_ONCE)
    for nudge in due:
        hold = may_disturb(hours_of(tx, nudge.user), tx.now)
        if tx.now >= nudge.until or (hold and hold.until >= nudge.until):
            nudges.drop(tx, nudge, Because.TOO_LATE)
        elif hold:
            nudges.hold(tx, nudge, hold.until, hold.because)
        else:
            nudges.sent(tx, nudge)
            outbox.mark_stale(tx, f"{nudge.kind}/{nudge.about}/{nudge.user}")
    return len(due)
