"""The control API, under `/control`: act as anybody, see what they see, move time, cause faults.

It is for tests and scripts on this machine; Slack has nothing of the kind. Bodies are JSON.

* `GET people`: everybody; `GET files/{id}`: a file's object
* `GET seen-by/{user}`: the conversations somebody is in, each with all its messages (a reply
  has a `thread_ts`), how many are `unread` and `mentions`, their open forms and the app's Home
* `POST act/{what}`: do one thing; see below
* `GET ledger/{method}`: the Web API calls of a method that took effect
* `POST restrict`: `?method=&on=` keeps a method from the app (`restricted_action`)
* faults, time and what passes: see steering.py

What somebody can do, each as `user`; a name in brackets may be left out. `ts` is the message's.

* say: `post` channel text; `reply` channel ts text [broadcast]; `upload` channel name content
  [text] [ts]; `react` and `unreact` channel ts name; `edit` channel ts text; `delete` and
  `dismiss` (what only they see) channel ts. Where there is a text, [picked] has the ids of people
  and channels by the names as which they stand in it
* read: `mark_read` channel [ts]; `mark_unread` channel ts
* use the app: `command` channel command text [thread_ts]; `click` action_id and channel ts, or
  view_id, [pick] [value] [chosen] [values] [block_id]; `suggest` action_id query and where;
  `submit` view_id [values] [forged]; `close` view_id [everything];
  `shortcut` callback_id; `message_shortcut` channel ts callback_id; `open_home` [tab]
* channels: `create_channel` name [private]; `join`, `leave`, `archive`, `unarchive` channel;
  `rename` channel name; `invite` and `remove` channel guest; `open_direct` guests, a list
* themselves: `change_user` and what changes; `set_dnd` [start end], UTC seconds

The answer is what came of it: the app's acknowledgement, the message, the channel. Status 409
with `error`, a code of Slack's, is what Slack would not let them do; 422 what makes no sense.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import JSONResponse

from sandbox.outcome import Outcome
from sandbox.reading import mentions, unread_count
from sandbox.refusal import SlackError
from sandbox.shapes import channel_object, file_object, message_object
from sandbox.steering import DAY, HOUR, add_routes, seconds_to_next
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

__all__ = ["DAY", "HOUR", "router", "seconds_to_next"]

Json = dict[str, Any]

ACTS = (
    "archive", "change_user", "click", "close", "command", "create_channel", "delete",
    "dismiss", "edit", "invite", "join", "leave", "mark_read", "mark_unread",
    "message_shortcut", "open_direct", "open_home", "post", "react", "remove", "rename",
    "reply", "set_dnd", "shortcut", "submit", "suggest", "unarchive", "unreact", "upload",
)  # fmt: skip


def router(sandbox: "Sandbox") -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/control")
    _looking(routes, sandbox)
    _doing(routes, sandbox)
    add_routes(routes, sandbox)
    return routes


def _looking(routes: APIRouter, sandbox: "Sandbox") -> None:
    @routes.get("/people")
    async def people() -> list[Json]:
        return [sandbox.person(user) for user in sandbox.workspace.users.values()]

    @routes.get("/seen-by/{user}")
    async def seen_by(user: str) -> Json:
        space = sandbox.workspace
        if user not in space.users:
            raise HTTPException(404, "no such person")
        return {
            "conversations": [
                _conversation(sandbox, each, user) for each in space.channels_of(user)
            ],
            "modals": space.modals.get(user, []),
            "home": space.homes.get(user),
        }

    @routes.get("/files/{file_id}")
    async def file(file_id: str) -> Json:
        found = sandbox.workspace.files.get(file_id)
        if found is None:
            raise HTTPException(404, "no such file")
        return file_object(sandbox.workspace, found)

    @routes.get("/ledger/{method}")
    async def ledger(method: str) -> list[Json]:
        return [asdict(call) for call in sandbox.ledger.accepted(method)]


def _doing(routes: APIRouter, sandbox: "Sandbox") -> None:
    @routes.post("/act/{what}")
    async def act(what: str, arguments: Json) -> Response:
        if what not in ACTS:
            raise HTTPException(404, f"one of {', '.join(ACTS)}")
        return await _answer(sandbox, getattr(sandbox.actions, what), arguments)

    @routes.post("/restrict")
    async def restrict(method: str, *, on: bool = True) -> Json:
        (sandbox.restricted.add if on else sandbox.restricted.discard)(method)
        return {"restricted": sorted(sandbox.restricted)}


async def _answer(sandbox: "Sandbox", act: Any, arguments: Json) -> Response:
    try:
        came: object = await act(**arguments)
    except SlackError as refused:
        return JSONResponse({"error": refused.code, **refused.more}, 409)
    except (KeyError, StopIteration, TypeError) as error:
        raise HTTPException(422, f"{type(error).__name__}: {error}") from error
    return JSONResponse(_told(sandbox, came, arguments.get("user", "")))


def _told(sandbox: "Sandbox", came: object, user: str) -> Json:
    """What came of it, as JSON."""
    if isinstance(came, Outcome | Message):
        return asdict(came)
    if isinstance(came, Channel):
        return channel_object(sandbox.workspace, came, viewer=user)
    return {}


def _conversation(sandbox: "Sandbox", channel: Channel, user: str) -> Json:
    space = sandbox.workspace
    nothing: Json = {"files": [], "reactions": []}
    messages = [
        asdict(each) | nothing | message_object(space, channel, each, with_metadata=True)
        for each in space.messages(channel.id, user)
    ]
    return channel_object(space, channel, viewer=user) | {
        "name": channel.name,
        "members": list(channel.members),
        "unread": unread_count(channel, user),
        "mentions": mentions(channel, user),
        "messages": messages,
    }
