"""A process that has stalled is ended, one that goes on is left alone."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.watchdog import LIMITS, STALLED, Watchdog

ROOT = Path(__file__).parents[2]


class Hand:
    """A clock moved by hand."""

    at = 1000.0

    def now(self) -> int:
        return int(self.at)

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


@pytest.mark.parametrize("thing", LIMITS)
def test_what_is_silent_for_too_long_ends_the_process(thing: str) -> None:
    clock, ended = Hand(), list[str]()
    watchdog = Watchdog(clock, ended.append)
    for each in LIMITS:
        watchdog.beat(each)
    clock.at += LIMITS[thing] + 1
    for each in set(LIMITS) - {thing}:
        watchdog.beat(each)
    watchdog.look()
    assert ended == [thing]


def test_who_gives_signs_of_life_is_left_alone() -> None:
    clock, ended = Hand(), list[str]()
    watchdog = Watchdog(clock, ended.append)
    for _ in range(1000):
        for each in LIMITS:
            watchdog.beat(each)
        clock.at += 50
        watchdog.look()
    assert ended == []


def test_what_was_never_alive_is_not_missed() -> None:
    clock, ended = Hand(), list[str]()
    watchdog = Watchdog(clock, ended.append)
    clock.at += 10_000
    watchdog.look()
    assert ended == []


STALLING = """
import threading
from bot import watchdog
from tests.health.test_watchdog import Hand

clock = Hand()
watchdog.EVERY = 0.01
dog = watchdog.Watchdog(clock)
dog.beat("loop")
clock.at += 61
dog.start()
threading.Event().wait()  # a loop that is blocked for good
"""


async def test_a_blocked_process_really_ends() -> None:
    blocked = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STALLING, cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, said = await asyncio.wait_for(blocked.communicate(), 30)
    assert blocked.returncode == STALLED
    assert b"process_stalled what=loop" in said
