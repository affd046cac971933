"""Which things Slack shows of a mentorship; use cases mark them stale when it changes."""

from storage import outbox
from storage.database import Tx
from storage.records.mentorships import Mentorship


def changed(tx: Tx, mentorship: Mentorship) -> None:
    """Show how it stands on the card of each of the two, and on their Homes."""
    for user in (mentorship.mentor, mentorship.mentee):
        outbox.mark_stale(tx, f"mentorship-card/{mentorship.id}/{user}")
        outbox.refresh_under(tx, f"home/{user}")
