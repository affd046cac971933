"""How soon the page shows, and how soon a new message: 200 people, 100 channels, 20,000 messages.

Run as `python -m tests.bench.page`. It prints the same of a workspace of twelve people with
nothing said in it, from one run, so that the ratios hold on any machine; times are medians of
`ROUNDS`, in milliseconds, in headless Chromium.
"""

import asyncio
import contextlib
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from playwright.async_api import BrowserContext, Page, async_playwright

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.page import show
from sandbox.seed import cancer_centre
from sandbox.workspace import Message, User
from tests.page.conftest import FLAGS
from tests.page.place import MANIFEST
from tests.support.world import TUESDAY

PEOPLE, CHANNELS, MESSAGES, ROUNDS = 200, 100, 20_000, 9
WHO = "U0BEN"
SHOWN = "document.querySelector('.stream .message') !== null"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds until the first message is on the page, and until a new one is."""

    opening: float
    going: float
    new_message: float


def small() -> Sandbox:
    """Twelve people who have said one thing in each of two channels."""
    sandbox = Sandbox(cancer_centre(SandboxClock(TUESDAY)), MANIFEST)
    said(sandbox, 2)
    return sandbox


def big() -> Sandbox:
    """Many people in many channels, all of them in the general one, and one in half the others."""
    sandbox = Sandbox(cancer_centre(SandboxClock(TUESDAY)), MANIFEST)
    space = sandbox.workspace
    for number in range(PEOPLE - len(space.users)):
        space.add_user(User(f"U9{number:04}", f"p{number}", f"Person {number}", "UTC", "Fellow"))
    everybody = [each.id for each in space.users.values()]
    space.find_channel("general").members[:] = everybody
    for number in range(CHANNELS - 3):
        inside = everybody[number % 2 :: 2]
        space.add_channel(f"topic-{number:02}", inside if WHO in inside else [*inside, WHO])
    for other in everybody[20:60]:
        space.direct([WHO, other])
    said(sandbox, MESSAGES)
    return sandbox


def said(sandbox: Sandbox, count: int) -> None:
    """Have so many messages stand in the channels; a third of them in the general one."""
    space = sandbox.workspace
    rooms = [each for each in space.channels.values() if not each.is_direct]
    for number in range(count):
        room = rooms[0] if number % 3 == 0 else rooms[number % len(rooms)]
        author = room.members[number % len(room.members)]
        words = f"Note {number}: what would *you* do, <@{author}>? `3 mg` of it, or <https://x.example|this>?"
        message = Message(space.next_ts(), author, words)
        if number % 10 == 9 and room.messages:
            first = room.messages[-1]
            message.thread_ts = first.thread_ts or first.ts
        room.messages.append(message)


async def measured(chromium: BrowserContext, sandbox: Sandbox, address: str) -> Times:
    """The times of one workspace."""
    space = sandbox.workspace
    general, questions = space.find_channel("general"), space.find_channel("oncology-questions")
    opening, going, news = [], [], []
    page = await chromium.new_page()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await page.goto(f"{address}/?as={WHO}&place={general.id}", wait_until="commit")
        await page.wait_for_function(SHOWN)
        opening.append(time.perf_counter() - began)
        await page.wait_for_load_state("networkidle")
    for number in range(ROUNDS):
        words = f"News {number}"
        news.append(await until(page, words, partial(say, sandbox, general.id, words)))
        for room in (questions, general):
            mark = f"Messages in # {room.name}"
            began = time.perf_counter()
            await page.locator(f'[data-place="{room.id}"]').click()
            await page.wait_for_selector(f'.stream[aria-label="{mark}"] .message')
            going.append(time.perf_counter() - began)
    await page.close()
    middle = [statistics.median(each) * 1000 for each in (opening, going, news)]
    return Times(*middle)


async def say(sandbox: Sandbox, channel: str, words: str) -> None:
    await sandbox.actions.post("U0EVA", channel, words)


async def until(page: Page, words: str, act: Callable[[], Awaitable[None]]) -> float:
    """Seconds from doing something to these words on the page."""
    waiting = asyncio.create_task(
        page.wait_for_function(
            "(words) => [...document.querySelectorAll('.stream .message')].some("
            "(each) => each.textContent.includes(words))",
            arg=words,
        )
    )
    await asyncio.sleep(0.2)
    began = time.perf_counter()
    await act()
    await waiting
    return time.perf_counter() - began


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[BrowserContext]:
    """Chromium with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        async with async_playwright() as playwright:
            context = await playwright.chromium.launch_persistent_context(
                profile,
                executable_path=shutil.which("chromium"),
                args=FLAGS.split(),
                viewport={"width": 1280, "height": 850},
            )
            yield context
            await context.close()


async def of(build: Callable[[], Sandbox]) -> Times:
    """The times of a workspace, served from this process."""
    sandbox = build()
    show(sandbox)
    async with sandbox.serve() as address, browser() as chromium:
        return await measured(chromium, sandbox, address)


async def child(which: str) -> None:
    """One of the two: a page is served once a process."""
    told = await of(big if which == "big" else small)
    print(told.opening, told.going, told.new_message)  # noqa: T201 - read by the parent


async def run(which: str) -> Times:
    """The times of a workspace, from a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.page", which, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    told = (await process.stdout.read()).decode().split()
    await process.wait()
    return Times(*(float(each) for each in told))


async def main() -> None:
    few, many = await run("small"), await run("big")
    lines = [f"{PEOPLE} people, {CHANNELS} channels, {MESSAGES} messages, beside 12, 3 and 2; ms"]
    for words, one, other in (
        ("first messages shown", few.opening, many.opening),
        ("another channel shown", few.going, many.going),
        ("new message shown", few.new_message, many.new_message),
    ):
        lines.append(f"{words:24} {one:8.0f} {other:8.0f}   x{other / one:.1f}")
    print("\n".join(lines))  # noqa: T201 - what it is run for


if __name__ == "__main__":
    asyncio.run(child(sys.argv[1]) if sys.argv[1:] else main())
