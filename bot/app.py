"""Puts the bot together and runs it: store, clock, Slack, delivery, schedule, listeners."""

import asyncio
import contextlib
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

import aiohttp
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import programme, schedule
from bot.clock import Clock, RealClock
from bot.config import Settings
from bot.context import Bot, Intake
from bot.delivery import people, presence
from bot.delivery.slack import Slack
from bot.delivery.targets import render
from bot.delivery.worker import Worker
from bot.errors import ConfigError
from bot.health import Health
from bot.http import FrontDoor, MonitorDoor, served
from bot.watchdog import EVERY, Watchdog
from handlers import register_all
from handlers.parse import member
from storage.database import open_store

log = logging.getLogger(__name__)

CALL_TIMEOUT = 10  # seconds for one call to Slack; well below an outbox row's lease
PEOPLE_WITHIN = 5  # seconds the start waits to learn who is there; a large workspace takes longer
LATEST_TICK = 60  # seconds; the most frequent comes every five
STOP_WITHIN = 8  # seconds for what is under way


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace."""

    workspace: str
    user: str
    bot: str
    app: str | None


@contextlib.asynccontextmanager
async def slack_client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """A client on one shared session that never sends twice of its own accord."""
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT), trust_env=True
    ) as session:
        client = AsyncWebClient(
            token=settings.bot_token,
            base_url=settings.api_url,
            session=session,
            timeout=CALL_TIMEOUT,
            retry_handlers=[],
        )
        yield client


async def identify(client: AsyncWebClient) -> Identity:
    """Ask Slack whose token it is. Raises ConfigError in words."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise ConfigError(f"Slack refused SLACK_BOT_TOKEN ({code_of(error)}).") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ConfigError(f"Slack could not be reached ({type(error).__name__}).") from error
    bot_id = str(answer.get("bot_id"))
    app_id = answer.get("app_id") or await _app_of(client, bot_id)
    return Identity(str(answer["team_id"]), str(answer["user_id"]), bot_id, app_id)


async def socket_address(client: AsyncWebClient, app_token: str) -> str:
    """Ask Slack where to connect to. Raises ConfigError in words."""
    try:
        answer = await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise ConfigError(
            f"Slack refused to open Socket Mode ({code_of(error)}): check SLACK_APP_TOKEN, and that"
            " Socket Mode is switched on."
        ) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ConfigError(f"Slack could not be reached ({type(error).__name__}).") from error
    return str(answer["url"])


def code_of(error: SlackApiError) -> str:
    """Slack's word for what was wrong."""
    data = error.response.data
    return str(data.get("error")) if isinstance(data, dict) else "no readable answer"


async def _app_of(client: AsyncWebClient, bot_id: str) -> str | None:
    """The id of the app behind a bot; None where Slack does not say."""
    try:
        answer = await client.bots_info(bot=bot_id)
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        log.warning("app_id_unknown bot=%s", bot_id)
        return None
    found = (answer.get("bot") or {}).get("app_id")
    return str(found) if found else None


def bolt_app(client: AsyncWebClient, identity: Identity) -> AsyncApp:
    """Bolt's application without listeners; what is signed for another app is dropped."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace,
            bot_user_id=identity.user,
            bot_id=identity.bot,
            bot_token=client.token,
        )

    # Bolt gives each listener a client with the token that `authorize` names.
    bare = AsyncWebClient(
        base_url=client.base_url, session=client.session, timeout=CALL_TIMEOUT, retry_handlers=[]
    )
    app = AsyncApp(
        client=bare,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,  # bot.http verifies; Socket Mode needs none
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    app.middleware(OnlyOurs(identity.app))
    return app


class OnlyOurs(AsyncMiddleware):
    """Lets through what is for this app; what is signed for another one is dropped.

    A class, as Bolt works out a function's arguments anew for each request.
    """

    def __init__(self, app: str | None) -> None:
        self._app = app

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's name
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Go on to the listeners, or end here."""
        if self._app is None or req.body.get("api_app_id", self._app) == self._app:
            return await next()
        log.warning("request_dropped reason=another_app")
        # Anything but a yes, and Slack would send it again.
        return BoltResponse(status=200)


