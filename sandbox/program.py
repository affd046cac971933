"""The app's own program: started with the workspace's tokens, started again, and stopped."""

import asyncio
import contextlib
import os
import shlex
import signal
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.app import Sandbox

GRACE = 10.0  # seconds an app has to end by itself


class Program:
    """One command line, run as often as it is started. Raises OSError where it can't be."""

    def __init__(self, command: str, environment: Mapping[str, str]) -> None:
        self.command = command
        self._words = shlex.split(command)
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self.starts = 0

    @property
    def running(self) -> bool:
        """Whether it runs now."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it; one that runs is stopped first."""
        async with self._turn:
            await self._stop()
            # A session of its own: Ctrl-C reaches this program alone, which then stops that one.
            self._process = await asyncio.create_subprocess_exec(
                *self._words, env=dict(self._environment), start_new_session=True
            )
            self.starts += 1

    async def stop(self) -> None:
        """Let it end, and what it started; what does not end in time is killed."""
        async with self._turn:
            await self._stop()

    async def ended(self) -> int:
        """Wait until it has ended by itself; gives its exit code."""
        while True:
            process = self._process
            code = await process.wait() if process else 0
            async with self._turn:  # somebody may be starting it again just now
                if process is self._process:
                    return code

    async def _stop(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._send(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            self._send(process, signal.SIGKILL)
            await process.wait()

    @staticmethod
    def _send(process: asyncio.subprocess.Process, sign: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)


def environment(sandbox: "Sandbox", address: str, base: Mapping[str, str]) -> dict[str, str]:
    """What an app finds in its environment: Slack's own names, and where the workspace is."""
    return {
        **base,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_API_URL": f"{address}/api/",
    }
