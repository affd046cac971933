"""What people say to nudges: snooze, done, stop these, keep them; and what is coming up."""

from collections.abc import Collection

from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.members import hours_of
from bot.nudges.sending import person_of
from bot.nudges.wanting import drop, drop_one, heeded
from bot.rules import disturbance
from bot.rules.disturbance import Because, Snooze
from bot.rules.nudges import KINDS, TIME_BOUND, Thing, key_of
from bot.views.nudges import Coming, Waiting
from storage import nudges, outbox
from storage.database import Tx
from storage.records.nudges import KindState, Nudge, NudgeKind, NudgeState

# A snoozed nudge is worth saying for so long, even if it was not before.
SNOOZED_FOR = disturbance.WEEK
SHOWN = 15


def snoozes(tx: Tx, nudge: Nudge) -> list[Snooze]:
    """How long a nudge can be put off: past what it is for would be no use."""
    hours = hours_of(tx, nudge.user)
    return [
        each
        for each in Snooze
        if nudge.thing not in TIME_BOUND or disturbance.again_at(hours, each, tx.now) < nudge.until
    ]


def snooze(tx: Tx, actor: Actor, nudge_id: int, wanted: Snooze) -> Nudge:
    """Have it said again tomorrow or next week, as the person's working day begins.

    Another row waits for that, so that this one counts as said. Raises Refused(NOT_YOUR_NUDGE).
    """
    nudge = _own(tx, actor, nudge_id)
    if nudge.state is not NudgeState.SENT or wanted not in snoozes(tx, nudge):
        outbox.mark_stale(tx, key_of(nudge))
        return nudge
    due_at = disturbance.again_at(hours_of(tx, actor.user), wanted, tx.now)
    until = nudge.until if nudge.thing in TIME_BOUND else max(nudge.until, due_at + SNOOZED_FOR)
    again = Nudge(
        id=0,
        user=nudge.user,
        thing=nudge.thing,
        kind=nudge.kind,
        about=nudge.about,
        occasion=nudge.occasion,
        round=nudge.round + 1,
        state=NudgeState.WAITING,
        importance=nudge.importance,
        until=until,
        due_at=due_at,
    )
    nudges.add(tx, again, again_if=Because.NO_LONGER)
    nudges.heeded(tx, nudge.thing, nudge.about, actor.user, nudge.occasion)
    nudges.settle(tx, nudge, NudgeState.SNOOZED)
    outbox.mark_stale(tx, key_of(nudge))
    return nudge


def done(tx: Tx, actor: Actor, nudge_id: int) -> Nudge:
    """The person has seen to it. Raises Refused(NOT_YOUR_NUDGE)."""
    nudge = _own(tx, actor, nudge_id)
    if nudge.state is NudgeState.SENT:
        nudges.settle(tx, nudge, NudgeState.DONE)
        heeded(tx, Thing(nudge.thing), nudge.about, actor.user, nudge.occasion)
    outbox.mark_stale(tx, key_of(nudge))
    return nudge


def stop_kind(tx: Tx, actor: Actor, nudge_id: int) -> Nudge:
    """Turn the kind off that a nudge is of. Raises Refused(NOT_YOUR_NUDGE)."""
    nudge = _own(tx, actor, nudge_id)
    if nudge.state is NudgeState.SENT:
        nudges.settle(tx, nudge, NudgeState.STOPPED)
        choose(tx, actor, nudge.kind, wanted=False)
    outbox.mark_stale(tx, key_of(nudge))
    return nudge


def answer_keep(tx: Tx, actor: Actor, nudge_id: int, *, keep: bool) -> None:
    """Answer the question whether to keep a kind. Raises Refused(NOT_YOUR_NUDGE)."""
    nudge = _own(tx, actor, nudge_id)
    if nudge.thing != Thing.KEEP:
        raise Refused(Reason.NOT_YOUR_NUDGE)
    choose(tx, actor, nudge.kind, wanted=keep)
    outbox.mark_stale(tx, key_of(nudge))


def choose_all(tx: Tx, actor: Actor, wanted: Collection[NudgeKind]) -> Coming:
    """Have the actor reminded of exactly these kinds; gives what is coming up then."""
    for kind in KINDS:
        choose(tx, actor, kind, wanted=kind in wanted)
    return coming_of(tx, actor.user)


def choose(tx: Tx, actor: Actor, kind: NudgeKind, *, wanted: bool) -> None:
    """Turn a kind on or off for the actor; turned off, what is due of it is dropped.

    What is due later is decided about then: they may have turned it on again.
    """
    state = KindState.ON if wanted else KindState.OFF
    before = nudges.choices_of(tx, actor.user).get(kind)
    if state is (before.state if before else KindState.ON):
        return
    nudges.choose(tx, actor.user, kind, state)
    drop(tx, Thing.KEEP, KINDS.index(kind), actor.user)
    if wanted:
        nudges.look_again(tx, actor.user, kind)
        for nudge in nudges.of_kind(tx, actor.user, kind, NudgeState.STOPPED):
            nudges.settle(tx, nudge, NudgeState.SENT)
            outbox.mark_stale(tx, key_of(nudge))
        return
    for nudge in nudges.of_kind(tx, actor.user, kind, NudgeState.WAITING):
        if nudge.due_at <= tx.now or nudge.round:
            drop_one(tx, nudge, Because.TURNED_OFF)
            outbox.refresh_under(tx, f"{nudge.thing}/{nudge.about}/{nudge.user}")


def coming_of(tx: Tx, user: str) -> Coming:
    """What the bot will remind them of, with what holds it, and how each kind stands."""
    person = person_of(tx, user)
    found = nudges.waiting_of(tx, user, SHOWN)
    waiting = [
        Waiting(each, disturbance.earliest(person, each))
        for each in found
        if person.kinds[each.kind].state is not KindState.OFF
    ]
    paused = person.paused_until if (person.paused_until or 0) > tx.now else None
    return Coming(
        waiting=sorted(waiting, key=lambda each: each.at),
        kinds={kind: person.kinds[kind].state for kind in KINDS},
        hours=person.hours,
        paused_until=paused,
        now=tx.now,
    )


def _own(tx: Tx, actor: Actor, nudge_id: int) -> Nudge:
    nudge = nudges.get(tx, nudge_id)
    if nudge is None or nudge.user != actor.user or nudge.sent_at is None:
        raise Refused(Reason.NOT_YOUR_NUDGE)
    return nudge
