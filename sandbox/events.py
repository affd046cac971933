"""What happens in the workspace, told to the app: what its manifest asks for, and no more."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

from sandbox.delivery import Outcome
from sandbox.workspace import Channel

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

# How the manifest, scopes and events name the kinds of conversation.
_FAMILIES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_SCOPES = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_created": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "dnd_updated_user": "dnd:read",
    "file_shared": "files:read",
    "group_archive": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
}
_MEMBERSHIP = ("member_joined_channel", "member_left_channel")


class Events:
    """Deliveries of events: one after the other, in the order in which things happened."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._sent = 0
        self._waiting: deque[Json] = deque()
        self._delivering: asyncio.Task[None] | None = None

    def soon(self, event: Json, channel: Channel | None = None) -> None:
        """Deliver an event without waiting; of a `channel`, only if the app is in it."""
        outside = channel is not None and self._sandbox.workspace.bot.id not in channel.members
        if outside or not self._wanted(event):
            return
        self._waiting.append(event)
        if self._delivering is None or self._delivering.done():
            self._delivering = asyncio.create_task(self._deliver())

    async def settled(self) -> None:
        """Wait until everything that happened has been delivered."""
        while self._delivering and not self._delivering.done():
            await asyncio.wait([self._delivering])

    async def close(self) -> None:
        """Deliver nothing more."""
        self._waiting.clear()
        if self._delivering:
            self._delivering.cancel()
            await asyncio.wait([self._delivering])

    async def send(self, event: Json, *, event_id: str = "") -> Outcome | None:
        """Deliver an event if the app asks for it; once more at once if it fails."""
        if not self._wanted(event):
            return None
        payload = self._envelope(event, event_id)
        outcome = await self._sandbox.sender.send("events_api", payload)
        if not outcome.acknowledged:
            outcome = await self._sandbox.sender.send("events_api", payload)
        return outcome

    async def _deliver(self) -> None:
        while self._waiting:
            await self.send(self._waiting.popleft())

    def _wanted(self, event: Json) -> bool:
        """Whether the manifest asks for it and grants the scope that it takes."""
        kind = event["type"]
        family = _FAMILIES.get(event.get("channel_type", ""), "")
        name, scope = kind, _SCOPES.get(kind)
        if kind == "message":
            name, scope = f"message.{family}", f"{family}:history"
        elif kind in _MEMBERSHIP:
            scope = "channels:read" if event["channel_type"] == "C" else "groups:read"
        settings = self._sandbox.manifest["settings"].get("event_subscriptions", {})
        granted = scope is None or scope in self._sandbox.scopes
        return granted and name in settings.get("bot_events", [])

    def _envelope(self, event: Json, event_id: str) -> Json:
        space = self._sandbox.workspace
        self._sent += 1
        authorization = {
            "enterprise_id": None,
            "team_id": space.id,
            "user_id": space.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "verification",
            "team_id": space.id,
            "api_app_id": self._sandbox.app_id,
            "type": "event_callback",
            "event_id": event_id or f"Ev0S{self._sent:08d}",
            "event_time": space.clock.now(),
            "is_ext_shared_channel": False,
            "authorizations": [authorization],
            "event": {"event_ts": space.next_ts(), **event},
        }
