"""What is installed is what is declared, and exactly as pinned."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot import manifest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
PINS: dict[str, str] = {
    canonicalize_name(pin.name): str(pin.specifier)
    for pin in map(Requirement, PROJECT["tool"]["uv"]["constraint-dependencies"])
    if pin.marker is None or pin.marker.evaluate()
}


def imported(room: str) -> set[str]:
    """The packages that a room imports, ours and Python's own left out."""
    found: set[str] = set()
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {*ROOMS, "tests"}


def declared(*parts: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for part in parts for text in part}


def needed(wanted: list[str]) -> set[str]:
    """These and everything they need here, by name."""
    seen: set[tuple[str, str]] = set()
    left = list(wanted)
    while left:
        asked = Requirement(left.pop())
        for extra in asked.extras or {""}:
            each = (canonicalize_name(asked.name), extra)
            if each not in seen:
                seen.add(each)
                left += [text for text in requires(asked.name) or () if applies(text, extra)]
    return {name for name, _ in seen}


def applies(requirement: str, extra: str) -> bool:
    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate({"extra": extra})


def test_what_is_imported_is_declared() -> None:
    project = PROJECT["project"]
    running = declared(project["dependencies"])
    trying = running | declared(project["optional-dependencies"]["sandbox"])
    distributions = packages_distributions()
    for room in ROOMS:
        there = trying if room == "sandbox" else running
        for package in imported(room):
            names = {canonicalize_name(name) for name in distributions[package]}
            assert names & there, f"{room} imports {package}"


def test_every_package_is_pinned_to_what_is_installed() -> None:
    names = needed(PROJECT["dependency-groups"]["dev"]) - {"mentor-bot"}
    assert {"slack-bolt", "nicegui", "starlette"} <= names
    assert {name: f"=={version(name)}" for name in names} == {
        name: PINS.get(name) for name in names
    }


def test_nothing_names_a_registry() -> None:
    for path in (ROOT / "pyproject.toml", ROOT / ".ci/run", ROOT / ".ci/renew-pins"):
        assert not re.search(r"index-url|pypi|https?://", path.read_text(encoding="utf-8")), path


def test_a_wheel_carries_the_manifest_where_it_is_looked_for_first() -> None:
    carried = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert ROOT / carried["manifest.yml"] == manifest.PLACES[0]
    assert manifest.PLACES[1] == ROOT / "manifest.yml"
