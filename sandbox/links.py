"""Socket Mode: the app's links, renewed, warned, switched off, and dying without a word."""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from sandbox.outcome import NO_ANSWER, OUT_OF_REACH, Outcome, Retry

if TYPE_CHECKING:
    from sandbox.timers import Timers

Json = dict[str, Any]

LINKS_MOST = 10
LASTS = 18_060  # seconds until Slack renews a link, as its `hello` says
LASTS_DEBUGGING = 360  # with `debug_reconnects=true` in the address
WARNED_BEFORE = 10  # seconds
HOST = "sandbox"


class Wire(WebSocketsSansIOProtocol):
    """The server's end of a connection, within reach of what is served over it."""

    def handle_connect(self, event: Any) -> None:
        """Leave the connection where `Links` finds it."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["state"]["wire"] = self


@dataclass(slots=True, eq=False)
class _Link:
    socket: WebSocket
    silent: bool = False

    async def tell(self, kind: str, **more: Any) -> None:
        """Say something; to one that is gone, nothing is said."""
        if not self.silent:
            try:
                await self.socket.send_text(json.dumps({"type": kind, **more}))
            except (WebSocketDisconnect, RuntimeError):
                self.silent = True

    @property
    def transport(self) -> asyncio.Transport:
        """What the bytes go over."""
        wire: Wire = self.socket.state.wire
        return wire.transport


class Links:
    """The Socket Mode links of the app; each payload goes to one of them, in turn.

    `lost` counts payloads that went to a link nobody listens to any more. Links are renewed when
    told to; those opened with `debug_reconnects=true` also by the workspace's clock, of `timers`.
    """

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._links: list[_Link] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self.base = ""
        self.enabled = True
        self.timers: Timers | None = None
        self.lost = 0
        self._tickets: set[str] = set()

    def __len__(self) -> int:
        """How many are open, ghosts among them."""
        return len(self._links)

    def new_address(self) -> str:
        """An address that opens one link."""
        ticket = secrets.token_urlsafe(12)
        self._tickets.add(ticket)
        return f"{self.base.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, socket: WebSocket) -> None:
        """Keep one link until it closes."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or not self.enabled:
            await socket.close(code=1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        link = _Link(socket)
        if len(self._links) >= LINKS_MOST:
            await link.tell("disconnect", reason="too_many_websockets", debug_info={"host": HOST})
            await socket.close()
            return
        self._links.append(link)
        try:
            await self._hear(link)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._links.remove(link)

    async def _hear(self, link: _Link) -> None:
        debugging = link.socket.query_params.get("debug_reconnects") == "true"
        lasts = LASTS_DEBUGGING if debugging else LASTS
        await link.tell(
            "hello",
            num_connections=len(self._links),
            connection_info={"app_id": self._app_id},
            debug_info={
                "host": HOST,
                "build_number": 1,
                "approximate_connection_time": lasts,
            },
        )
        if debugging and self.timers:
            self.timers.after(lasts - WARNED_BEFORE, lambda: self._disconnect("warning", link))
            self.timers.after(lasts, lambda: self._disconnect("refresh_requested", link))
        while True:
            answer = _object(await link.socket.receive_text())
            waiting = self._waiting.pop(str(answer.get("envelope_id", "")), None)
            if waiting and not waiting.done():
                waiting.set_result(answer.get("payload") or {})

    async def send(
        self, kind: str, payload: Json, *, within: float, retry: Retry | None = None
    ) -> Outcome:
        """Send one envelope and wait for its acknowledgement, `within` seconds."""
        if not self._links:
            return Outcome(OUT_OF_REACH, {}, 0.0, "connection_failed")
        self._turn += 1
        link = self._links[self._turn % len(self._links)]
        envelope = secrets.token_hex(16)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = answer
        began = time.monotonic()
        self.lost += link.silent
        retried = {} if kind != "events_api" else _told(retry)
        await link.tell(
            kind,
            envelope_id=envelope,
            payload=payload,
            accepts_response_payload=kind != "events_api",
            **retried,
        )
        try:
            body = await asyncio.wait_for(answer, within)
        except TimeoutError:
            return Outcome(NO_ANSWER, {}, time.monotonic() - began, "timeout")
        finally:
            self._waiting.pop(envelope, None)
        return Outcome(200, body, time.monotonic() - began)

    async def warn(self) -> None:
        """Say of every link that it will be renewed soon; Slack does so some ten seconds before."""
        await self._disconnect("warning", *self._links)

    async def drop(self) -> None:
        """Close every link, as Slack does when it renews them."""
        await self._disconnect("refresh_requested", *self._links)

    async def disable(self) -> None:
        """Switch Socket Mode off: links close, and no new one opens until `enabled` again."""
        self.enabled = False
        await self._disconnect("link_disabled", *self._links)

    async def _disconnect(self, reason: str, *links: _Link) -> None:
        for link in links:
            if link not in self._links:
                continue  # closed meanwhile
            await link.tell("disconnect", reason=reason, debug_info={"host": HOST})
            if reason != "warning" and not link.silent:
                await link.socket.close()

    def silence(self, most: int = LINKS_MOST) -> int:
        """Let so many links die without a close: nothing is sent, read or answered, pings neither.

        They keep their share of the payloads, as ghosts behind a NAT do. Gives how many.
        """
        dying = [each for each in self._links if not each.silent][:most]
        for link in dying:
            link.silent = True
            link.transport.pause_reading()
        return len(dying)

    def cut(self) -> int:
        """Break every link off at once, without a word. Gives how many."""
        for link in self._links:
            link.silent = True
            link.transport.abort()
        return len(self._links)

    def close(self) -> None:
        """Let go of links that are dead without knowing."""
        for link in self._links:
            if link.silent:
                link.transport.abort()


def _told(retry: Retry | None) -> Json:
    return {
        "retry_attempt": retry.number if retry else 0,
        "retry_reason": retry.reason if retry else "",
    }


def _object(text: str) -> Json:
    """What an app says; anything but an object is passed over."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
