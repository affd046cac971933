"""`python -m sandbox MANIFEST --command "…"`: any app in a workspace on this machine."""

import argparse
import asyncio
import contextlib
import os
import re
import sys
import time
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.manifests import ManifestFaults, app_name, read_manifest
from sandbox.opening import CannotOpen, Opened, Opening, opened, until_ended
from sandbox.program import Program, environment

WRONG_USE, FAILED = 2, 1

Json = dict[str, Any]


class _OneLine(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> None:  # type: ignore[override] # exit() never returns
        """Say what was wrong and leave."""
        self.exit(WRONG_USE, f"sandbox: {message} (see python -m sandbox --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the workspace with the app in it; gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        manifest = read_manifest(asked.manifest)
        return asyncio.run(_open(asked, manifest))
    except ManifestFaults as error:
        return _fail(f"{asked.manifest}: {line}" for line in error.lines)
    except CannotOpen as error:
        return _fail(error.lines)
    except OSError as error:
        return _fail([str(error)])


def _parser() -> argparse.ArgumentParser:
    parser = _OneLine(
        prog="python -m sandbox",
        description="A Slack workspace on this machine, with an app in it.",
    )
    parser.add_argument("manifest", type=Path, help="the app's manifest, YAML or JSON")
    parser.add_argument("--command", help="what starts the app; it is stopped with the workspace")
    parser.add_argument(
        "--http", type=_address, metavar="URL", help="where the app listens, if not Socket Mode"
    )
    begin = parser.add_mutually_exclusive_group()
    begin.add_argument("--seed", type=Path, metavar="FILE", help="people, channels, messages")
    begin.add_argument("--empty", action="store_true", help="begin with nobody but an owner")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep it there between runs")
    parser.add_argument("--port", type=_port, default=0, help="where the page is (default: any)")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="'METHOD KIND …'",
        help="let something go wrong, such as 'chat.postMessage reset_after count=2'",
    )  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    return parser


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed) < 2**16):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(typed)


def _address(typed: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", typed):
        raise argparse.ArgumentTypeError("a URL is like http://127.0.0.1:3000/slack/events")
    return typed


async def _open(asked: argparse.Namespace, manifest: Json) -> int:
    how = Opening(
        app_name(manifest), asked.seed, asked.empty, asked.data, asked.port, tuple(asked.fault)
    )
    async with opened(how, manifest, SandboxClock()) as found:
        await found.keep()
        found.sandbox.sender.url = asked.http
        # The app does not follow the workspace's time: what it verifies carries the real one.
        found.sandbox.sender.signs_at = lambda: int(time.time())
        ending = asyncio.create_task(until_ended())
        _say(f"The workspace is open at {found.address} (Ctrl-C closes it)")
        if not asked.no_browser:
            webbrowser.open(found.address)
        if not asked.command:
            for name, value in environment(found.sandbox, found.address, {}).items():
                _say(f"{name}={value}")
            await ending
            return 0
        return await _with_program(asked.command, found, ending)


async def _with_program(command: str, found: Opened, ending: asyncio.Task[None]) -> int:
    """Run the app until it is over, or the workspace is."""
    program = Program(command, environment(found.sandbox, found.address, os.environ))
    found.sandbox.program = program
    try:
        await program.start()
    except OSError as error:
        raise CannotOpen(f"--command can't be started: {error}") from error
    _say("r and Enter starts the app again")
    try:
        with _keys(program):
            return await _until_over(program, ending)
    finally:
        await program.stop()


async def _until_over(program: Program, ending: asyncio.Task[None]) -> int:
    while True:
        over = asyncio.create_task(program.ended())
        await asyncio.wait([over, ending], return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            over.cancel()
            return 0
        code = over.result()
        if not sys.stdin.isatty():
            _say(f"The app has ended by itself (exit code {code})")
            return code if code >= 0 else FAILED
        _say(f"The app has ended by itself (exit code {code}): r and Enter starts it again")
        starts = program.starts
        while program.starts == starts and not ending.done():
            await asyncio.wait([ending], timeout=0.2)


@contextlib.contextmanager
def _keys(program: Program) -> Iterator[None]:
    """Start the app again whenever `r` is typed."""
    loop = asyncio.get_running_loop()
    restarts: set[asyncio.Task[None]] = set()

    def typed() -> None:
        line = os.read(sys.stdin.fileno(), 4096)
        if not line:
            loop.remove_reader(sys.stdin)
        elif line.strip().lower() == b"r":
            _say("The app is started again")
            task = asyncio.create_task(program.start())
            restarts.add(task)
            task.add_done_callback(restarts.discard)

    # Where nobody can type, such as from a file, the page can still start it again.
    with contextlib.suppress(OSError, ValueError, NotImplementedError):
        loop.add_reader(sys.stdin, typed)
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError, NotImplementedError):
            loop.remove_reader(sys.stdin)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _fail(lines: Any) -> int:
    for line in lines:
        sys.stderr.write(f"sandbox: {' '.join(line.split())}\n")
    return FAILED


if __name__ == "__main__":
    raise SystemExit(main())
