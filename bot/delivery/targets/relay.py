"""What the outbox shows of a conversation through the bot: each side of it, and what is said."""

from collections.abc import Callable

from bot.delivery import askers
from bot.delivery.target import Below, Person, Posted, Target
from bot.views.consults import relay as view
from storage import consults, outbox, relay
from storage.database import Tx
from storage.records.relay import Notice, Side


def _opening(tx: Tx, consult_id: str, expert: str, side: str) -> Target | None:
    consult = consults.get(tx, int(consult_id))
    if consult is None:
        return None
    reader = askers.reader(consult, expert, Side(side))
    if consult.expert != expert or not consult.conversation:
        stands = outbox.stands_in(tx, f"relay/{consult_id}/{expert}/{side}")
        return Posted(Person(reader), view.moved_on(Side(side))) if stands else None
    seen = askers.shown_to(consult, reader)
    return Posted(Person(reader), view.opening(seen, Side(side)))


def _relayed(tx: Tx, relayed_id: str) -> Target | None:
    said = relay.get(tx, int(relayed_id))
    consult = consults.get(tx, said.consult_id) if said else None
    if said is None or consult is None:
        return None
    side = said.side.other
    reader = askers.reader(consult, said.expert, side)
    seen = askers.shown_to(consult, reader)
    stands = outbox.may_stand(tx, f"relayed/{relayed_id}")
    message = view.relayed(seen, said) if said.words or (said.deleted and stands) else None
    if message is None:
        return None
    # Slack tells people of a thread once they have written in it.
    aloud = not relay.has_written(tx, consult.id, said.expert, side)
    return Posted(_thread(said.consult_id, said.expert, side, reader), message, aloud=aloud)


def _notice(tx: Tx, relayed_id: str) -> Target | None:
    said = relay.get(tx, int(relayed_id))
    consult = consults.get(tx, said.consult_id) if said else None
    if said is None or consult is None:
        return None
    stands = outbox.may_stand(tx, f"relay-notice/{relayed_id}")
    if said.notice is None and not stands:
        return None
    author = askers.reader(consult, said.expert, said.side)
    revealed = said.notice is Notice.OVER and consult.anonymous and not consult.hidden
    message = view.notice(said, revealed=revealed)
    return Posted(_thread(said.consult_id, said.expert, said.side, author), message)


def _hint(tx: Tx, consult_id: str, expert: str, side: str) -> Target | None:
    consult = consults.get(tx, int(consult_id))
    if consult is None or not consult.relays_with(expert):
        return None
    return Posted(Person(askers.reader(consult, expert, Side(side))), view.hint(Side(side)))


def _thread(consult_id: int, expert: str, side: Side, user: str) -> Below:
    return Below(f"relay/{consult_id}/{expert}/{side}", user)


TARGETS: dict[str, Callable[..., Target | None]] = {
    "relay": _opening,
    "relayed": _relayed,
    "relay-notice": _notice,
    "relay-hint": _hint,
}
