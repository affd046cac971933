"""Modals and Home."""

import secrets
from collections.abc import Iterator

from sandbox.forms import named, surviving
from sandbox.refusal import SlackError
from sandbox.validate import check_view
from sandbox.web_api.call import Call, Json, Method

STACK_MOST = 3


def _view(call: Call, kind: str = "modal") -> Json:
    view = call.data("view")
    check_view(view, kind)
    return dict(view)


def _modals(call: Call) -> Iterator[tuple[list[Json], int]]:
    """Where each open modal stands: its stack, and its place in that."""
    for stack in call.space.modals.values():
        yield from ((stack, place) for place in range(len(stack)))


def _check_unused(call: Call, view: Json) -> None:
    """Refuse a name of the app's own that another open view has."""
    named = view.get("external_id")
    taken = [*(stack[place] for stack, place in _modals(call)), *call.space.homes.values()]
    if named and any(
        each.get("external_id") == named and each["id"] != view["id"] for each in taken
    ):
        raise SlackError("duplicate_external_id")


def dress(call: Call, view: Json, *, above: Json | None = None) -> Json:
    """The view as Slack hands it out: with ids, a hash and its state; `above` which it stands."""
    sandbox = call.sandbox
    number = view.get("id") or sandbox.workspace.new_id("V")
    return {
        "clear_on_close": False,
        "notify_on_close": False,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "previous_view_id": above["id"] if above else None,
        "root_view_id": above["root_view_id"] if above else number,
        **view,
        "blocks": named(view["blocks"]),
        "id": number,
        "team_id": sandbox.workspace.id,
        "app_id": sandbox.app_id,
        "bot_id": sandbox.bot_id,
        "hash": f"{sandbox.workspace.clock.now()}.{secrets.token_hex(4)}",
        "state": {"values": {}},
    }


def changed(call: Call, old: Json, view: Json) -> Json:
    """A view in the place of an old one; what was typed stays where the names are the same."""
    places = {name: old[name] for name in ("id", "previous_view_id", "root_view_id")}
    new = dress(call, {**view, **places})
    typed = call.space.typed.get(old["id"], {})
    call.space.typed[old["id"]] = surviving(typed, old["blocks"], new["blocks"])
    return new


def _open(call: Call) -> Json:
    # What Slack refuses of the view leaves the trigger as it was.
    wanted, trigger = _view(call), call.need("trigger_id")
    user = call.sandbox.triggers.use(trigger)
    view = dress(call, wanted)
    _check_unused(call, view)
    call.sandbox.workspace.modals[user] = [view]
    call.sandbox.workspace.changed()
    return {"view": view}


def _push(call: Call) -> Json:
    wanted, trigger = _view(call), call.need("trigger_id")
    user = call.sandbox.triggers.use(trigger)
    stack = call.sandbox.workspace.modals.setdefault(user, [])
    if len(stack) >= STACK_MOST:
        raise SlackError("push_limit_reached")
    if not stack:
        raise SlackError("not_found")
    view = dress(call, wanted, above=stack[-1])
    _check_unused(call, view)
    stack.append(view)
    call.sandbox.workspace.changed()
    return {"view": stack[-1]}


def _update(call: Call) -> Json:
    by = "view_id" if call.get("view_id") else "external_id"
    wanted, field = call.need(by), "id" if by == "view_id" else by
    for stack, place in _modals(call):
        old = stack[place]
        if old.get(field) == wanted:
            if call.get("hash") not in ("", old["hash"]):
                raise SlackError("hash_conflict")
            new = changed(call, old, _view(call))
            _check_unused(call, new)
            stack[place] = new
            call.sandbox.workspace.changed()
            return {"view": new}
    raise SlackError("not_found")


def _publish(call: Call) -> Json:
    workspace = call.sandbox.workspace
    user = call.need("user_id")
    if user not in workspace.users:
        raise SlackError("user_not_found")
    old = workspace.homes.get(user)
    if call.get("hash") and old and call.get("hash") != old["hash"]:
        raise SlackError("hash_conflict")
    view = _view(call, "home")
    new = changed(call, old, view) if old else dress(call, view)
    _check_unused(call, new)
    workspace.homes[user] = new
    workspace.changed()
    return {"view": workspace.homes[user]}


METHODS = {
    "views.open": Method(_open, tier=4),
    "views.push": Method(_push, tier=4),
    "views.update": Method(_update, tier=4),
    "views.publish": Method(_publish, tier=4),
}
