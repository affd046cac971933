"""Between two check-ins: when to look whether one is planned, and who is asked to plan it.

A mentorship carries the instant of the next look (`checkin_due_at`) and how far the asking has gone
in this gap (`checkin_step`); what is planned, said or changed begins the gap anew.
"""

from bot import nudges
from bot.nudges import Thing
from bot.rules.checkins import WEEK, Ask, Pair, Step, ask_now, first_asked_at
from storage import checkins, mentorships
from storage.database import Tx
from storage.records.mentorships import Mentorship, MentorshipState

# What nobody has answered for so long is not asked any more; the next in turn is asked by then.
ASKED_FOR = WEEK
BOTH_ASKED_FOR = 2 * WEEK
LEFT_ALONE = WEEK


def begin(tx: Tx, mentorship: Mentorship, *, quiet_until: int | None = None) -> None:
    """Reckon anew when the mentee is asked to plan, if nothing is planned until then.

    `quiet_until`: not before then.
    """
    if mentorship.state is not MentorshipState.ACTIVE:
        return  # when its rest is over, or it is agreed, the gap begins
    pair = _pair(tx, mentorship, quiet_until)
    mentorships.checkin_due(tx, mentorship.id, first_asked_at(pair), Step.NOBODY)


def settled(tx: Tx, mentorship: Mentorship) -> None:
    """The two have cancelled a check-in or changed how they go on: they have a week to plan."""
    begin(tx, mentorship, quiet_until=tx.now + LEFT_ALONE)


def over(tx: Tx, mentorship: Mentorship) -> None:
    """A check-in is over: the gap after it begins, unless it has."""
    if mentorship.checkin_due_at is None and mentorship.checkin_step == Step.NOBODY:
        begin(tx, mentorship)


def planned(tx: Tx, mentorship: Mentorship) -> None:
    """A check-in is planned: nobody is asked any more, also in the same second."""
    for user in (mentorship.mentor, mentorship.mentee):
        for thing in (Thing.PLAN_CHECKIN, Thing.RETHINK):
            nudges.heeded(tx, thing, mentorship.id, user)
    mentorships.checkin_due(tx, mentorship.id, None, Step.NOBODY)


def step(tx: Tx, mentorship: Mentorship) -> None:
    """Ask whoever's turn it is; the next look is set with it."""
    pair = _pair(tx, mentorship, None)
    ask = ask_now(pair, Step(mentorship.checkin_step), tx.now)
    if ask is None:
        mentorships.checkin_due(tx, mentorship.id, None, Step.NOBODY)
        return
    _ask(tx, mentorship, ask)
    mentorships.checkin_due(tx, mentorship.id, ask.next_at, ask.step)


def _ask(tx: Tx, mentorship: Mentorship, ask: Ask) -> None:
    """The instant at which it fell due tells one gap's asking from another's."""
    about, occasion = mentorship.id, mentorship.checkin_due_at or tx.now
    if ask.step is Step.BOTH:
        for user in (mentorship.mentee, mentorship.mentor):
            until = tx.now + BOTH_ASKED_FOR
            nudges.want(tx, user, Thing.RETHINK, about, until=until, occasion=occasion)
        return
    user = mentorship.mentee if ask.step is Step.MENTEE else mentorship.mentor
    until = tx.now + ASKED_FOR
    nudges.want(tx, user, Thing.PLAN_CHECKIN, about, until=until, occasion=occasion)


def _pair(tx: Tx, mentorship: Mentorship, quiet_until: int | None) -> Pair:
    started_at = mentorship.started_at or tx.now
    met_at = checkins.last_met(tx, mentorship.id)
    return Pair(
        rhythm=mentorship.rhythm,
        started_at=started_at,
        planned=checkins.ahead(tx, mentorship.id) is not None,
        paused=mentorship.state is not MentorshipState.ACTIVE,
        # A first meeting before the yes is none of the mentorship's check-ins.
        met_at=met_at if met_at and met_at > started_at else None,
        quiet_until=quiet_until,
    )
