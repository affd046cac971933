"""What a monitor is told: alive, ready and in numbers; of nobody, and in nobody's words."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.health import LATE
from sandbox.faults import Fault
from storage.records import Urgency
from tests.support.world import TestClock, World, settings, workspace
from tests.support.world import world as make_world


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[World]:
    """The bot over Socket Mode, with a port for monitors."""
    async with workspace() as sandbox:
        asked = replace(settings(sandbox, tmp_path / "mentor.db"), health_port=0)
        async with running(asked, TestClock(sandbox.clock)) as app:
            sandbox.clock.subscribe(app.catch_up)
            sandbox.next_due = app.next_due
            yield World(sandbox, app)


async def tells(world: World, path: str) -> tuple[int, str]:
    port = world.app.health_port or world.app.port
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


def numbers(words: str) -> dict[str, float]:
    """Prometheus's lines as a dictionary."""
    lines = re.findall(r"^([a-z_]+(?:{[^}]*})?) ([0-9.e+-]+)$", words, re.MULTILINE)
    return {name: float(value) for name, value in lines}


async def test_whoever_asks_hears_that_it_is_alive_and_ready(watched: World) -> None:
    assert (await tells(watched, "/healthz"))[0] == 200
    assert await tells(watched, "/readyz") == (200, '{"status": "ready", "faults": []}')


async def test_it_is_not_ready_while_the_clock_does_nothing(watched: World) -> None:
    await watched.later(60)
    assert (await tells(watched, "/readyz"))[0] == 200
    watched.sandbox.clock.skip(LATE + 1)  # and nobody is told
    status, words = await tells(watched, "/readyz")
    assert status == 503
    assert "late: " in words
    assert "consults" in words


async def test_it_is_not_ready_where_the_store_cannot_be_read(watched: World) -> None:
    with closing(sqlite3.connect(watched.app.store.path)) as another:
        another.execute("DROP TABLE ticks")
    status, words = await tells(watched, "/readyz")
    assert status == 503
    assert "the store can't be read" in words
    assert (await tells(watched, "/metrics"))[0] == 503
    assert (await tells(watched, "/healthz"))[0] == 200


async def test_what_waits_and_what_failed_is_counted_with_its_age(watched: World) -> None:
    world = watched
    world.sandbox.faults.add(
        Fault("chat.postMessage", "slack_error", None, error="restricted_action")
    )
    await world.asked(question="canary question", urgency=Urgency.TODAY)
    world.sandbox.clock.skip(100)
    _, words = await tells(world, "/metrics")
    found = numbers(words)
    assert found['mentor_outbox_rows{state="dead"}'] >= 1
    assert found['mentor_outbox_oldest_seconds{state="dead"}'] >= 100
    assert found['mentor_outbox_rows{state="unsure"}'] == 0
    assert "canary" not in words
    assert "U0" not in words
    assert "T0" not in words


async def test_what_the_clock_did_last_is_told_by_name(watched: World) -> None:
    await watched.later(60)
    watched.sandbox.clock.skip(30)
    found = numbers((await tells(watched, "/metrics"))[1])
    ages = {name: age for name, age in found.items() if name.startswith("mentor_tick_age")}
    assert {"consults", "sessions", "nudges"} <= {re.findall('"(.*)"', name)[0] for name in ages}
    assert all(30 <= age <= 90 for age in ages.values())


async def test_refusals_are_counted_by_their_reason(watched: World) -> None:
    before = numbers((await tells(watched, "/metrics"))[1])
    for number in range(6):
        await watched.types("U0BEN", f"question number {number} on immunotherapy?")
    after = numbers((await tells(watched, "/metrics"))[1])
    name = 'mentor_refusals_total{reason="enough_open"}'
    assert after[name] == before.get(name, 0) + 1


@pytest.mark.parametrize("path", ["/", "/slack/events", "/metrics/x", "/healthz/../metrics"])
async def test_there_is_nothing_else_on_that_port(watched: World, path: str) -> None:
    status, _ = await tells(watched, path)
    assert status == (200 if path.endswith("../metrics") else 404)


async def test_over_http_the_same_port_tells_it(tmp_path: Path) -> None:
    async with make_world(tmp_path / "mentor.db", http=True) as world:
        assert world.app.health_port is None
        assert (await tells(world, "/readyz"))[0] == 200
        assert "mentor_outbox_rows" in (await tells(world, "/metrics"))[1]
