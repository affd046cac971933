"""Which things Slack shows of a consult; use cases mark them stale when it changes."""

from storage import outbox
from storage.database import Tx

_SHOWN = (
    "offer-card",
    "fallback-card",
    "admin-card",
    "conversation",
    "answer",
    "silence",
    "closing-question",
)


def changed(tx: Tx, consult_id: int) -> None:
    """Show the consult's new state wherever it stands."""
    outbox.mark_stale(tx, f"status-card/{consult_id}")
    for thing in _SHOWN:
        outbox.refresh_under(tx, f"{thing}/{consult_id}")
