"""Promise 24: what was found to identify a patient has no copy anywhere but with its author."""

import asyncio
import json
import logging
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.authority import Actor
from bot.errors import Identifying
from bot.identifiers import MAY_HOLD, Typed, check
from bot.logs import NoWords
from bot.rules.commands import Name
from bot.views.consults import ids
from bot.views.identifiers import MARKED
from handlers.commands import opens_form
from sandbox.clock import SandboxClock
from sandbox.delivery import Outcome
from sandbox.faults import Fault
from tests.promises.test_taking_in import until
from tests.support.world import TEAM, World, environment, workspace

ROOT = Path(__file__).parents[2]
# Found by every rule that matters, and allowed in no field.
CANARY = "Mrs Zzcanary Quetzal, SSN 123-45-6789"
SIGNS = ("zzcanary", "quetzal", "123-45-6789")
FORMS = sorted(
    {
        value
        for path in (ROOT / "bot/views").rglob("*.py")
        for value in re.findall(r'^[A-Z_]*FORM = "([\w.]+)"', path.read_text(), re.MULTILINE)
    }
)
HANDLERS = "\n".join(path.read_text() for path in (ROOT / "handlers").rglob("*.py"))
INPUTS = ("plain_text_input", "url_text_input", "email_text_input", "rich_text_input")


Log = pytest.LogCaptureFixture


@pytest.fixture
def log(caplog: Log) -> Log:
    """Everything that is logged, at its most talkative, as the bot's own log takes it."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(NoWords())
    return caplog


def typed_into(kind: str, words: str) -> Any:
    """What Slack puts into the state of an input of this kind."""
    if kind == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
        return {"type": "rich_text", "elements": [section]}
    return words


async def submits(world: World, callback_id: str, values: dict[str, Any], kind: str) -> Outcome:
    """Submit a form of this id with these fields, all of a kind."""
    world.space.modals["U0BEN"] = []
    await world.types("U0BEN", "")
    view = world.space.modals["U0BEN"][-1]
    view["callback_id"], view["private_metadata"] = callback_id, "1"
    view["blocks"] = [
        {
            "type": "input",
            "block_id": name,
            "label": {"type": "plain_text", "text": name},
            "optional": True,
            "element": {"type": kind, "action_id": name},
        }
        for name in values
    ]
    typed = {name: typed_into(kind, words) for name, words in values.items()}
    return await world.act.submit("U0BEN", view["id"], typed, forged=True)


def copies(world: World) -> Iterator[str]:
    """Every place but the author's own form and answer in which a sign of it stands."""
    store = Path(world.app.settings.database)
    backup = store.with_name("backup.db")
    with closing(sqlite3.connect(store)) as db, closing(sqlite3.connect(backup)) as into:
        db.backup(into)
    for path in store.parent.iterdir():
        held = path.read_bytes().lower() if path.is_file() else b""
        yield from (f"{path.name}: {sign}" for sign in SIGNS if sign.encode() in held)
    for call in world.sandbox.ledger.calls:
        # The form goes to the author alone, by the ticket of what they typed.
        if call.method != "views.open":
            said = json.dumps(call.arguments).lower()
            yield from (f"{call.method}: {sign}" for sign in SIGNS if sign in said)
    for channel in world.space.channels.values():
        seen = [each for each in channel.messages if not each.only_for]
        said = str([(each.text, each.blocks) for each in seen]).lower()
        yield from (f"#{channel.id}: {sign}" for sign in SIGNS if sign in said)


def told(caplog: Log) -> list[str]:
    """Signs of it in what was logged."""
    ours = [each for each in caplog.records if not each.name.startswith(("sandbox", "asyncio"))]
    said = "\n".join(f"{each.getMessage()} {each.exc_text or ''}" for each in ours).lower()
    return [sign for sign in SIGNS if sign in said]


def test_every_form_that_is_listened_to_is_known_here() -> None:
    listened = re.findall(r"@app\.view\((?:\w+\.)?([A-Z_]+)\)", HANDLERS)
    # The catch-all for what is no longer there is the one besides.
    assert len(listened) + 1 == len(re.findall(r"app\.view\(", HANDLERS))
    assert len(listened) <= len(FORMS)


def test_every_exception_names_a_form_and_a_field_that_exist() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "bot/views").rglob("*.py"))
    for key in MAY_HOLD:
        form, field = key.split("/")
        assert form in FORMS, key
        assert f'"{field}"' in sources, key


@pytest.mark.parametrize("kind", INPUTS)
async def test_no_field_of_any_form_takes_it(socket_world: World, log: Log, kind: str) -> None:
    world = socket_world
    for form in FORMS:
        fields = ["words", *(key.split("/")[1] for key in MAY_HOLD if key.startswith(f"{form}/"))]
        for field in dict.fromkeys(fields):
            answer = (await submits(world, form, {field: CANARY}, kind)).body
            assert answer.get("response_action") == "update", (form, field)
            assert f"{MARKED}{field}" in str(answer["view"]), (form, field)
    await world.later(3600)
    assert list(copies(world)) == []
    assert told(log) == []


