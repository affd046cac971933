"""Socket Mode links that are refused, reset, or half open: dead, and nobody is told."""

from contextvars import ContextVar
from itertools import count
from typing import TYPE_CHECKING, Any

from fastapi import WebSocket

from sandbox.faults import LINK_KINDS
from sandbox.links import Links

if TYPE_CHECKING:
    from sandbox.faults import Faults
    from sandbox.unreliable.wires import Wires

# Which link the delivery at hand went over.
SENT_OVER: ContextVar[str] = ContextVar("sent_over", default="")


class _Wire:
    """What passes over one link, until it is dead."""

    def __init__(self, link: WebSocket, name: str) -> None:
        self._link = link
        self.scope = link.scope
        self.name = name
        self.dead = False

    async def receive(self) -> Any:
        while True:
            message = await self._link._receive()  # noqa: SLF001 - what ASGI gave the link
            if not self.dead or message["type"] == "websocket.disconnect":
                return message

    async def send(self, message: Any) -> None:
        SENT_OVER.set(self.name)
        if not self.dead:
            await self._link._send(message)  # noqa: SLF001 - the same


class UnreliableLinks(Links):
    """The links of the app, each of which can die."""

    def __init__(self, *made_of: Any, faults: "Faults", wires: "Wires") -> None:
        super().__init__(*made_of)
        self.faults = faults
        self.wires = wires
        self._open: list[_Wire] = []
        self._numbers = count(1)
        faults.when_cleared(self._revive)

    async def serve(self, link: WebSocket) -> None:
        """Keep one link until it closes, or let it go wrong."""
        fault = self.faults.take("link", among=LINK_KINDS)
        if fault and fault.kind == "refused":
            await link.close(code=1008)
            return
        wire = _Wire(link, f"link {next(self._numbers)}")
        self._open.append(wire)
        try:
            opening = _opening(self, wire, fault.kind if fault else "")
            await super().serve(WebSocket(wire.scope, wire.receive, opening))
        finally:
            self._open.remove(wire)

    def deafen(self, *, only: "_Wire | None" = None) -> int:
        """Let every link that is open be half open from now on; gives how many."""
        dying = [each for each in self._open if not each.dead and only in (None, each)]
        for wire in dying:
            wire.dead = True
            self.wires.deafen(wire.scope)
        return len(dying)

    def _revive(self) -> None:
        """Once faults are cleared, hear again: what has gone meanwhile is noticed."""
        for wire in self._open:
            if wire.dead:
                wire.dead = False
                self.wires.wake(wire.scope)

    def reset(self) -> int:
        """Reset every open link; gives how many."""
        for wire in self._open:
            self.wires.reset(wire.scope)
        return len(self._open)


def _opening(links: UnreliableLinks, wire: _Wire, wrong: str) -> Any:
    """How a link sends; once `hello` is said, what is wrong with it shows."""
    said: list[str] = []

    async def send(message: Any) -> None:
        await wire.send(message)
        said.append(message["type"])
        if said.count("websocket.send") == 1 and message["type"] == "websocket.send":
            if wrong == "half_open":
                links.deafen(only=wire)
            elif wrong == "link_reset":
                links.wires.reset(wire.scope)

    return send
