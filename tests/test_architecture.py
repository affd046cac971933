"""Who may import whom, held by looking at the imports; each rule is tried with a breach."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "storage", "sandbox")

# Where a module stands -> what it may not import. The longest prefix that fits counts.
FORBIDDEN = {
    "bot": ("handlers", "sandbox", "slack_bolt", "slack_sdk", "apscheduler", "dotenv"),
    "bot.app": ("sandbox", "apscheduler", "dotenv"),
    "bot.cli": ("handlers", "sandbox", "slack_bolt", "slack_sdk", "apscheduler"),
    "bot.doctor": ("handlers", "sandbox", "slack_bolt", "apscheduler", "dotenv"),
    "bot.local_workspace": ("handlers", "slack_bolt", "slack_sdk", "apscheduler", "dotenv"),
    "bot.schedule": ("handlers", "sandbox", "slack_bolt", "slack_sdk", "dotenv"),
    "bot.delivery": ("handlers", "sandbox", "slack_bolt", "apscheduler", "dotenv"),
    "bot.rules": (
        "handlers", "sandbox", "slack_bolt", "slack_sdk", "apscheduler", "sqlite_utils",
        "bot.views", "bot.consults", "bot.members", "bot.programme", "storage.",
    ),
    "bot.views": (
        "handlers", "sandbox", "slack_bolt", "slack_sdk", "apscheduler", "sqlite_utils",
        "bot.consults", "bot.members", "bot.programme", "bot.delivery", "storage.",
    ),
    "handlers": ("sandbox", "apscheduler", "sqlite_utils", "dotenv", "bot.app", "bot.delivery"),
    "storage": ("bot", "handlers", "sandbox", "slack_bolt", "slack_sdk", "apscheduler"),
    "sandbox": ("bot", "handlers", "storage"),
}  # fmt: skip
ALLOWED_ALL_THE_SAME = ("storage.records",)


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def breaches(module: str, source: str) -> list[str]:
    rule = max((each for each in FORBIDDEN if f"{module}.".startswith(f"{each}.")), key=len)
    return [
        name
        for name in imports(source)
        if any(name == each or name.startswith(f"{each.rstrip('.')}.") for each in FORBIDDEN[rule])
        and not name.startswith(ALLOWED_ALL_THE_SAME)
    ]


def modules() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


def test_nobody_imports_what_they_may_not() -> None:
    found = {name: breaches(name, path.read_text()) for name, path in modules()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bot.consults.asking", "import slack_sdk"),
        ("bot.members", "from handlers import parse"),
        ("bot.rules.routing", "from storage import consults"),
        ("bot.rules.routing", "import sqlite_utils"),
        ("bot.views.home", "from bot.consults import ask"),
        ("bot.delivery.worker", "import slack_bolt"),
        ("handlers.consults", "from bot.delivery import worker"),
        ("storage.consults", "from bot.rules import words"),
        ("sandbox.app", "from storage.database import Store"),
        ("bot.schedule", "from slack_bolt import App"),
        ("bot.cli", "import apscheduler"),
        ("bot.context", "import sandbox.app"),
    ],
)
def test_a_breach_is_seen(module: str, line: str) -> None:
    assert breaches(module, line)


def test_rules_and_views_may_read_records() -> None:
    assert not breaches("bot.rules.routing", "from storage.records import Consult")


def test_no_rule_and_no_view_asks_for_the_time() -> None:
    for name, path in modules():
        if name.startswith(("bot.rules", "bot.views")):
            source = path.read_text()
            assert ".now()" not in source, name
            assert "import time" not in source, name
            assert "async def" not in source, name


def test_the_solver_is_loaded_only_where_a_cohort_is_matched() -> None:
    """It takes a second and some 50 MB: only the process that matches has to hold it."""
    for name, path in modules():
        tree = ast.parse(path.read_text())
        at_once = "\n".join(
            ast.unparse(node)
            for node in tree.body
            if isinstance(node, (ast.Import, ast.ImportFrom))
        )
        heavy = ("scipy", "numpy")
        assert not [each for each in imports(at_once) if each.startswith(heavy)], name
        if name != "bot.rules.matching":
            assert not [each for each in imports(path.read_text()) if each.startswith(heavy)], name
