"""Looking after experts: a full week, a rest, kind words; and who waits behind others.

Everything it says is a nudge of a kind of its own, which can be turned off.
"""

from bot import members as people
from bot import nudges
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.nudges import Thing
from bot.rules import care as rules
from storage import care, members
from storage import nudges as nudge_queries
from storage.database import Tx
from storage.records import Consult
from storage.records.nudges import Nudge

# Somebody's own week: it is about nothing else.
OWN = 0
# How long these are worth saying.
WORTH_SAYING = 14 * rules.DAY
# Kind words come the day after, not on top of the question how it went.
LATER = 12 * 3600


def after_taking(tx: Tx, expert: str) -> None:
    """Tell an expert, once, that their week is full."""
    until = full_until(tx, expert)
    last = nudge_queries.last_occasion(tx, expert, Thing.WEEK_FULL)
    if until and (last is None or last + rules.WEEK <= tx.now):
        nudges.want(tx, expert, Thing.WEEK_FULL, OWN, until=until, occasion=tx.now)


def after_answer(tx: Tx, consult: Consult) -> None:
    """A question is closed: kind words for some, a rest for who has had many."""
    if consult.expert is None:
        return
    count = care.answered(tx, consult.expert)
    if rules.is_milestone(count):
        until, due_at = tx.now + WORTH_SAYING, tx.now + LATER
        nudges.want(tx, consult.expert, Thing.KIND_WORDS, count, until=until, due_at=due_at)
    _offer_rest(tx, consult.expert)


def _offer_rest(tx: Tx, user: str) -> None:
    expert = members.expert(tx, user)
    if expert is None or (expert.paused_until or 0) > tx.now:
        return
    taken = care.taken_since(tx, user, tx.now - rules.MANY_WITHIN)
    last = nudge_queries.last_occasion(tx, user, Thing.REST_WEEK)
    deserved = rules.deserves_rest(taken, expert.capacity, tx.now)
    if deserved and rules.may_offer_again(last, tx.now):
        nudges.want(tx, user, Thing.REST_WEEK, OWN, until=tx.now + WORTH_SAYING, occasion=tx.now)


def rest(tx: Tx, actor: Actor, occasion: int) -> None:
    """Rest for a week, as was offered on this occasion. A longer pause stays as it is.

    Raises Refused(NOT_YOUR_NUDGE) if it was not offered.
    """
    offered = _offered(tx, actor, occasion)
    if offered.heeded_at is not None:
        return
    until = max(tx.now + rules.REST, members.paused_until(tx, actor.user) or 0)
    nudges.heeded(tx, Thing.REST_WEEK, OWN, actor.user, occasion)
    people.pause(tx, actor, until)


def no_rest(tx: Tx, actor: Actor, occasion: int) -> None:
    """Go on without a rest. Raises Refused as `rest` does."""
    _offered(tx, actor, occasion)
    nudges.heeded(tx, Thing.REST_WEEK, OWN, actor.user, occasion)


def _offered(tx: Tx, actor: Actor, occasion: int) -> Nudge:
    found = nudge_queries.find(tx, actor.user, Thing.REST_WEEK, OWN, occasion)
    if found is None:
        raise Refused(Reason.NOT_YOUR_NUDGE)
    return found


def full_until(tx: Tx, user: str) -> int | None:
    """When the next place in an expert's week is free; None if one is, or they are no expert."""
    expert = members.expert(tx, user)
    if expert is None:
        return None
    taken = care.taken_since(tx, user, tx.now - rules.WEEK)
    return rules.full_until(taken, expert.capacity, tx.now)


def this_week(tx: Tx, user: str) -> int:
    """How many questions count for an expert's week: taken in seven days, or waiting for them."""
    since = tx.now - rules.WEEK
    return len(care.taken_since(tx, user, since)) + care.waiting_since(tx, user, since)


def places_kept(tx: Tx, asker: str) -> int:
    """How many places of an expert's week are kept for others before this asker's questions."""
    return rules.places_kept(care.ended_of(tx, asker), tx.now)
