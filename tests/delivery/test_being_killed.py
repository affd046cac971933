"""Promises 6 and 7 where the process dies: between any two lines of a delivery, and again."""

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from storage import outbox
from storage.failpoints import PLACES
from tests.delivery.desk import ADA, BEN, Desk
from tests.support.world import TEAM

KILLED = 137
ROOT = Path(__file__).parents[2]


async def run_worker(desk: Desk, failpoint: str = "") -> int:
    """Deliver what is due, in a process of its own; gives how it ended."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.delivery.one_worker", str(desk.store.path),
        f"{desk.sandbox.address}/api/", desk.sandbox.bot_token, str(desk.clock.now()),
        cwd=ROOT, env={**os.environ, "MENTOR_FAILPOINT": failpoint},
    )  # fmt: skip
    return await asyncio.wait_for(worker.wait(), 30)


async def ask(desk: Desk, *keys: str) -> None:
    for key in keys:
        await desk.store.write(TEAM, outbox.mark_stale, key)


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("place", ["after_claim", "before_call", "after_call", "before_recorded"])
async def test_a_message_is_there_once_wherever_the_process_is_killed(
    desk: Desk, place: str, nth: int
) -> None:
    keys = [f"{BEN}/1", f"{BEN}/2", f"{ADA}/1"]
    await ask(desk, *keys)
    assert await run_worker(desk, f"{place}:{nth}") == KILLED
    desk.sandbox.clock.skip(outbox.LEASE + 1)
    assert await run_worker(desk) == 0
    assert Counter(desk.posted()) == Counter(keys)
    assert set((await desk.states()).values()) == {"sent"}
    assert desk.seen_by(BEN) == keys[:2]


async def test_a_message_is_there_once_however_often_the_process_is_killed(desk: Desk) -> None:
    keys = [f"{BEN}/1", f"{ADA}/1"]
    await ask(desk, *keys)
    # The commits are those of claiming, of noting the call and of recording it.
    ends = [*PLACES, "before_commit:2", "after_commit:3", "before_commit:4"]
    killed = 0
    for failpoint in ends:
        killed += await run_worker(desk, failpoint) == KILLED
        desk.sandbox.clock.skip(outbox.LEASE + 1)
    assert killed >= len(PLACES)
    assert await run_worker(desk) == 0
    assert Counter(desk.posted()) == Counter(keys)
    assert set((await desk.states()).values()) == {"sent"}


@pytest.mark.parametrize("place", ["before_call", "after_call"])
async def test_what_may_stand_in_a_channel_is_looked_for_there_after_a_kill(
    desk: Desk, place: str
) -> None:
    key = f"{desk.general().id}/1"
    await ask(desk, key)
    assert await run_worker(desk, place) == KILLED
    desk.sandbox.clock.skip(outbox.LEASE + 1)
    assert await run_worker(desk) == 0
    assert desk.posted() == [key]
    assert set((await desk.states()).values()) == {"sent"}
