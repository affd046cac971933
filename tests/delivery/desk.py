"""A worker in the seeded workspace, with things to show that a test makes up."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from bot.app import slack_client
from bot.delivery.slack import Slack
from bot.delivery.target import Channel, Person, Place, Posted, Target
from bot.delivery.worker import Worker
from bot.views.blocks import Message
from sandbox.app import Sandbox
from storage import outbox
from storage.database import Store, Tx, open_store
from storage.records import Delivery
from tests.support.world import TEAM, TestClock, settings, workspace

BEN, ADA = "U0BEN", "U0ADA"


class Desk:
    """What is asked for, who delivers it, and what Slack took."""

    def __init__(self, sandbox: Sandbox, store: Store, clock: TestClock, slack: Slack) -> None:
        self.sandbox = sandbox
        self.store = store
        self.clock = clock
        self.slack = slack
        self.things: dict[str, Target] = {}
        self.worker = self.hire("worker-one")

    def hire(self, name: str, slack: Slack | None = None) -> Worker:
        return Worker(self.store, self.clock, slack or self.slack, self.draw, name)

    def draw(self, _: Tx, key: str) -> Target | None:
        return self.things.get(key)

    def general(self) -> Channel:
        return Channel(self.sandbox.workspace.find_channel("general").id)

    async def ask(self, key: str, place: Place, words: str | None = None) -> None:
        self.things[key] = Posted(place, Message(words or key, []))
        await self.store.write(TEAM, outbox.mark_stale, key)

    async def tell(self, user: str, key: str) -> None:
        await self.ask(key, Person(user))

    async def later(self, seconds: int, times: int = 1) -> None:
        """Let time pass and deliver, so often."""
        for _ in range(times):
            self.sandbox.clock.skip(seconds)
            await self.worker.drain()

    def posted(self) -> list[str]:
        """The texts of every post Slack took, in order, seen or not by whoever sent it."""
        posts = self.sandbox.ledger.accepted("chat.postMessage")
        return [str(call.arguments["text"]) for call in posts]

    def seen_by(self, user: str) -> list[str]:
        space = self.sandbox.workspace
        messages = space.messages(space.direct([user, space.bot.id]).id, user)
        return [message.text for message in messages]

    async def states(self) -> dict[str, str]:
        def query(tx: Tx) -> dict[str, str]:
            rows = tx.rows("SELECT key, state FROM outbox WHERE workspace = :workspace")
            return {row["key"]: row["state"] for row in rows}

        return await self.store.read(TEAM, query)

    async def dead(self) -> list[Delivery]:
        return await self.store.read(TEAM, outbox.dead)


@contextlib.asynccontextmanager
async def desk(database: Path, clock: type[TestClock] = TestClock) -> AsyncIterator[Desk]:
    """A desk, and nothing else of the bot."""
    async with (
        workspace() as sandbox,
        slack_client(settings(sandbox, database)) as client,
    ):
        time = clock(sandbox.clock)
        store = open_store(database, time)
        try:
            made = Desk(sandbox, store, time, Slack(client))
            yield made
            await made.worker.stop()
        finally:
            store.close()
