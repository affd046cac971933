"""What features call: have something said, drop what no longer applies, note what was done."""

from bot.rules.disturbance import Because
from bot.rules.nudges import STANDS_FOR, Thing, key_of
from storage import nudges, outbox
from storage.database import Tx
from storage.records.nudges import KindState, Nudge, NudgeState


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
    if it was wanted before; what was dropped since, as it did not apply, waits again.
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
    return nudges.add(tx, wanted, again_if=Because.NO_LONGER)


def drop(tx: Tx, thing: Thing, about: int, user: str | None = None) -> None:
    """What waits of this thing about this (for `user`; None: for anybody) no longer applies.

    What stands is shown as it is now.
    """
    for nudge in nudges.unsettled(tx, thing, about, user):
        if not _reached(tx, nudge):
            drop_one(tx, nudge, Because.NO_LONGER)
    outbox.refresh_under(tx, f"{thing}/{about}/{user}" if user else f"{thing}/{about}")


def put_off(tx: Tx, thing: Thing, about: int, due_at: int) -> None:
    """What waits of this thing about this is said to nobody before `due_at`."""
    nudges.put_off(tx, thing, about, due_at)


def heeded(tx: Tx, thing: Thing, about: int, user: str, occasion: int | None = None) -> None:
    """The person did what it was for; what waits of it is not said any more.

    With an `occasion` that one alone: what is asked several times is asked the other times, too.
    """
    for nudge in nudges.unsettled(tx, thing, about, user):
        if occasion in (None, nudge.occasion) and not _reached(tx, nudge):
            drop_one(tx, nudge, Because.DONE)
    nudges.heeded(tx, thing, about, user, occasion)
    outbox.refresh_under(tx, f"{thing}/{about}/{user}")


def _reached(tx: Tx, nudge: Nudge) -> bool:
    """Whether it may be before its reader's eyes."""
    return nudge.state is NudgeState.SENT and outbox.may_stand(tx, key_of(nudge))


def drop_one(tx: Tx, nudge: Nudge, because: Because) -> None:
    """It is never said. Who was not asked after all whether to keep a kind, still has it."""
    nudges.drop(tx, nudge, because)
    if nudge.thing == Thing.KEEP:
        choice = nudges.choices_of(tx, nudge.user).get(nudge.kind)
        if choice and choice.state is KindState.ASKED:
            nudges.choose(tx, nudge.user, nudge.kind, KindState.ON)
