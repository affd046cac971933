"""The TCP connections of the server, to break them as networks do."""

import asyncio
import socket
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import uvicorn

Json = dict[str, Any]
_AT_ONCE = struct.pack("ii", 1, 0)  # linger for no second: closing sends a reset


class Wires:
    """The connections, found by who is at the other end."""

    def __init__(self) -> None:
        self._server: uvicorn.Server | None = None

    def watch(self, server: "uvicorn.Server") -> None:
        """Know the connections of this server."""
        self._server = server

    def reset(self, scope: Any) -> None:
        """Reset the connection of a request or link (RST, no farewell)."""
        for wire in self._of(scope):
            held = wire.transport.get_extra_info("socket")
            if held is not None:
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            wire.transport.abort()

    def deafen(self, scope: Any) -> None:
        """Read nothing more from a link, and do not close it for its silence."""
        for wire in self._of(scope):
            stop = getattr(wire, "stop_keepalive", None)
            if stop:
                stop()
            if not wire.transport.is_closing():
                wire.transport.pause_reading()

    def wake(self, scope: Any) -> None:
        """Read from it again."""
        for wire in self._of(scope):
            if not wire.transport.is_closing():
                wire.transport.resume_reading()

    def _of(self, scope: Any) -> list[Any]:
        far = tuple(scope.get("client") or ())
        if self._server is None or not far:
            return []
        open_ones: set[Any] = set(self._server.server_state.connections)
        return [each for each in open_ones if each.client == far]


async def until_gone(receive: Any) -> None:
    """Wait until whoever called has gone."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        await asyncio.sleep(0)
