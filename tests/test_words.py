"""What must not drift apart: refusals, ids, drawn things, help, and what stands for each."""

import re
from pathlib import Path

import pytest

from bot.authority import ALLOWED, ALLOWED_IN_CIRCLES, CircleAction
from bot.authority.notes import ALLOWED_WITH_NOTES, NoteAction
from bot.delivery.targets import _TARGETS as TARGETS
from bot.errors import Reason
from bot.nudges import Thing
from bot.rules.commands import TYPED
from bot.views import help as help_view
from bot.views import refusals
from handlers.commands import _ANSWERS as ANSWERS
from handlers.commands import _OPENS as OPENS
from storage import outbox, programme

ROOT = Path(__file__).parents[1]
# The queries of ticks and of the worker look at every workspace.
ACROSS = (
    r"\w*due_workspaces|running_workspaces|\w*next_due|claim|under_way|forget_before|workspaces"
    r"|_in_state|overdue|ran|last_ran"  # a monitor's counts, of nobody in particular
)
TABLES = set(re.findall(r"CREATE TABLE (\w+)", (ROOT / "storage/migrations.py").read_text()))
HANDLERS = "\n".join(path.read_text() for path in (ROOT / "handlers").glob("*.py"))


def test_every_refusal_has_words() -> None:
    assert set(refusals.WORDS) == set(Reason)


def ids_of_views() -> dict[str, set[str]]:
    """All ids by which Slack tells what was used, with the names they go by."""
    named = re.compile(r'^([A-Z_]+) = "(\w+\.\w+)"', re.MULTILINE)
    found: dict[str, set[str]] = {}
    for path in (ROOT / "bot/views").rglob("*.py"):
        for name, value in named.findall(path.read_text()):
            found.setdefault(value, set()).add(name)
    return found


@pytest.mark.parametrize(("value", "names"), ids_of_views().items(), ids=str)
def test_every_id_that_is_shown_has_a_listener(value: str, names: set[str]) -> None:
    assert any(re.search(rf"\.{name}\b", HANDLERS) for name in names), value


def test_every_action_of_the_circles_table_is_asked_for_somewhere() -> None:
    use_cases = (ROOT / "bot/circles.py").read_text() + (ROOT / "bot/sessions.py").read_text()
    assert set(ALLOWED_IN_CIRCLES) == set(CircleAction)
    for action in CircleAction:
        assert f"CircleAction.{action.name}" in use_cases, action


def test_every_action_of_the_table_is_asked_for_somewhere() -> None:
    paths = [*(ROOT / "bot/consults").glob("*.py"), ROOT / "bot/notes.py"]
    use_cases = "\n".join(path.read_text() for path in paths)
    for action in ALLOWED:
        assert f"Action.{action.name}" in use_cases, action


def test_every_action_of_the_notes_table_is_asked_for_somewhere() -> None:
    use_cases = (ROOT / "bot/notes.py").read_text()
    assert set(ALLOWED_WITH_NOTES) == set(NoteAction)
    for action in NoteAction:
        assert f"NoteAction.{action.name}" in use_cases, action


def test_every_thing_that_is_marked_can_be_drawn() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    marked = set(re.findall(r'(?:mark_stale|ask_once)\(\s*tx, f"([a-z-]+)/', sources))
    assert marked | set(Thing) == set(TARGETS)


def test_help_names_every_command() -> None:
    text = help_view.help_message().text
    for typed in set(TYPED) - {"ask", "help", "circle"}:
        assert f"/mentor {typed}" in text, typed


def test_every_command_is_answered() -> None:
    assert {name.value for name in (*ANSWERS, *OPENS)} == (
        {name.value for name in TYPED.values()} | {"ask", "unknown", "endorse"}
    )


def _whole(function: str) -> str:
    """A query with the conditions that several share written out."""
    # outbox._OURS is the condition of the rows that a worker holds, programme._ADMINS of admins.
    for name, words in (("{_OURS}", outbox._OURS), ("{_ADMINS}", programme._ADMINS)):  # noqa: SLF001
        function = function.replace(name, words)
    return function


# Three are about the file as a whole, not about anybody's rows.
QUERIES = {path.stem for path in (ROOT / "storage").glob("*.py")} - {
    "migrations",
    "database",
    "restorations",
    "backup",
}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_queries_name_the_workspace(name: str) -> None:
    """Every statement over a table names the workspace, those of ticks and the worker apart."""
    tables = "|".join(TABLES)
    for function in re.split(r"\n(?=def )", (ROOT / f"storage/{name}.py").read_text()):
        across = re.match(rf"def ({ACROSS})\b", function)
        if re.search(rf"(FROM|UPDATE|INTO) ({tables})\b", function) and not across:
            assert ":workspace" in _whole(function), function
