"""Everything the clock does, on one page. Each tick may run twice or late without harm."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import checkins, cohorts, consults, forming, mentorships, nudges, programme, sessions
from bot.context import Bot
from storage import checkins as checkin_queries
from storage import consults as consult_queries
from storage import health, members, outbox, received
from storage import mentorships as mentorship_queries
from storage import nudges as nudge_queries
from storage import sessions as session_queries
from storage.database import StoreBusy, Tx

log = logging.getLogger(__name__)

ANY = ""  # a query that looks at every workspace
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
NUDGES_EVERY = 60

# Learns, of these people of a workspace, who is in do-not-disturb.
Learn = Callable[[str, Sequence[str]], Awaitable[None]]
FORMING_EVERY = 5  # seconds; an admin waits for it, as for pairs


@dataclass(frozen=True, slots=True)
class Tick:
    """A use case called every so many seconds in each workspace `where` names.

    The use case does a bounded part and gives how much; it is called again while it had much.
    """

    name: str
    every: int
    where: Callable[[Tx], list[str]]
    use_case: Callable[[Tx], int]
    enough: int = 1_000_000


def forget_received(tx: Tx) -> int:
    """Forget deliveries so old that Slack sends no copy of them any more."""
    return received.forget_before(tx, tx.now - received.KEPT)


TICKS = (
    Tick(
        "consults",
        20,
        consult_queries.due_workspaces,
        consults.step_due,
        enough=consults.AT_ONCE,
    ),
    Tick("sessions", 20, session_queries.due_workspaces, sessions.step_due, sessions.AT_ONCE),
    Tick(
        "mentorships",
        60,
        mentorship_queries.due_workspaces,
        mentorships.step_due,
        enough=mentorships.AT_ONCE,
    ),
    Tick("checkins", 60, checkin_queries.due_workspaces, checkins.step_due, checkins.AT_ONCE),
    Tick("failures", HOUR, members.workspaces, programme.tell_of_failures),
    Tick("received", DAY, lambda _tx: [ANY], forget_received),
)

# What is done so often that a monitor may ask whether it still is.
FREQUENT = frozenset({"nudges", "forming", "cohorts"} | {t.name for t in TICKS if t.every < HOUR})


def next_due(tx: Tx) -> int | None:
    """When something is next due, in any workspace."""
    known = (
        each.next_due(tx)
        for each in (
            consult_queries,
            session_queries,
            mentorship_queries,
            checkin_queries,
            nudge_queries,
            outbox,
        )
    )
    return min((each for each in known if each is not None), default=None)


async def run_tick(bot: Bot, tick: Tick) -> None:
    """Run one tick now."""
    try:
        for workspace in await bot.read(ANY, tick.where):
            while await bot.write(workspace, tick.use_case) >= tick.enough:
                pass
        await _has_run(bot, tick.name)
    except StoreBusy:
        log.warning("tick_skipped name=%s reason=store_busy", tick.name)


async def _has_run(bot: Bot, name: str) -> None:
    """Tell the watchdog, and once a minute those who look at the store, that this was done."""
    now = bot.ticking.at = bot.clock.monotonic()
    if now - bot.ticking.noted.get(name, float("-inf")) >= MINUTE:
        bot.ticking.noted[name] = now
        await bot.write(ANY, health.ran, name)


async def run_all(bot: Bot, learn_quiet: Learn) -> None:
    """Run every tick now, as after a leap of the clock."""
    for tick in TICKS:
        await run_tick(bot, tick)
    await send_nudges(bot, learn_quiet)
    await form_circles(bot)
    await match_cohorts(bot)


async def send_nudges(bot: Bot, learn_quiet: Learn) -> None:
    """Decide about what is due to whom, once it is known who is in do-not-disturb."""
    try:
        for workspace in await bot.read(ANY, nudge_queries.due_workspaces):
            while people := await bot.read(workspace, nudge_queries.due_people, nudges.AT_ONCE):
                await learn_quiet(workspace, people)
                await bot.write(workspace, nudges.send_to, people)
        await _has_run(bot, "nudges")
    except StoreBusy:
        log.warning("tick_skipped name=nudges reason=store_busy")


async def form_circles(bot: Bot) -> None:
    """Look for the circles that an admin has asked for."""
    try:
        await forming.make_running(bot)
        await _has_run(bot, "forming")
    except StoreBusy:
        log.warning("tick_skipped name=forming reason=store_busy")


async def match_cohorts(bot: Bot) -> None:
    """Look for the pairs that an admin has asked for."""
    try:
        await cohorts.make_running(bot)
        await _has_run(bot, "cohorts")
    except StoreBusy:
        log.warning("tick_skipped name=cohorts reason=store_busy")


def scheduler(
    bot: Bot, nightly: Callable[[], Awaitable[None]], learn_quiet: Learn
) -> AsyncIOScheduler:
    """The scheduler with every tick, and what is done once a night; not started yet."""
    made = AsyncIOScheduler(
        timezone="UTC",
        # A late tick runs all the same, and once: each looks at what is due, not at the hour.
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for tick in TICKS:
        made.add_job(run_tick, "interval", seconds=tick.every, args=(bot, tick), id=tick.name)
    made.add_job(
        send_nudges, "interval", seconds=NUDGES_EVERY, args=(bot, learn_quiet), id="nudges"
    )
    made.add_job(form_circles, "interval", seconds=FORMING_EVERY, args=(bot,), id="forming")
    made.add_job(match_cohorts, "interval", seconds=FORMING_EVERY, args=(bot,), id="cohorts")
    made.add_job(nightly, "cron", hour=3, minute=17, id="nightly")
    return made
