"""User groups: handles under which several people are mentioned at once."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Group:
    """One user group. `disabled_at`: since when it is switched off, 0 if it is not."""

    id: str
    name: str
    handle: str
    description: str
    by: str
    created: int
    users: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    updated_by: str = ""
    updated: int = 0
    disabled_at: int = 0


def group_object(group: Group, team: str, *, with_count: bool, with_users: bool) -> Json:
    """A group as usergroups.list has it; its people only on request."""
    shape: Json = {
        "id": group.id,
        "team_id": team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.updated or group.created,
        "date_delete": group.disabled_at,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": group.by,
        "updated_by": group.updated_by or group.by,
        "prefs": {"channels": list(group.channels), "groups": []},
        "channel_count": len(group.channels),
    }
    if group.disabled_at:
        shape["deleted_by"] = group.updated_by
    if with_count:
        shape["user_count"] = len(group.users)
    if with_users:
        shape["users"] = list(group.users)
    return shape