class App:
    """The bot, running between `start` and `stop`."""

    def __init__(self, settings: Settings, clock: Clock, client: AsyncWebClient) -> None:
        self.settings = settings
        self.clock = clock
        self._client = client
        self._slack = Slack(client)
        self._stack = contextlib.AsyncExitStack()
        self.store = open_store(settings.database, clock)
        name = f"worker-{secrets.token_hex(4)}"
        intake = Intake()
        self.worker = Worker(self.store, clock, self._slack, render, name, intake)
        self.bot = Bot(self.store, clock, self.worker.wake, intake)
        self.identity: Identity | None = None
        self._quiet = presence.DoNotDisturb(self.store, self._slack, clock)
        self._tasks: list[asyncio.Task[object]] = []
        self.port = settings.port
        self.health_port: int | None = None
        self._link: Callable[[], float | None] = lambda: None
        self._heard: tuple[float | None, float] = (None, 0.0)
        self.health = Health(self.bot, self.silent, schedule.FREQUENT)

    async def start(self) -> None:
        """Find out who we are, begin to listen, deliver and keep time. Raises ConfigError."""
        identity = self.identity = await identify(self._client)
        app_token = self.settings.app_token
        app = bolt_app(self._client, identity)
        register_all(app, self.bot)
        await self.store.write(
            identity.workspace, programme.name_admins, list(self.settings.admins)
        )
        await self._begin_sync()
        self._tasks.append(asyncio.create_task(self.worker.run()))
        clockwork = schedule.scheduler(self.bot, self.nightly, self.learn_quiet)
        clockwork.start()
        self._stack.callback(clockwork.shutdown, wait=False)
        await (self._listen_on_socket(app, app_token) if app_token else self._serve(app))
        self.health.known = True
        if self.settings.health_port is not None:
            await self._tell_monitors(self.settings.health_port)

    async def learn(self) -> str:
        """Find out which workspace it is and who is there, without listening; gives its id."""
        self.identity = await identify(self._client)
        await self.sync()
        return self.identity.workspace

    async def channels(self) -> dict[str, str]:
        """The ids of the channels the bot can see, by name."""
        return await people.channels_by_name(self._slack, self.clock)

    async def sync(self) -> None:
        """Learn from Slack who is there."""
        if self.identity:
            await people.keep_everybody(
                self.store, self._slack, self.clock, self.identity.workspace, member
            )

    async def _begin_sync(self) -> None:
        """Learn who is there, and go on without the rest where Slack lets that take long."""
        learning = asyncio.create_task(self.sync())
        self._tasks.append(learning)
        await asyncio.wait({learning}, timeout=PEOPLE_WITHIN)
        if learning.done():
            learning.result()

    async def nightly(self) -> None:
        """Learn what may have been missed: who is there, and who is in circles' channels."""
        await self.sync()
        if self.identity:
            await presence.circles_of(self.store, self._slack, self.clock, self.identity.workspace)

    async def learn_quiet(self, workspace: str, people: Sequence[str]) -> None:
        """Learn from Slack who of these people is in do-not-disturb."""
        if self.identity and self.identity.workspace == workspace:
            await self._quiet.learn(workspace, people)

    async def _listen_on_socket(self, app: AsyncApp, app_token: str) -> None:
        # Asked for here, as the SDK would try a token that is refused again and again, unheard.
        address = await socket_address(self._client, app_token)
        handler = AsyncSocketModeHandler(app, app_token, web_client=self._client)
        handler.client.wss_uri = address
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
        self._link = lambda: handler.client.last_ping_pong_time
        self._stack.push_async_callback(handler.close_async)

    async def _serve(self, app: AsyncApp) -> None:
        inner = AsyncSlackRequestHandler(app, path="/slack/events")
        secret = self.settings.signing_secret or ""
        door = FrontDoor(inner, secret, self.clock, MonitorDoor(self.health))  # type: ignore[arg-type] # its ASGI types are its own
        at = (self.settings.host, self.settings.port)
        self.port = await self._stack.enter_async_context(served(door, *at))

    async def _tell_monitors(self, port: int) -> None:
        """Answer a monitor on a port of its own: Slack may come through a proxy, or by a socket."""
        door = MonitorDoor(self.health)
        self.health_port = await self._stack.enter_async_context(
            served(door, self.settings.host, port)
        )

    def silent(self) -> float | None:
        """For how many seconds Slack's link has been silent; None without a link."""
        pong = self._link()
        if pong is None:
            return None
        now = self.clock.monotonic()
        if pong != self._heard[0]:
            self._heard = (pong, now)
        return now - self._heard[1]

    async def tell(self, watchdog: Watchdog) -> None:
        """Tell the watchdog, for as long as the loop goes round, what else is alive."""
        while True:
            watchdog.beat("loop")
            if (silent := self.silent()) is not None and silent < EVERY * 2:
                watchdog.beat("link")
            if self.clock.monotonic() - self.bot.ticking.at < LATEST_TICK:
                watchdog.beat("ticks")
            await self.clock.sleep(EVERY)

    async def catch_up(self) -> None:
        """Do everything that is due now: for a clock that was moved."""
        await schedule.run_all(self.bot, self.learn_quiet)
        await self.worker.drain()

    async def next_due(self) -> int | None:
        """When the clock next has something to do."""
        return await self.bot.read(schedule.ANY, schedule.next_due)

    async def stop(self) -> None:
        """Listen no more, finish what is under way, close the store."""
        await self._stack.aclose()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.worker.stop(), STOP_WITHIN)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.store.close()


@contextlib.asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """The bot, started, and stopped in the end."""
    async with slack_client(settings) as client:
        app = App(settings, clock, client)
        try:
            await app.start()
            yield app
        finally:
            await app.stop()


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    watchdog = Watchdog(RealClock())
    async with running(settings, RealClock()) as app:
        log.info("started workspace=%s", app.identity.workspace if app.identity else "?")
        looking = asyncio.create_task(app.tell(watchdog))
        watchdog.start()
        await stopping.wait()
        log.info("stopping")
        watchdog.stop()
        looking.cancel()
