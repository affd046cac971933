"""One worker in a process of its own: delivers what is due, unless a failpoint ends it.

python -m tests.delivery.one_worker DATABASE API_URL TOKEN NOW; a key such as `U0BEN/3` is a message
in that person's direct messages, `C0GENERAL/1` one in that channel, `U0BEN/3.ics` a file.
"""

import asyncio
import sys
from pathlib import Path

from bot.app import slack_client
from bot.config import Settings
from bot.delivery.slack import Slack
from bot.delivery.target import Channel, Person, Posted, Shared, Target
from bot.delivery.worker import Worker
from bot.views.blocks import Message
from storage.database import Tx, open_store


class StandingStill:
    """A clock that never moves on of its own; the test's, imported, would take a second."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return float(self._now)

    async def sleep(self, seconds: float) -> None:
        """Return at once."""


def draw(_: Tx, key: str) -> Target:
    """The message of a key."""
    place = key.partition("/")[0]
    if key.endswith(".ics"):
        return Shared(Person(place), "file.ics", key.encode(), key)
    return Posted(Person(place) if place.startswith("U") else Channel(place), Message(key, []))


async def main(database: str, api_url: str, token: str, now: str) -> None:
    """Deliver all that is due at `now`."""
    settings = Settings(bot_token=token, app_token="xapp-none", api_url=api_url, database=database)
    clock = StandingStill(int(now))
    store = open_store(Path(database), clock)
    async with slack_client(settings) as client:
        await Worker(store, clock, Slack(client), draw, "worker-alone").drain()
    store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
