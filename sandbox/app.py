"""The workspace as a server: Web API, Socket Mode, response addresses, control."""

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import JSONResponse

from sandbox import addresses, administration, control, oauth
from sandbox.actions import Actions
from sandbox.channels import Channels
from sandbox.events import Events
from sandbox.files import Files
from sandbox.installation import Installation, Token, install
from sandbox.ledger import Call as LedgerCall
from sandbox.links import Wire
from sandbox.people import User, user_object
from sandbox.places import PREFIX, ByTeam
from sandbox.play import Player
from sandbox.refusal import SlackError
from sandbox.registration import Registration
from sandbox.responses import Responses
from sandbox.triggers import Triggers
from sandbox.unreliable import UnreliableCalls
from sandbox.web_api import METHODS
from sandbox.web_api.asked import Asked, asked
from sandbox.web_api.call import Call, Method
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.program import Program

log = logging.getLogger(__name__)

Json = dict[str, Any]
STOPS_MOST = 1000  # on one way ahead
NextDue = Callable[[], Awaitable[int | None]]
_NOT_FOUND = Method(lambda _call: {})


class Sandbox:
    """One workspace with one app in it, installed as its manifest says.

    The first one serves; `add_workspace` puts others beside it, with people, channels, a token
    and a home of their own, and the same app: see `Registration`.
    """

    def __init__(
        self,
        workspace: Workspace,
        manifest: Json,
        registration: Registration | None = None,
        *,
        installed: bool = True,
    ) -> None:
        self.registration = registration or Registration(manifest, workspace.clock)
        self.workspace = workspace
        self.clock = workspace.clock
        self.manifest = manifest
        self.installation = Installation([])
        self.triggers = Triggers()
        self.responses = Responses(self)
        self.events = Events(self)
        self.channels = Channels(self)
        self.files = Files(self)
        self.actions = Actions(self)
        # Methods that a preference of the workspace keeps from the app, and those that another
        # leaves to admins, which no app is.
        self.restricted: set[str] = set()
        self.admins_only: set[str] = set()
        # Set by the program that runs the bot: when it next has something to do.
        self.next_due: NextDue | None = None
        # The app's own program, where the workspace has started it.
        self.program: Program | None = None
        self._advancing = asyncio.Lock()
        self.address = ""
        self._know_the_app()
        self.registration.places[workspace.id] = self
        self.player: Player = Player(self) if registration is None else self.of("").player
        workspace.bot.bot_id, workspace.bot.app_id = self.bot_id, self.app_id
        if installed:
            install(self, self.registration.scopes)
        self.own_routes = self._own_routes()
        if registration is None:
            self.asgi = self._routes()

    def _know_the_app(self) -> None:
        """Have at hand what all workspaces share."""
        app = self.registration
        self.app_id, self.bot_id = app.app_id, "B0SANDBOX"
        self.app_token, self.signing_secret = app.app_token, app.signing_secret
        self.ledger, self.faults, self.limits = app.ledger, app.faults, app.limits
        self.trail = app.trail
        self.socket, self.sender, self.timers = app.socket, app.sender, app.timers

    @property
    def bot_token(self) -> str:
        """The app's token here; empty where it is not installed."""
        return self.installation.token

    @property
    def scopes(self) -> list[str]:
        """The scopes granted here."""
        return self.installation.scopes

    @scopes.setter
    def scopes(self, scopes: list[str]) -> None:
        self.installation.scopes = scopes

    def of(self, team: str) -> "Sandbox":
        """The workspace of this id; the first one if it is empty. KeyError if there is none."""
        places = self.registration.places
        return places[team] if team else next(iter(places.values()))

    def add_workspace(self, workspace: Workspace, *, installed: bool = True) -> "Sandbox":
        """Put another workspace beside this one, its clock the same."""
        if workspace.clock is not self.clock or workspace.id in self.registration.places:
            raise ValueError("workspaces share a clock, and no id")
        added = Sandbox(workspace, self.manifest, self.registration, installed=installed)
        added.be_at(self.registration.base)
        return added

    def be_at(self, base: str) -> None:
        """Know the address one is served at."""
        first = self.of("") is self
        self.address = base if first or not base else f"{base}{PREFIX}{self.workspace.id}"
        self.workspace.address = self.address

    def _own_routes(self) -> FastAPI:
        """What each workspace has for itself."""
        app = FastAPI(title="Local workspace", docs_url=None, redoc_url=None)
        app.include_router(addresses.router(self))
        app.include_router(administration.router(self))
        app.include_router(control.router(self))
        return app

    def _routes(self) -> FastAPI:
        app = FastAPI(title="Local workspace", docs_url=None, redoc_url=None)

        @app.api_route("/api/{method}", methods=["GET", "POST"])
        async def web_api(method: str, request: Request) -> Response:
            return await self._answer(method, request)

        @app.websocket("/link")
        async def link(socket: WebSocket) -> None:
            await self.socket.serve(socket)

        app.include_router(oauth.router(self))
        app.include_router(addresses.router(self))
        app.include_router(administration.router(self))
        app.include_router(control.router(self))
        app.add_middleware(ByTeam, places=self.registration.places)
        app.add_middleware(UnreliableCalls, registration=self.registration)
        return app

    async def _answer(self, name: str, request: Request) -> Response:
        method = METHODS.get(name, _NOT_FOUND)
        try:
            call = await asked(request, takes_json=method.takes_json)
        except SlackError as refused:
            self._write_down(name, {}, refused.code, took_effect=False)
            return JSONResponse({"ok": False, "error": refused.code})
        place = self.registration.holder(call.token) or self
        if wait := self.limits.wait(place.workspace.id, name, method.tier, _posted_to(name, call)):
            self._write_down(name, call.arguments, "ratelimited", took_effect=False)
            return _limited(wait)
        answer = _warned(place.run(name, call), call.warnings)
        headers = {
            "x-oauth-scopes": ",".join(place.scopes),
            "x-accepted-oauth-scopes": ",".join(method.accepted),
            "x-slack-req-id": secrets.token_hex(16),
        }
        return Response(json.dumps(answer), media_type="application/json", headers=headers)

    def run(self, name: str, call: Asked) -> Json:
        """Run a method in this workspace."""
        try:
            answer = self._call(name, call)
        except SlackError as refused:
            self._write_down(name, call.arguments, refused.code, took_effect=False)
            return {"ok": False, "error": refused.code, **refused.more}
        self._write_down(name, call.arguments, None, took_effect=True)
        return {"ok": True, **answer}

    def _call(self, name: str, call: Asked) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if not method.public:
            self._authorise(method, call.token)
        if name in self.restricted | self.admins_only:
            raise SlackError("restricted_action")
        try:
            return method.run(Call(self, call.arguments))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # Arguments of another form than the method takes, such as text where a list belongs.
            log.info("call_misshapen method=%s", name, exc_info=error)
            told = f"{type(error).__name__}: {error}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [told]}) from error

    def _authorise(self, method: Method, token: str) -> None:
        """Refuse a token that is none, of another kind, revoked, or without the scope."""
        if not token:
            raise SlackError("not_authed")
        state = self.installation.tokens.get(token)
        if state is None and token != self.app_token:
            raise SlackError("invalid_auth")
        if state not in (None, Token.GOOD):
            raise SlackError(state.value)
        if method.for_people or method.app_level != (token == self.app_token):
            raise SlackError("not_allowed_token_type")
        if method.scope and not method.app_level and method.scope not in self.scopes:
            raise SlackError("missing_scope", needed=method.scope, provided=",".join(self.scopes))

    def _write_down(
        self, method: str, arguments: Json, error: str | None, *, took_effect: bool
    ) -> None:
        call = LedgerCall(method, arguments, error, self.clock.time(), took_effect)
        self.ledger.calls.append(call)

    def person(self, user: User) -> Json:
        """Somebody as the app may know them."""
        with_email = "users:read.email" in self.scopes
        return user_object(user, self.workspace.id, at=self.clock.time(), with_email=with_email)

    async def advance(self, seconds: int) -> None:
        """Move time ahead, stopping at each moment at which the app has something to do.

        Whoever skips meanwhile goes on from where this ends.
        """
        async with self._advancing:
            end = self.clock.now() + seconds
            for _ in range(STOPS_MOST):
                due = await self._next_stop()
                if due is None or due >= end:
                    break
                await self.clock.leap(max(due - self.clock.now(), 1))
            await self.clock.leap(max(end - self.clock.now(), 0))

    async def _next_stop(self) -> int | None:
        """When the app, or Slack itself, next has something to do."""
        due = await self.next_due() if self.next_due else None
        found = [each for each in (due, self.timers.next_at()) if each is not None]
        return min(found, default=None)

    @contextlib.asynccontextmanager
    async def serve(self, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
        """Serve until left; gives the address, such as `http://127.0.0.1:54321`."""
        config = uvicorn.Config(
            self.asgi,
            host=host,
            port=port,
            log_level="critical",
            access_log=False,
            ws=Wire,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
        self.registration.wires.watch(server)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            if serving.done():
                raise OSError(f"port {port} can't be used")
            await asyncio.sleep(0.01)
        number = server.servers[0].sockets[0].getsockname()[1]
        self.registration.base = self.socket.base = f"http://{host}:{number}"
        places = self.registration.places
        for place in places.values():
            place.be_at(self.registration.base)
        try:
            yield self.address
        finally:
            await self.player.close()
            self.faults.clear()
            self.timers.close()
            for place in places.values():
                await place.events.close()
            self.socket.close()
            await self.sender.close()
            server.should_exit = True
            await serving


def _posted_to(name: str, call: Asked) -> str:
    """The conversation whose own limit a call counts against."""
    return str(call.arguments.get("channel", "")) if name == "chat.postMessage" else ""


def _warned(answer: Json, warnings: list[str]) -> Json:
    """The answer with Slack's warnings about the call besides its own."""
    if not warnings:
        return answer
    metadata = answer.get("response_metadata", {})
    told = [*metadata.get("warnings", []), *warnings]
    return answer | {
        "warning": ",".join(told),
        "response_metadata": metadata | {"warnings": told},
    }


def _limited(seconds: int) -> Response:
    body = json.dumps({"ok": False, "error": "ratelimited"})
    return Response(body, 429, {"retry-after": str(seconds)}, "application/json")
