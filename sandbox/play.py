"""Time that runs by itself, faster than it does: played, paused and stopped by anybody."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.app import Sandbox

log = logging.getLogger(__name__)

SPEEDS = (60, 3600)
BEAT = 0.25  # seconds of real time between two steps

Wait = Callable[[float], Awaitable[object]]


class Player:
    """Moves the workspace's time a step each beat, stopping at whatever is due on the way.

    A step that takes long makes time slower than was asked, and never lets it leap. `wait` is the
    real waiting between two steps, the only one there is.
    """

    def __init__(self, sandbox: "Sandbox", wait: Wait = asyncio.sleep) -> None:
        self._sandbox = sandbox
        self._wait = wait
        self._playing: asyncio.Task[None] | None = None
        self.speed = 0
        self.paused = False
        self.failed = False
        self._stepping = False

    @property
    def state(self) -> str:
        """`playing`, `paused`, `running` as real time does, or `still`."""
        if self.speed and not self.paused:
            return "playing"
        if self.paused:
            return "paused"
        return "still" if self._sandbox.clock.stands_still else "running"

    def play(self, speed: int) -> None:
        """Let time run so many times as fast. Raises ValueError if it is no speed there is."""
        if speed not in SPEEDS:
            raise ValueError(f"speed is one of {', '.join(map(str, SPEEDS))}")
        self.speed, self.paused, self.failed = speed, False, False
        self._sandbox.clock.stand_still()
        if self._playing is None or self._playing.done():
            self._playing = asyncio.create_task(self._play())
        self._sandbox.workspace.changed()

    def pause(self) -> None:
        """Let time stand still; playing again goes on from there."""
        self.paused = True
        self._sandbox.clock.stand_still()
        self._sandbox.workspace.changed()

    async def stop(self) -> None:
        """Let time run as it did at first, once the step under way is done."""
        self.speed, self.paused = 0, False
        if self._playing:
            if not self._stepping:
                self._playing.cancel()
            await asyncio.wait([self._playing])
            self._playing = None
        self._sandbox.clock.go_on()
        self._sandbox.workspace.changed()

    async def close(self) -> None:
        """Play no more, at once."""
        if self._playing:
            self._playing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._playing

    async def _play(self) -> None:
        try:
            while self.speed:
                await self._wait(BEAT)
                if self.speed and not self.paused:
                    self._stepping = True
                    await self._sandbox.advance(int(self.speed * BEAT))
                    self._stepping = False
                    self._sandbox.workspace.changed()
        except Exception:
            # Whatever follows the clock has failed: time stands still, and the page says so.
            log.exception("play_failed speed=%d", self.speed)
            self.failed, self.speed, self.paused, self._stepping = True, 0, True, False
