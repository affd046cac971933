"""The workspace's own time: real time, or frozen for tests, and moved by skipping ahead."""

import time
from collections.abc import Awaitable, Callable

Listener = Callable[[], Awaitable[None]]


class SandboxClock:
    """Real time plus an offset; `frozen_at` (UTC seconds) makes it move by `skip` alone.

    `skipped`: how many seconds it has been moved ahead in all.
    """

    def __init__(self, frozen_at: float | None = None) -> None:
        self._frozen_at = frozen_at
        self._runs = frozen_at is None
        self.offset = 0.0
        self.skipped = 0.0
        self._listeners: list[Listener] = []

    @property
    def stands_still(self) -> bool:
        """Whether it moves by being skipped alone."""
        return self._frozen_at is not None

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

    def skip(self, seconds: float) -> None:
        """Move ahead (or back) without telling anybody yet."""
        self.offset += seconds
        self.skipped += max(seconds, 0)

    def stand_still(self) -> None:
        """Move by being skipped alone, from now on."""
        if self._frozen_at is None:
            self._frozen_at = time.time()

    def go_on(self) -> None:
        """Run again from where it stands, if it ran at first."""
        if self._runs and self._frozen_at is not None:
            self.offset += self._frozen_at - time.time()
            self._frozen_at = None

    async def leap(self, seconds: int) -> None:
        """Move ahead, and tell all who follow this clock, in order."""
        self.skip(seconds)
        for listener in self._listeners:
            await listener()
