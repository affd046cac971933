"""Opening a workspace by the command line: seeded or kept, with faults, until it is ended."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.faults import Fault, parse
from sandbox.keeping import KeepingError, Kept
from sandbox.page import show
from sandbox.seed import EMPTY, RIVERSIDE, SeedFaults, built, read_seed
from sandbox.workspace import Workspace

Json = dict[str, Any]


class CannotOpen(Exception):
    """The workspace can't be opened; `lines` say why, one for each fault."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open it.

    `seed`: a file that describes a new workspace, None for the cancer centre; `empty`: nobody but
    its owner. `data`: the folder it is kept in. `faults`: lines, as faults.py reads them. `app`:
    what the app is called where no seed file says.
    """

    app: str
    seed: Path | None = None
    empty: bool = False
    data: Path | None = None
    port: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """The open workspace; `new`: it was not kept from a run before.

    `keep` begins to keep it, where a folder is named: a new one once it is as it should begin.
    What is kept at last is how it stands when it is left.
    """

    sandbox: Sandbox
    address: str
    new: bool
    keep: Callable[[], Awaitable[None]]


@contextlib.asynccontextmanager
async def opened(how: Opening, manifest: Json, clock: SandboxClock) -> AsyncIterator[Opened]:
    """Serve the workspace and its page until left. Raises CannotOpen."""
    faults = faults_in(how.faults)
    async with contextlib.AsyncExitStack() as stack:
        kept = _kept(how.data)
        if kept:
            stack.callback(kept.close)
        space, new = _workspace(how, kept, clock)
        sandbox = Sandbox(space, manifest)
        for fault in faults:
            sandbox.faults.add(fault)
        show(sandbox)
        try:
            address = await stack.enter_async_context(sandbox.serve(how.port))
        except OSError as error:
            raise CannotOpen(f"The page can't be opened: {error}") from error

        async def keep() -> None:
            if kept:
                await stack.enter_async_context(kept.following(sandbox))

        yield Opened(sandbox, address, new, keep)


def faults_in(lines: Iterable[str]) -> list[Fault]:
    """The faults of the command line, every one that makes no sense named. Raises CannotOpen."""
    found, wrong = [], []
    for line in lines:
        try:
            found.append(parse(line))
        except ValueError as error:
            wrong.append(f"--fault {line!r}: {error}")
    if wrong:
        raise CannotOpen(*wrong)
    return found


def _kept(folder: Path | None) -> Kept | None:
    try:
        return Kept(folder) if folder else None
    except KeepingError as error:
        raise CannotOpen(str(error)) from error


def _workspace(how: Opening, kept: Kept | None, clock: SandboxClock) -> tuple[Workspace, bool]:
    if kept and kept.is_there:
        if how.seed or how.empty:
            raise CannotOpen(
                f"There is a workspace in {how.data} already: leave --seed and --empty out, or"
                " name another folder."
            )
        try:
            return kept.load(clock), False
        except KeepingError as error:
            raise CannotOpen(str(error)) from error
    return _seeded(how, clock), True


def _seeded(how: Opening, clock: SandboxClock) -> Workspace:
    file = how.seed or (EMPTY if how.empty else RIVERSIDE)
    try:
        seed = read_seed(file)
    except SeedFaults as error:
        raise CannotOpen(*(f"{file}: {line}" for line in error.lines)) from error
    except OSError as error:
        raise CannotOpen(f"{file} can't be read: {error.strerror}") from error
    if not how.seed and seed.app.get("real_name") != how.app:
        seed = replace(seed, app={})
    return built(seed, clock, app=how.app)


async def until_ended() -> None:
    """Wait for Ctrl-C or SIGTERM, which then end nothing by themselves."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        # Where a loop has no signals, Ctrl-C still ends it.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(sign, ended.set)
    await ended.wait()
