"""The workspace's own time: real time, or frozen for tests, and moved by skipping ahead."""

import time
from collections.abc import Awaitable, Callable

Listener = Callable[[], Awaitable[None]]


class SandboxClock:
    """Real time plus an offset; `frozen_at` (UTC seconds) makes it move by `skip` alone."""

    def __init__(self, frozen_at: int | None = None) -> None:
        self._frozen_at = frozen_at
        self.offset = 0
        self._listeners: list[Listener] = []

    def time(self) -> float:
        """UTC seconds with fractions."""
        base = time.time() if self._frozen_at is None else float(self._frozen_at)
        return base + self.offset

    def now(self) -> int:
        """UTC seconds."""
        return int(self.time())

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after each leap."""
        self._listeners.append(listener)

    def skip(self, seconds: int) -> None:
        """Move ahead (or back) without telling anybody yet."""
        self.offset += seconds

    async def leap(self, seconds: int) -> None:
        """Move ahead, and tell all who follow this clock, in order."""
        self.skip(seconds)
        for listener in self._listeners:
            await listener()
