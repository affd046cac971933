"""A mentorship ends, without fault: what is still planned or waits of it goes with it."""

from bot import nudges
from bot.mentorships import cards
from bot.nudges import Thing
from bot.rules.mentorships import months_later
from storage import checkins, goals, mentorships, outbox
from storage.database import Tx
from storage.records.checkins import CheckinState
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState

DAY = 24 * 3600
# What nobody has answered for so long is not asked any more.
ASKED_FOR = 21 * DAY
# Where somebody has ended it, the word of that asks for it first.
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
# What stands of its agreement offers nothing to sign any more.
_SHOWN = ("agreement-card", "agreement-signed")


def end(tx: Tx, mentorship: Mentorship, state: MentorshipState, *, by: str | None) -> None:
    """End it as `state` says; a formal one that was under way is asked about once more.

    Check-ins still to come are cancelled, with their calendar entries; of one that has begun it
    can still be told. Its goals stay the mentee's.
    """
    mentorships.ends(tx, mentorship.id, state, by)
    goals.leave(tx, mentorship.id)
    for shown in _SHOWN:
        outbox.refresh_under(tx, f"{shown}/{mentorship.id}")
    for thing in _WAITING:
        nudges.drop(tx, thing, mentorship.id)
        outbox.refresh_under(tx, f"{thing}/{mentorship.id}")
    for checkin in checkins.of_mentorship(tx, mentorship.id, CheckinState.PLANNED):
        if checkin.starts_at <= tx.now:
            outbox.refresh_under(tx, f"checkin-card/{checkin.id}")
            outbox.refresh_under(tx, f"{Thing.CHECKIN_REMINDER}/{checkin.id}")
            continue
        checkins.cancel(tx, checkin.id)
        nudges.drop(tx, Thing.CHECKIN_REMINDER, checkin.id)
        for user in (mentorship.mentor, mentorship.mentee):
            outbox.mark_stale(tx, f"checkin-card/{checkin.id}/{user}")
            outbox.mark_stale(tx, f"checkin-invite/{checkin.id}/{user}/{checkin.sequence + 1}")
    if mentorship.under_way and mentorship.kind is MentorshipKind.FORMAL:
        later = months_later(tx.now, ASKED_AGAIN_AFTER)
        asked_at = tx.now if _term_is_over(tx, mentorship, by) else tx.now + REMINDED_AFTER
        for user in (mentorship.mentee, mentorship.mentor):
            until = tx.now + ASKED_FOR
            nudges.want(tx, user, Thing.CLOSING, mentorship.id, until=until, due_at=asked_at)
            nudges.want(
                tx, user, Thing.OUTCOMES, mentorship.id, until=later + ASKED_FOR, due_at=later
            )
    cards.changed(tx, mentorship)


def _term_is_over(tx: Tx, mentorship: Mentorship, by: str | None) -> bool:
    """Whether it ends as agreed: the two hear of it with the question that looks back on it."""
    return by is None and mentorship.ends_at is not None and mentorship.ends_at <= tx.now
