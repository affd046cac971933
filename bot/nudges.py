"""What the bot says of its own accord: the one place that decides whether and when."""

from enum import StrEnum

from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.members import hours_of
from bot.rules import disturbance, working_hours
from bot.rules.disturbance import AskFirst, Because, Drop, Hold, Person, may_disturb
from storage import members, nudges, outbox, profiles
from storage.database import Tx
from storage.records.nudges import KindState, Nudge, NudgeKind, NudgeState

AT_ONCE = 100  # people one tick looks at in a workspace
OF_ONE = 50  # nudges of one person it looks at
SHOWN = 10
DAY = 24 * 3600


class Thing(StrEnum):
    """What a nudge shows: the first part of its key in the outbox."""

    RUN_SHEET = "run-sheet"
    USEFUL = "session-useful"
    CIRCLE_FEW = "circle-few"
    CIRCLE_MANY = "circle-many"
    REMINDER = "reminder"
    CHECKIN_REMINDER = "checkin-reminder"
    PLAN_CHECKIN = "plan-checkin"
    RETHINK = "rethink-mentorship"
    CHECKIN_NOTES = "checkin-notes"
    REQUEST_WAITS = "request-waits"
    AGREEMENT_WAITS = "agreement-waits"
    AGREEMENT_REVIEW = "agreement-review"
    TERM_ENDS = "term-ends"
    HEALTH = "health-question"
    CLOSING = "closing-survey"
    OUTCOMES = "outcome-question"
    INFORMAL_OFFER = "informal-offer"
    BECOME_EXPERT = "become-expert"
    KEEP = "keep-nudges"


# The kind by which people can turn a thing off, and how important it is: 0 goes first.
STANDS_FOR: dict[Thing, tuple[NudgeKind, int]] = {
    Thing.RUN_SHEET: (NudgeKind.SESSIONS, 1),
    Thing.USEFUL: (NudgeKind.SESSIONS, 6),
    Thing.CIRCLE_FEW: (NudgeKind.SESSIONS, 7),
    Thing.CIRCLE_MANY: (NudgeKind.SESSIONS, 7),
    Thing.REMINDER: (NudgeKind.CONSULTS, 1),
    Thing.CHECKIN_REMINDER: (NudgeKind.CHECKINS, 0),
    Thing.PLAN_CHECKIN: (NudgeKind.CHECKINS, 3),
    Thing.RETHINK: (NudgeKind.CHECKINS, 4),
    Thing.CHECKIN_NOTES: (NudgeKind.CHECKINS, 5),
    Thing.REQUEST_WAITS: (NudgeKind.MENTORSHIPS, 2),
    Thing.AGREEMENT_WAITS: (NudgeKind.MENTORSHIPS, 2),
    Thing.AGREEMENT_REVIEW: (NudgeKind.MENTORSHIPS, 4),
    Thing.TERM_ENDS: (NudgeKind.MENTORSHIPS, 3),
    Thing.HEALTH: (NudgeKind.FEEDBACK, 6),
    Thing.CLOSING: (NudgeKind.FEEDBACK, 6),
    Thing.OUTCOMES: (NudgeKind.FEEDBACK, 7),
    Thing.INFORMAL_OFFER: (NudgeKind.INVITATIONS, 8),
    Thing.BECOME_EXPERT: (NudgeKind.INVITATIONS, 9),
}
# These tell something and ask for nothing: leaving them unanswered is not ignoring them.
TELL_ONLY = frozenset({Thing.RUN_SHEET, Thing.CHECKIN_REMINDER})
KINDS = tuple(NudgeKind)


def key_of(nudge: Nudge) -> str:
    """Its key in the outbox."""
    key = f"{nudge.thing}/{nudge.about}/{nudge.user}"
    return f"{key}/{nudge.occasion}" if nudge.occasion else key


def want(  # noqa: PLR0913 - what, about what, to whom and when are a nudge
    tx: Tx,
    user: str,
    thing: Thing,
    about: int,
    *,
    until: int,
    occasion: int = 0,
    due_at: int | None = None,
) -> bool:
    """Have `thing` about something shown to the person in their hours, once, before `until`.

    `occasion` tells one time from another (0: there is but one); `due_at`: not before then. False
    if it was wanted before.
    """
    kind, importance = STANDS_FOR[thing]
    wanted = Nudge(
        id=0,
        user=user,
        thing=thing,
        kind=kind,
        about=about,
        occasion=occasion,
        state=NudgeState.WAITING,
        importance=importance,
        until=until,
        due_at=tx.now if due_at is None else due_at,
    )
    return nudges.add(tx, wanted)


def drop(tx: Tx, thing: Thing, about: int, user: str | None = None) -> None:
    """What waits of this thing about this (for `user`; None: for anybody) no longer applies."""
    nudges.drop_about(tx, thing, about, Because.NO_LONGER, user)


def heeded(tx: Tx, thing: Thing, about: int, user: str, *, occasion: int | None = None) -> None:
    """The person did what it was for; what waits of it (this `occasion`, if given) is not said."""
    nudges.drop_about(tx, thing, about, Because.DONE, user, occasion)
    nudges.heeded(tx, thing, about, user, occasion)
    outbox.refresh_under(tx, f"{thing}/{about}/{user}")


def send_due(tx: Tx) -> int:
    """Send what is due or hold it with its reason; gives how many people were looked at.

    May run twice or in two processes: a nudge leaves the due ones as it is sent.
    """
    people = nudges.due_people(tx, AT_ONCE)
    for user in people:
        for nudge in nudges.due(tx, user, OF_ONE):
            _send(tx, nudge)
    return len(people)


