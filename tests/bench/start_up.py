"""How long `mentor-bot run` takes until it listens, and how much memory it then holds.

`python -m tests.bench.start_up` starts it five times in a workspace on this machine and prints the
median of each. Memory is the resident set of the process, on Linux.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sandbox.clock import SandboxClock
from tests.support.world import workspace

TIMES = 5


async def once(folder: Path) -> tuple[float, float]:
    """Seconds until the link is open, and MiB held."""
    async with workspace(SandboxClock()) as sandbox:
        env = {
            **os.environ,
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": f"{sandbox.address}/api/",
            "MENTOR_DATABASE": str(folder / "mentor.db"),
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", env=env, stderr=asyncio.subprocess.DEVNULL
        )
        while not len(sandbox.socket):  # noqa: ASYNC110 - it is another process that is waited for
            await asyncio.sleep(0.005)
        took = time.perf_counter() - began
        await asyncio.sleep(0.5)
        status = Path(f"/proc/{process.pid}/status").read_text()  # noqa: ASYNC240 - no disk is read
        held = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        process.terminate()
        await process.wait()
    return took, int(held.split()[1]) / 1024


async def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [await once(Path(folder)) for _ in range(TIMES)]
    seconds, memory = (statistics.median(column) for column in zip(*rows, strict=True))
    sys.stdout.write(f"start to listening {seconds:.2f} s, {memory:.0f} MiB resident\n")


if __name__ == "__main__":
    asyncio.run(main())
