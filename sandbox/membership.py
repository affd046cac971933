"""Who may come into which channel, and what guests may not do: the same for people and apps."""

from typing import TYPE_CHECKING

from sandbox.people import User
from sandbox.refusal import SlackError
from sandbox.workspace import Channel, Workspace

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def why_not_invited(space: Workspace, channel: Channel, user_id: str, *, by: str) -> str:
    """Slack's code for why somebody can't be invited; empty if they can."""
    user = space.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user.id == by:
        return "cant_invite_self"
    if user.id in channel.members:
        return "already_in_channel"
    if user.deleted:
        return "cant_invite"
    if user.is_stranger and user.home not in channel.teams:
        return "no_external_invite_permission"
    return "ura_max_channels" if _has_their_channel(space, user) else ""


def _has_their_channel(space: Workspace, user: User) -> bool:
    """Whether this is a guest of one channel, who has theirs."""
    rooms = space.channels_of(user.id)
    return user.is_ultra_restricted and any(not each.is_direct for each in rooms)


def check_present(user: User) -> None:
    """Refuse those who have left: they can't sign in any more."""
    if user.deleted:
        raise SlackError("account_inactive")


def check_member(sandbox: "Sandbox", user_id: str, what: str) -> None:
    """Refuse guests, and what a preference leaves to admins; `what` is the method's name."""
    user = sandbox.workspace.users[user_id]
    check_present(user)
    if user.is_restricted or user.is_ultra_restricted:
        raise SlackError("user_is_restricted")
    if what in sandbox.admins_only and not (user.is_admin or user.is_owner):
        raise SlackError("restricted_action")


def can_see(space: Workspace, channel: Channel, user_id: str) -> bool:
    """Whether somebody may look into a channel: guests and strangers only where they are in."""
    user = space.users[user_id]
    if user_id in channel.members:
        return True
    return channel.kind == "channel" and not (user.is_restricted or user.is_stranger)


def knows(space: Workspace, user_id: str, other_id: str) -> bool:
    """Whether somebody may write to another: guests, to those they share a channel with."""
    user = space.users[user_id]
    if not (user.is_restricted or user.is_stranger) or space.users[other_id].is_bot:
        return True
    return any(other_id in each.members for each in space.channels_of(user_id))
