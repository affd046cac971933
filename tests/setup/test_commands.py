"""`mentor-bot …` as a person types it."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from sandbox.clock import SandboxClock
from tests.support.world import environment, workspace


async def types(folder: Path, *words: str, **env: str) -> tuple[int, str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", *words, cwd=folder, env={**kept, **env},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode or 0, out.decode(), err.decode()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("import", "dogs", "x.csv"),
        ("run", "--fast"),
        ("sandbox", "--port", "99999"),
        ("sandbox", "--port=-1"),
        ("manifest", "--http", "mentor"),
        ("manifest", "--http", ""),
    ],
)
async def test_wrong_use_is_one_clear_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, _, said = await types(tmp_path, *words)
    assert code == 2
    assert len(said.strip().splitlines()) == 1


async def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    code, _, said = await types(tmp_path, "import", "topics", "nowhere.csv")
    assert code == 1
    assert "nowhere.csv" in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["run", "doctor"])
async def test_settings_that_are_no_text_are_one_clear_line(tmp_path: Path, command: str) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=xoxb-\xff\n")
    code, _, said = await types(tmp_path, command)
    assert code == 1
    assert ".env" in said
    assert len(said.strip().splitlines()) == 1


async def test_a_file_of_another_encoding_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_bytes("topic\nd\u00e9pression\n".encode("latin-1"))
    code, _, said = await types(tmp_path, "import", "topics", "topics.csv")
    assert (code, said) == (1, "mentor-bot: topics.csv is no UTF-8 text; save it as such.\n")


async def test_without_settings_run_says_what_is_missing(tmp_path: Path) -> None:
    code, _, said = await types(tmp_path, "run")
    assert code == 1
    assert "SLACK_BOT_TOKEN" in said
    assert len(said.strip().splitlines()) == 1


async def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mentor.db").write_bytes(b"something else entirely " * 100)
    (tmp_path / "topics.csv").write_text("topic\npain\n")
    code, _, said = await types(tmp_path, "import", "topics", "topics.csv")
    assert code == 1
    assert "can't be used" in said
    assert (tmp_path / "mentor.db").read_bytes().startswith(b"something else")


async def test_doctor_finds_everything_well_and_then_a_missing_scope(tmp_path: Path) -> None:
    async with workspace(SandboxClock()) as sandbox:
        env = environment(sandbox)
        code, well, _ = await types(tmp_path, "doctor", **env)
        assert code == 0, well
        sandbox.scopes.remove("dnd:read")
        code, said, _ = await types(tmp_path, "doctor", **env)
        assert code == 0, "it works without"
        assert "without dnd:read: reminders can't wait for the end of do-not-disturb" in said
        sandbox.scopes.remove("im:history")
        code, said, _ = await types(tmp_path, "doctor", **env)
        assert code == 1
        assert "im:history" in said
        code, said, _ = await types(tmp_path, "doctor", **{**env, "SLACK_BOT_TOKEN": "xoxb-no"})
        assert "invalid_auth" in said


async def test_doctor_finds_that_the_store_has_no_place(tmp_path: Path) -> None:
    code, said, _ = await types(tmp_path, "doctor", MENTOR_DATABASE="nowhere/mentor.db")
    assert code == 1
    assert "FAULT  store" in said


async def test_an_app_token_that_slack_refuses_ends_the_start_in_one_line(tmp_path: Path) -> None:
    async with workspace(SandboxClock()) as sandbox:
        env = {**environment(sandbox), "SLACK_APP_TOKEN": "xapp-1-A1-2-wrong"}
        code, _, said = await types(tmp_path, "run", **env)
    assert code == 1
    assert "SLACK_APP_TOKEN" in said
    assert "wrong" not in said
    assert len(said.strip().splitlines()) == 1


async def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    async with workspace(SandboxClock()) as sandbox:
        env = {
            **environment(sandbox),
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "PORT": sandbox.address.rpartition(":")[2],
        }
        code, _, said = await types(tmp_path, "run", **env)
    assert code == 1
    assert "PORT" in said
    assert len(said.strip().splitlines()) == 1


async def test_import_learns_the_workspace_from_the_token(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").write_text("topic\npain\n")
    (tmp_path / "named.csv").write_text("topic,fallback_channel\npain,#general\n")
    (tmp_path / "nowhere.csv").write_text("topic,fallback_channel\npain,#nowhere\n")
    (tmp_path / "experts.csv").write_text("user,topics\nada@riverside.example,pain\n")
    async with workspace(SandboxClock()) as sandbox:
        env = environment(sandbox)
        _, out, _ = await types(tmp_path, "import", "topics", "topics.csv", **env)
        assert out == "topics: 1 added, 0 changed\n"
        _, out, _ = await types(tmp_path, "import", "experts", "experts.csv", **env)
        assert out == "experts: 1 added, 0 changed\n"
        _, out, _ = await types(tmp_path, "import", "topics", "named.csv", **env)
        assert out == "topics: 0 added, 1 changed\n"
        code, _, said = await types(tmp_path, "import", "topics", "nowhere.csv", **env)
        assert code == 1
        assert "line 2: there is no channel nowhere" in said
    # The store knows its only workspace from then on.
    _, out, said = await types(tmp_path, "import", "topics", "topics.csv")
    assert (out, said) == ("topics: 0 added, 1 changed\n", "")
