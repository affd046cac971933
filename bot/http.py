"""The web server's front door: health, and what Slack signed. Everything else is turned away.

Requests are verified here and not by Bolt, which writes the bodies of forged ones to the log.
"""

import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.clock import Clock
from bot.errors import ConfigError

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

EVENTS_PATH = "/slack/events"
LONGEST_BODY = 1024 * 1024  # bytes; Slack's largest payloads are well under it
BACKLOG = 2048  # connections that may wait; uvicorn's own figure
WINDOW = 5 * 60  # seconds a signature is valid, as Slack recommends


class FrontDoor:
    """An ASGI application: lets only what Slack signed through to `inner`."""

    def __init__(
        self, inner: Asgi, secret: str, clock: Clock, health: Callable[[], dict[str, object]]
    ) -> None:
        self._inner = inner
        self._secret = secret.encode()
        self._clock = clock
        self._health = health

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
        elif scope["path"] == "/healthz" and scope["method"] in ("GET", "HEAD"):
            await _answer(send, 200, json.dumps(self._health()), "application/json")
        elif scope["path"] == EVENTS_PATH and scope["method"] in ("GET", "HEAD"):
            # So Slack looks at the certificate from time to time; nothing more comes of it.
            await _answer(send, 200, "ok")
        elif scope["path"] != EVENTS_PATH or scope["method"] != "POST":
            await _answer(send, 404, "not found")
        else:
            await self._let_in(scope, receive, send)

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
