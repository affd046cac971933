"""What an anonymous asker and their expert write to each other, each in a thread of their own.

The thread hangs on the message that opens the conversation in one's direct messages with the bot;
nothing that is written elsewhere is read. What Slack tells twice, late or out of order counts once.
"""

import re
from dataclasses import dataclass, replace

from bot import identifiers
from bot.authority import Action, Actor, authorise
from bot.errors import Identifying, Reason, Refused
from bot.identifiers import Typed
from bot.views.consults.relay import RELAYED_MAX
from storage import consults, members, outbox, relay
from storage.database import Tx
from storage.records import Consult
from storage.records.relay import Notice, Relayed, Side

CONFIRMED_FOR = 600  # seconds in which words that identify nobody can be sent again
_MENTIONED = re.compile(r"@([UW][A-Z0-9]{2,20})\b")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, changed or deleted in their direct messages with the bot.

    `thread_ts` None: below no message. `version`: when these words were written, in microseconds.
    `words` are plain already; empty where nothing is to be read.
    """

    user: str
    channel: str
    ts: str
    version: int
    thread_ts: str | None = None
    words: str = ""
    files: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class _Conversation:
    """Whose words they are, in the conversation of which consult with which expert."""

    consult: Consult
    expert: str
    side: Side


def written(tx: Tx, said: Written) -> None:
    """Pass on what was written in the thread of a conversation; else say where to write.

    Whoever wrote it hears of it where it is not passed on as it stands.
    """
    talk = _conversation(tx, said)
    if talk is None:
        _say_where(tx, said)
        return
    before = relay.written_at(tx, said.channel, said.ts)
    kept = relay.keep(tx, _judged(tx, talk, said, before))
    if kept is None:
        return
    if kept.deleted:
        outbox.refresh(tx, f"relayed/{kept.id}")
    elif kept.words != (before.words if before else ""):
        outbox.mark_stale(tx, f"relayed/{kept.id}")
    if kept.notice:
        outbox.mark_stale(tx, f"relay-notice/{kept.id}")
    else:
        outbox.refresh(tx, f"relay-notice/{kept.id}")


def _conversation(tx: Tx, said: Written) -> _Conversation | None:
    """The conversation in whose thread it was written, by one of the two."""
    key = said.thread_ts and outbox.key_at(tx, said.channel, said.thread_ts, "relay")
    if not key:
        return None
    _, consult_id, expert, side = key.split("/")
    consult = consults.get(tx, int(consult_id))
    if consult is None or said.user != (consult.asker if side == Side.ASKER else expert):
        return None
    return _Conversation(consult, expert, Side(side))


def _judged(tx: Tx, talk: _Conversation, said: Written, before: Relayed | None) -> Relayed:
    """What the other is to read of it, and what its author hears."""
    earlier = before.words if before else ""
    new = Relayed(
        id=0,
        consult_id=talk.consult.id,
        expert=talk.expert,
        side=talk.side,
        channel=said.channel,
        ts=said.ts,
        version=said.version,
        words=earlier,
    )
    if said.deleted:
        return replace(new, words="", deleted=True)
    if not talk.consult.relays_with(talk.expert):
        return replace(new, notice=Notice.OVER)
    if said.files:
        return replace(new, notice=Notice.FILE)
    try:
        _check(tx, said, new)
    except Identifying as error:
        kinds = tuple(str(each) for each in error.kinds)
        notice = Notice.ASKED if error.may_confirm else Notice.STOPPED
        return replace(new, notice=notice, kinds=kinds)
    words = _with_names(tx, talk, said.words)
    long = len(words) > RELAYED_MAX
    return replace(new, words=words[:RELAYED_MAX], notice=Notice.CUT if long else None)


def _check(tx: Tx, said: Written, new: Relayed) -> None:
    """Raise Identifying if the words seem to identify a patient and nothing else was confirmed."""
    typed = Typed({"message": said.words}, "relay")
    actor = Actor(said.user, said.channel)
    try:
        identifiers.check(tx, actor, typed)
    except Identifying as error:
        known = relay.confirmed(tx, new, tx.now - CONFIRMED_FOR)
        if not (error.may_confirm and set(error.kinds) <= known):
            raise
        identifiers.check(tx, actor, replace(typed, confirmed=True))


def confirm(tx: Tx, actor: Actor, relayed_id: int) -> None:
    """The author of a message that was held back says that it identifies nobody.

    Its words were not kept: sent again within CONFIRMED_FOR, they are passed on. Raises Refused.
    """
    said = relay.get(tx, relayed_id)
    if said is None:
        raise Refused(Reason.NOT_YOURS)
    consult = authorise(tx, actor, Action.CONFIRM_RELAYED, said.consult_id)
    author = consult.asker if said.side is Side.ASKER else said.expert
    if actor.user != author or not consult.relays_with(said.expert):
        raise Refused(Reason.NOT_YOURS)
    if relay.confirm(tx, relayed_id):
        outbox.refresh(tx, f"relay-notice/{relayed_id}")


def _with_names(tx: Tx, talk: _Conversation, words: str) -> str:
    """The words with people's names for their ids; never with that of a hidden asker."""

    def name(found: re.Match[str]) -> str:
        member = members.get(tx, found[1]) if found[1] != talk.consult.asker else None
        return f"@{member.name}" if member else "@somebody"

    return _MENTIONED.sub(name, words)


def _say_where(tx: Tx, said: Written) -> None:
    """Tell who writes beside the thread, once a conversation, where the other would read it."""
    if said.deleted:
        return
    for consult in consults.relayed_with(tx, said.user):
        side = Side.ASKER if consult.asker == said.user else Side.EXPERT
        outbox.ask_once(tx, f"relay-hint/{consult.id}/{consult.expert}/{side}")
