"""A workspace on this machine with the bot in it: for trying it by hand, nothing leaves it."""

import asyncio
import csv
import io
import sys
import tempfile
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot import circles, importing, manifest, programme
from bot.app import App, running
from bot.authority import Actor
from bot.config import Settings
from bot.errors import ConfigError
from bot.rules.checkins import Pair, Step, first_asked_at
from bot.rules.words import tag_of
from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.page import show
from sandbox.seed import EXPERTS, PROFILES, TOPICS, cancer_centre
from storage import checkins, mentorships, profiles, search
from storage import topics as topic_queries
from storage.database import Tx
from storage.records import CareerStage, CircleDraft, Rhythm, Topic
from storage.records.checkins import Checkin, CheckinState
from storage.records.mentorships import (
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
)
from storage.records.profiles import Profile

MINUTE, DAY = 60, 24 * 3600


class _FollowedClock:
    """The bot's clock: the workspace's time, and real waiting."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock

    def now(self) -> int:
        return self._clock.now()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def open_workspace(port: int, *, browser: bool) -> None:
    """Serve the workspace and its page, with the bot in it, until interrupted."""
    clock = SandboxClock()
    clock.skip(_to_working_hours(clock.now()))
    sandbox = Sandbox(cancer_centre(clock), manifest.load())
    show(sandbox)
    try:
        async with sandbox.serve(port) as address:
            await _with_bot(sandbox, address, browser=browser)
    except OSError as error:
        raise ConfigError(f"The page can't be opened: {error}") from error


def _to_working_hours(now: int) -> int:
    """Seconds to the next working day's 15:00 UTC: morning in New York, and Berlin still works."""
    at = datetime.fromtimestamp(now, UTC)
    start = datetime.combine(at.date(), time(15), UTC)
    while start <= at or start.isoweekday() > 5:  # noqa: PLR2004 - Friday
        start += timedelta(days=1)
    return int(start.timestamp()) - now


async def _with_bot(sandbox: Sandbox, address: str, *, browser: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="mentor-bot-") as folder:
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            api_url=f"{address}/api/",
            database=str(Path(folder) / "mentor.db"),
        )
        async with running(settings, _FollowedClock(sandbox.clock)) as app:
            sandbox.clock.subscribe(app.catch_up)
            sandbox.next_due = app.next_due
            await fill(sandbox, app)
            await introduce(app, sandbox.workspace.id)
            await start_circles(app, sandbox.workspace.id, sandbox.clock.now())
            await app.bot.write(sandbox.workspace.id, seed_pair)
            sys.stdout.write(f"The workspace is open at {address} (Ctrl-C closes it)\n")
            sys.stdout.flush()
            if browser:
                webbrowser.open(address)
            await asyncio.Event().wait()


async def fill(sandbox: Sandbox, app: App) -> None:
    """Give the programme the seeded topics and experts, as `mentor-bot import` does."""
    workspace = sandbox.workspace
    channels = {each.name: each.id for each in workspace.channels.values()}
    topics = importing.topics_in(TOPICS.read_text(encoding="utf-8"), channels)
    await app.bot.write(workspace.id, programme.import_topics, topics)
    experts = importing.experts_in(EXPERTS.read_text(encoding="utf-8"))
    await app.bot.write(workspace.id, programme.import_experts, experts)


async def introduce(app: App, workspace: str) -> None:
    """Give everybody a profile, so that a mentor can be found."""
    await app.bot.write(workspace, _keep_profiles, PROFILES.read_text(encoding="utf-8"))


def _keep_profiles(tx: Tx, text: str) -> None:
    for row in csv.DictReader(io.StringIO(text)):
        profile = Profile(
            user=row["user"],
            stage=CareerStage(row["stage"]),
            discipline=row["discipline"],
            site=row["site"],
            about=row["about"],
            mentees=int(row["mentees"]),
            introduced=3,
            offers=_topics(tx, row["offers"]),
            seeks=_topics(tx, row["seeks"]),
        )
        profiles.keep(tx, profile)


def _topics(tx: Tx, names: str) -> tuple[Topic, ...]:
    found = search.find_topics(tx, [tag_of(name) for name in names.split(";") if name])
    return tuple(topic_queries.these(tx, found))


async def start_circles(app: App, workspace: str, now: int) -> None:
    """Two circles, so that there is something to join and a session to wait for."""
    today = datetime.fromtimestamp(now, UTC).date()
    for name, founder, others, draft in _CIRCLES:
        first_on = today + timedelta(days=draft.minutes % 3 + 1)
        founded = await app.bot.write(
            workspace,
            circles.found,
            Actor(founder),
            replace(draft, name=name, first_on=first_on),
            delivery=f"seed/{name}",
        )
        for user in others:
            await app.bot.write(workspace, circles.join, Actor(user), founded.id)


def seed_pair(tx: Tx) -> None:
    """A pair that last met thirteen days ago: tomorrow Leo is asked to plan the next check-in."""
    began, met_at = replace(tx, now=tx.now - 20 * DAY), tx.now - 13 * DAY
    wanted = Mentorship(
        id=0,
        kind=MentorshipKind.INFORMAL,
        state=MentorshipState.ACTIVE,
        mentor="U0ADA",
        mentee="U0LEO",
        asked_by="U0LEO",
        asked_at=began.now,
        rhythm=CheckinRhythm.FORTNIGHTLY,
    )
    pair = mentorships.add(began, wanted)
    if pair is None:
        return
    mentorships.starts(began, pair, ends_at=None, checkin_due_at=None)
    mentorships.checkin_due(tx, pair, first_asked_at(_as_met(began.now, met_at)), Step.NOBODY)
    starts_at = met_at - 30 * MINUTE
    checkin = Checkin(0, pair, "U0LEO", starts_at, 30, "", CheckinState.PLANNED, uid="")
    checkins.tells(tx, checkins.plan(began, checkin), "U0LEO", CheckinState.HELD)


def _as_met(started_at: int, met_at: int) -> Pair:
    return Pair(CheckinRhythm.FORTNIGHTLY, started_at, met_at=met_at)


_CIRCLES = (
    (
        "First years",
        "U0LEO",
        ("U0EVA", "U0CHI"),
        CircleDraft(
            name="",
            purpose="Finding our feet: what nobody tells you in the first two years.",
            stage=CareerStage.EARLY,
            size=6,
            minutes=13 * 60,
            zone="America/New_York",
        ),
    ),
    (
        "Leading without a title",
        "U0JON",
        ("U0DOT", "U0FAY", "U0HAL"),
        CircleDraft(
            name="",
            purpose="Committees, teams and difficult meetings, among equals.",
            stage=CareerStage.MID,
            size=8,
            rhythm=Rhythm.MONTHLY,
            minutes=17 * 60,
            zone="Europe/Berlin",
        ),
    ),
)
