"""Which things Slack shows of a consult; use cases mark them stale when it changes."""

from storage import consults, offers, outbox
from storage.database import Tx

_SHOWN = (
    "offer-card",
    "detail",
    "detail-answered",
    "fallback-card",
    "admin-card",
    "conversation",
    "relay",
    "answer",
    "silence",
    "closing-question",
    "thank-you",
)


def changed(tx: Tx, consult_id: int) -> None:
    """Show the consult's new state wherever it stands, and on the Home of those concerned."""
    outbox.mark_stale(tx, f"status-card/{consult_id}")
    for thing in _SHOWN:
        outbox.refresh_under(tx, f"{thing}/{consult_id}")
    consult = consults.get(tx, consult_id)
    people = {offer.expert for offer in offers.of_consult(tx, consult_id)}
    for user in sorted(people | ({consult.asker} if consult else set())):
        outbox.refresh(tx, f"home/{user}")
