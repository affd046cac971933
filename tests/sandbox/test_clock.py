"""Time in the workspace is moved, played and paused, and nothing due is passed over."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.play import BEAT, SPEEDS, Player
from tests.support.world import HOUR

WITHIN = 20  # seconds: a slow machine is slow, not wrong


class Beats:
    """The real waiting of a player, which a test ends beat by beat."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self._go = asyncio.Event()
        self._waiting = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self._waiting.set()
        await self._go.wait()
        self._go.clear()

    async def beat(self, times: int = 1) -> None:
        """Let so many steps be taken."""
        for _ in range(times):
            await asyncio.wait_for(self._waiting.wait(), WITHIN)
            self._waiting.clear()
            self._go.set()
        await asyncio.wait_for(self._waiting.wait(), WITHIN)


@pytest.fixture
async def beats(sandbox: Sandbox) -> AsyncIterator[Beats]:
    made = Beats()
    sandbox.player = Player(sandbox, made.wait)
    yield made
    await sandbox.player.close()


@pytest.mark.parametrize("speed", SPEEDS)
async def test_time_plays_so_many_times_as_fast(sandbox: Sandbox, beats: Beats, speed: int) -> None:
    before = sandbox.clock.now()
    sandbox.player.play(speed)
    await beats.beat(8)
    assert sandbox.clock.now() - before == 8 * BEAT * speed
    assert set(beats.waited) == {BEAT}


async def test_what_is_due_happens_at_its_moment_however_fast_time_plays(
    sandbox: Sandbox, beats: Beats
) -> None:
    start = sandbox.clock.now()
    due = [start + 7, start + 8, start + 1000, start + 2 * HOUR]
    happened: list[int] = []

    async def next_due() -> int | None:
        return due[0] if due else None

    async def catch_up() -> None:
        while due and due[0] <= sandbox.clock.now():
            due.pop(0)
            happened.append(sandbox.clock.now() - start)

    sandbox.next_due = next_due
    sandbox.clock.subscribe(catch_up)
    sandbox.player.play(3600)
    await beats.beat(9)
    assert happened == [7, 8, 1000, 2 * HOUR]


async def test_paused_time_stands_still_and_goes_on_from_there(
    sandbox: Sandbox, beats: Beats
) -> None:
    sandbox.player.play(60)
    await beats.beat(2)
    sandbox.player.pause()
    stands = sandbox.clock.now()
    await beats.beat(3)
    assert (sandbox.clock.now(), sandbox.player.state) == (stands, "paused")
    sandbox.player.play(60)
    await beats.beat()
    assert sandbox.clock.now() == stands + 60 * BEAT


async def test_stopped_time_runs_as_it_did_at_first(sandbox: Sandbox, beats: Beats) -> None:
    sandbox.player.play(60)
    await beats.beat()
    await sandbox.player.stop()
    assert sandbox.player.state == "still"  # as time in tests does
    assert sandbox.clock.stands_still


def test_a_clock_that_ran_runs_on_from_where_it_was_stopped() -> None:
    clock = SandboxClock()
    clock.skip(HOUR)
    clock.stand_still()
    stands = clock.time()
    clock.skip(2 * HOUR)
    clock.go_on()
    assert stands + 2 * HOUR <= clock.time() < stands + 2 * HOUR + WITHIN
    assert clock.time() - time.time() > 2.9 * HOUR
    assert not clock.stands_still


async def test_faster_and_slower_is_one_player(sandbox: Sandbox, beats: Beats) -> None:
    before = sandbox.clock.now()
    sandbox.player.play(60)
    await beats.beat()
    sandbox.player.play(3600)
    await beats.beat()
    assert sandbox.clock.now() - before == BEAT * (60 + 3600)


async def test_skipping_while_it_plays_adds_up(sandbox: Sandbox, beats: Beats) -> None:
    before = sandbox.clock.now()
    sandbox.player.play(60)
    await beats.beat()
    await sandbox.advance(HOUR)
    await beats.beat()
    assert sandbox.clock.now() - before == HOUR + 2 * BEAT * 60


async def test_when_what_follows_time_fails_time_stands_and_says_so(
    sandbox: Sandbox, beats: Beats
) -> None:
    async def fails() -> None:
        raise LookupError

    sandbox.clock.subscribe(fails)
    sandbox.player.play(60)
    async with asyncio.timeout(WITHIN):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(beats.beat(), 0.2)
    assert (sandbox.player.failed, sandbox.player.state) == (True, "paused")


async def test_the_control_api_plays_pauses_and_stops(sandbox: Sandbox, beats: Beats) -> None:
    async with aiohttp.ClientSession(sandbox.address) as session:

        async def asks(path: str) -> dict[str, object]:
            async with session.post(f"/control/clock/{path}") as answer:
                assert answer.status == 200
                return dict(await answer.json())

        assert (await asks("play?speed=3600"))["state"] == "playing"
        await beats.beat()
        assert (await asks("pause"))["state"] == "paused"
        async with session.get("/control/clock") as answer:
            assert await answer.json() == {
                "now": sandbox.clock.now(),
                "state": "paused",
                "speed": 3600,
            }
        assert (await asks("stop"))["speed"] == 0
        async with session.post("/control/clock/play?speed=7") as answer:
            assert answer.status == 422
            assert "60, 3600" in (await answer.json())["detail"]
