"""From wishes to groups: everybody is placed, or left with the reason."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from bot.rules.grouping.drafts import Draft
from bot.rules.grouping.parties import why_never
from bot.rules.grouping.search import Search
from bot.rules.grouping.table import NEIGHBOURS, Bounds, Table, bits_of, each, table_of
from bot.rules.grouping.wishes import (
    BEST,
    HOURS_A_WEEK,
    LEAST,
    MOST,
    Fault,
    Forming,
    Group,
    Rule,
    WhyLeft,
    Wish,
)
from bot.rules.grouping.worth import stage_of, were_together
from storage.records import CareerStage


def form(
    wishes: Sequence[Wish], *, least: int = LEAST, most: int = MOST, best: int = BEST, seed: int = 0
) -> Forming:
    """Groups of `least` to `most` people, best near `best`, and who is in none and why.

    The same wishes and seed give the same groups, whatever order they come in. Some seconds for 500
    people: to be run where nobody waits.
    """
    table = table_of(wishes, Bounds(least, most, best))
    everybody = range(len(table.wishes))
    never = {person: why for person in everybody if (why := why_never(table, person))}
    search = Search(table, bits_of(set(everybody) - set(never)), seed)
    search.run()
    groups = sorted((_group(table, draft) for draft in search.drafts), key=lambda g: g.users)
    left = never | dict.fromkeys(each(search.left), WhyLeft.NO_PLACE)
    return Forming(
        tuple(groups), tuple((table.wishes[person].user, left[person]) for person in sorted(left))
    )


def _group(table: Table, draft: Draft) -> Group:
    people = [table.wishes[person] for person in sorted(draft.members)]
    stage = stage_of(person.stage for person in people)
    topics = Counter(topic for person in people for topic in person.topics)
    shared = [topic for topic, many in topics.items() if many > 1]
    return Group(
        users=tuple(person.user for person in people),
        hour=min(slot % HOURS_A_WEEK for slot in each(draft.slots)),
        stage=stage,
        guests=tuple(each_.user for each_ in people if each_.stage not in (stage, None)),
        topics=tuple(sorted(shared, key=lambda topic: (-topics[topic], topic))),
        again=tuple(
            (one.user, other.user)
            for one, other in combinations(people, 2)
            if were_together(one, other)
        ),
    )


def faults(
    group: Group, wishes: Sequence[Wish], *, least: int = LEAST, most: int = MOST
) -> tuple[Fault, ...]:
    """The rules that a group breaks, as it may when it was changed by hand."""
    known = {wish.user: wish for wish in wishes}
    strangers = tuple(user for user in group.users if user not in known)
    people = [known[user] for user in group.users if user in known]
    found = [Fault(Rule.KNOWN, strangers)] if strangers else []
    twice = tuple(user for user, many in Counter(group.users).items() if many > 1)
    if twice:
        found.append(Fault(Rule.ONCE, twice))
    if not least <= len(group.users) <= most:
        found.append(Fault(Rule.SIZE, group.users))
    busy = tuple(person.user for person in people if group.hour not in person.free)
    if busy:
        found.append(Fault(Rule.HOUR, busy))
    for one, other in combinations(people, 2):
        if other.user in one.apart or one.user in other.apart:
            found.append(Fault(Rule.APART, (one.user, other.user)))
    if not _near({person.stage for person in people if person.stage}):
        found.append(Fault(Rule.STAGE, tuple(person.user for person in people)))
    return tuple(found)


def _near(stages: set[CareerStage]) -> bool:
    return len(stages) < 2 or any(stages == set(pair) for pair in NEIGHBOURS)  # noqa: PLR2004 - one is near itself
