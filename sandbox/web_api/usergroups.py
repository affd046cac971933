"""User groups: made, changed, switched off and on, and who is in them."""

import re

from sandbox.groups import Group, group_object
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method

_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]*")
_USERS_MOST = 2500


def _group(call: Call) -> Group:
    group = call.space.groups.get(call.need("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def _shape(call: Call, group: Group, *, users: bool = False) -> Json:
    team, counted = call.space.id, call.flag("include_count")
    return group_object(group, team, with_count=counted, with_users=users)


def _checked(call: Call, field: str, value: str, *, but: Group | None = None) -> str:
    """A name or handle that no other group has."""
    others = (each for each in call.space.groups.values() if each is not but)
    if any(getattr(each, field) == value for each in others):
        raise SlackError(f"{field}_already_exists")
    return value


def _handle(call: Call, name: str, *, but: Group | None = None) -> str:
    wanted = (call.get("handle") or re.sub(r"[^a-z0-9]+", "-", name.lower())).removeprefix("@")
    if _HANDLE.fullmatch(wanted) is None:
        raise SlackError("invalid_handle")
    if any(each.name == wanted for each in call.space.users.values()):
        raise SlackError("handle_already_exists")
    return _checked(call, "handle", wanted, but=but)


def _channels(call: Call) -> list[str]:
    wanted = call.names("channels")
    known = call.space.channels
    if any(each not in known or known[each].kind != "channel" for each in wanted):
        raise SlackError("channel_not_found")
    return wanted


def _create(call: Call) -> Json:
    name = _checked(call, "name", call.need("name"))
    group = Group(
        call.space.new_id("S"),
        name,
        _handle(call, name),
        call.get("description"),
        call.space.bot.id,
        call.space.clock.now(),
        channels=_channels(call),
    )
    call.space.groups[group.id] = group
    _tell(call, "subteam_created", group)
    return {"usergroup": _shape(call, group)}


def _update(call: Call) -> Json:
    group = _group(call)
    if call.get("name"):
        group.name = _checked(call, "name", call.get("name"), but=group)
    if call.get("handle"):
        group.handle = _handle(call, group.name, but=group)
    if "description" in call.arguments:
        group.description = call.get("description")
    if "channels" in call.arguments:
        group.channels = _channels(call)
    return _changed(call, group)


def _switched(call: Call, *, off: bool) -> Json:
    group = _group(call)
    if bool(group.disabled_at) == off:
        raise SlackError("already_disabled" if off else "already_enabled")
    group.disabled_at = call.space.clock.now() if off else 0
    return _changed(call, group)


def _changed(call: Call, group: Group, *, users: bool = False) -> Json:
    group.updated, group.updated_by = call.space.clock.now(), call.space.bot.id
    _tell(call, "subteam_updated", group)
    return {"usergroup": _shape(call, group, users=users)}


def _list(call: Call) -> Json:
    users, off = call.flag("include_users"), call.flag("include_disabled")
    found = [each for each in call.space.groups.values() if off or not each.disabled_at]
    return {"usergroups": [_shape(call, each, users=users) for each in found]}


def _users(call: Call) -> Json:
    group = _group(call)
    if group.disabled_at and not call.flag("include_disabled"):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def _set_users(call: Call) -> Json:
    group, wanted = _group(call), list(dict.fromkeys(call.names("users")))
    if not wanted:
        raise SlackError("no_users_provided")
    if len(wanted) > _USERS_MOST:
        raise SlackError("subteam_max_users_exceeded")
    known = call.space.users
    if any(each not in known or known[each].deleted for each in wanted):
        raise SlackError("invalid_users")
    before, group.users = group.users, wanted
    added = [each for each in wanted if each not in before]
    removed = [each for each in before if each not in wanted]
    event = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": call.space.id,
        "date_previous_update": group.updated or group.created,
        "date_update": call.space.clock.now(),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    call.sandbox.events.soon(event)
    return _changed(call, group, users=True)


def _tell(call: Call, kind: str, group: Group) -> None:
    call.space.changed()
    told = group_object(group, call.space.id, with_count=True, with_users=True)
    call.sandbox.events.soon({"type": kind, "subteam": told})


_READ, _WRITE = "usergroups:read", "usergroups:write"
METHODS = {
    "usergroups.create": Method(_create, _WRITE, 2),
    "usergroups.update": Method(_update, _WRITE, 2),
    "usergroups.disable": Method(lambda call: _switched(call, off=True), _WRITE, 2),
    "usergroups.enable": Method(lambda call: _switched(call, off=False), _WRITE, 2),
    "usergroups.list": Method(_list, _READ, 2, takes_json=False),
    "usergroups.users.list": Method(_users, _READ, 2, takes_json=False),
    "usergroups.users.update": Method(_set_users, _WRITE, 2),
}
