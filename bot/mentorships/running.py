"""A mentorship under way: how often the two meet, and its rests. The other one is told."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot import inviting, nudges
from bot.authority import Actor
from bot.authority.mentorships import MentorshipAction, authorise_in_mentorship
from bot.errors import Unusable
from bot.members import zone_of
from bot.mentorships import cards, gaps
from bot.nudges import Thing
from storage import checkins, mentorships, outbox, received
from storage.database import Tx
from storage.records.mentorships import CheckinRhythm, Mentorship

DAY = 24 * 3600
REST_AT_MOST = 366 * DAY


def change_rhythm(
    tx: Tx, actor: Actor, mentorship_id: int, rhythm: CheckinRhythm, *, delivery: str
) -> None:
    """Have the two meet by another rhythm. Raises Refused.

    A formal one's agreement keeps what it says until it is amended.
    """
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.CHANGE_RHYTHM, mentorship_id)
    if not received.first_time(tx, delivery):
        return
    mentorships.agreed(tx, mentorship.id, rhythm=rhythm, months=mentorship.months)
    _answered(tx, mentorship, actor, "rhythm")


def pause(tx: Tx, actor: Actor, mentorship_id: int, until: date, *, delivery: str) -> None:
    """Let the mentorship rest until a day begins in the actor's zone. Raises Refused, Unusable.

    What is planned stays planned; nobody is asked to plan, nor how it goes. The clock ends the
    rest.
    """
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.PAUSE, mentorship_id)
    if not received.first_time(tx, delivery):
        return
    zone = ZoneInfo(zone_of(tx, actor.user))
    until_at = int(datetime.combine(until, time(), zone).timestamp())
    if not tx.now < until_at <= tx.now + REST_AT_MOST:
        raise Unusable("until", "Please choose a day from tomorrow on, within a year.")
    checkins.rest(tx, mentorship.id, until_at)
    for thing in (Thing.AGREEMENT_REVIEW, Thing.HEALTH):
        nudges.put_off(tx, thing, mentorship.id, until_at)
    _answered(tx, mentorship, actor, "pause")


def resume(tx: Tx, actor: Actor, mentorship_id: int) -> None:
    """End the rest now. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.RESUME, mentorship_id)
    due_at = inviting.next_due(mentorship, tx.now)
    mentorships.resumes(tx, mentorship.id, due_at=due_at, checkin_due_at=None)
    _answered(tx, mentorship, actor, "resume")


def to_change(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """The mentorship whose rhythm the actor is about to change. Raises Refused."""
    return authorise_in_mentorship(tx, actor, MentorshipAction.CHANGE_RHYTHM, mentorship_id)


def to_pause(tx: Tx, actor: Actor, mentorship_id: int) -> tuple[Mentorship, date]:
    """The mentorship that the actor is about to let rest, and a day four weeks from now.

    Raises Refused.
    """
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.PAUSE, mentorship_id)
    zone = ZoneInfo(zone_of(tx, actor.user))
    return mentorship, datetime.fromtimestamp(tx.now + 28 * DAY, zone).date()


def _answered(tx: Tx, before: Mentorship, actor: Actor, what: str) -> None:
    """The two have settled how they go on: nobody is asked again in this gap."""
    mentorship = mentorships.get(tx, before.id) or before
    for user in (mentorship.mentor, mentorship.mentee):
        for thing in (Thing.PLAN_CHECKIN, Thing.RETHINK):
            nudges.heeded(tx, thing, mentorship.id, user)
    if what != "pause":
        gaps.settled(tx, mentorship)
    other = mentorship.other(actor.user)
    outbox.mark_stale(tx, f"pair-news/{mentorship.id}/{other}/{what}-{tx.now}")
    cards.changed(tx, mentorship)