# Each typed where words of a command could go.
COMMANDS = [
    "", "ask ", "status ", "circles ", "admin ", "help ", "resume ", "@ada ", "expert ",
    "with @ada ", "observe @ada ", "swap @ada ", "checkin @ada ", "with <@U0ADA|ada> ",
    "pause ", "pause until ", "goals ", "find ", "circle new ", "profile ", "reminders ", "thanks ",
]  # fmt: skip


@pytest.mark.parametrize("before", COMMANDS)
async def test_no_command_takes_it(socket_world: World, log: Log, before: str) -> None:
    world = socket_world
    await world.types("U0BEN", f"{before}{CANARY}?")
    for view in world.space.modals.get("U0BEN", []):  # what it has opened is looked at as well
        await world.act.submit("U0BEN", view["id"])
    await world.later(3600)
    assert list(copies(world)) == []
    assert told(log) == []


def test_no_form_takes_a_file_or_a_picture() -> None:
    for path in (ROOT / "bot/views").rglob("*.py"):
        assert "file_input" not in path.read_text(), path


def test_a_command_that_keeps_words_is_looked_at() -> None:
    """Those that are not: they open a form, or hold nothing but their own name."""
    exact = {Name.HELP, Name.STATUS, Name.RESUME, Name.ADMIN, Name.CIRCLES, Name.MENTORSHIPS}
    for name in set(Name) - exact - {Name.ASK, Name.ENDORSE, Name.PAUSE, Name.UNKNOWN}:
        assert opens_form(name), name


FAULTS = [
    pytest.param(Fault("*", "reset_after", 9), id="answers are lost"),
    pytest.param(Fault("*", "reset_before", 9), id="calls are lost"),
    pytest.param(Fault("*", "rate_limited", 9), id="too many"),
    pytest.param(Fault("*", "error_after", 9), id="5xx after effect"),
    pytest.param(Fault("*", "error_before", 9), id="5xx before effect"),
    pytest.param(Fault("views.open", "slack_error", 9, error="expired_trigger_id"), id="too late"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_no_fault_makes_a_copy(world: World, log: Log, fault: Fault) -> None:
    await world.types("U0BEN", "what helps with immunotherapy colitis?")
    await world.clicks("U0ADA", ids.ANSWER_NOW)
    world.sandbox.faults.add(Fault(fault.method, fault.kind, fault.count, error=fault.error))
    await world.types("U0BEN", f"{CANARY}: how do I taper steroids?")
    await world.submits("U0ADA", answer=CANARY)
    world.sandbox.faults.clear()
    await world.later(3600)
    assert list(copies(world)) == []
    assert told(log) == []


async def test_a_store_that_is_locked_makes_no_copy(socket_world: World, log: Log) -> None:
    world = socket_world
    with closing(sqlite3.connect(world.app.settings.database, isolation_level=None)) as locking:
        locking.execute("BEGIN IMMEDIATE")
        asked = f"{CANARY}: how do I taper steroids?"
        seen = await world.act.command("U0BEN", world.general(), "/mentor", asked)
        locking.execute("ROLLBACK")
    assert "could not be stored" in seen.body["text"]
    assert list(copies(world)) == []
    assert told(log) == []


@pytest.mark.parametrize("place", ["before_commit", "after_commit", "after_claim", "before_call"])
async def test_no_crash_leaves_a_copy(tmp_path: Path, place: str) -> None:
    async with workspace(SandboxClock()) as sandbox:
        env = {**os.environ, **environment(sandbox), "LOG_LEVEL": "DEBUG"}
        env |= {"MENTOR_DATABASE": str(tmp_path / "m.db"), "MENTOR_FAILPOINT": f"{place}:4"}
        dying = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", env=env, cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        await until(lambda: len(sandbox.socket) or dying.returncode is not None)
        general = sandbox.workspace.find_channel("general").id
        for number in range(6):
            if dying.returncode is None and len(sandbox.socket):
                words = CANARY if number % 2 else "what helps with pain"
                typed = ("U0BEN", general, "/mentor", f"{words} {number}?")
                await sandbox.actions.command(*typed)
        if dying.returncode is None:
            await asyncio.sleep(0)
            dying.terminate()
        said, _ = await asyncio.wait_for(dying.communicate(), 15)
    held = said.lower() + stored_in(tmp_path)
    assert not [sign for sign in SIGNS if sign.encode() in held]


def stored_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes().lower() for path in folder.iterdir())


async def test_the_exception_carries_the_kinds_and_no_word(socket_world: World) -> None:
    typed = Typed({"message": CANARY}, "relay")
    with pytest.raises(Identifying) as caught:
        await socket_world.app.bot.write(TEAM, check, Actor("U0BEN"), typed)
    assert str(caught.value) == "name ssn"
    assert not [sign for sign in SIGNS if sign in repr(vars(caught.value)).lower()]
