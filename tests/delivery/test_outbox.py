"""The rows themselves: who holds one, and what a change does to it."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.delivery.restored import NUMBERED_BY, look_since
from bot.delivery.targets import _TARGETS as TARGETS
from storage import outbox
from storage.backup import back_up, restore
from storage.database import Store, open_store
from storage.records import DeliveryState

TEAM = "T1"


class Hand:
    """A clock moved by hand."""

    at = 1_795_000_000

    def now(self) -> int:
        return self.at


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def store(tmp_path: Path, clock: Hand) -> Iterator[Store]:
    opened = open_store(tmp_path / "mentor.db", clock)
    yield opened
    opened.close()


async def test_a_row_belongs_to_one_claim_until_its_lease_runs_out(
    store: Store, clock: Hand
) -> None:
    await store.write(TEAM, outbox.mark_stale, "card/1")
    [mine] = await store.write("", outbox.claim, "one", 10)
    assert await store.write("", outbox.claim, "two", 10) == []
    clock.at += outbox.LEASE
    [theirs] = await store.write("", outbox.claim, "two", 10)
    assert not await store.write(TEAM, outbox.renew, mine)
    assert await store.write(TEAM, outbox.renew, theirs)


async def test_a_claim_that_ran_out_is_not_mistaken_for_the_next_of_the_same_worker(
    store: Store, clock: Hand
) -> None:
    await store.write(TEAM, outbox.mark_stale, "card/1")
    [first] = await store.write("", outbox.claim, "one", 10)
    clock.at += outbox.LEASE
    [second] = await store.write("", outbox.claim, "one", 10)
    assert not await store.write(TEAM, outbox.renew, first)
    await store.write(TEAM, outbox.sent, first, "C1", "1.0")
    assert await store.write(TEAM, outbox.renew, second)


async def test_a_call_begins_the_lease_anew(store: Store, clock: Hand) -> None:
    await store.write(TEAM, outbox.mark_stale, "card/1")
    [mine] = await store.write("", outbox.claim, "one", 10)
    clock.at += outbox.LEASE - 1
    assert await store.write(TEAM, outbox.renew, mine)
    clock.at += outbox.LEASE - 1
    assert await store.write("", outbox.claim, "two", 10) == []


async def test_a_change_while_it_is_sent_is_sent_afterwards(store: Store) -> None:
    await store.write(TEAM, outbox.mark_stale, "card/1")
    [mine] = await store.write("", outbox.claim, "one", 10)
    await store.write(TEAM, outbox.mark_stale, "card/1")
    await store.write(TEAM, outbox.sent, mine, "C1", "1.0")
    [again] = await store.write("", outbox.claim, "one", 10)
    assert (again.ts, again.wanted) == ("1.0", 2)
    await store.write(TEAM, outbox.sent, again, None, None)
    assert await store.write("", outbox.claim, "one", 10) == []


async def test_a_change_does_not_hurry_a_look_for_what_may_have_been_sent(
    store: Store, clock: Hand
) -> None:
    await store.write(TEAM, outbox.mark_stale, "card/1")
    [mine] = await store.write("", outbox.claim, "one", 10)
    again = outbox.Retry(clock.at + 15, "no_answer", unsure=True)
    await store.write(TEAM, outbox.retry, mine, again)
    await store.write(TEAM, outbox.mark_stale, "card/1")
    assert await store.write("", outbox.claim, "one", 10) == []
    clock.at += 15
    [found] = await store.write("", outbox.claim, "one", 10)
    assert found.state is DeliveryState.UNSURE


async def test_no_workspace_tries_or_discards_what_is_anothers(store: Store) -> None:
    await store.write(TEAM, outbox.mark_stale, "card/1")
    [mine] = await store.write("", outbox.claim, "one", 10)
    await store.write(TEAM, outbox.die, mine, "is_archived")
    assert await store.read("T2", outbox.dead) == []
    assert not await store.write("T2", outbox.try_again, mine.id)
    assert not await store.write("T2", outbox.discard, mine.id)
    assert await store.write(TEAM, outbox.discard, mine.id)
    assert await store.read(TEAM, outbox.dead) == []


async def test_after_a_restore_one_looks_back_to_when_the_backup_was_made(
    tmp_path: Path, clock: Hand
) -> None:
    place = tmp_path / "mentor.db"
    first = open_store(place, clock)
    await first.write(TEAM, outbox.mark_stale, "status-card/1")
    copy = back_up(place, tmp_path / "copy.db", clock.at, lambda _done, _all: None)
    first.close()
    made_at, clock.at = clock.at, clock.at + 5000
    restore(copy, place, clock.at, lambda _done, _all: None)
    store = open_store(place, clock)
    await store.write(TEAM, outbox.mark_stale, "home/U0ADA")
    await store.write(TEAM, outbox.mark_stale, "status-card/2")
    known, named, new = await store.write("", outbox.claim, "one", 10)
    assert await store.read(TEAM, look_since, known) == made_at
    assert await store.read(TEAM, look_since, named) == made_at
    assert await store.read(TEAM, look_since, new) is None
    tried = dataclasses.replace(new, channel="C1")
    assert await store.read(TEAM, look_since, tried) == made_at
    store.close()


def test_every_thing_is_known_by_what_numbers_it() -> None:
    assert set(NUMBERED_BY) == set(TARGETS)
