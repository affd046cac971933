"""Check-ins of a pair: planned, moved, cancelled, reminded of, and what is told of them after.

A check-in carries its own next instant (`due_at`), its calendar entry an id for ever and a number
that rises with each change.
"""

from dataclasses import replace

from bot import ledger, nudges
from bot.authority import Actor
from bot.authority.mentorships import MentorshipAction, authorise_in_mentorship
from bot.errors import Reason, Refused, Unusable
from bot.goals import REACHED
from bot.members import hours_of, zone_of
from bot.mentorships import cards, gaps
from bot.nudges import Thing
from bot.rules.checkins import LENGTHS, agenda_from, next_slot, period, reminders
from bot.views.checkins.cards import in_words
from bot.views.checkins.forms import Planning, Telling
from storage import checkins, goals, mentorships, outbox, received
from storage.database import Tx
from storage.records.checkins import Checkin, CheckinDraft, CheckinState, Promised, Told
from storage.records.mentorships import Goal, GoalState, Mentorship, MentorshipState

AT_ONCE = 100  # steps one tick takes in a workspace
MINUTE, DAY = 60, 24 * 3600
FURTHEST = 366 * DAY
SETTLED_AT_ONCE = 5  # earlier commitments, and goals, asked back in one form
# A form proposes a time from tomorrow on: nobody's day is upset by it.
PROPOSED_AFTER = DAY
# After its end the mentee is asked how it was, later the mentor too; then it counts as held.
NOTES_AFTER = 15 * MINUTE
MENTOR_ASKED_AFTER = 2 * DAY
UNTOLD_AFTER = 7 * DAY

TOGETHER = (MentorshipState.ACTIVE, MentorshipState.PAUSED)
TALKING = (*TOGETHER, MentorshipState.AGREEING, MentorshipState.MEETING)


