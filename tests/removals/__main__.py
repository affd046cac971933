"""Takes each safeguard out in turn, in a copy of the project, and shows which test then fails.

python -m tests.removals [WORD …]: those whose name has one of the words; without, all. Ends with 1
if a removal breaks no test, or if what was to be removed is not there (any more).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.removals.safeguards import SAFEGUARDS, Safeguard

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage", "sandbox", "tests", "pyproject.toml", "manifest.yml")
NOT_COPIED = shutil.ignore_patterns("__pycache__", ".hypothesis")
AT_ONCE = 2


def main(words: list[str]) -> int:
    """Try those asked for; gives the exit code."""
    asked = [each for each in SAFEGUARDS if not words or any(word in each.name for word in words)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(tried, asked))
    survived = sum(not kept for kept in found)
    sys.stdout.write(f"{len(asked)} taken out, {survived} of which no test noticed\n")
    return 1 if survived else 0


def tried(safeguard: Safeguard) -> bool:
    """Whether a test fails without it; says which."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for room in ROOMS:
            source = ROOT / room
            if source.is_dir():
                shutil.copytree(source, copy / room, ignore=NOT_COPIED)
            else:
                shutil.copy(source, copy / room)
        file = copy / safeguard.file
        text = file.read_text()
        if text.count(safeguard.kept) != 1:
            _say(safeguard, f"stands {text.count(safeguard.kept)} times in {safeguard.file}")
            return False
        file.write_text(text.replace(safeguard.kept, safeguard.removed))
        run = subprocess.run(  # noqa: S603 - our own tests
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-x",
                "-p",
                "no:cacheprovider",
                *safeguard.tests,
            ],
            cwd=copy,
            # The copy's modules, not those installed.
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=False,
        )
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.MULTILINE)
    _say(safeguard, f"{failed[1]} fails" if failed else "NO TEST FAILS")
    return failed is not None


def _say(safeguard: Safeguard, words: str) -> None:
    sys.stdout.write(f"{safeguard.name}: {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
