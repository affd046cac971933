"""What each kind of event takes: its name in the manifest, and one of some scopes."""

from typing import Any

Json = dict[str, Any]

# How the manifest, scopes and events name the kinds of conversation.
_FAMILIES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_EVERY_KIND = tuple(f"{family}:read" for family in _FAMILIES.values())
_BY_SCOPE = {
    "app_mentions:read": ("app_mention",),
    "channels:read": (
        "channel_archive",
        "channel_created",
        "channel_deleted",
        "channel_left",
        "channel_rename",
        "channel_unarchive",
    ),
    "groups:read": (
        "group_archive",
        "group_deleted",
        "group_left",
        "group_rename",
        "group_unarchive",
    ),
    "dnd:read": ("dnd_updated_user",),
    "emoji:read": ("emoji_changed",),
    "files:read": ("file_change", "file_created", "file_deleted", "file_public", "file_shared"),
    "pins:read": ("pin_added", "pin_removed"),
    "reactions:read": ("reaction_added", "reaction_removed"),
    "team:read": ("team_domain_change", "team_rename"),
    "usergroups:read": ("subteam_created", "subteam_members_changed", "subteam_updated"),
    "users:read": ("team_join", "user_change", "user_profile_changed", "user_status_changed"),
}
_SCOPES: dict[str, tuple[str, ...]] = {
    **{kind: (scope,) for scope, kinds in _BY_SCOPE.items() for kind in kinds},
    "channel_id_changed": _EVERY_KIND,
    "channel_shared": _EVERY_KIND,
    "channel_unshared": _EVERY_KIND,
}
_MEMBERSHIP = ("member_joined_channel", "member_left_channel")


def needs(event: Json) -> tuple[str, tuple[str, ...]]:
    """The name a manifest asks for it by, and the scopes of which it takes one, if any."""
    kind = str(event["type"])
    if kind == "message":
        family = _FAMILIES.get(event.get("channel_type", ""), "")
        return f"message.{family}", (f"{family}:history",)
    if kind in _MEMBERSHIP:
        return kind, ("channels:read" if event["channel_type"] == "C" else "groups:read",)
    return kind, _SCOPES.get(kind, ())
