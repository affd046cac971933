"""What people do with channels, and what becomes of people."""

from typing import Any

from sandbox.actions.base import Acting
from sandbox.membership import can_see, check_member, knows, why_not_invited
from sandbox.people import dnd_object
from sandbox.refusal import SlackError
from sandbox.workspace import Channel

_OTHERS_MOST = 8  # in a group message, besides oneself


class Rooms(Acting):
    """Making channels, coming and going, as one person."""

    async def create_channel(self, user: str, name: str, *, private: bool = False) -> Channel:
        """Make a channel; guests can't."""
        check_member(self._sandbox, user, "conversations.create")
        channel = self._sandbox.channels.create(user, name, private=private)
        await self._sandbox.events.settled()
        return channel

    async def open_direct(self, user: str, *, guests: list[str]) -> Channel:
        """Open the direct or group message with these people; the app may be among them."""
        others = {self._person(each).id for each in guests} - {user}
        if not others:
            raise SlackError("users_not_found")
        if len(others) > _OTHERS_MOST:
            raise SlackError("too_many_users")
        if not all(knows(self._space, user, each) for each in others):
            raise SlackError("user_not_visible")
        channel = self._space.direct([user, *others])
        self._space.changed()
        return channel

    async def join(self, user: str, channel: str) -> None:
        """Join a channel; a private one takes somebody who invites."""
        place = self._space.channels[channel]
        if not can_see(self._space, place, user) and place.kind == "channel":
            raise SlackError("user_is_restricted")
        if place.kind != "channel":
            raise SlackError("method_not_supported_for_channel_type")
        if place.archived:
            raise SlackError("is_archived")
        if user not in place.members:
            self._sandbox.channels.add(place, user)
        await self._sandbox.events.settled()

    async def leave(self, user: str, channel: str) -> None:
        """Leave a channel."""
        place = self._space.channels[channel]
        if user in place.members:
            self._sandbox.channels.remove(place, user)
        await self._sandbox.events.settled()

    async def invite(self, user: str, channel: str, guest: str) -> None:
        """Let somebody into a channel one is in; the app too."""
        place = self._inside(user, channel)
        if place.is_direct:
            raise SlackError("method_not_supported_for_channel_type")
        if place.archived:
            raise SlackError("is_archived")
        check_member(self._sandbox, user, "conversations.invite")
        refusal = why_not_invited(self._space, place, self._person(guest).id, by=user)
        if refusal:
            raise SlackError(refusal)
        self._sandbox.channels.add(place, guest, inviter=user)
        await self._sandbox.events.settled()

    async def remove(self, user: str, channel: str, guest: str) -> None:
        """Take somebody, or the app, out of a channel one is in."""
        place = self._inside(user, channel)
        check_member(self._sandbox, user, "conversations.kick")
        if guest not in place.members:
            raise SlackError("not_in_channel")
        self._sandbox.channels.remove(place, guest, by=user)
        await self._sandbox.events.settled()

    async def archive(self, user: str, channel: str) -> None:
        """Close a channel."""
        check_member(self._sandbox, user, "conversations.archive")
        self._sandbox.channels.archive(self._inside(user, channel), user)
        await self._sandbox.events.settled()

    async def unarchive(self, user: str, channel: str) -> None:
        """Open it again."""
        check_member(self._sandbox, user, "conversations.unarchive")
        self._sandbox.channels.unarchive(self._inside(user, channel), user)
        await self._sandbox.events.settled()

    async def rename(self, user: str, channel: str, name: str) -> None:
        """Give a channel another name."""
        check_member(self._sandbox, user, "conversations.rename")
        self._sandbox.channels.rename(self._inside(user, channel), user, name)
        await self._sandbox.events.settled()

    async def change_user(self, user: str, **changes: Any) -> None:
        """Change what the workspace says of somebody, such as `deleted=True`."""
        person = self._person(user)
        for name, value in changes.items():
            setattr(person, name, value)
        self._space.changed()
        told = {"user": self._sandbox.person(person), "cache_ts": self._space.clock.now()}
        self._sandbox.events.soon({"type": "user_change", **told})
        self._sandbox.events.soon({"type": "user_profile_changed", **told})
        await self._sandbox.events.settled()

    async def set_dnd(self, user: str, start: int = 0, end: int = 0) -> None:
        """Want no disturbance from one UTC second to another; without them, want it again."""
        person = self._person(user)
        person.dnd = (start, end) if end else None
        self._space.changed()
        status = dnd_object(person, self._space.clock.now())
        self._sandbox.events.soon({"type": "dnd_updated_user", "user": user, "dnd_status": status})
        await self._sandbox.events.settled()
