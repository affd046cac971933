"""What is to happen at an instant of the workspace's time: retries, scheduled messages."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from itertools import count

from sandbox.clock import SandboxClock

Doing = Callable[[], Awaitable[None]]


class Timers:
    """Runs each thing once its instant has come, whether time ran there or was moved."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._waiting: list[tuple[float, int, Doing]] = []
        self._numbers = count()
        self._alarm: asyncio.TimerHandle | None = None
        self._running: set[asyncio.Task[None]] = set()
        clock.subscribe(self.run_due)

    def at(self, when: float, doing: Doing) -> None:
        """Run `doing` at this UTC second."""
        heapq.heappush(self._waiting, (when, next(self._numbers), doing))
        self._set_alarm()

    def after(self, seconds: float, doing: Doing) -> None:
        """Run `doing` so many seconds from now."""
        self.at(self._clock.time() + seconds, doing)

    def next_at(self) -> int | None:
        """The UTC second of the next thing, rounded up; None if nothing waits."""
        return -int(-self._waiting[0][0] // 1) if self._waiting else None

    async def run_due(self) -> None:
        """Run what is due, the earliest first."""
        while self._waiting and self._waiting[0][0] <= self._clock.time():
            await heapq.heappop(self._waiting)[2]()
        self._set_alarm()

    def close(self) -> None:
        """Run nothing more."""
        self._waiting.clear()
        self._set_alarm()
        for task in self._running:
            task.cancel()

    def _set_alarm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if self._waiting:
            left = max(self._waiting[0][0] - self._clock.time(), 0.0)
            self._alarm = asyncio.get_running_loop().call_later(left, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        # A frozen clock has not moved meanwhile: what waits is run when it is.
        if self._waiting and self._waiting[0][0] <= self._clock.time():
            task = asyncio.create_task(self.run_due())
            self._running.add(task)
            task.add_done_callback(self._running.discard)
