"""The workspace as a server: Web API, Socket Mode, response addresses, control."""

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import JSONResponse

from sandbox import addresses, control
from sandbox.actions import Actions
from sandbox.arguments import arguments_of
from sandbox.channels import Channels
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.ledger import Call as LedgerCall
from sandbox.ledger import Ledger
from sandbox.people import User, user_object
from sandbox.play import Player
from sandbox.refusal import SlackError
from sandbox.responses import Responses
from sandbox.trail import Trail
from sandbox.triggers import Triggers
from sandbox.unreliable import UnreliableCalls, UnreliableLinks, UnreliableSender, Wires
from sandbox.web_api import METHODS
from sandbox.web_api.call import Call
from sandbox.workspace import Workspace

log = logging.getLogger(__name__)

Json = dict[str, Any]
STOPS_MOST = 1000  # on one way ahead
NextDue = Callable[[], Awaitable[int | None]]


class Sandbox:
    """One workspace with one app in it, installed as its manifest says."""

    def __init__(self, workspace: Workspace, manifest: Json) -> None:
        self.workspace = workspace
        self.clock = workspace.clock
        self.manifest = manifest
        self.scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
        self.app_id = "A0SANDBOX"
        self.bot_id = "B0SANDBOX"
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{self.app_id}-{secrets.token_hex(6)}-{secrets.token_hex(16)}"
        self.signing_secret = secrets.token_hex(16)
        self.ledger = Ledger()
        self.faults = Faults()
        self.triggers = Triggers()
        self.trail = Trail(self.clock, lambda user: user in workspace.users)
        self.wires = Wires()
        self.socket = UnreliableLinks(self.app_id, faults=self.faults, wires=self.wires)
        made_of = (self.socket, self.signing_secret, self.clock, self.ledger)
        self.sender = UnreliableSender(*made_of, faults=self.faults, trail=self.trail)
        self.responses = Responses(self)
        self.events = Events(self)
        self.channels = Channels(self)
        self.files = Files(self)
        self.actions = Actions(self)
        # Methods that a preference of the workspace keeps from the app.
        self.restricted: set[str] = set()
        # Set by the program that runs the bot: when it next has something to do.
        self.next_due: NextDue | None = None
        self._advancing = asyncio.Lock()
        self.player = Player(self)
        self.address = ""
        workspace.bot.bot_id, workspace.bot.app_id = self.bot_id, self.app_id
        self.asgi = self._routes()

    def _routes(self) -> FastAPI:
        app = FastAPI(title="Local workspace", docs_url=None, redoc_url=None)
        app.add_middleware(UnreliableCalls, sandbox=self)

        @app.api_route("/api/{method}", methods=["GET", "POST"])
        async def web_api(method: str, request: Request) -> Response:
            return await self._answer(method, request)

        @app.websocket("/link")
        async def link(socket: WebSocket) -> None:
            await self.socket.serve(socket)

        @app.post("/response/{token}")
        async def response(token: str, request: Request) -> Response:
            return self.responses.take(token, await request.json())

        app.include_router(addresses.router(self))
        app.include_router(control.router(self))
        return app

    async def _answer(self, method: str, request: Request) -> Response:
        try:
            arguments = await arguments_of(request)
        except SlackError as refused:
            self._write_down(method, {}, refused.code, took_effect=False)
            return JSONResponse({"ok": False, "error": refused.code})
        answer = self._run(method, arguments, request)
        headers = {"x-oauth-scopes": ",".join(self.scopes)}
        return Response(json.dumps(answer), media_type="application/json", headers=headers)

    def _run(self, method: str, arguments: Json, request: Request) -> Json:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            answer = self._call(method, arguments, token or str(arguments.pop("token", "")))
        except SlackError as refused:
            self._write_down(method, arguments, refused.code, took_effect=False)
            return {"ok": False, "error": refused.code, **refused.more}
        self._write_down(method, arguments, None, took_effect=True)
        return {"ok": True, **answer}

    def _call(self, name: str, arguments: Json, token: str) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if not token:
            raise SlackError("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise SlackError("invalid_auth")
        if method.app_level != (token == self.app_token):
            raise SlackError("not_allowed_token_type")
        if method.scope and not method.app_level and method.scope not in self.scopes:
            raise SlackError("missing_scope", needed=method.scope, provided=",".join(self.scopes))
        if name in self.restricted:
            raise SlackError("restricted_action")
        try:
            return method.run(Call(self, arguments))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # Arguments of another form than the method takes, such as text where a list belongs.
            log.info("call_misshapen method=%s", name, exc_info=error)
            told = f"{type(error).__name__}: {error}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [told]}) from error

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
                due = await self.next_due() if self.next_due else None
                if due is None or due >= end:
                    break
                await self.clock.leap(max(due - self.clock.now(), 1))
            await self.clock.leap(max(end - self.clock.now(), 0))

    @contextlib.asynccontextmanager
    async def serve(self, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
        """Serve until left; gives the address, such as `http://127.0.0.1:54321`."""
        config = uvicorn.Config(
            self.asgi,
            host=host,
            port=port,
            log_level="critical",
            access_log=False,
            ws="websockets-sansio",
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
        self.wires.watch(server)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            if serving.done():
                raise OSError(f"port {port} can't be used")
            await asyncio.sleep(0.01)
        number = server.servers[0].sockets[0].getsockname()[1]
        self.address = self.socket.base = self.workspace.address = f"http://{host}:{number}"
        try:
            yield self.address
        finally:
            await self.player.close()
            self.faults.clear()
            await self.events.close()
            await self.sender.close()
            server.should_exit = True
            await serving
