"""Modals and Home."""

import json
import secrets

from sandbox.refusal import SlackError
from sandbox.validate import check_view
from sandbox.web_api.call import Call, Json, Method

_STACK_MOST = 3


def _view(call: Call) -> Json:
    view = call.arguments.get("view")
    if isinstance(view, str):
        view = json.loads(view)
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    check_view(view)
    return view


def dress(call: Call, view: Json) -> Json:
    """The view as Slack hands it out: with ids, a hash and its state."""
    sandbox = call.sandbox
    return {
        "clear_on_close": False,
        "notify_on_close": False,
        "private_metadata": "",
        "callback_id": "",
        **view,
        "id": view.get("id") or sandbox.workspace.new_id("V"),
        "team_id": sandbox.workspace.id,
        "app_id": sandbox.app_id,
        "bot_id": sandbox.bot_id,
        "hash": f"{sandbox.workspace.clock.now()}.{secrets.token_hex(4)}",
        "state": {"values": {}},
    }


def _open(call: Call) -> Json:
    user = call.sandbox.triggers.use(call.need("trigger_id"))
    view = dress(call, _view(call))
    call.sandbox.workspace.modals[user] = [view]
    call.sandbox.workspace.changed()
    return {"view": view}


def _push(call: Call) -> Json:
    user = call.sandbox.triggers.use(call.need("trigger_id"))
    stack = call.sandbox.workspace.modals.setdefault(user, [])
    if len(stack) >= _STACK_MOST:
        raise SlackError("push_limit_reached")
    stack.append(dress(call, _view(call)))
    call.sandbox.workspace.changed()
    return {"view": stack[-1]}


def _update(call: Call) -> Json:
    wanted = call.need("view_id")
    for stack in call.sandbox.workspace.modals.values():
        for place, old in enumerate(stack):
            if old["id"] == wanted:
                if call.get("hash") not in ("", old["hash"]):
                    raise SlackError("hash_conflict")
                stack[place] = dress(call, {**_view(call), "id": wanted})
                call.sandbox.workspace.changed()
                return {"view": stack[place]}
    raise SlackError("not_found")


def _publish(call: Call) -> Json:
    workspace = call.sandbox.workspace
    user = call.need("user_id")
    if user not in workspace.users:
        raise SlackError("user_not_found")
    old = workspace.homes.get(user)
    if call.get("hash") and old and call.get("hash") != old["hash"]:
        raise SlackError("hash_conflict")
    workspace.homes[user] = dress(call, _view(call))
    workspace.changed()
    return {"view": workspace.homes[user]}


METHODS = {
    "views.open": Method(_open),
    "views.push": Method(_push),
    "views.update": Method(_update),
    "views.publish": Method(_publish),
}
