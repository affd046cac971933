"""How things reach the app: over a Socket Mode link, or signed over HTTP."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from fastapi import WebSocket, WebSocketDisconnect

from sandbox.clock import SandboxClock
from sandbox.ledger import Delivered, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

ANSWER_WITHIN = 3.0  # seconds
LINKS_MOST = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the app answered: `body` of its acknowledgement, and how long it took."""

    status: int
    body: Json
    seconds: float

    @property
    def acknowledged(self) -> bool:
        """Whether it answered well and in time."""
        return self.status == 200  # noqa: PLR2004 - HTTP


NO_ANSWER = 504


class Links:
    """The Socket Mode links of the app; each payload goes to one of them, in turn."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._links: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self.base = ""
        self._tickets: set[str] = set()

    def __len__(self) -> int:
        """How many are open."""
        return len(self._links)

    def new_address(self) -> str:
        """An address that opens one link."""
        ticket = secrets.token_urlsafe(12)
        self._tickets.add(ticket)
        return f"{self.base.replace('http', 'ws', 1)}/link?ticket={ticket}"

    async def serve(self, link: WebSocket) -> None:
        """Keep one link until it closes."""
        ticket = link.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self._links) >= LINKS_MOST:
            await link.close(code=1008)
            return
        self._tickets.discard(ticket)
        await link.accept()
        self._links.append(link)
        await link.send_json(
            {
                "type": "hello",
                "num_connections": len(self._links),
                "connection_info": {"app_id": self._app_id},
                "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            }
        )
        try:
            while True:
                answer = json.loads(await link.receive_text())
                waiting = self._waiting.pop(answer.get("envelope_id", ""), None)
                if waiting and not waiting.done():
                    waiting.set_result(answer.get("payload") or {})
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._links.remove(link)

    async def send(self, kind: str, payload: Json) -> Outcome:
        """Send one envelope and wait for its acknowledgement."""
        if not self._links:
            return Outcome(503, {}, 0.0)
        self._turn += 1
        link = self._links[self._turn % len(self._links)]
        envelope = secrets.token_hex(16)
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = answer
        began = time.monotonic()
        await link.send_text(
            json.dumps(
                {
                    "envelope_id": envelope,
                    "type": kind,
                    "payload": payload,
                    "accepts_response_payload": kind != "events_api",
                }
            )
        )
        try:
            body = await asyncio.wait_for(answer, ANSWER_WITHIN)
        except TimeoutError:
            self._waiting.pop(envelope, None)
            return Outcome(NO_ANSWER, {}, time.monotonic() - began)
        return Outcome(200, body, time.monotonic() - began)

    async def drop(self) -> None:
        """Close every link, as Slack does when it renews them."""
        for link in list(self._links):
            await link.send_json({"type": "disconnect", "reason": "refresh_requested"})
            await link.close()


def sign(secret: str, sent_at: int, body: bytes) -> str:
    """Slack's signature of a request."""
    digest = hmac.new(secret.encode(), f"v0:{sent_at}:".encode() + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class Sender:
    """Sends to the app by whichever way it listens, and writes it down.

    `url`: where it listens over HTTP. `signs_at` gives the UTC second that a signature carries:
    the workspace's own time, to be set to the machine's for an app that does not follow it.
    """

    def __init__(self, links: Links, secret: str, clock: SandboxClock, ledger: Ledger) -> None:
        self._links = links
        self._secret = secret
        self._ledger = ledger
        self.signs_at: Callable[[], int] = clock.now
        self.url: str | None = None
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: str, payload: Json) -> Outcome:
        """Deliver `events_api`, `slash_commands` or `interactive`; a retry is the caller's."""
        if self.url:
            outcome = await self._send_signed(self.url, kind, payload)
        else:
            outcome = await self._links.send(kind, payload)
        self._ledger.deliveries.append(
            Delivered(kind, payload, outcome.body, outcome.status, outcome.seconds)
        )
        return outcome

    async def _send_signed(self, url: str, kind: str, payload: Json) -> Outcome:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        content = "application/x-www-form-urlencoded"
        if kind == "events_api":
            body, content = json.dumps(payload).encode(), "application/json"
        elif kind == "slash_commands":
            body = urlencode(payload).encode()
        else:
            body = urlencode({"payload": json.dumps(payload)}).encode()
        sent_at = self.signs_at()
        headers = {
            "content-type": content,
            "x-slack-request-timestamp": str(sent_at),
            "x-slack-signature": sign(self._secret, sent_at, body),
        }
        began = time.monotonic()
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=aiohttp.ClientTimeout(ANSWER_WITHIN)
            ) as response:
                text = await response.text()
                return Outcome(response.status, _body(text), time.monotonic() - began)
        except (aiohttp.ClientError, TimeoutError):
            return Outcome(NO_ANSWER, {}, time.monotonic() - began)

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session:
            await self._session.close()


def _body(text: str) -> Json:
    if not text.startswith("{"):
        return {"text": text} if text else {}
    body = json.loads(text)
    return body if isinstance(body, dict) else {}
