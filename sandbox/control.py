"""The control API, under `/control`: act as anybody, see what they see, move time, cause faults.

It is for tests and scripts on this machine; Slack has nothing of the kind.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException

from sandbox.faults import Fault

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

_ACTS = (
    "command",
    "click",
    "submit",
    "shortcut",
    "message_shortcut",
    "open_home",
    "post",
    "join",
    "leave",
    "change_user",
)
HOUR, DAY = 3600, 24 * 3600


def router(sandbox: "Sandbox") -> APIRouter:  # noqa: C901 - a page of routes, none of them branching
    """The routes."""
    routes = APIRouter(prefix="/control")

    @routes.get("/people")
    async def people() -> list[Json]:
        """Everybody."""
        return [user.to_api(sandbox.workspace.id) for user in sandbox.workspace.users.values()]

    @routes.get("/seen-by/{user}")
    async def seen_by(user: str) -> Json:
        """What somebody sees: conversations with their messages, open forms, the app's Home."""
        space = sandbox.workspace
        if user not in space.users:
            raise HTTPException(404, "no such person")
        return {
            "conversations": [
                channel.to_api()
                | {"messages": [asdict(each) for each in space.messages(channel.id, user)]}
                for channel in space.channels_of(user)
            ],
            "modals": space.modals.get(user, []),
            "home": space.homes.get(user),
        }

    @routes.post("/act/{what}")
    async def act(what: str, arguments: Json) -> Json:
        """Do one thing; the body holds the arguments of the method of that name in actions.py."""
        if what not in _ACTS:
            raise HTTPException(404, f"one of {', '.join(_ACTS)}")
        try:
            outcome = await getattr(sandbox.actions, what)(**arguments)
        except (KeyError, StopIteration, TypeError) as error:
            raise HTTPException(422, f"{type(error).__name__}: {error}") from error
        return asdict(outcome) if outcome else {}

    @routes.get("/ledger/{method}")
    async def ledger(method: str) -> list[Json]:
        """The calls of a method that took effect."""
        return [asdict(call) for call in sandbox.ledger.accepted(method)]

    @routes.post("/faults")
    async def fault(wanted: Json) -> Json:
        """Let the next calls of a method fail; see faults.py."""
        sandbox.faults.add(Fault(**wanted))
        return {"coming": len(sandbox.faults.coming)}

    @routes.post("/clock/skip")
    async def skip(hours: int = 0, days: int = 0, *, to_next: bool = False) -> Json:
        """Move time ahead."""
        seconds = hours * HOUR + days * DAY
        if to_next:
            seconds = await seconds_to_next(sandbox)
        await sandbox.advance(seconds)
        return {"now": sandbox.clock.now()}

    return routes


async def seconds_to_next(sandbox: "Sandbox") -> int:
    """How far ahead the next thing is that is due; 0 if nothing is."""
    due = await sandbox.next_due() if sandbox.next_due else None
    return max(due - sandbox.clock.now() + 1, 0) if due else 0
