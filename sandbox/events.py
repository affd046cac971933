"""What happens in the workspace, told to the app: what its manifest asks for, and no more."""

import asyncio
import base64
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.outcome import Outcome, Retry
from sandbox.subscriptions import needs
from sandbox.workspace import Channel

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]
Doing = Callable[[], Awaitable[None]]

RETRIES_AFTER = (0, 60, 300)  # seconds of the workspace's time after a failure
HOUR = 3600
# docs.slack.dev, "Events API": a subscription is switched off when in an hour of at least a
# thousand events fewer than one in twenty were answered well.
FEWEST_TO_DISABLE, WELL_AT_LEAST = 1000, 0.05
# Those of the installation itself reach the app when nothing else does any more.
_OF_THE_END = ("app_uninstalled", "tokens_revoked")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One event on its way; `number` counts the retries."""

    payload: Json
    number: int = 0
    reason: str = ""


class Events:
    """Deliveries of events: one after the other, in the order in which things happened.

    `disabled` says whether Slack gave up on the app; `fewest` is the number of events in an hour
    below which it never does.
    """

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._sent = 0
        self._waiting: deque[_Attempt | Doing] = deque()
        self._delivering: asyncio.Task[None] | None = None
        self._lately: deque[tuple[float, bool]] = deque()
        self.disabled = False
        self.fewest = FEWEST_TO_DISABLE

    def soon(self, event: Json, channel: Channel | None = None) -> None:
        """Deliver an event without waiting; of a `channel`, only if the app is in it."""
        outside = channel is not None and self._sandbox.workspace.bot.id not in channel.members
        if outside or not self._wanted(event):
            return
        self._put(_Attempt(self._envelope(event, "")))

    def then(self, doing: Doing) -> None:
        """Do something once all that happened so far has been delivered."""
        self._put(doing)

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

    def enable(self) -> None:
        """Try the app again after it has been given up, as its owner does in Slack's settings."""
        self.disabled = False
        self._lately.clear()

    async def send(self, event: Json, *, event_id: str = "") -> Outcome | None:
        """Deliver an event if the app asks for it; if it fails once more at once, and later."""
        if not self._wanted(event):
            return None
        return await self._try(_Attempt(self._envelope(event, event_id)))

    def _put(self, next_thing: _Attempt | Doing) -> None:
        self._waiting.append(next_thing)
        if self._delivering is None or self._delivering.done():
            self._delivering = asyncio.create_task(self._deliver())

    async def _deliver(self) -> None:
        while self._waiting:
            first = self._waiting.popleft()
            if isinstance(first, _Attempt):
                await self._try(first)
            else:
                await first()

    async def _try(self, attempt: _Attempt) -> Outcome:
        """Deliver, and see to it that what fails is tried again."""
        retry = Retry(attempt.number, attempt.reason) if attempt.number else None
        outcome = await self._sandbox.sender.send("events_api", attempt.payload, retry)
        self._count(well=outcome.acknowledged)
        if outcome.acknowledged or outcome.final or attempt.number == len(RETRIES_AFTER):
            return outcome
        again = _Attempt(attempt.payload, attempt.number + 1, outcome.why)
        after = RETRIES_AFTER[attempt.number]
        if not after:
            return await self._try(again)
        self._sandbox.timers.after(after, lambda: self._again(again))
        return outcome

    async def _again(self, attempt: _Attempt) -> None:
        if not self.disabled:
            self._put(attempt)
            await self.settled()

    def _count(self, *, well: bool) -> None:
        now = self._sandbox.clock.time()
        self._lately.append((now, well))
        while self._lately[0][0] <= now - HOUR:
            self._lately.popleft()
        if len(self._lately) >= self.fewest:
            share = sum(each for _, each in self._lately) / len(self._lately)
            self.disabled = share < WELL_AT_LEAST

    def _wanted(self, event: Json) -> bool:
        """Whether the manifest asks for it and the workspace grants the scope that it takes."""
        name, scopes = needs(event)
        installed = self._sandbox.installation
        granted = not scopes or bool(set(scopes) & set(installed.scopes))
        if self.disabled or not (installed.live or name in _OF_THE_END):
            return False
        settings = self._sandbox.manifest["settings"].get("event_subscriptions", {})
        return granted and name in settings.get("bot_events", [])

    def _envelope(self, event: Json, event_id: str) -> Json:
        space = self._sandbox.workspace
        self._sent += 1
        number = event_id or f"Ev0S{self._sent:08d}"
        channel = space.channels.get(_place(event))
        authorization = {
            "enterprise_id": None,
            "team_id": space.id,
            "user_id": space.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        # What an app may hand to apps.event.authorizations.list; it is opaque.
        context = json.dumps({"et": event["type"], "tid": space.id, "eid": number})
        return {
            "token": "verification",
            "team_id": space.id,
            "context_team_id": space.id,
            "context_enterprise_id": None,
            "api_app_id": self._sandbox.app_id,
            "type": "event_callback",
            "event_id": number,
            "event_time": space.clock.now(),
            "is_ext_shared_channel": channel is not None and channel.shared_outside,
            "authorizations": [authorization],
            "event_context": f"4-{base64.urlsafe_b64encode(context.encode()).decode()}",
            "event": {"event_ts": space.next_ts(), **event},
        }


def _place(event: Json) -> str:
    """The id of the conversation an event is about; empty if it is about none."""
    item = event.get("item") or {}
    channel = event.get("channel") or event.get("channel_id") or item.get("channel") or ""
    return str(channel["id"] if isinstance(channel, dict) else channel)