def to_plan(tx: Tx, actor: Actor, mentorship_id: int) -> Planning:
    """What the form of a new check-in shows the actor. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.PLAN_CHECKIN, mentorship_id)
    return _planning(tx, actor, mentorship)


def to_plan_with(tx: Tx, actor: Actor, colleague: str | None) -> Planning | None:
    """The same, of whatever the two have together; None if it is not said with whom.

    Who is in one mentorship only need not say it. Raises Refused(NOT_TOGETHER).
    """
    if colleague is None:
        own = [each for each in mentorships.of_member(tx, actor.user) if each.under_way]
        if not own:
            raise Refused(Reason.NOT_TOGETHER)
        return _planning(tx, actor, own[0]) if len(own) == 1 else None
    return _planning(tx, actor, between(tx, actor, colleague))


def between(tx: Tx, actor: Actor, colleague: str) -> Mentorship:
    """The mentorship that a check-in of the two belongs to: the first that is under way.

    Raises Refused(NOT_TOGETHER).
    """
    found = mentorships.between(tx, actor.user, colleague)
    for states in (TOGETHER, TALKING):
        for each in found:
            if each.state in states:
                return each
    raise Refused(Reason.NOT_TOGETHER)


def to_move(tx: Tx, actor: Actor, checkin_id: int) -> Planning:
    """What the form of a check-in that is to be moved shows the actor. Raises Refused."""
    mentorship, checkin = _planned(tx, actor, checkin_id)
    return replace(
        _planning(tx, actor, mentorship), checkin=checkin, proposed=checkin.starts_at, goals=()
    )


def plan(
    tx: Tx, actor: Actor, mentorship_id: int, wanted: CheckinDraft, *, delivery: str
) -> int | None:
    """Plan a check-in; both have its card, its calendar file and its reminders. Gives its id.

    None for a second copy of the delivery. Raises Refused, Unusable.
    """
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.PLAN_CHECKIN, mentorship_id)
    if not received.first_time(tx, delivery):
        return received.result_of(tx, delivery)
    checkin_id = _plan(tx, actor, mentorship, wanted, "when")
    received.remember(tx, delivery, checkin_id)
    return checkin_id


def plan_with(
    tx: Tx, actor: Actor, colleague: str, wanted: CheckinDraft, *, delivery: str
) -> int | None:
    """The same, with whom the actor has chosen in the form. Raises Refused, Unusable."""
    if colleague == actor.user:
        raise Unusable("user", "Please choose a colleague: this takes two.")
    return plan(tx, actor, between(tx, actor, colleague).id, wanted, delivery=delivery)


def _plan(tx: Tx, actor: Actor, mentorship: Mentorship, wanted: CheckinDraft, field: str) -> int:
    """What both plan for the same time, with the same agenda, is one check-in."""
    _check(tx, wanted, field)
    for each in checkins.of_mentorship(tx, mentorship.id, CheckinState.PLANNED):
        if each.starts_at == wanted.starts_at and wanted.agenda in ("", each.agenda):
            return each.id
    checkin = Checkin(
        id=0,
        mentorship_id=mentorship.id,
        proposed_by=actor.user,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        agenda=wanted.agenda,
        state=CheckinState.PLANNED,
        uid="",
        due_at=wanted.starts_at + wanted.minutes * MINUTE + NOTES_AFTER,
    )
    checkin = replace(checkin, id=checkins.plan(tx, checkin))
    gaps.planned(tx, mentorship)
    _remind(tx, mentorship, checkin)
    _show(tx, mentorship, checkin)
    _send_calendar(tx, mentorship, checkin, sequence=0)
    return checkin.id


def move(tx: Tx, actor: Actor, checkin_id: int, wanted: CheckinDraft, *, delivery: str) -> None:
    """Have it at another time, or with another agenda; the other one is told.

    Raises Refused, Unusable.
    """
    mentorship, checkin = _planned(tx, actor, checkin_id)
    if not received.first_time(tx, delivery):
        return
    _check(tx, wanted, "when")
    moved = replace(
        checkin,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        agenda=wanted.agenda,
        due_at=wanted.starts_at + wanted.minutes * MINUTE + NOTES_AFTER,
        sequence=checkin.sequence + 1,
    )
    checkins.move(tx, moved, actor.user)
    nudges.drop(tx, Thing.CHECKIN_REMINDER, checkin.id)
    nudges.drop(tx, Thing.CHECKIN_NOTES, checkin.id)
    gaps.planned(tx, mentorship)
    _remind(tx, mentorship, moved)
    _changed(tx, mentorship, moved, actor)


def cancel(tx: Tx, actor: Actor, checkin_id: int) -> None:
    """It does not take place; the other one is told. Raises Refused."""
    mentorship, checkin = _planned(tx, actor, checkin_id)
    checkins.cancel(tx, checkin.id, actor.user)
    nudges.drop(tx, Thing.CHECKIN_REMINDER, checkin.id)
    nudges.drop(tx, Thing.CHECKIN_NOTES, checkin.id)
    gaps.settled(tx, mentorship)
    _changed(tx, mentorship, replace(checkin, sequence=checkin.sequence + 1), actor)


def to_tell(tx: Tx, actor: Actor, checkin_id: int) -> Telling:
    """What the form after a check-in shows the actor. Raises Refused."""
    mentorship, checkin = _over(tx, actor, checkin_id)
    mentee = actor.user == mentorship.mentee
    open_goals = _goals(tx, actor, mentorship) if mentee else []
    notes = checkins.notes_for(tx, checkin.id, actor.user)
    planning = _planning(tx, actor, mentorship, checkin.starts_at + period(mentorship.rhythm))
    return Telling(
        checkin=checkin,
        colleague=planning.colleague,
        notes=tuple(each for each in notes if each.user == actor.user),
        open_before=tuple(checkins.open_before(tx, checkin, actor.user, SETTLED_AT_ONCE)),
        goals=tuple(open_goals[:SETTLED_AT_ONCE]),
        after=_after(tx, checkin),
        proposed=planning.proposed if mentorship.state in TALKING else None,
    )


def tell(tx: Tx, actor: Actor, checkin_id: int, told: Told, *, delivery: str) -> None:
    """Keep what the actor tells of a check-in, and plan the next if they say when.

    Who is the first to say whether it took place is believed. Notes for oneself are shown to
    nobody else. Raises Refused, Unusable.
    """
    mentorship, checkin = _over(tx, actor, checkin_id)
    if not received.first_time(tx, delivery):
        return
    _say_held(tx, mentorship, checkin, actor, told)
    checkins.note(tx, checkin.id, actor.user, told.shared, shared=True)
    checkins.note(tx, checkin.id, actor.user, told.own, shared=False)
    for user, promised in (
        (actor.user, told.mine),
        (mentorship.other(actor.user), told.theirs),
    ):
        _commit(tx, checkin, user, promised)
    _look_back(tx, mentorship, actor, told)
    if told.next_at is not None:
        _plan_after(tx, actor, mentorship, checkin, told)
    if told.shared or told.mine or told.theirs:
        outbox.mark_stale(tx, f"checkin-told/{checkin.id}/{mentorship.other(actor.user)}")
    _show(tx, mentorship, checkin)


def _plan_after(tx: Tx, actor: Actor, mentorship: Mentorship, checkin: Checkin, told: Told) -> None:
    """Plan the next check-in; the other one may have meanwhile, in a form of their own."""
    authorise_in_mentorship(tx, actor, MentorshipAction.PLAN_CHECKIN, mentorship.id)
    after = _after(tx, checkin)
    if after and after.starts_at == told.next_at:
        return
    if after:
        when = in_words(after.starts_at, zone_of(tx, actor.user))
        raise Unusable(
            "next", f"The next one is planned already: {when}. Choose that here; it can be moved."
        )
    agenda = agenda_from(_goals(tx, actor, mentorship))
    wanted = CheckinDraft(told.next_at or tx.now, told.next_minutes, agenda)
    _plan(tx, actor, mentorship, wanted, "next")


def _after(tx: Tx, checkin: Checkin) -> Checkin | None:
    """What the two have planned besides this check-in, the next first."""
    planned = checkins.of_mentorship(tx, checkin.mentorship_id, CheckinState.PLANNED)
    return next(
        (each for each in planned if each.id != checkin.id and each.starts_at > tx.now), None
    )


def _say_held(tx: Tx, mentorship: Mentorship, checkin: Checkin, actor: Actor, told: Told) -> None:
    """Note whether it took place, if that is not known; write, or take back, its Help rows."""
    if checkin.told_by is not None:
        nudges.heeded(tx, Thing.CHECKIN_NOTES, checkin.id, actor.user)
        return
    if told.held is None:
        raise Unusable("held", "Please say whether it took place.")
    state = CheckinState.HELD if told.held else CheckinState.MISSED
    checkins.tells(tx, checkin.id, actor.user, state)
    for user in (mentorship.mentor, mentorship.mentee):
        nudges.heeded(tx, Thing.CHECKIN_NOTES, checkin.id, user)
        nudges.heeded(tx, Thing.CHECKIN_REMINDER, checkin.id, user)
    if told.held:
        ledger.met(tx, checkin, mentorship, minutes=checkin.minutes)
    else:
        ledger.did_not_meet(tx, checkin)
    if told.held:
        gaps.over(tx, mentorship)
    else:
        gaps.settled(tx, mentorship)


def _commit(tx: Tx, checkin: Checkin, user: str, promised: Promised | None) -> None:
    if promised and promised.words:
        checkins.commit(tx, checkin.id, user, promised.words, promised.by_on)


def _look_back(tx: Tx, mentorship: Mentorship, actor: Actor, told: Told) -> None:
    """What became of what the actor said before, and how far the mentee's goals are."""
    for commitment_id, state in told.settled.items():
        said_at = checkins.settle(tx, commitment_id, actor.user, state)
        if said_at is not None:
            outbox.refresh_under(tx, f"checkin-card/{said_at}")
    if actor.user == mentorship.mentee:
        for goal_id, quarters in told.progress.items():
            stands = GoalState.REACHED if quarters >= REACHED else GoalState.OPEN
            # One that was closed meanwhile stays closed; the rest of the form counts.
            goals.stands(tx, actor.user, goal_id, stands, quarters)


