"""How the bot is doing, for a monitor: alive, ready, and in numbers. States only, never people.

* `/healthz`: the process answers.
* `/readyz`: the store can be read, what the clock does is done, Slack's link is alive.
* `/metrics`: the same as numbers, in the format that Prometheus reads.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.context import Bot
from storage import health
from storage.database import StoreError, Tx
from storage.health import Waiting

UNREADABLE = (StoreError, sqlite3.Error)
ANY = ""  # every workspace is looked at
LATE = 300  # seconds after which a tick, or a word from Slack's link, is missing

# How long ago (seconds) Slack's link last showed a sign of life; None where there is no link.
Pulse = Callable[[], float | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a look at the store found. `ticks`: seconds since each was done."""

    waiting: dict[str, Waiting]
    overdue: Waiting
    ticks: dict[str, int]


def look(tx: Tx) -> Standing:
    """Look at the whole store."""
    ticks = {name: max(tx.now - at, 0) for name, at in health.last_ran(tx).items()}
    return Standing(health.waiting(tx), health.overdue(tx), ticks)


class Health:
    """Answers a monitor. `pulse`: Slack's link; `frequent`: the ticks that are to be in time."""

    def __init__(self, bot: Bot, pulse: Pulse, frequent: frozenset[str]) -> None:
        self._bot = bot
        self._pulse = pulse
        self._frequent = frequent
        self.known = False  # whose bot it is

    def alive(self) -> dict[str, object]:
        """What `/healthz` says."""
        return {"status": "ok", "workspace": self.known, "now": self._bot.clock.now()}

    async def faults(self) -> list[str]:
        """Why the bot is not ready, a few plain words each; empty if it is."""
        faults = [] if self.known else ["the workspace is not known yet"]
        silent = self._pulse()
        if silent is not None and silent > LATE:
            faults.append("the link to Slack is silent")
        try:
            standing = await self._bot.read(ANY, look)
        except UNREADABLE:
            return [*faults, "the store can't be read"]
        late = [name for name in sorted(self._frequent) if standing.ticks.get(name, 0) > LATE]
        if late:
            faults.append(f"late: {', '.join(late)}")
        return faults

    async def metrics(self) -> bytes:
        """What `/metrics` says. Raises what UNREADABLE names."""
        standing = await self._bot.read(ANY, look)
        registry = CollectorRegistry()

        def gauge(name: str, words: str, label: str | None = None) -> Gauge:
            return Gauge(f"mentor_{name}", words, [label] if label else [], registry=registry)

        rows = gauge("outbox_rows", "What is still to be shown in Slack.", "state")
        oldest = gauge("outbox_oldest_seconds", "How long the oldest has been due.", "state")
        for state, found in standing.waiting.items():
            rows.labels(state).set(found.rows)
            oldest.labels(state).set(found.oldest)
        gauge("consults_overdue", "Consults the clock is late with.").set(standing.overdue.rows)
        ticks = gauge("tick_age_seconds", "How long ago the clock last did this.", "name")
        for name, age in sorted(standing.ticks.items()):
            ticks.labels(name).set(age)
        silent = self._pulse()
        if silent is not None:
            gauge("link_silent_seconds", "How long ago Slack's link was last heard.").set(silent)
        gauge("build", "Always 1.", "version").labels(version("mentor-bot")).set(1)
        return generate_latest(registry) + generate_latest(COUNTED)


COUNTED = CollectorRegistry()
REFUSED = Counter(
    "mentor_refusals", "What people were told could not be done.", ["reason"], registry=COUNTED
)
FAILED = Counter(
    "mentor_failures", "What failed through a fault of the bot's.", ["kind"], registry=COUNTED
)
