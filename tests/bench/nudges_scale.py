"""A hundred thousand reminders that wait: a tick with none due, and a thousand people at once.

`python -m tests.bench.nudges_scale` prints medians and 99th percentiles of one run.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot import nudges
from bot.clock import RealClock
from bot.nudges import Thing
from storage import nudges as queries
from storage.database import Store, Tx, open_store

WAITING, DUE, TICKS = 100_000, 1000, 200
CHUNK = 5000
DAY = 24 * 3600


def add(tx: Tx, first: int, count: int) -> None:
    """Reminders that are due in a day or more, each of somebody else."""
    for number in range(first, first + count):
        due_at = tx.now + DAY + number
        nudges.want(
            tx, f"U{number}", Thing.PLAN_CHECKIN, number, until=due_at + 14 * DAY, due_at=due_at
        )


def make_due(tx: Tx) -> None:
    """Let those of DUE people be due now."""
    tx.execute("UPDATE nudges SET due_at = :now, look_at = :now WHERE id <= :due", due=DUE)


async def tick(store: Store) -> None:
    """What the clock does every minute, but for asking Slack."""
    for workspace in await store.read("", queries.due_workspaces):
        while people := await store.read(workspace, queries.due_people, nudges.AT_ONCE):
            await store.write(workspace, nudges.send_to, people)


async def timed(store: Store, times: int) -> list[float]:
    """Milliseconds of each of so many ticks."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        await tick(store)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


async def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "mentor.db", RealClock())
        for first in range(0, WAITING, CHUNK):
            await store.write("T", add, first, CHUNK)
        idle = await timed(store, TICKS)
        sys.stdout.write(
            f"{WAITING:,} reminders wait, none due: p50 {statistics.median(idle):.2f}"
            f" p99 {idle[len(idle) * 99 // 100]:.2f} ms a tick\n"
        )
        await store.write("T", make_due)
        (taken,) = await timed(store, 1)
        sys.stdout.write(
            f"{DUE:,} people at once: decided in {taken / 1000:.2f} s ({taken / DUE:.2f} ms each)\n"
        )
        store.close()


if __name__ == "__main__":
    asyncio.run(main())