def step_due(tx: Tx) -> int:
    """Take every step that is due, of check-ins and between them; gives how many, bounded.

    May run twice or in two processes: each step is taken in the transaction that sets the next.
    """
    steps = 0
    for checkin in checkins.due(tx, AT_ONCE):
        mentorship = mentorships.get(tx, checkin.mentorship_id)
        if mentorship is not None:
            _step(tx, mentorship, checkin)
        steps += 1
    for mentorship_id in checkins.pairs_due(tx, AT_ONCE):
        pair = mentorships.get(tx, mentorship_id)
        if pair is not None:
            gaps.step(tx, pair)
        steps += 1
    return steps


def _step(tx: Tx, mentorship: Mentorship, checkin: Checkin) -> None:
    """Ask how it was; after a week without a word it counts as held, minutes unknown."""
    until = checkin.ends_at + UNTOLD_AFTER
    if checkin.state is not CheckinState.PLANNED:
        checkins.goes_to(tx, checkin.id, checkin.state, None)
    elif tx.now < until:
        later = checkin.ends_at + MENTOR_ASKED_AFTER
        for user, due_at in ((mentorship.mentee, tx.now), (mentorship.mentor, later)):
            nudges.heeded(tx, Thing.CHECKIN_REMINDER, checkin.id, user)
            nudges.want(
                tx, user, Thing.CHECKIN_NOTES, checkin.id,
                until=until, occasion=checkin.ends_at, due_at=due_at,
            )  # fmt: skip
        checkins.goes_to(tx, checkin.id, CheckinState.PLANNED, until)
        gaps.over(tx, mentorship)
        _show(tx, mentorship, checkin)
    else:
        checkins.goes_to(tx, checkin.id, CheckinState.HELD, None)
        ledger.met(tx, checkin, mentorship, minutes=None)
        _show(tx, mentorship, checkin)


