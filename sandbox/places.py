"""Several workspaces behind one address: which one a request is for."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from fastapi.responses import PlainTextResponse

from sandbox.asgi import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.app import Sandbox

PREFIX = "/t/"


class ByTeam:
    """Hands `/t/{team}/…`, and `/control/…?team=`, to that workspace; all else goes on.

    What names none is for the first, so that who knows of no other need not name it.
    """

    def __init__(self, app: ASGIApp, places: "Mapping[str, Sandbox]") -> None:
        self._app = app
        self._places = places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        team, path = _named(scope) if scope["type"] == "http" else ("", "")
        if not team:
            await self._app(scope, receive, send)
            return
        place = self._places.get(team)
        if place is None:
            await PlainTextResponse("no such workspace", 404)(scope, receive, send)
            return
        inner = {**scope, "path": path, "raw_path": path.encode()}
        await place.own_routes(inner, receive, send)


def _named(scope: Scope) -> tuple[str, str]:
    """The workspace that an address names, and the rest of it; empty where it names none."""
    path: str = scope["path"]
    if path.startswith(PREFIX):
        team, _, rest = path.removeprefix(PREFIX).partition("/")
        return team, f"/{rest}"
    if path.startswith("/control/"):
        named = parse_qs(scope["query_string"].decode()).get("team", [""])
        return named[0], path
    return "", ""
