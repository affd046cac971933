"""How many `/mentor` questions are stored and acknowledged a second, beside what Bolt alone does.

`python -m tests.bench.mentor_command` serves three apps over HTTP in processes of their own, one
after another, and sends each the same signed commands over kept connections:

* verify only: checks the signature and answers
* no-op: a Bolt app whose one listener acknowledges
* mentor-bot: stores, routes, writes the outbox, commits, acknowledges

It prints throughput at full load, and the median and p99 at fifty a second. Figures of one run are
compared with one another; alone they say little.
"""

import asyncio
import logging
import multiprocessing
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot import manifest
from bot.app import running
from bot.clock import RealClock
from bot.config import Settings
from bot.http import FrontDoor, MonitorDoor, Receive, Scope, Send, _answer
from bot.local_workspace import fill
from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.delivery import sign
from sandbox.seed import cancer_centre

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "bench"
QUESTIONS, CONNECTIONS = 6000, 32
STEADY, RATE = 400, 50


NOBODY = MonitorDoor(None)  # type: ignore[arg-type] # no monitor asks in a measurement


def serve(app: object, port: int) -> None:
    """Serve until the process is ended."""
    uvicorn.run(app, port=port, log_level="error", access_log=False, ws="none", lifespan="off")  # type: ignore[arg-type] # ASGI as the bot has it


def verify_only(port: int) -> None:
    """The floor: a signature checked, an answer given."""

    async def inner(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await _answer(send, 200, "ok")

    serve(FrontDoor(inner, SECRET, RealClock(), NOBODY), port)


def no_op(port: int) -> None:
    """A Bolt app that does nothing, set up as ours is."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T", bot_token="xoxb-1")

    app = AsyncApp(
        authorize=authorize, process_before_response=True, request_verification_enabled=False
    )

    @app.command("/mentor")
    async def typed(ack: AsyncAck) -> None:
        await ack("ok")

    handler = AsyncSlackRequestHandler(app, path="/slack/events")
    serve(FrontDoor(handler, SECRET, RealClock(), NOBODY), port)  # type: ignore[arg-type] # Bolt's own ASGI types


def seeded() -> Sandbox:
    """The workspace that takes what the bot sends; the same wherever it is made."""
    return Sandbox(cancer_centre(SandboxClock()), manifest.load())


def workspace(says: Connection) -> None:
    """Serve the workspace, as Slack is elsewhere too; says its address and the bot's token."""

    async def run() -> None:
        sandbox = seeded()
        async with sandbox.serve() as address:
            says.send((address, sandbox.bot_token))
            await asyncio.Event().wait()

    asyncio.run(run())


def mentor_bot(port: int, address: str, bot_token: str) -> None:
    """The whole bot, which sends what it has to say to a workspace in a process of its own."""

    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                bot_token=bot_token,
                signing_secret=SECRET,
                port=port,
                api_url=f"{address}/api/",
                database=str(Path(folder) / "mentor.db"),
            )
            async with running(settings, RealClock()) as app:
                await fill(seeded(), app)
                await asyncio.Event().wait()

    # What Slack refuses (the askers are made up) is no part of the measure.
    logging.disable()
    asyncio.run(run())


def question(number: int) -> tuple[bytes, dict[str, str]]:
    """One signed command, each of another asker."""
    body = urlencode(
        {
            "command": "/mentor",
            "text": f"how do I taper steroids, case {number}? #immunotherapy",
            "user_id": f"U{number:07d}",
            "team_id": "T0SANDBOX",
            "channel_id": "C1",
            "api_app_id": "A0SANDBOX",
            "trigger_id": f"{time.time_ns()}.{number}",
        }
    ).encode()
    now = int(time.time())
    return body, {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": str(now),
        "x-slack-signature": sign(SECRET, now, body),
    }


async def ask(session: aiohttp.ClientSession, url: str, number: int) -> float:
    """Send one; gives the milliseconds it took."""
    body, headers = question(number)
    began = time.perf_counter()
    async with session.post(url, data=body, headers=headers) as response:
        await response.read()
        assert response.status == 200, response.status
    return (time.perf_counter() - began) * 1000


async def measure(port: int) -> tuple[float, float, float]:
    """Questions a second at full load; median and p99 in milliseconds at RATE a second."""
    url = f"http://127.0.0.1:{port}/slack/events"
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as session:
        for _ in range(300):
            try:
                await ask(session, url, 0)
                break
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
        numbers = iter(range(1, QUESTIONS + 1))

        async def keep_asking() -> None:
            for number in numbers:
                await ask(session, url, number)

        steady = []
        for number in range(STEADY):
            began = time.perf_counter()
            steady.append(await ask(session, url, QUESTIONS + 1 + number))
            await asyncio.sleep(max(0, 1 / RATE - (time.perf_counter() - began)))
        began = time.perf_counter()
        await asyncio.gather(*(keep_asking() for _ in range(CONNECTIONS)))
        rate = QUESTIONS / (time.perf_counter() - began)
    steady.sort()
    return rate, statistics.median(steady), steady[len(steady) * 99 // 100]


def main() -> None:
    """Print the table, with each one's share of the no-op's throughput."""
    rows: list[tuple[str, float, float, float]] = []
    spawn = multiprocessing.get_context("spawn")
    hears, says = spawn.Pipe()
    slack = spawn.Process(target=workspace, args=(says,))
    slack.start()
    servers: list[tuple[Callable[..., None], tuple[str, ...]]] = [
        (verify_only, ()),
        (no_op, ()),
        (mentor_bot, hears.recv()),
    ]
    for number, (server, more) in enumerate(servers):
        port = 38200 + number
        process = spawn.Process(target=server, args=(port, *more))
        process.start()
        try:
            rows.append((server.__name__, *asyncio.run(measure(port))))
        finally:
            process.terminate()
            process.join()
    slack.terminate()
    slack.join()
    bolt = rows[1][1]
    for name, rate, p50, p99 in rows:
        sys.stdout.write(
            f"{name:<12} {rate:7.0f}/s ({rate / bolt:4.2f} of no-op)"
            f"  at {RATE}/s: p50 {p50:.2f} p99 {p99:.2f} ms\n"
        )


if __name__ == "__main__":
    main()
