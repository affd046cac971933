"""Promise 16: a backup that is put back sends nothing twice, however old it is."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App, running
from bot.local_workspace import fill
from bot.views.consults import ids
from sandbox.app import Sandbox
from sandbox.faults import Fault
from storage.backup import back_up, restore
from storage.records import SessionState, Urgency
from tests.circles.stories import TO_FIRST, circle, joins, of_circle
from tests.support.world import DAY, HOUR, TestClock, World, settings, workspace

POST = "chat.postMessage"


@contextlib.asynccontextmanager
async def bot_in(sandbox: Sandbox, store: Path) -> AsyncIterator[World]:
    """The bot, run on this store in a workspace that is there already."""
    async with running(settings(sandbox, store), TestClock(sandbox.clock)) as app:
        sandbox.next_due = app.next_due
        here = True

        async def catch_up() -> None:
            if here:  # the clock goes on telling who is gone
                await app.catch_up()

        sandbox.clock.subscribe(catch_up)
        yield World(sandbox, app)
        here = False


def no_bar(_done: int, _of_all: int) -> None:
    """Draw nothing."""


async def copied(app: App, to: Path) -> Path:
    """A backup of the running bot's store."""
    return await asyncio.to_thread(back_up, app.store.path, to, app.clock.now(), no_bar)


def posts(sandbox: Sandbox) -> Counter[tuple[str, str]]:
    """How often what was said where, of all that Slack took."""
    return Counter(
        (str(call.arguments["channel"]), str(call.arguments["text"]))
        for call in sandbox.ledger.accepted(POST)
    )


async def test_what_a_backup_holds_as_waiting_was_sent_since_and_is_found(tmp_path: Path) -> None:
    store = tmp_path / "mentor.db"
    async with workspace() as sandbox:
        async with bot_in(sandbox, store) as world:
            await fill(sandbox, world.app)
            sandbox.faults.add(Fault(POST, "rate_limited", None, retry_after="30"))
            await world.asked(question="immunotherapy: which dose?")
            copy = await copied(world.app, tmp_path / "copy.db")
            sandbox.faults.clear()
            await world.later(60)
            before = posts(sandbox)
            assert len(before) >= 2  # the asker's card and an expert's
        restore(copy, store, sandbox.clock.now(), no_bar)
        async with bot_in(sandbox, store) as world:
            await world.later(60)
            await world.later(HOUR)
            assert posts(sandbox) == before


async def test_what_the_clock_said_after_a_backup_is_not_said_again(tmp_path: Path) -> None:
    store = tmp_path / "mentor.db"
    async with workspace() as sandbox:
        async with bot_in(sandbox, store) as world:
            await fill(sandbox, world.app)
            await world.asked(question="immunotherapy: which dose?", urgency=Urgency.TODAY)
            copy = await copied(world.app, tmp_path / "copy.db")
            await world.later(3 * HOUR)  # reminded, and put to others or to those who run it
            before = posts(sandbox)
            await world.later(HOUR)
            later = posts(sandbox)
        assert later != Counter()
        restore(copy, store, sandbox.clock.now(), no_bar)
        async with bot_in(sandbox, store) as world:
            await world.later(60)
            await world.later(60)
            twice = {key: many for key, many in posts(sandbox).items() if many > later[key]}
            assert twice == {}
            assert before <= posts(sandbox)


@pytest.mark.parametrize("late", [2 * HOUR, 20 * HOUR, 8 * DAY], ids=["soon", "a day", "a week"])
async def test_a_session_opened_after_a_backup_is_not_opened_again(
    tmp_path: Path, late: int
) -> None:
    store = tmp_path / "mentor.db"
    async with workspace() as sandbox:
        async with bot_in(sandbox, store) as world:
            await fill(sandbox, world.app)
            made = await circle(world)
            await joins(world, made, "U0LEO", "U0CAM")
            await world.later(TO_FIRST - HOUR)
            copy = await copied(world.app, tmp_path / "copy.db")
            await world.later(HOUR + 60)
            await world.later(late)
            channel = str(made.channel)
            before = {key: many for key, many in posts(sandbox).items() if key[0] == channel}
            assert before
        restore(copy, store, sandbox.clock.now(), no_bar)
        async with bot_in(sandbox, store) as world:
            await world.later(60)
            await world.later(HOUR)
            after = {key: many for key, many in posts(sandbox).items() if key[0] == channel}
            assert after == before


async def test_a_session_that_an_old_backup_knows_nothing_of_is_not_opened_again(
    tmp_path: Path,
) -> None:
    store = tmp_path / "mentor.db"
    async with workspace() as sandbox:
        async with bot_in(sandbox, store) as world:
            await fill(sandbox, world.app)
            made = await circle(world)
            await joins(world, made, "U0LEO", "U0CAM")
            copy = await copied(world.app, tmp_path / "copy.db")
            await world.later(TO_FIRST + 7 * DAY + 60)
            assert len(await of_circle(world, made, SessionState.OPEN)) == 1
            before = {key: many for key, many in posts(sandbox).items() if key[0] == made.channel}
        restore(copy, store, sandbox.clock.now(), no_bar)
        async with bot_in(sandbox, store) as world:
            await world.later(60)
            await world.later(HOUR)
            after = {key: many for key, many in posts(sandbox).items() if key[0] == made.channel}
            assert after == before
            await world.later(7 * DAY)
            assert posts(sandbox).total() > sum(before.values())
            [following] = await of_circle(world, made, SessionState.OPEN)
            assert following.starts_at > sandbox.clock.now() - DAY


async def test_who_asks_after_a_backup_was_put_back_is_answered_as_ever(tmp_path: Path) -> None:
    """Their consult has the number of one that is lost; its cards are others all the same."""
    store = tmp_path / "mentor.db"
    async with workspace() as sandbox:
        async with bot_in(sandbox, store) as world:
            await fill(sandbox, world.app)
            copy = await copied(world.app, tmp_path / "copy.db")
            lost = await world.asked(question="immunotherapy: lost?")
        restore(copy, store, sandbox.clock.now(), no_bar)
        async with bot_in(sandbox, store) as world:
            again = await world.asked(question="immunotherapy: new?")
            assert again == lost
            said = [str(each.text) for each in world.messages("U0ADA")]
            assert sum("lost?" in each for each in said) == 1
            assert sum("new?" in each for each in said) == 1
            await world.clicks("U0ADA", ids.ACCEPT)
            assert (await world.consult(again)).expert == "U0ADA"
