"""A hundred thousand circles in one store: a tick with nothing due, and a thousand due at once.

`python -m tests.bench.circles_scale` prints medians and 99th percentiles of one run.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot import sessions
from bot.clock import RealClock
from bot.rules import recurrence
from storage import circles
from storage import sessions as queries
from storage.database import Store, Tx, open_store
from storage.records import CircleDraft, Rhythm, SessionState, Standing
from tests.support.world import TEAM, world

CIRCLES, DUE, TICKS = 100_000, 1000, 200
CHUNK = 2000


def add(tx: Tx, first: int, count: int, today: date) -> None:
    """Circles of two, each with its next session a week or more ahead."""
    for number in range(first, first + count):
        first_on = today + timedelta(days=7 + number % 28)
        draft = CircleDraft(f"Circle {number}", first_on=first_on, rhythm=Rhythm.WEEKLY)
        circle_id = circles.add(tx, "U1", draft)
        circles.put(tx, circle_id, f"U{number}", Standing.IN)
        circles.put(tx, circle_id, f"V{number}", Standing.IN)
        starts_at = recurrence.instant(first_on, 720, "UTC")
        planned = queries.plan(tx, circle_id, 1, first_on, starts_at)
        if planned:
            queries.goes_to(tx, planned.id, SessionState.PLANNED, starts_at - 86400)


def today_at(now: int) -> date:
    """The date in UTC."""
    return datetime.fromtimestamp(now, UTC).date()


def make_due(tx: Tx) -> None:
    """Let the sessions of DUE circles begin now."""
    for session_id in range(1, DUE + 1):
        queries.move(tx, session_id, today_at(tx.now), tx.now, tx.now)
        queries.goes_to(tx, session_id, SessionState.PREPARED, tx.now)


async def timed(store: Store, times: int) -> list[float]:
    """Milliseconds of each of so many ticks."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        for workspace in await store.read("", queries.due_workspaces):
            await store.write(workspace, sessions.step_due)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def make_circles(tx: Tx, channels: list[str]) -> None:
    """A circle in each channel, whose session begins now."""
    today = today_at(tx.now)
    for number, channel in enumerate(channels, 1):
        draft = CircleDraft(f"Circle {number}", first_on=today, rhythm=Rhythm.WEEKLY)
        circle_id = circles.add(tx, "U0BEN", draft)
        circles.keep_channel(tx, circle_id, channel, None)
        circles.is_furnished(tx, circle_id)
        circles.put(tx, circle_id, "U0BEN", Standing.IN)
        circles.presence(tx, circle_id, "U0BEN", present=True)
        planned = queries.plan(tx, circle_id, 1, today, tx.now)
        if planned:
            queries.goes_to(tx, planned.id, SessionState.PREPARED, tx.now)


async def deliver(folder: str) -> None:
    """Print in what order and how fast the threads of DUE sessions reach a workspace.

    Time is the clock's: what the delivery waits for Slack's limits passes at once.
    """
    async with world(Path(folder) / "delivered.db") as made:
        bot, space = made.app.bot, made.space
        channels = [
            space.add_channel(f"circle-{n}", ["U0BEN", space.bot.id]).id for n in range(DUE)
        ]
        await bot.write(TEAM, make_circles, channels)
        before, began = bot.clock.monotonic(), time.perf_counter()
        while await bot.read("", queries.due_workspaces):
            await bot.write(TEAM, sessions.step_due)
        await made.settle()
        waited, took = bot.clock.monotonic() - before, time.perf_counter() - began
        posts = made.sandbox.ledger.accepted("chat.postMessage")
        wanted = {channel: number for number, channel in enumerate(channels)}
        found = (wanted.get(call.arguments["channel"], -1) for call in posts)
        threads = [number for number in found if number >= 0]
        apart = max(abs(number - place) for place, number in enumerate(threads))
        sys.stdout.write(
            f"{len(threads):,} threads opened in Slack, each within {apart} places of its turn:"
            f" Slack's limits made them wait {waited:.0f} s"
            f" ({len(threads) / max(waited, 1) * 60:.0f} a minute); {took:.1f} s of work\n"
        )


async def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "mentor.db", RealClock())
        today = today_at(store.clock.now())
        for first in range(0, CIRCLES, CHUNK):
            await store.write("T", add, first, CHUNK, today)
        idle = await timed(store, TICKS)
        sys.stdout.write(
            f"{CIRCLES:,} circles, nothing due: p50 {statistics.median(idle):.2f}"
            f" p99 {idle[len(idle) * 99 // 100]:.2f} ms a tick\n"
        )
        await store.write("T", make_due)
        began = time.perf_counter()
        while await store.read("", queries.due_workspaces):
            await timed(store, 1)
        seconds = time.perf_counter() - began
        sys.stdout.write(
            f"{DUE:,} due at once: opened in the store in {seconds:.2f} s"
            f" ({seconds / DUE * 1000:.2f} ms each)\n"
        )
        store.close()
        await deliver(folder)


if __name__ == "__main__":
    asyncio.run(main())
