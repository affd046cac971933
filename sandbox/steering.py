"""The control API for what goes wrong, for time, and for looking at what passes.

All under `/control`; bodies and answers are JSON. Status 422 with `detail` says what makes no
sense.

* `GET faults`: what is coming; `POST faults`: one more, see faults.py for its fields; or
  `{"fault": "chat.postMessage reset_after count=2"}`, as the command line has it;
  `DELETE faults`, `DELETE faults/{number}`: all of them, or one, happen no more
* `GET faults/kinds`: every kind there is, in words
* `POST links/{what}`: to all open Socket Mode links at once: `half_open`, `reset`, `renew`
* `GET clock`; `POST clock/skip?hours=&days=&to_next=`: move time ahead; `clock/play?speed=`
  60 or 3600, `clock/pause`, `clock/stop`
* `GET trail?way=&kind=&person=&failed=&words=&most=`: the newest calls and deliveries first;
  `DELETE trail` forgets them
* `POST verdict`: what Slack would say to `{"surface": "message", "json": …}`
* `POST program/restart`: start the app again, where `python -m sandbox` has started it
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException

from sandbox.faults import CALL_KINDS, DELIVERY_KINDS, LINK_KINDS, from_json, parse
from sandbox.trail import Entry, Wanted
from sandbox.verdict import verdict

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

HOUR, DAY = 3600, 24 * 3600
_MOST = 200  # entries in one answer


def add_routes(routes: APIRouter, sandbox: "Sandbox") -> None:
    """Add them to the control API."""
    _faults(routes, sandbox)
    _links(routes, sandbox)
    _program(routes, sandbox)
    _clock(routes, sandbox)
    _looking(routes, sandbox)


def _faults(routes: APIRouter, sandbox: "Sandbox") -> None:
    def coming() -> Json:
        return {"coming": [each.told() for each in sandbox.faults.coming]}

    @routes.get("/faults")
    async def listed() -> Json:
        return coming()

    @routes.get("/faults/kinds")
    async def kinds() -> Json:
        return {"calls": CALL_KINDS, "deliveries": DELIVERY_KINDS, "link": LINK_KINDS}

    @routes.post("/faults")
    async def add(wanted: Json) -> Json:
        line = wanted.get("fault")
        try:
            fault = parse(line) if isinstance(line, str) else from_json(wanted)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        sandbox.faults.add(fault)
        return coming() | {"number": fault.number}

    @routes.delete("/faults")
    async def clear() -> Json:
        sandbox.faults.clear()
        return coming()

    @routes.delete("/faults/{number}")
    async def drop(number: int) -> Json:
        if not sandbox.faults.drop(number):
            raise HTTPException(404, "no such fault")
        return coming()


def _links(routes: APIRouter, sandbox: "Sandbox") -> None:
    @routes.post("/links/{what}")
    async def links(what: str) -> Json:
        if what == "half_open":
            return {"links": sandbox.socket.deafen()}
        if what == "reset":
            return {"links": sandbox.socket.reset()}
        if what == "renew":
            await sandbox.socket.drop()
            return {"links": len(sandbox.socket)}
        raise HTTPException(404, "one of half_open, reset, renew")


def _program(routes: APIRouter, sandbox: "Sandbox") -> None:
    @routes.post("/program/restart")
    async def restart() -> Json:
        if sandbox.program is None:
            raise HTTPException(404, "the app was not started from here")
        await sandbox.program.start()
        return {"starts": sandbox.program.starts}


def _clock(routes: APIRouter, sandbox: "Sandbox") -> None:
    @routes.get("/clock")
    async def clock() -> Json:
        return _time(sandbox)

    @routes.post("/clock/skip")
    async def skip(hours: int = 0, days: int = 0, *, to_next: bool = False) -> Json:
        seconds = hours * HOUR + days * DAY
        if to_next:
            seconds = await seconds_to_next(sandbox)
        await sandbox.advance(seconds)
        return _time(sandbox)

    @routes.post("/clock/play")
    async def play(speed: int) -> Json:
        try:
            sandbox.player.play(speed)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return _time(sandbox)

    @routes.post("/clock/pause")
    async def pause() -> Json:
        sandbox.player.pause()
        return _time(sandbox)

    @routes.post("/clock/stop")
    async def stop() -> Json:
        await sandbox.player.stop()
        return _time(sandbox)


def _time(sandbox: "Sandbox") -> Json:
    player = sandbox.player
    return {"now": sandbox.clock.now(), "state": player.state, "speed": player.speed}


async def seconds_to_next(sandbox: "Sandbox") -> int:
    """How far ahead the next thing is that is due; 0 if nothing is."""
    due = await sandbox.next_due() if sandbox.next_due else None
    return max(due - sandbox.clock.now() + 1, 0) if due else 0


def _looking(routes: APIRouter, sandbox: "Sandbox") -> None:
    @routes.get("/trail")
    async def trail(  # noqa: PLR0913, PLR0917 - what one can look for
        way: str = "",
        kind: str = "",
        person: str = "",
        failed: bool = False,  # noqa: FBT001, FBT002 - a query's argument
        words: str = "",
        most: int = _MOST,
    ) -> list[Json]:
        wanted = Wanted(way, kind, person, failed, words)
        return [_told(each) for each in sandbox.trail.matching(wanted, most)]

    @routes.delete("/trail")
    async def forget() -> Json:
        sandbox.trail.clear()
        return {}

    @routes.post("/verdict")
    async def judge(asked: Json) -> Json:
        pasted = asked.get("json")
        text = pasted if isinstance(pasted, str) else json.dumps(pasted)
        try:
            said = verdict(text, str(asked.get("surface", "message")))
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return {
            "ok": not said.error,
            "error": said.error,
            "problems": [asdict(each) for each in said.problems],
        }


def _told(entry: Entry) -> Json:
    return asdict(entry) | {"failed": entry.failed}
