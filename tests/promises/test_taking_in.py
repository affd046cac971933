"""Promises 1, 2, 4 and 5: told received means stored; a second delivery counts once."""

import asyncio
import contextlib
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.views.consults import ids
from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from storage import members
from storage.database import StoreBusy
from tests.support.world import TEAM, World, environment, workspace

PLACES = [
    ("before_commit", 4),
    ("before_commit", 5),
    ("after_commit", 4),
    ("after_commit", 6),
    ("after_claim", 1),
    ("before_call", 1),
    ("after_call", 1),
    ("before_recorded", 1),
]


async def start(sandbox: Sandbox, database: Path, failpoint: str) -> asyncio.subprocess.Process:
    env = {
        **os.environ,
        **environment(sandbox),
        "MENTOR_DATABASE": str(database),
        "MENTOR_FAILPOINT": failpoint,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", env=env, cwd=database.parent,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def until(true: object, seconds: float = 15) -> None:
    for _ in range(int(seconds / 0.02)):
        if true():  # type: ignore[operator]
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")


@contextlib.contextmanager
def opened(database: str | Path) -> Iterator[sqlite3.Connection]:
    """The store's file, committed and closed in the end (sqlite3's own `with` leaves it open)."""
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        yield db


def stored(database: Path) -> list[str]:
    with opened(database) as db:
        return [row[0] for row in db.execute("SELECT question FROM consults")]


def undelivered(database: Path) -> int:
    with opened(database) as db:
        states = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'unsure') AND due_at < 2e9"
        return int(db.execute(states).fetchone()[0])


@pytest.mark.parametrize(("place", "nth"), PLACES)
async def test_whatever_is_killed_when_what_was_received_is_stored_and_shown_once(
    tmp_path: Path, place: str, nth: int
) -> None:
    database = tmp_path / "mentor.db"
    async with workspace(SandboxClock()) as sandbox:
        dying = await start(sandbox, database, f"{place}:{nth}")
        await until(lambda: len(sandbox.socket) or dying.returncode is not None)
        general = sandbox.workspace.find_channel("general").id
        asked = ("U0BEN", general, "/mentor", "what helps with pain?")
        outcome = await sandbox.actions.command(*asked)
        received = "Received" in outcome.body.get("text", "")
        await asyncio.wait_for(dying.wait(), 15)
        assert dying.returncode == 137

        # A minute passes: the dead process's leases run out.
        with opened(database) as db:
            db.execute("UPDATE outbox SET claimed_until = 0")
        again = await start(sandbox, database, "")
        try:
            await until(lambda: len(sandbox.socket) > 0)
            if received:
                assert stored(database) == ["what helps with pain?"]
            await until(lambda: undelivered(database) == 0)
        finally:
            again.terminate()
            await asyncio.wait_for(again.wait(), 10)

        assert again.returncode == 0
        posts = sandbox.ledger.accepted("chat.postMessage")
        marks = Counter(call.arguments["metadata"]["event_payload"]["mark"] for call in posts)
        assert set(marks.values()) <= {1}
        space = sandbox.workspace
        cards = space.messages(space.direct(["U0BEN", space.bot.id]).id, "U0BEN")
        assert [card.text.splitlines()[0] for card in cards] == [
            f"Question: {each}" for each in stored(database)
        ]


async def test_what_could_not_be_stored_is_refused_in_words(socket_world: World) -> None:
    world = socket_world
    locking = sqlite3.connect(world.app.settings.database, isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    general = world.general()
    outcome = await world.act.command("U0BEN", general, "/mentor", "what helps with pain?")
    locking.execute("ROLLBACK")
    locking.close()
    assert outcome.acknowledged
    assert "could not be stored" in outcome.body["text"]
    assert "Received" not in outcome.body["text"]
    again = await world.types("U0BEN", "what helps with pain?")
    assert "Received" in again


async def test_it_is_refused_in_time_also_behind_a_write_that_waits_already(
    socket_world: World,
) -> None:
    world = socket_world
    store = world.app.store
    locking = sqlite3.connect(world.app.settings.database, isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    ahead = asyncio.create_task(store.write(TEAM, members.keep_messages_channel, "U0ADA", None))
    await asyncio.sleep(0)
    await until(store._writes.empty)  # noqa: SLF001 - nothing else tells that it has begun
    outcome = await world.act.command("U0BEN", world.general(), "/mentor", "what helps with pain?")
    locking.execute("ROLLBACK")
    locking.close()
    with pytest.raises(StoreBusy):
        await ahead
    assert "could not be stored" in outcome.body.get("text", "too late")


async def test_a_command_delivered_twice_is_one_consult(world: World) -> None:
    await world.types("U0BEN", "what helps with pain?")
    payload = world.sent("/mentor")
    # Withdrawn, the same words asked anew would be a new consult; a copy of the old is not.
    await world.clicks("U0BEN", ids.WITHDRAW)
    second = await world.sandbox.sender.send("slash_commands", payload)
    await world.settle()
    assert "withdrawn" in second.body["text"]
    assert stored(Path(world.app.settings.database)) == ["what helps with pain?"]


async def test_a_trigger_used_twice_shows_nobody_anothers_question(world: World) -> None:
    await world.types("U0BEN", "what helps with pain?")
    payload = world.sent("/mentor")
    other = {**payload, "user_id": "U0LEO", "text": "how do I write a grant?"}
    answered = await world.sandbox.sender.send("slash_commands", other)
    assert "grant" in answered.body["text"]
    assert "pain" not in answered.body["text"]


async def test_a_form_delivered_twice_is_one_consult(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "")
    await world.submits("U0BEN", question="what helps with pain?", urgency="today")
    payload = world.sent("view_submission")
    await world.sandbox.sender.send("interactive", payload)
    assert len(stored(Path(world.app.settings.database))) == 1


async def test_an_event_delivered_twice_or_first_as_a_retry_counts_once(world: World) -> None:
    await world.act.change_user("U0ADA", real_name="Ada O.")
    payload = world.sent("user_change")
    newer = {**payload, "event_id": "EvNEWER"}
    newer["event"] = {**payload["event"], "user": {**payload["event"]["user"], "tz": "UTC"}}
    assert (await world.sandbox.sender.send("events_api", newer)).acknowledged
    assert (await world.sandbox.sender.send("events_api", payload)).acknowledged
    with opened(world.app.settings.database) as db:
        (zone,) = db.execute("SELECT zone FROM members WHERE user = 'U0ADA'").fetchone()
    assert zone == "UTC"


async def test_the_same_question_within_ten_minutes_is_the_one_already_there(
    socket_world: World,
) -> None:
    world = socket_world
    await world.types("U0BEN", "what helps with pain?")
    await world.later(9 * 60)
    await world.types("U0BEN", "what helps with pain?")
    assert len(stored(Path(world.app.settings.database))) == 1
    await world.later(2 * 60)
    await world.types("U0BEN", "what helps with pain?")
    assert len(stored(Path(world.app.settings.database))) == 2


async def test_a_sixth_question_is_kindly_refused(socket_world: World) -> None:
    world = socket_world
    for number in range(5):
        await world.types("U0BEN", f"question number {number} about pain?")
    refused = await world.types("U0BEN", "and a sixth about pain?")
    assert "five questions open" in refused
    assert len(stored(Path(world.app.settings.database))) == 5
