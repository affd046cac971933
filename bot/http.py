"""The web server's front door: a monitor, and what Slack signed. Everything else is turned away.

Requests are verified here and not by Bolt, which writes the bodies of forged ones to the log.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

from bot.clock import Clock
from bot.errors import ConfigError
from bot.health import UNREADABLE, Health

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

EVENTS_PATH = "/slack/events"
LONGEST_BODY = 1024 * 1024  # bytes; Slack's largest payloads are well under it
METRICS = "text/plain; version=0.0.4; charset=utf-8"
BACKLOG = 2048  # connections that may wait; uvicorn's own figure
WINDOW = 5 * 60  # seconds a signature is valid, as Slack recommends


class MonitorDoor:
    """An ASGI application that tells a monitor how the bot is doing, and nothing else."""

    def __init__(self, health: Health) -> None:
        self._health = health

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's own
        """Answer one request."""
        if scope["type"] == "http" and not await self.answered(scope, send):
            await _answer(send, 404, "not found")

    async def answered(self, scope: Scope, send: Send) -> bool:
        """Answer a request that is a monitor's; False if it is none."""
        if scope["method"] not in ("GET", "HEAD"):
            return False
        if scope["path"] == "/healthz":
            await _answer(send, 200, json.dumps(self._health.alive()), "application/json")
        elif scope["path"] == "/readyz":
            faults = await self._health.faults()
            words = json.dumps({"status": "not ready" if faults else "ready", "faults": faults})
            await _answer(send, 503 if faults else 200, words, "application/json")
        elif scope["path"] == "/metrics":
            await self._metrics(send)
        else:
            return False
        return True

    async def _metrics(self, send: Send) -> None:
        try:
            words = (await self._health.metrics()).decode()
        except UNREADABLE:
            await _answer(send, 503, "the store can't be read")
        else:
            await _answer(send, 200, words, METRICS)


class FrontDoor:
    """An ASGI application: lets only what Slack signed through to `inner`."""

    def __init__(self, inner: Asgi, secret: str, clock: Clock, monitor: MonitorDoor) -> None:
        self._inner = inner
        self._secret = secret.encode()
        self._clock = clock
        self._monitor = monitor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
        elif scope["path"] == EVENTS_PATH and scope["method"] == "POST":
            await self._let_in(scope, receive, send)
        elif scope["path"] == EVENTS_PATH and scope["method"] in ("GET", "HEAD"):
            # So Slack looks at the certificate from time to time; nothing more comes of it.
            await _answer(send, 200, "ok")
        elif not await self._monitor.answered(scope, send):
            await _answer(send, 404, "not found")

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            await _answer(send, 413, "too large")
            return
        headers = {name.decode("latin-1").lower(): value for name, value in scope["headers"]}
        if not self._signed(headers, body):
            log.warning("request_refused reason=signature")
            await _answer(send, 401, "invalid request")
            return

        async def again() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._inner(scope, again, send)

    def _signed(self, headers: dict[str, bytes], body: bytes) -> bool:
        sent_at = headers.get("x-slack-request-timestamp", b"")
        if not sent_at.isdigit() or abs(self._clock.now() - int(sent_at[:15])) > WINDOW:
            return False
        digest = hmac.new(self._secret, b"v0:" + sent_at + b":" + body, hashlib.sha256)
        expected = b"v0=" + digest.hexdigest().encode()
        return hmac.compare_digest(expected, headers.get("x-slack-signature", b""))


@contextlib.asynccontextmanager
async def served(door: Asgi, host: str, port: int) -> AsyncIterator[int]:
    """Serve `door` there; gives the port. Raises ConfigError."""
    config = uvicorn.Config(door, log_config=None, access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    # The signals are the bot's own to catch.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    bound = listening(host, port)
    serving = asyncio.create_task(server.serve([bound]))
    while not server.started:
        if serving.done():
            await serving
        await asyncio.sleep(0.01)
    try:
        yield bound.getsockname()[1]
    finally:
        server.should_exit = True
        await serving


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises ConfigError.

    Opened here, as uvicorn would end the process where it can't be.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Of this protocol by name: asyncio sends small answers at once only where it is.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(BACKLOG)
    except OSError as error:
        raise ConfigError(f"HOST and PORT can't be used: {error}") from error
    return bound


async def _body(receive: Receive) -> bytes | None:
    """The body; None if it is longer than any of Slack's, or no text."""
    body = bytearray()
    more = True
    while more:
        part = await receive()
        body += part.get("body", b"")
        more = bool(part.get("more_body"))
        if len(body) > LONGEST_BODY or part["type"] != "http.request":
            return None
    return bytes(body)


async def _answer(send: Send, status: int, words: str, kind: str = "text/plain") -> None:
    headers = [(b"content-type", kind.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
