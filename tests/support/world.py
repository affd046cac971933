"""The bot and a workspace, started together in a test; time stands still until it is moved."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot import consults, manifest
from bot.app import App, running
from bot.authority import Actor
from bot.config import Settings
from bot.local_workspace import fill
from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.seed import cancer_centre
from storage import consults as consult_queries
from storage import offers as offer_queries
from storage.records import Consult, Draft, Offer, Urgency

# A Tuesday, 15:00 UTC: ten in the morning in New York, seven in Los Angeles, four in Berlin.
TUESDAY = 1795532400
HOUR, DAY = 3600, 24 * 3600
TEAM = "T0SANDBOX"


class TestClock:
    """The bot's clock in a test: the workspace's, and sleeping moves nothing but is instant."""

    __test__ = False

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._slept = 0.0

    def now(self) -> int:
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.time() + self._slept

    async def sleep(self, seconds: float) -> None:
        self._slept += seconds


class World:
    """What a story needs: people who act, the bot, and what everybody sees."""

    def __init__(self, sandbox: Sandbox, app: App) -> None:
        self.sandbox = sandbox
        self.app = app
        self.space = sandbox.workspace
        self.act = sandbox.actions

    async def settle(self) -> None:
        """Let everything that is due be delivered."""
        await self.app.worker.drain()

    async def later(self, seconds: int) -> None:
        """Let time pass, and what it brings happen."""
        await self.sandbox.advance(seconds)

    def general(self) -> str:
        return self.space.find_channel("general").id

    async def types(self, user: str, text: str) -> str:
        """Type `/mentor …`; gives what only they see."""
        outcome = await self.act.command(user, self.general(), "/mentor", text)
        await self.settle()
        return str(outcome.body.get("text", ""))

    def sent(self, what: str) -> dict[str, Any]:
        """The newest command, interaction or event of this kind, as Slack sent it."""
        for each in reversed(self.sandbox.ledger.deliveries):
            payload = each.payload
            kinds = (payload.get("type"), (payload.get("event") or {}).get("type"))
            if what in (*kinds, payload.get("command")):
                return payload
        raise AssertionError(what)

    def messages(self, user: str) -> list[Any]:
        """What stands in somebody's direct messages with the bot."""
        return self.space.messages(self.space.direct([user, self.space.bot.id]).id, user)

    def card(self, user: str, action_id: str) -> Any:
        """The newest of the bot's messages to them with this button or select."""
        place = [
            (channel, message)
            for channel in self.space.channels_of(user)
            for message in self.space.messages(channel.id, user)
            if action_id in str(message.blocks)
        ]
        assert place, f"{user} sees no {action_id}"
        return max(place, key=lambda each: float(each[1].ts))

    async def clicks(self, user: str, action_id: str, **more: Any) -> Any:
        """Use the newest button of this id that they see."""
        channel, message = self.card(user, action_id)
        outcome = await self.act.click(user, action_id, channel=channel.id, ts=message.ts, **more)
        await self.settle()
        return outcome

    async def submits(self, user: str, /, **values: Any) -> Any:
        """Submit the form that is open before them."""
        view = self.space.modals[user][-1]
        outcome = await self.act.submit(user, view["id"], values)
        await self.settle()
        return outcome

    async def consult(self, consult_id: int) -> Consult:
        found = await self.app.bot.read(TEAM, consult_queries.get, consult_id)
        assert found
        return found

    async def offers(self, consult_id: int) -> list[Offer]:
        return await self.app.bot.read(TEAM, offer_queries.of_consult, consult_id)

    async def asked(
        self, asker: str = "U0BEN", question: str = "How do I taper steroids?", **draft: Any
    ) -> int:
        """A stored consult; gives its id."""
        wanted = Draft(question=question, **{"urgency": Urgency.TODAY, **draft})
        consult, _ = await self.app.bot.write(
            TEAM, consults.ask, Actor(asker), wanted, delivery=f"story/{asker}/{question}"
        )
        await self.settle()
        return consult.id


@contextlib.asynccontextmanager
async def workspace(clock: SandboxClock | None = None) -> AsyncIterator[Sandbox]:
    """The seeded workspace, served on this machine."""
    sandbox = Sandbox(cancer_centre(clock or SandboxClock(TUESDAY)), manifest.load())
    async with sandbox.serve():
        yield sandbox


def settings(sandbox: Sandbox, database: Path, *, http: bool = False) -> Settings:
    """How a bot in this workspace is set up."""
    return Settings(
        bot_token=sandbox.bot_token,
        app_token=None if http else sandbox.app_token,
        signing_secret=sandbox.signing_secret,
        port=0,
        api_url=f"{sandbox.address}/api/",
        database=str(database),
    )


def environment(sandbox: Sandbox) -> dict[str, str]:
    """The same as `settings`, over Socket Mode, for a bot in a process of its own."""
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": f"{sandbox.address}/api/",
    }


@contextlib.asynccontextmanager
async def world(database: Path, *, http: bool = False) -> AsyncIterator[World]:
    """The seeded workspace with the bot in it, over Socket Mode or HTTP."""
    async with (
        workspace() as sandbox,
        running(settings(sandbox, database, http=http), TestClock(sandbox.clock)) as app,
    ):
        if http:
            sandbox.sender.url = f"http://127.0.0.1:{app.port}/slack/events"
        sandbox.clock.subscribe(app.catch_up)
        sandbox.next_due = app.next_due
        await fill(sandbox, app)
        yield World(sandbox, app)
