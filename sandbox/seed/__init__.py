"""Workspaces to begin with, each described in a file: a small cancer centre, and an empty one."""

from pathlib import Path

from sandbox.clock import SandboxClock
from sandbox.seed.building import built
from sandbox.seed.reading import Seed, SeedFaults, read_seed
from sandbox.workspace import Workspace

__all__ = [
    "EMPTY", "EXPERTS", "NOTES", "PROFILES", "RIVERSIDE", "TOPICS", "Seed", "SeedFaults", "built",
    "cancer_centre", "read_seed",
]  # fmt: skip

_HERE = Path(__file__).parent
RIVERSIDE = _HERE / "riverside.toml"
EMPTY = _HERE / "empty.toml"
# What its people know, for a bot that wants to be told.
TOPICS = _HERE / "topics.csv"
EXPERTS = _HERE / "experts.csv"
PROFILES = _HERE / "profiles.csv"
NOTES = _HERE / "notes.csv"


def cancer_centre(clock: SandboxClock) -> Workspace:
    """Twelve people over three time zones, their clock being `clock`."""
    return built(read_seed(RIVERSIDE), clock)
