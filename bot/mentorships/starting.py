"""A mentorship begins: from here on its check-ins, its review and its health are looked after."""

from bot import nudges
from bot.mentorships import cards
from bot.nudges import Thing
from bot.rules.mentorships import months_later
from storage import mentorships
from storage.database import Tx
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipKind, MentorshipState

DAY = 24 * 3600
WEEK = 7 * DAY
# product.md, section 3
YEAR = 12  # months; section 3.7
FIRST_CHECKIN_WITHIN = 10 * DAY
REVIEWED_AFTER = 30 * DAY
HEALTH_AFTER = 30 * DAY
# When one without an end is asked in its middle, in months, and how far apart its health is asked.
HALF_A_YEAR = 6
HEALTH_APART = 2 * WEEK
# How long before the agreed end the two are asked whether it ends there.
END_ASKED_BEFORE = 14 * DAY
# What nobody has answered for so long is not asked any more.
ASKED_FOR = 3 * WEEK
# Which time a mentorship's health is asked for.
AFTER_A_MONTH, IN_THE_MIDDLE = 1, 2


def start(
    tx: Tx, mentorship: Mentorship, *, rhythm: CheckinRhythm | None, months: int | None
) -> None:
    """Make it active from now on, meeting by `rhythm` and for so many months (None: open-ended).

    A formal one is reviewed after a month and asked for its health; before its end the two are
    asked whether it ends there.
    """
    ends_at = months_later(tx.now, months) if months else None
    # Without a rhythm there is nothing to remind of.
    checkin_due_at = tx.now + FIRST_CHECKIN_WITHIN if rhythm else None
    mentorships.agreed(tx, mentorship.id, rhythm=rhythm, months=months)
    mentorships.starts(tx, mentorship.id, ends_at=ends_at, checkin_due_at=checkin_due_at)
    due_at = min(months_later(tx.now, YEAR), ends_at) if ends_at else months_later(tx.now, YEAR)
    mentorships.goes_to(tx, mentorship.id, MentorshipState.ACTIVE, due_at)
    if mentorship.kind is MentorshipKind.FORMAL:
        _look_after(tx, mentorship, ends_at)
    cards.changed(tx, mentorship)


def _look_after(tx: Tx, mentorship: Mentorship, ends_at: int | None) -> None:
    for user in (mentorship.mentee, mentorship.mentor):
        for thing, occasion, due_at in _asked(tx.now, ends_at):
            nudges.want(
                tx, user, thing, mentorship.id,
                until=due_at + ASKED_FOR, occasion=occasion, due_at=due_at,
            )  # fmt: skip
        if ends_at:
            ask_about_end(tx, mentorship, user, ends_at)


def _asked(now: int, ends_at: int | None) -> list[tuple[Thing, int, int]]:
    """What is asked of a formal one on its way: what, which time, and when.

    What would come when the two are asked about its end is not asked as well, nor how it goes twice
    within two weeks.
    """
    month, middle = now + HEALTH_AFTER, months_later(now, HALF_A_YEAR)
    if ends_at:
        middle = now + (ends_at - now) // 2
    wanted = [
        (Thing.AGREEMENT_REVIEW, 1, now + REVIEWED_AFTER),
        (Thing.HEALTH, AFTER_A_MONTH, month),
    ]
    if ends_at:
        wanted = [each for each in wanted if each[2] < ends_at - END_ASKED_BEFORE]
    if not wanted or middle >= month + HEALTH_APART:
        wanted.append((Thing.HEALTH, IN_THE_MIDDLE, middle))
    return wanted


def ask_about_end(tx: Tx, mentorship: Mentorship, user: str, ends_at: int) -> None:
    """Have one of the two asked, before the agreed end, whether it ends there."""
    nudges.want(
        tx, user, Thing.TERM_ENDS, mentorship.id,
        until=ends_at, occasion=ends_at, due_at=ends_at - END_ASKED_BEFORE,
    )  # fmt: skip
