"""How things reach the app: over a Socket Mode link, or signed over HTTP."""

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from sandbox.clock import SandboxClock
from sandbox.ledger import Delivered, Ledger
from sandbox.links import Links
from sandbox.outcome import NO_ANSWER, OUT_OF_REACH, Outcome, Retry

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NO_ANSWER", "Links", "Outcome", "Sender", "sign"]

Json = dict[str, Any]

ANSWER_WITHIN = 3.0  # seconds
REDIRECTS_MOST = 2


def sign(secret: str, sent_at: int, body: bytes) -> str:
    """Slack's signature of a request."""
    digest = hmac.new(secret.encode(), f"v0:{sent_at}:".encode() + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class Sender:
    """Sends to the app by whichever way it listens, and writes it down.

    `url`: where it listens over HTTP. `patience`: the real seconds it has to answer. `signs_at`
    gives the UTC second that a signature carries: the workspace's own time, to be set to the
    machine's for an app that does not follow it.
    """

    def __init__(self, links: Links, secret: str, clock: SandboxClock, ledger: Ledger) -> None:
        self._links = links
        self._secret = secret
        self._ledger = ledger
        self.signs_at: Callable[[], int] = clock.now
        self.url: str | None = None
        self.patience = ANSWER_WITHIN
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: str, payload: Json, retry: Retry | None = None) -> Outcome:
        """Deliver `events_api`, `slash_commands` or `interactive`; `retry`: the how-manieth."""
        if self.url:
            outcome = await self._send_signed(self.url, kind, payload, retry)
        else:
            outcome = await self._links.send(kind, payload, within=self.patience, retry=retry)
        self._ledger.deliveries.append(
            Delivered(kind, payload, outcome.body, outcome.status, outcome.seconds)
        )
        return outcome

    async def _send_signed(
        self, url: str, kind: str, payload: Json, retry: Retry | None
    ) -> Outcome:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        content, body = _packed(kind, payload)
        sent_at = self.signs_at()
        headers = {
            "content-type": content,
            "x-slack-request-timestamp": str(sent_at),
            "x-slack-signature": sign(self._secret, sent_at, body),
        }
        if retry:
            headers["x-slack-retry-num"] = str(retry.number)
            headers["x-slack-retry-reason"] = retry.reason
        began = time.monotonic()
        try:
            async with self._session.post(
                url,
                data=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(self.patience),
                max_redirects=REDIRECTS_MOST + 1,
            ) as response:
                text, took = await response.text(), time.monotonic() - began
                final = response.headers.get("x-slack-no-retry") == "1"
                why = "" if response.ok else "http_error"
                return Outcome(response.status, _body(text), took, why, final)
        except (aiohttp.ClientError, TimeoutError) as error:
            why = _why(error)
            status = NO_ANSWER if why == "http_timeout" else OUT_OF_REACH
            return Outcome(status, {}, time.monotonic() - began, why)

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session:
            await self._session.close()


def _packed(kind: str, payload: Json) -> tuple[str, bytes]:
    """The content type and the bytes of a payload."""
    if kind == "events_api":
        return "application/json", json.dumps(payload).encode()
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def _why(error: Exception) -> str:
    """Slack's word for what went wrong on the way."""
    if isinstance(error, TimeoutError):
        return "http_timeout"
    if isinstance(error, aiohttp.TooManyRedirects):
        return "too_many_redirects"
    if isinstance(error, aiohttp.ClientSSLError):
        return "ssl_error"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "connection_failed"
    return "unknown_error"


def _body(text: str) -> Json:
    """What an app acknowledged with; words alone are a command's answer."""
    try:
        body = json.loads(text) if text.startswith("{") else None
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    return {"text": text} if text else {}
