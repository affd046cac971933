"""Promise 25: logs carry ids and states, never words, tokens or addresses."""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import NoWords, place_of
from bot.views.consults import ids
from handlers.errors import answer_failure
from sandbox.clock import SandboxClock
from storage.database import open_store
from tests.support.world import World, environment, workspace


def files_in(folder: Path, pattern: str) -> bytes:
    """All that stands in the files of this pattern."""
    return b"".join(path.read_bytes() for path in folder.glob(pattern))


async def test_the_bots_own_log_at_its_most_talkative_holds_no_word(tmp_path: Path) -> None:
    async with workspace(SandboxClock()) as sandbox:
        env = {**os.environ, **environment(sandbox), "LOG_LEVEL": "DEBUG"}
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", env=env, cwd=tmp_path,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        while not len(sandbox.socket):
            assert running.returncode is None
            await asyncio.sleep(0.02)
        general = sandbox.workspace.find_channel("general").id
        outcome = await sandbox.actions.command("U0BEN", general, "/mentor", "a canary sings?")
        assert "canary" in outcome.body["text"]
        await sandbox.actions.command("U0LEO", general, "/mentor", "")
        form = sandbox.workspace.modals["U0LEO"][-1]["id"]
        typed = await sandbox.actions.click(
            "U0LEO", ids.QUESTION, view_id=form, pick="a sparrow sings while one types"
        )
        assert typed.acknowledged
        running.terminate()
        _, said = await asyncio.wait_for(running.communicate(), 15)
    log = said.decode()
    assert "started workspace=" in log
    secrets = (
        "canary",
        "sparrow",
        sandbox.bot_token,
        sandbox.app_token,
        "trigger_id",
        "/response/",
        "ticket",
    )
    assert not [secret for secret in secrets if secret in log]
    stored = files_in(tmp_path, "mentor.db*")
    assert b"canary" in stored
    assert b"sparrow" not in stored  # what is being typed is not sent yet


async def test_of_a_fault_of_ours_the_kind_and_the_place_are_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ack = AsyncAck()  # type: ignore[no-untyped-call] # Bolt's own
    respond = AsyncRespond(response_url=None)
    await answer_failure(
        ValueError("canary"), {"command": "/mentor"}, ack, respond, AsyncWebClient()
    )
    assert "listener_failed kind=ValueError" in caplog.text
    assert "canary" not in caplog.text
    assert ack.response
    assert "canary" not in ack.response.body


def test_of_a_librarys_failure_the_kind_and_the_place_are_left() -> None:
    with pytest.raises(ValueError, match="canary") as caught:
        int("canary")
    failed = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("slack_bolt.App", logging.ERROR, "x.py", 1, "%s", ("a",), failed)
    assert NoWords().filter(record)
    written = logging.Formatter().format(record)
    assert written == f"library_failed kind=ValueError at={place_of(caught.value)}"


def test_what_a_library_says_besides_is_not_written() -> None:
    record = logging.LogRecord("slack_bolt.App", logging.WARNING, "x.py", 1, "canary", (), None)
    assert not NoWords().filter(record)


async def test_no_log_holds_a_word_a_token_or_an_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(NoWords())
    await world.types("U0BEN", "canary question on immunotherapy?")
    await world.clicks("U0ADA", ids.ANSWER_NOW)
    await world.submits("U0ADA", answer="canary answer")
    await world.clicks("U0BEN", ids.CLOSE, value="999")
    await asyncio.sleep(0.05)
    deliveries = json.dumps([each.payload for each in world.sandbox.ledger.deliveries])
    assert "canary" in deliveries
    sandbox = world.sandbox
    secrets = [sandbox.bot_token, sandbox.app_token, sandbox.signing_secret, "/response/", "canary"]
    secrets += [
        each.payload["trigger_id"]
        for each in sandbox.ledger.deliveries
        if "trigger_id" in each.payload
    ]
    ours = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("sandbox")
    )
    assert not [secret for secret in secrets if secret in ours]
    assert not [secret for secret in secrets[:-1] if secret in str(world.app.settings)]


async def test_the_store_keeps_no_trigger_and_no_response_address(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "what helps with pain?")
    payload = world.sent("/mentor")
    world.app.store.close()
    kept = b"".join(path.read_bytes() for path in world.app.store.path.parent.glob("mentor.db*"))
    assert payload["trigger_id"].encode() not in kept
    assert b"/response/" not in kept
    assert b"what helps with pain?" in kept
    world.app.store = open_store(world.app.store.path, world.app.clock)