def _planned(tx: Tx, actor: Actor, checkin_id: int) -> tuple[Mentorship, Checkin]:
    """A check-in that can still be moved or cancelled. Raises Refused."""
    checkin = checkins.get(tx, checkin_id)
    if checkin is None:
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    action = MentorshipAction.CHANGE_CHECKIN
    mentorship = authorise_in_mentorship(tx, actor, action, checkin.mentorship_id)
    if checkin.state is not CheckinState.PLANNED:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    return mentorship, checkin


def _over(tx: Tx, actor: Actor, checkin_id: int) -> tuple[Mentorship, Checkin]:
    """A check-in of which something can be told: it has begun, and was not cancelled."""
    checkin = checkins.get(tx, checkin_id)
    if checkin is None:
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    action = MentorshipAction.WRITE_NOTES
    mentorship = authorise_in_mentorship(tx, actor, action, checkin.mentorship_id)
    if checkin.state is CheckinState.CANCELLED or tx.now < checkin.starts_at:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    return mentorship, checkin


def _planning(tx: Tx, actor: Actor, mentorship: Mentorship, after: int | None = None) -> Planning:
    """With a time that suits both from tomorrow on, or from `after` if that is later."""
    colleague = mentorship.other(actor.user)
    own, theirs = hours_of(tx, actor.user), hours_of(tx, colleague)
    return Planning(
        mentorship=mentorship,
        colleague=colleague,
        hours=theirs,
        proposed=next_slot(own, theirs, max(tx.now + PROPOSED_AFTER, after or 0), LENGTHS[0]),
        now=tx.now,
        goals=tuple(_goals(tx, actor, mentorship)),
    )


def _goals(tx: Tx, actor: Actor, mentorship: Mentorship) -> list[Goal]:
    """The mentee's open goals as far as the actor may see them: a mentor those of theirs."""
    found = goals.open_of(tx, mentorship.mentee)
    own = actor.user == mentorship.mentee
    return [
        goal
        for goal in found
        if goal.mentorship_id == mentorship.id or (own and goal.mentorship_id is None)
    ]


def _check(tx: Tx, wanted: CheckinDraft, field: str) -> None:
    if wanted.starts_at <= tx.now:
        raise Unusable(field, "Please choose a time that is still to come.")
    if wanted.starts_at > tx.now + FURTHEST:
        raise Unusable(field, "Please choose a time within a year.")
    if wanted.minutes not in LENGTHS:
        raise Unusable("minutes", "Please choose 30, 45 or 60 minutes.")


def _remind(tx: Tx, mentorship: Mentorship, checkin: Checkin) -> None:
    """A day and an hour before, both."""
    for user in (mentorship.mentee, mentorship.mentor):
        for occasion, due_at in reminders(checkin.starts_at, tx.now, hours_of(tx, user)):
            nudges.want(
                tx, user, Thing.CHECKIN_REMINDER, checkin.id,
                until=checkin.starts_at, occasion=occasion, due_at=due_at,
            )  # fmt: skip


def _changed(tx: Tx, mentorship: Mentorship, checkin: Checkin, actor: Actor) -> None:
    """Tell the other one, and give both the entry for their calendars anew."""
    other = mentorship.other(actor.user)
    _show(tx, mentorship, checkin)
    outbox.refresh_under(tx, f"{Thing.CHECKIN_REMINDER}/{checkin.id}")
    outbox.mark_stale(tx, f"checkin-news/{checkin.id}/{other}/{checkin.sequence}")
    _send_calendar(tx, mentorship, checkin, sequence=checkin.sequence)


def _show(tx: Tx, mentorship: Mentorship, checkin: Checkin) -> None:
    for user in (mentorship.mentor, mentorship.mentee):
        outbox.mark_stale(tx, f"checkin-card/{checkin.id}/{user}")
    cards.changed(tx, mentorship)


def _send_calendar(tx: Tx, mentorship: Mentorship, checkin: Checkin, *, sequence: int) -> None:
    for user in (mentorship.mentor, mentorship.mentee):
        outbox.mark_stale(tx, f"checkin-invite/{checkin.id}/{user}/{sequence}")
