"""What becomes of channels, whoever does it: made, joined, left, renamed, archived."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.posting import note
from sandbox.reading import mark_read
from sandbox.refusal import SlackError
from sandbox.shapes import channel_object
from sandbox.workspace import Channel

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

_NAME_MOST, _TOPIC_MOST = 80, 250  # characters, Slack's limits


class Channels:
    """Each does one thing, leaves Slack's line of it in the channel and tells the app."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace

    def create(self, by: str, name: str, *, private: bool) -> Channel:
        """Make a channel; whoever makes it is in it."""
        self._check_name(name)
        kind = "group" if private else "channel"
        channel = self._space.add_channel(name, [], kind=kind)
        channel.creator = by
        if not private:
            told = channel_object(self._space, channel, viewer=by)
            # The event's channel has no word on who is in it.
            told.pop("is_member")
            self._sandbox.events.soon({"type": "channel_created", "channel": told})
        self.add(channel, by)
        return channel

    def add(self, channel: Channel, user: str, *, inviter: str = "") -> None:
        """Let somebody in."""
        channel.members.append(user)
        # What was said before one came is not new to one.
        mark_read(channel, user)
        more = {"inviter": inviter} if inviter else {}
        note(self._sandbox, channel, user, "channel_join", "has joined the channel", **more)
        self._membership("member_joined_channel", channel, user, more)

    def remove(self, channel: Channel, user: str, *, by: str = "") -> None:
        """Take somebody out; nobody leaves the channel that holds all."""
        if channel.general:
            raise SlackError("cant_kick_from_general" if by else "cant_leave_general")
        channel.members.remove(user)
        note(self._sandbox, channel, user, "channel_leave", "has left the channel")
        self._membership("member_left_channel", channel, user, {})
        if user == self._space.bot.id:
            kind = "channel_left" if channel.kind == "channel" else "group_left"
            actor = by or user
            self._sandbox.events.soon({"type": kind, "channel": channel.id, "actor_id": actor})

    def rename(self, channel: Channel, by: str, name: str) -> None:
        """Give a channel another name."""
        self._check_name(name, but=channel)
        old, channel.name = channel.name, name
        channel.previous_names.insert(0, old)
        words = f'has renamed the channel from "{old}" to "{name}"'
        note(self._sandbox, channel, by, "channel_name", words, old_name=old, name=name)
        renamed = {
            "id": channel.id,
            "is_channel": channel.kind == "channel",
            "is_mpim": False,
            "name": name,
            "name_normalized": name,
            "created": channel.created,
        }
        self._tell("rename", channel, {"channel": renamed})

    def archive(self, channel: Channel, by: str) -> None:
        """Close a channel; what was said stays."""
        if channel.general:
            raise SlackError("cant_archive_general")
        if channel.archived:
            raise SlackError("already_archived")
        note(self._sandbox, channel, by, "channel_archive", "archived the channel")
        channel.archived = True
        self._tell("archive", channel, {"channel": channel.id, "user": by})

    def unarchive(self, channel: Channel, by: str) -> None:
        """Open it again."""
        if not channel.archived:
            raise SlackError("not_archived")
        channel.archived = False
        note(self._sandbox, channel, by, "channel_unarchive", "un-archived the channel")
        # Slack names the person differently in a private channel's event.
        who = "user" if channel.kind == "channel" else "actor_id"
        self._tell("unarchive", channel, {"channel": channel.id, who: by})

    def describe(self, channel: Channel, by: str, what: str, value: str) -> None:
        """Set the `topic` or `purpose`."""
        if len(value) > _TOPIC_MOST:
            raise SlackError("too_long")
        if channel.archived:
            raise SlackError("is_archived")
        setattr(channel, what, value)
        words = f"set the channel {what}: {value}"
        note(self._sandbox, channel, by, f"channel_{what}", words, **{what: value})

    def delete(self, channel: Channel, by: str) -> None:
        """Do away with a channel."""
        if channel.general:
            raise SlackError("cant_delete_general")
        event: Json = {"channel": channel.id, "actor_id": by}
        if channel.kind == "group":
            event["date_deleted"] = self._space.clock.now()
        self._tell("deleted", channel, event)
        del self._space.channels[channel.id]
        self._space.changed()

    def share(self, channel: Channel, team: str) -> None:
        """Let another organisation into a channel."""
        if channel.is_direct:
            raise SlackError("method_not_supported_for_channel_type")
        if team in channel.teams:
            raise SlackError("already_shared")
        channel.teams.append(team)
        channel.shared_outside = True
        self._space.changed()
        event = {"type": "channel_shared", "connected_team_id": team, "channel": channel.id}
        self._sandbox.events.soon(event, channel)

    def unshare(self, channel: Channel, team: str) -> None:
        """Let it out again; its people leave."""
        if team not in channel.teams:
            raise SlackError("not_shared")
        channel.teams.remove(team)
        channel.shared_outside = bool(channel.teams)
        for user in list(channel.members):
            if self._space.users[user].home == team:
                self.remove(channel, user)
        event = {
            "type": "channel_unshared",
            "previously_connected_team_id": team,
            "channel": channel.id,
            "is_ext_shared": channel.shared_outside,
        }
        self._space.changed()
        self._sandbox.events.soon(event, channel)

    def change_id(self, channel: Channel) -> str:
        """Give a channel another id; the old one means nothing any more."""
        space, old = self._space, channel.id
        channel.id = space.new_id(old[0])
        space.channels = {each.id: each for each in space.channels.values()}
        for file in space.files.values():
            file.shared = [channel.id if each == old else each for each in file.shared]
        for waiting in space.scheduled.values():
            waiting.channel = channel.id if waiting.channel == old else waiting.channel
        space.changed()
        event = {
            "type": "channel_id_changed",
            "old_channel_id": old,
            "new_channel_id": channel.id,
        }
        self._sandbox.events.soon(event, channel)
        return channel.id

    def _tell(self, what: str, channel: Channel, event: Json) -> None:
        self._space.changed()
        public = channel.kind == "channel"
        kind = f"{'channel' if public else 'group'}_{what}"
        self._sandbox.events.soon({"type": kind, **event}, None if public else channel)

    def _membership(self, kind: str, channel: Channel, user: str, more: Json) -> None:
        event = {
            "type": kind,
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": self._space.id,
            **more,
        }
        itself = user == self._space.bot.id
        self._sandbox.events.soon(event, None if itself else channel)

    def _check_name(self, name: str, *, but: Channel | None = None) -> None:
        if not name:
            raise SlackError("invalid_name_required")
        if len(name) > _NAME_MOST:
            raise SlackError("invalid_name_maxlength")
        if re.fullmatch(r"[a-z0-9_-]+", name) is None:
            raise SlackError("invalid_name_specials")
        if re.search(r"[a-z0-9]", name) is None:
            raise SlackError("invalid_name_punctuation")
        taken = (each for each in self._space.channels.values() if not each.is_direct)
        # Archived channels keep their names.
        if any(each.name == name and each is not but for each in taken):
            raise SlackError("name_taken")
