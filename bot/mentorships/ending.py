"""A mentorship ends, without fault: what is still planned or waits of it goes with it."""

from bot import nudges
from bot.mentorships import cards
from bot.nudges import Thing
from bot.rules.mentorships import months_later
from storage import checkins, mentorships, outbox
from storage.database import Tx
from storage.records.checkins import CheckinState
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState

DAY = 24 * 3600
# What nobody has answered for so long is not asked any more.
ASKED_FOR = 21 * DAY
# The word that it has ended asks for it first.
REMINDED_AFTER = 3 * DAY
# product.md, section 3.6
ASKED_AGAIN_AFTER = 3  # months

_WAITING = (
    Thing.PLAN_CHECKIN,
    Thing.RETHINK,
    Thing.REQUEST_WAITS,
    Thing.AGREEMENT_WAITS,
    Thing.AGREEMENT_REVIEW,
    Thing.TERM_ENDS,
    Thing.HEALTH,
)


def end(tx: Tx, mentorship: Mentorship, state: MentorshipState, *, by: str | None) -> None:
    """End it as `state` says; a formal one that was under way is asked about once more.

    Check-ins still planned are cancelled, with their calendar entries.
    """
    mentorships.ends(tx, mentorship.id, state, by)
    for thing in _WAITING:
        nudges.drop(tx, thing, mentorship.id)
        outbox.refresh_under(tx, f"{thing}/{mentorship.id}")
    for checkin in checkins.of_mentorship(tx, mentorship.id, CheckinState.PLANNED):
        checkins.cancel(tx, checkin.id)
        nudges.drop(tx, Thing.CHECKIN_REMINDER, checkin.id)
        for user in (mentorship.mentor, mentorship.mentee):
            outbox.mark_stale(tx, f"checkin-card/{checkin.id}/{user}")
            outbox.mark_stale(tx, f"checkin-invite/{checkin.id}/{user}/{checkin.sequence + 1}")
    if mentorship.under_way and mentorship.kind is MentorshipKind.FORMAL:
        later = months_later(tx.now, ASKED_AGAIN_AFTER)
        for user in (mentorship.mentee, mentorship.mentor):
            until = tx.now + ASKED_FOR
            nudges.want(
                tx, user, Thing.CLOSING, mentorship.id, until=until, due_at=tx.now + REMINDED_AFTER
            )
            nudges.want(
                tx, user, Thing.OUTCOMES, mentorship.id, until=later + ASKED_FOR, due_at=later
            )
    cards.changed(tx, mentorship)