def _send(tx: Tx, nudge: Nudge) -> None:
    decision = may_disturb(person_of(tx, nudge.user), nudge, tx.now)
    if isinstance(decision, Drop):
        nudges.drop(tx, nudge, decision.because)
    elif isinstance(decision, Hold):
        nudges.hold(tx, nudge, decision.until, decision.because)
    elif isinstance(decision, AskFirst):
        nudges.choose(tx, nudge.user, nudge.kind, KindState.ASKED)
        nudges.hold(tx, nudge, nudge.until, Because.IGNORED)
        _ask_whether_to_keep(tx, nudge.user, nudge.kind)
    else:
        nudges.sent(tx, nudge)
        outbox.mark_stale(tx, key_of(nudge))


def _ask_whether_to_keep(tx: Tx, user: str, kind: NudgeKind) -> None:
    """The question counts as a nudge itself, and takes the place of the one that is held."""
    asked = Nudge(
        id=0,
        user=user,
        thing=Thing.KEEP,
        kind=kind,
        about=KINDS.index(kind),
        occasion=tx.now,
        state=NudgeState.WAITING,
        importance=0,
        until=tx.now + disturbance.WEEK,
        due_at=tx.now,
    )
    nudges.add(tx, asked)
    stored = nudges.find(tx, user, Thing.KEEP, asked.about, asked.occasion)
    if stored:
        nudges.sent(tx, stored)
        outbox.mark_stale(tx, key_of(stored))


def person_of(tx: Tx, user: str) -> Person:
    """What the rules need to know of somebody."""
    member, profile = members.get(tx, user), profiles.get(tx, user)
    choices = nudges.choices_of(tx, user)
    answerable = {
        kind: [
            thing.value
            for thing, (of, _) in STANDS_FOR.items()
            if of is kind and thing not in TELL_ONLY
        ]
        for kind in KINDS
    }
    ignored = {}
    for kind, things in answerable.items():
        since = choices[kind].since if kind in choices else 0
        last = nudges.last_sent(tx, user, kind, things, disturbance.IGNORED_LIMIT)
        ignored[kind] = sum(
            nudge.heeded_at is None and (nudge.sent_at or 0) > since for nudge in last
        )
    return Person(
        hours=hours_of(tx, user),
        here=not (member and member.deactivated),
        paused_until=profile.paused_until,
        quiet=members.quiet(tx, user),
        sent=tuple(nudges.sent_since(tx, user, tx.now - disturbance.WEEK)),
        kinds={kind: choice.state for kind, choice in choices.items()},
        ignored=ignored,
    )


def snooze(tx: Tx, actor: Actor, nudge_id: int, days: int) -> Nudge:
    """Have it said again in so many days, at the beginning of the person's working time.

    Raises Refused(NOT_YOUR_NUDGE).
    """
    nudge = _own(tx, actor, nudge_id)
    nudges.heeded(tx, nudge.thing, nudge.about, actor.user)
    due_at = working_hours.next_start(hours_of(tx, actor.user), tx.now + days * DAY)
    until = max(nudge.until, due_at + disturbance.WEEK)
    want(tx, actor.user, Thing(nudge.thing), nudge.about, until=until, occasion=due_at,
         due_at=due_at)  # fmt: skip
    nudges.snoozed(tx, nudge)
    outbox.mark_stale(tx, key_of(nudge))
    return nudge


def done(tx: Tx, actor: Actor, nudge_id: int) -> Nudge:
    """The person has seen to it. Raises Refused(NOT_YOUR_NUDGE)."""
    nudge = _own(tx, actor, nudge_id)
    heeded(tx, Thing(nudge.thing), nudge.about, actor.user)
    nudges.drop(tx, nudge, Because.DONE)
    outbox.mark_stale(tx, key_of(nudge))
    return nudge


def stop_kind(tx: Tx, actor: Actor, nudge_id: int) -> Nudge:
    """Turn the kind off that a nudge is of. Raises Refused(NOT_YOUR_NUDGE)."""
    nudge = _own(tx, actor, nudge_id)
    choose(tx, actor, nudge.kind, wanted=False)
    outbox.mark_stale(tx, key_of(nudge))
    return nudge


def choose(tx: Tx, actor: Actor, kind: NudgeKind, *, wanted: bool) -> None:
    """Turn a kind on or off for the actor; turned off, what waits of it is dropped."""
    nudges.choose(tx, actor.user, kind, KindState.ON if wanted else KindState.OFF)
    if wanted:
        nudges.due_again(tx, actor.user, kind)
    else:
        nudges.drop_kind(tx, actor.user, kind, Because.TURNED_OFF)
    outbox.refresh_under(tx, f"{Thing.KEEP}/{KINDS.index(kind)}/{actor.user}")


def coming_of(tx: Tx, user: str) -> tuple[list[Nudge], dict[NudgeKind, KindState]]:
    """What the bot will remind them of, with what holds it, and how each kind stands."""
    choices = nudges.choices_of(tx, user)
    states = {kind: choices[kind].state if kind in choices else KindState.ON for kind in KINDS}
    return nudges.waiting_of(tx, user, SHOWN), states


def _own(tx: Tx, actor: Actor, nudge_id: int) -> Nudge:
    nudge = nudges.get(tx, nudge_id)
    if nudge is None or nudge.user != actor.user or nudge.sent_at is None:
        raise Refused(Reason.NOT_YOUR_NUDGE)
    return nudge
