"""Which things Slack shows of a mentorship; use cases mark them stale when it changes."""

from storage import outbox
from storage.database import Tx
from storage.records.mentorships import Mentorship


def changed(tx: Tx, mentorship: Mentorship) -> None:
    """Show how it stands on the card of each of the two, and on their Homes."""
    for user in (mentorship.mentor, mentorship.mentee):
        changed_for(tx, mentorship, user)
    # What was told before offers no button any more that no longer does anything.
    outbox.refresh_under(tx, f"mentorship-news/{mentorship.id}")


def changed_for(tx: Tx, mentorship: Mentorship, user: str) -> None:
    """Show how it stands to one of the two."""
    outbox.mark_stale(tx, f"mentorship-card/{mentorship.id}/{user}")
    outbox.refresh(tx, f"home/{user}")


def tell(tx: Tx, mentorship: Mentorship, user: str, what: str) -> None:
    """Tell one of the two what has become of it: a card that changes is easily missed."""
    outbox.mark_stale(tx, f"mentorship-news/{mentorship.id}/{user}/{what}")
