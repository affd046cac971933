"""Ends a process that has stalled, so that whoever supervises it starts another.

A loop that is blocked can't look after itself, so a thread does. What people see is safe whenever
the process ends: what was acknowledged is stored, and what was being sent is looked for first.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Callable

from bot.clock import Clock

log = logging.getLogger(__name__)

STALLED = 70  # the exit code: a fault of the program's own (EX_SOFTWARE)
EVERY = 5.0  # seconds between two looks, and between two beats of the loop
# Seconds without a sign of life after which each is taken to be stalled. The link is given longer
# than a long outage of the network, from which it comes back by itself.
LIMITS = {"loop": 60.0, "ticks": 600.0, "link": 1800.0}


def end(stalled: str) -> None:
    """End the process at once."""
    log.critical("process_stalled what=%s", stalled)
    os._exit(STALLED)


class Watchdog:
    """Knows when each watched thing last gave a sign of life; `end` is called once one is late."""

    def __init__(self, clock: Clock, end: Callable[[str], None] = end) -> None:
        self._clock = clock
        self._end = end
        self._heard: dict[str, float] = {}
        self._over = threading.Event()

    def beat(self, thing: str) -> None:
        """`thing` is alive. What has never been heard of is not watched."""
        self._heard[thing] = self._clock.monotonic()

    def look(self) -> None:
        """End the process if something that was alive has been silent for too long."""
        now = self._clock.monotonic()
        for thing, heard in list(self._heard.items()):
            if now - heard > LIMITS[thing]:
                self._end(thing)

    def start(self) -> None:
        """Look every few seconds, in a thread, until stopped."""
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Look no more: the bot is ending of its own accord."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            self.look()

    async def beats_of_the_loop(self) -> None:
        """Beat for as long as the loop has a turn to give."""
        while True:
            self.beat("loop")
            await asyncio.sleep(EVERY)
