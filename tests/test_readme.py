"""README and .env.example say what the code does, and name what is there."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from bot import cli, importing
from bot.config import Settings, read

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| (`[A-Z].*?) \|.*\| (.*?) \|$", README, re.MULTILINE)
TYPED = sorted(set(re.findall(r"uv run (mentor-bot[^\n`#]*)", README)))
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

LEAST = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
SET = {
    "SLACK_BOT_TOKEN": "xoxb-2",
    "SLACK_APP_TOKEN": "xapp-2",
    "SLACK_SIGNING_SECRET": "secret",
    "HOST": "0.0.0.0",  # noqa: S104 - another address than the usual
    "PORT": "3001",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
    "MENTOR_DATABASE": "other.db",
    "MENTOR_ADMINS": "U012AB3CD",
    "LOG_LEVEL": "DEBUG",
    "HEALTH_PORT": "8080",
}


def names(text: str) -> set[str]:
    return set(re.findall(r"\b(?:SLACK_|MENTOR_|LOG_|HEALTH_)[A-Z_]+\b|\bHOST\b|\bPORT\b", text))


def test_the_table_and_the_example_name_every_setting() -> None:
    assert names(" ".join(name for name, _ in TABLE)) == names(EXAMPLE) == set(SET)
    assert len(SET) == len(fields(Settings))


@pytest.mark.parametrize("name", SET)
def test_each_setting_sets_something(name: str) -> None:
    assert read({**LEAST, name: SET[name]}) != read(LEAST)


def test_what_is_said_of_settings_left_out_is_so() -> None:
    left_out = {key: words for name, words in TABLE for key in names(name)}
    usual = read(LEAST)
    assert left_out["HOST"] == left_out["PORT"] == f"`{usual.host}`, `{usual.port}`"
    assert left_out["MENTOR_DATABASE"] == f"`{usual.database}`"
    assert left_out["LOG_LEVEL"] == f"`{usual.log_level}`"


@pytest.mark.parametrize("line", TYPED)
def test_every_command_it_shows_can_be_typed(line: str) -> None:
    _, *words = shlex.split(line)
    assert cli._parser().parse_args(words).command == words[0]  # noqa: SLF001 - as `main` does


def test_it_shows_every_command() -> None:
    shown = {line.split()[1] for line in TYPED}
    assert shown == {
        "run", "sandbox", "doctor", "import", "manifest", "backup", "verify", "restore",
    }  # fmt: skip


def test_the_files_of_an_import_have_the_columns_it_shows() -> None:
    assert f"# {','.join(importing.TOPIC_COLUMNS)}\n" in README
    assert f"# {','.join(importing.EXPERT_COLUMNS)}\n" in README


def test_what_it_points_to_is_there() -> None:
    text = README + CONTRIBUTING
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", text)
    named = re.findall(r"`((?:bot|handlers|storage|sandbox|tests|docs|\.ci)/[\w/.-]+)`", text)
    assert [place for place in (*linked, *named) if not (ROOT / place).exists()] == []
