"""From what is due to what goes out: the clock's part, and the delivery's."""

from collections.abc import Sequence

from bot.members import hours_of
from bot.nudges.wanting import drop_one
from bot.rules import disturbance
from bot.rules.disturbance import (
    AskFirst,
    Because,
    Decision,
    Drop,
    Hold,
    Kind,
    Person,
    Send,
    decide,
    may_disturb,
)
from bot.rules.nudges import KINDS, Thing, asking, key_of
from storage import members, nudges, outbox
from storage.database import Tx
from storage.records.nudges import KindState, Nudge, NudgeKind, NudgeState

AT_ONCE = 100  # people whose nudges are decided about in one transaction
# Of those of a kind that were ignored so many are looked at: the newest may be too new to count.
UNANSWERED = 3 * disturbance.IGNORED_LIMIT
# How long the question whether to keep a kind waits for its reader.
KEEP_ASKED_FOR = 365 * disturbance.DAY


def send_to(tx: Tx, people: Sequence[str]) -> int:
    """Send what is due to these people, or hold it with its reason; gives how many were sent.

    May run twice or in two processes: a nudge leaves the due ones as it is sent.
    """
    sent = 0
    for user in people:
        for nudge, decision in decide(person_of(tx, user), nudges.due(tx, user), tx.now):
            sent += _carry_out(tx, nudge, decision)
    return sent


def _carry_out(tx: Tx, nudge: Nudge, decision: Decision) -> bool:
    """Do what was decided; True if something goes out."""
    if nudge.round and not isinstance(decision, Hold):
        # The message from which it was snoozed says what has become of that.
        outbox.refresh_under(tx, f"{nudge.thing}/{nudge.about}/{nudge.user}")
    if isinstance(decision, Drop):
        drop_one(tx, nudge, decision.because)
    elif isinstance(decision, Hold):
        nudges.hold(tx, nudge, decision.until, decision.because)
    elif isinstance(decision, AskFirst):
        nudges.hold(tx, nudge, nudge.until, Because.IGNORED)
        _ask_whether_to_keep(tx, nudge.user, nudge.kind)
        return True
    else:
        _send(tx, nudge)
        return True
    return False


def _send(tx: Tx, nudge: Nudge) -> None:
    nudges.sent(tx, nudge)
    outbox.mark_stale(tx, key_of(nudge))


def _ask_whether_to_keep(tx: Tx, user: str, kind: NudgeKind) -> None:
    """The question is a nudge itself, and takes the place of the one that is held."""
    nudges.choose(tx, user, kind, KindState.ASKED)
    asked = Nudge(
        id=0,
        user=user,
        thing=Thing.KEEP,
        kind=kind,
        about=KINDS.index(kind),
        occasion=tx.now,
        state=NudgeState.WAITING,
        importance=0,
        until=tx.now + KEEP_ASKED_FOR,
        due_at=tx.now,
    )
    nudges.add(tx, asked, again_if=Because.NO_LONGER)
    stored = nudges.find(tx, user, Thing.KEEP, asked.about, asked.occasion)
    if stored:
        _send(tx, stored)


def person_of(tx: Tx, user: str, *, besides: int = 0) -> Person:
    """What the rules need to know of somebody; what the nudge `besides` did is left out."""
    member = members.get(tx, user)
    choices = nudges.choices_of(tx, user)
    kinds = {}
    for kind in KINDS:
        choice = choices.get(kind)
        kinds[kind] = Kind(
            choice.state if choice else KindState.ON,
            max(choice.since if choice else 0, nudges.answered_at(tx, user, kind)),
            nudges.unanswered(tx, user, kind, asking(kind), UNANSWERED),
        )
    since = tx.now - disturbance.WEEK
    return Person(
        hours=hours_of(tx, user),
        here=not (member and member.deactivated),
        paused_until=members.paused_until(tx, user),
        quiet=members.quiet(tx, user),
        sent=tuple(nudges.sent_since(tx, user, since, besides=besides)),
        kinds=kinds,
    )


def of_key(tx: Tx, key: str) -> Nudge | None:
    """The nudge that the outbox shows by this key; None if it shows none."""
    thing, about, user, *more = key.split("/")
    occasion, round_ = (int(each) for each in (*more, "0", "0")[:2])
    found = nudges.rounds(tx, user, thing, int(about), occasion)
    return next((each for each in found if each.round == round_), None)


def may_go_out(tx: Tx, nudge: Nudge) -> bool:
    """Whether a nudge that was sent, and stands nowhere yet, may still reach its reader now.

    Its delivery may be late: hours have ended since, or a pause has begun.
    """
    decision = may_disturb(person_of(tx, nudge.user, besides=nudge.id), nudge, tx.now)
    return isinstance(decision, Send | AskFirst)


def reaches(tx: Tx, key: str) -> None:
    """A nudge is posted in this moment: the time that counts is this one."""
    nudge = of_key(tx, key)
    if nudge and nudge.state is NudgeState.SENT:
        nudges.sent(tx, nudge)


def unsaid(tx: Tx, key: str, because: Because | None) -> None:
    """A nudge that was sent has not reached anybody: it is dropped, or (None) waits again.

    What it took the place of is decided about anew.
    """
    nudge = of_key(tx, key)
    if nudge is None or nudge.state is not NudgeState.SENT:
        return
    if because:
        drop_one(tx, nudge, because)
    else:
        nudges.wait_again(tx, nudge)
    nudges.look_again(tx, nudge.user)
