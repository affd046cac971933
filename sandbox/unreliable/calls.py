"""The app's calls as they pass: written down for the inspector, and struck by faults."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from sandbox.asgi import ASGIApp, Message, Receive, Scope, Send
from sandbox.faults import Fault
from sandbox.ledger import Call
from sandbox.refusal import SlackError
from sandbox.unreliable.wires import until_gone
from sandbox.web_api.asked import asked

if TYPE_CHECKING:
    from sandbox.registration import Registration

Json = dict[str, Any]

# The app's calls, whichever workspace they name: of the Web API, and of two addresses besides.
_CALLED = re.compile(r"(?:/t/[^/]+)?/(api|response|upload)/(.+)")
_BESIDES = {"response": "response_url", "upload": "upload"}
_BEFORE = ("rate_limited", "error_before", "reset_before", "hang_before", "slack_error")


class UnreliableCalls:
    """Stands between the network and the workspace."""

    def __init__(self, app: ASGIApp, registration: "Registration") -> None:
        self._app = app
        self._registration = registration

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or let it go wrong."""
        name = _name(scope)
        if not name:
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        call = _Passing(self._registration, name, scope, body, receive, send)
        fault = self._registration.faults.take(name)
        await call.note_arguments()
        if fault and fault.kind in _BEFORE:
            call.keep_from(fault)
        else:
            await call.let_through(self._app, fault)
        call.write_down(fault)
        await (call.misanswer(fault) if fault else call.answer())


class _Passing:
    """One call on its way."""

    def __init__(  # noqa: PLR0913, PLR0917 - what ASGI has, and whose call it is
        self,
        registration: "Registration",
        name: str,
        scope: Scope,
        body: bytes,
        receive: Receive,
        send: Send,
    ) -> None:
        self._registration = registration
        self._name = name
        self._scope = scope
        self._body = body
        self._receive = receive
        self._send = send
        self._arguments: Json = {}
        self._answer: list[Message] = []
        self._began = time.monotonic()

    async def note_arguments(self) -> None:
        """Read what it was called with; what can't be read is for the workspace to refuse."""
        if self._name == "upload":
            self._arguments = {"bytes": len(self._body)}
            return
        with contextlib.suppress(SlackError, UnicodeDecodeError):
            call = await asked(Request(self._scope, _replayed(self._body)), takes_json=True)
            self._arguments = call.arguments

    def keep_from(self, fault: Fault) -> None:
        """Let it have no effect."""
        at = self._registration.clock.time()
        call = Call(self._name, self._arguments, fault.kind, at, took_effect=False)
        self._registration.ledger.calls.append(call)

    async def let_through(self, app: ASGIApp, fault: Fault | None) -> None:
        """Let it have its effect, the answer being held back."""
        if fault and fault.kind == "slow":
            await self._registration.faults.wait_or_cleared(fault.late)

        async def held(message: Message) -> None:
            self._answer.append(message)

        await app(self._scope, _replayed(self._body), held)

    def write_down(self, fault: Fault | None) -> None:
        """Let the inspector show it."""
        status = self._answer[0]["status"] if self._answer else 0
        answer = _readable(b"".join(each.get("body", b"") for each in self._answer))
        ok = status == 200 and (not isinstance(answer, dict) or answer.get("ok", True))  # noqa: PLR2004
        self._registration.trail.call(
            self._name,
            self._arguments,
            answer if self._answer else None,
            took_effect=ok,
            error="" if ok or not isinstance(answer, dict) else str(answer.get("error", "")),
            fault=fault.kind if fault else "",
            status=_STATUS.get(fault.kind, status) if fault else status,
            seconds=time.monotonic() - self._began,
        )

    async def answer(self) -> None:
        """The answer, as it is."""
        for message in self._answer:
            await self._send(message)

    async def misanswer(self, fault: Fault) -> None:
        """What comes of it instead."""
        if fault.kind.startswith("reset"):
            await self._reset()
        elif fault.kind.startswith("hang"):
            await self._hang()
        elif fault.kind in _INSTEAD:
            shown = _INSTEAD[fault.kind](fault)
            await shown(self._scope, self._receive, self._send)
        elif fault.kind == "truncated":
            await self._break_off()
        else:
            await self.answer()

    async def _reset(self) -> None:
        self._registration.wires.reset(self._scope)
        await until_gone(self._receive)

    async def _hang(self) -> None:
        waits = [
            asyncio.ensure_future(each)
            for each in (until_gone(self._receive), self._registration.faults.cleared())
        ]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
        await self._reset()

    async def _break_off(self) -> None:
        """Half of the answer, as if that were all of it."""
        whole = b"".join(each.get("body", b"") for each in self._answer)
        half = Response(whole[: len(whole) // 2], media_type="application/json")
        await half(self._scope, self._receive, self._send)


_STATUS = {
    "rate_limited": 429,
    "reset_before": 0,
    "reset_after": 0,
    "hang_before": 0,
    "hang_after": 0,
}
_JSON = "application/json"


def _rate_limited(fault: Fault) -> Response:
    headers = {} if fault.retry_after is None else {"retry-after": fault.retry_after}
    return Response(json.dumps({"ok": False, "error": "ratelimited"}), 429, headers, _JSON)


def _refused(fault: Fault) -> Response:
    return Response(json.dumps({"ok": False, "error": fault.error}), 200, {}, _JSON)


_INSTEAD: dict[str, Callable[[Fault], Response]] = {
    "rate_limited": _rate_limited,
    "slack_error": _refused,
    "error_before": lambda fault: Response("upstream error", fault.status),
    "error_after": lambda fault: Response("upstream error", fault.status),
    "html": lambda _: Response("<html>sorry</html>", 200, {}, "text/html"),
}


def _name(scope: Scope) -> str:
    """The method a request calls; empty for what is none of the app's calls."""
    if scope["type"] != "http":
        return ""
    found = _CALLED.fullmatch(str(scope["path"]))
    return _BESIDES.get(found[1], found[2]) if found else ""


async def _body(receive: Receive) -> bytes:
    """All that is sent with a request."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _replayed(body: bytes) -> Callable[[], Awaitable[Message]]:
    """The request's body once more, as ASGI hands it out."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return left.pop() if left else {"type": "http.disconnect"}

    return receive


def _readable(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
