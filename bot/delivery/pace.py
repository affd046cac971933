"""Slack's limits on sending: one post a second and channel, and pauses that Slack asks for."""

from dataclasses import dataclass, field

from bot.clock import Clock

# Slack: about one message a second and channel.
POST_EVERY = 1.0
# Slack's tiers, calls a minute and workspace; chat.postMessage: "several hundred a minute".
A_MINUTE = {
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.join": 50,
    "views.publish": 100,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
}
# A worker sleeps through shorter waits; for longer ones the row goes back into the outbox.
NAP = 20.0
_FORGET_AFTER = 1000  # channels remembered before those long past are forgotten


@dataclass(slots=True)
class Pace:
    """Who may send what, and when. Times are the clock's monotonic seconds."""

    clock: Clock
    _method_from: dict[tuple[str, str], float] = field(default_factory=dict)
    _used: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _channel_from: dict[tuple[str, str], float] = field(default_factory=dict)

    def wait(self, workspace: str, method: str) -> float:
        """Seconds until this method may be called again in this workspace; up to NAP, a turn taken.

        A minute's calls may be made at once; after that they come back evenly.
        """
        now, key = self.clock.monotonic(), (workspace, method)
        most = A_MINUTE.get(method, 100)
        used, since = self._used.get(key, (0.0, now))
        used = max(0.0, used - (now - since) * most / 60)
        wait = max(self.held(workspace, method), (used + 1 - most) * 60 / most)
        if wait <= NAP:
            self._used[key] = (used + 1, now)
        return wait

    def held(self, workspace: str, method: str) -> float:
        """Seconds for which Slack, or a broken token, still keeps this method from being called."""
        until = max(self._method_from.get((workspace, name), 0.0) for name in (method, "*"))
        return max(0.0, until - self.clock.monotonic())

    def hold(self, workspace: str, method: str, seconds: float) -> None:
        """Call this method (`*`: any) no more in this workspace for so long."""
        until = self.clock.monotonic() + seconds
        key = (workspace, method)
        self._method_from[key] = max(self._method_from.get(key, 0.0), until)

    async def post_in(self, workspace: str, channel: str) -> None:
        """Wait for this channel's turn, and take it."""
        now = self.clock.monotonic()
        key = (workspace, channel)
        turn = max(now, self._channel_from.get(key, 0.0))
        self._channel_from[key] = turn + POST_EVERY
        if len(self._channel_from) > _FORGET_AFTER:
            self._channel_from = {k: at for k, at in self._channel_from.items() if at > now}
        if turn > now:
            await self.clock.sleep(turn - now)
