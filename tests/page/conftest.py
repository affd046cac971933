import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, async_playwright
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from tests.page.place import Place

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)


@pytest.fixture
async def chromium(tmp_path: Path) -> AsyncIterator[BrowserContext]:
    """A browser with a profile of its own."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: .ci/run installs it")
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=found,
            args=FLAGS.split(),
            viewport={"width": 1280, "height": 850},
        )
        yield context
        await context.close()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """`mentor-bot sandbox`, as a newcomer starts it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "sandbox", "--no-browser",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    found = re.search(r"http://[\d.:]+", line)
    assert found, line
    yield found[0]
    process.terminate()
    await asyncio.wait_for(process.wait(), 10)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    """A workspace with a plain app in it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.page.place", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    told = json.loads(line)
    made = Place(told)
    handler = AsyncSocketModeHandler(made.app, told["app"])
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
    yield made
    await handler.close_async()  # type: ignore[no-untyped-call] # Bolt's own
    process.terminate()
    await asyncio.wait_for(process.wait(), 10)
