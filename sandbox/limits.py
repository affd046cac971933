"""Slack's rate limits, kept by the workspace's clock; off unless switched on.

A method has a tier, so many calls a minute for each workspace (docs.slack.dev, "Rate limits").
Unused calls are saved up to a minute's worth, which is the burst that Slack tolerates.
`chat.postMessage` goes by channel, one a second with a short burst, and by workspace.
"""

import math
from dataclasses import dataclass

from sandbox.clock import SandboxClock

MINUTE = 60.0
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
# Slack's "special" tiers: it names no number, only "hundreds a minute".
SPECIAL, SPECIAL_PER_MINUTE = 0, 300
POSTS_A_SECOND, POSTS_AT_ONCE = 1, 5  # in one channel
POSTS_A_MINUTE = 300  # in a workspace: "several hundred"

_NOTHING = 1e-6  # seconds, less than which sums of fractions are off by


@dataclass(slots=True)
class _Bucket:
    """Calls that may still be made: `left` of `most`, `rate` more each second."""

    most: float
    rate: float
    left: float
    since: float

    def fill(self, now: float) -> None:
        """Add what has come since."""
        self.left = min(self.most, self.left + max(now - self.since, 0.0) * self.rate)
        self.since = now


class Limits:
    """How many calls are left; `on` says whether anybody counts."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self.on = False
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def wait(self, team: str, method: str, tier: int, channel: str = "") -> int:
        """Seconds until this call may be made again; 0 if it may be made, and it counts then.

        `channel`: where a message is posted, empty for all else.
        """
        if not self.on:
            return 0
        if channel:
            wanted = [
                self._bucket((team, method, channel), POSTS_AT_ONCE, POSTS_A_SECOND),
                self._bucket((team, method), POSTS_A_MINUTE, POSTS_A_MINUTE / MINUTE),
            ]
        else:
            most = PER_MINUTE.get(tier, SPECIAL_PER_MINUTE)
            wanted = [self._bucket((team, method), most, most / MINUTE)]
        late = max((1 - each.left) / each.rate for each in wanted)
        if late > _NOTHING:
            return math.ceil(late - _NOTHING)
        for each in wanted:
            each.left -= 1
        return 0

    def forget(self) -> None:
        """Count from nothing again."""
        self._buckets.clear()

    def _bucket(self, key: tuple[str, ...], most: float, rate: float) -> _Bucket:
        now = self._clock.time()
        bucket = self._buckets.setdefault(key, _Bucket(most, rate, most, now))
        bucket.fill(now)
        return bucket
