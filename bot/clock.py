"""The time, as something that is passed in. Nothing else in the bot asks the machine for it."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What the bot needs of a clock."""

    def now(self) -> int:
        """UTC seconds."""

    def monotonic(self) -> float:
        """Seconds that only go forward, for distances in time."""

    async def sleep(self, seconds: float) -> None:
        """Wait until this clock has moved on by `seconds`."""


class RealClock:
    """The machine's own time."""

    def now(self) -> int:
        """UTC seconds."""
        return int(time.time())

    def monotonic(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
