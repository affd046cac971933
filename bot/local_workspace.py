"""A workspace on this machine with the bot in it: for trying it by hand, nothing leaves it."""

import asyncio
import csv
import io
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot import circles, importing, manifest, notes, programme
from bot.app import App, running
from bot.authority import Actor
from bot.config import Settings
from bot.errors import MentorBotError
from bot.rules.checkins import Pair, Step, first_asked_at
from bot.rules.words import tag_of
from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.opening import CannotOpen, Opened, Opening, opened, until_ended
from sandbox.seed import EXPERTS, NOTES, PROFILES, RIVERSIDE, TOPICS
from storage import checkins, consults, mentorships, profiles, search
from storage import notes as note_queries
from storage import topics as topic_queries
from storage.database import Tx
from storage.records import (
    CareerStage,
    CircleDraft,
    ConsultState,
    Draft,
    Outcome,
    Rhythm,
    Topic,
)
from storage.records.checkins import Checkin, CheckinState
from storage.records.mentorships import (
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
)
from storage.records.profiles import Profile

MINUTE, DAY = 60, 24 * 3600
# What lies in a folder given by `--data`: the workspace, and the bot's store.
WORKSPACE, STORE = "workspace.json", "mentor.db"
BEGINNING = "beginning"  # while a first run is making them


class _FollowedClock:
    """The bot's clock: the workspace's time, and real waiting, which a skip shortens."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock

    def now(self) -> int:
        return self._clock.now()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time() + self._clock.skipped

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class LocalWorkspaceError(MentorBotError):
    """The workspace can't be opened; `lines` say why, one for each fault."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


async def open_workspace(  # noqa: PLR0913 - what the command line has
    port: int,
    *,
    browser: bool,
    seed: Path | None = None,
    empty: bool = False,
    data: Path | None = None,
    faults: Sequence[str] = (),
) -> None:
    """Serve the workspace and its page, with the bot in it, until interrupted.

    The programme is filled from the files beside a seed (topics.csv, experts.csv, profiles.csv,
    notes.csv).
    Raises LocalWorkspaceError.
    """
    look = partial(_look_into, data) if data else None
    how = Opening("Mentor", seed, empty, data, port, tuple(faults), look)
    clock = SandboxClock()
    # A workspace that was kept sets the clock to where it was.
    clock.skip(_to_working_hours(clock.now()))
    try:
        async with opened(how, manifest.load(), clock) as found:
            await _with_bot(found, how, browser=browser)
    except CannotOpen as error:
        raise LocalWorkspaceError(*error.lines) from error


def _look_into(folder: Path) -> None:
    """Refuse a folder in which one of the two is lost: neither is made anew for the other.

    What a first run did not finish making is no loss: it is made anew.
    """
    workspace, store = folder / WORKSPACE, folder / STORE
    if (folder / BEGINNING).exists():
        for half_made in (workspace, *folder.glob(f"{STORE}*")):
            half_made.unlink(missing_ok=True)
    for there, lost in ((workspace, store), (store, workspace)):
        if there.exists() and not lost.exists():
            raise LocalWorkspaceError(
                f"{lost} is missing beside {there.name}: put it back, or begin in another folder."
            )
    if not workspace.exists():
        (folder / BEGINNING).touch()


def _to_working_hours(now: int) -> int:
    """Seconds to the next working day's 15:00 UTC: morning in New York, and Berlin still works."""
    at = datetime.fromtimestamp(now, UTC)
    start = datetime.combine(at.date(), time(15), UTC)
    while start <= at or start.isoweekday() > 5:  # noqa: PLR2004 - Friday
        start += timedelta(days=1)
    return int(start.timestamp()) - now


async def _with_bot(found: Opened, how: Opening, *, browser: bool) -> None:
    sandbox = found.sandbox
    with tempfile.TemporaryDirectory(prefix="mentor-bot-") as folder:
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            api_url=f"{found.address}/api/",
            database=str((how.data or Path(folder)) / STORE),
        )
        async with running(settings, _FollowedClock(sandbox.clock)) as app:
            sandbox.clock.subscribe(app.catch_up)
            sandbox.next_due = app.next_due
            if found.new:
                await _begin(sandbox, app, how)
            await found.keep()
            if how.data:
                (how.data / BEGINNING).unlink(missing_ok=True)
            sys.stdout.write(f"The workspace is open at {found.address} (Ctrl-C closes it)\n")
            sys.stdout.flush()
            if browser:
                webbrowser.open(found.address)
            await until_ended()


async def _begin(sandbox: Sandbox, app: App, how: Opening) -> None:
    """Give the programme what a new workspace begins with."""
    if how.empty:
        return
    beside = (how.seed or RIVERSIDE).parent
    await fill(sandbox, app, beside / TOPICS.name, beside / EXPERTS.name)
    await introduce(app, sandbox.workspace.id, beside / PROFILES.name)
    await share_notes(app, sandbox.workspace.id, beside / NOTES.name)
    if how.seed is None:
        await start_circles(app, sandbox.workspace.id, sandbox.clock.now())
        await app.bot.write(sandbox.workspace.id, seed_pair)


async def fill(sandbox: Sandbox, app: App, topics: Path = TOPICS, experts: Path = EXPERTS) -> None:
    """Give the programme the topics and experts of these files, as `mentor-bot import` does."""
    workspace = sandbox.workspace
    channels = {each.name: each.id for each in workspace.channels.values()}
    if text := _text_of(topics):
        rows = importing.topics_in(text, channels)
        await app.bot.write(workspace.id, programme.import_topics, rows)
    if text := _text_of(experts):
        await app.bot.write(workspace.id, programme.import_experts, importing.experts_in(text))


async def introduce(app: App, workspace: str, file: Path = PROFILES) -> None:
    """Give everybody in this file a profile, so that a mentor can be found."""
    if text := _text_of(file):
        await app.bot.write(workspace, _keep_profiles, text)


def _text_of(file: Path) -> str:
    """What a file says; nothing if it is not there."""
    return file.read_text(encoding="utf-8-sig") if file.exists() else ""


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


async def share_notes(app: App, workspace: str, file: Path = NOTES) -> None:
    """Share the notes of this file, so that there are some to find while one types a question."""
    if text := _text_of(file):
        await app.bot.write(workspace, _keep_notes, text)


def _keep_notes(tx: Tx, text: str) -> None:
    """Each with the consult it came of: asked, answered and closed a week ago."""
    then = replace(tx, now=tx.now - 7 * DAY)
    for row in csv.DictReader(io.StringIO(text)):
        topic_ids = tuple(topic.id for topic in _topics(tx, row["topics"]))
        asked = consults.add(then, row["asker"], Draft(row["question"], topic_ids=topic_ids))
        consults.take(then, asked.id, row["expert"], then.now)
        consults.answered(then, asked.id, row["answer"])
        consults.end(then, asked.id, ConsultState.CLOSED, row["asker"], Outcome.SOLVED)
        closed = consults.get(then, asked.id)
        if closed is None:
            continue
        note = note_queries.begin(then, closed, row["asker"], row["question"], row["answer"])
        agreed = note_queries.agree(then, note, note.version, row["expert"])
        if agreed:
            note_queries.share(then, agreed, notes.index_of(agreed))


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
