"""A workspace kept in a folder between two runs.

`workspace.json` has two lines: what it is, with a checksum, and the workspace. It is written
beside and put in place in one step, so that there is always a whole one. `files/` holds the
content of files, `lock` is held while the folder is in use. Time goes on from where it was.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
import os
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.clock import SandboxClock
from sandbox.plain import from_plain, to_text
from sandbox.web_api.scheduling import resume
from sandbox.workspace import Workspace

try:
    import fcntl
except ImportError:  # pragma: no cover - where there is none, nobody is kept out
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from sandbox.app import Sandbox

log = logging.getLogger(__name__)

Json = dict[str, Any]

FORMAT = 1
SOON = 0.3  # seconds of real time from a change until it is saved
REST = 20  # and so many times as long as saving took last
# What a run begins anew: open forms have lost their triggers, addresses are the server's.
_NOT_KEPT = ("clock", "modals", "address")


class KeepingError(Exception):
    """The folder can't be used; says why in one line, and nothing in it was changed."""


class Kept:
    """A folder with a workspace in it, or one to come. Raises KeepingError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "workspace.json"
        self._contents = folder / "files"
        self._written: set[str] = set()
        self._saving: asyncio.Task[None] | None = None
        self._dirty = asyncio.Event()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise KeepingError(f"{folder} can't be used: {error.strerror}") from error
        self._take()

    def _take(self) -> None:
        """Keep others out of the folder."""
        if fcntl is None:
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise KeepingError(f"{self._folder} is in use by another run") from error

    @property
    def is_there(self) -> bool:
        """Whether a workspace is kept here already."""
        return self._file.exists()

    def load(self, clock: SandboxClock) -> Workspace:
        """The workspace as it was kept; `clock` goes on from then."""
        whole = self._read()
        try:
            space = _workspace(whole["workspace"], clock)
            for file in space.files.values():
                file.content = self._content(file.id, file.size)
            clock.skip(float(whole["time"]) - clock.time())
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise KeepingError(f"{self._file} is damaged: {error}") from error
        return space

    def _read(self) -> Json:
        try:
            first, _, rest = self._file.read_bytes().partition(b"\n")
            head = json.loads(first)
            if head["format"] > FORMAT:
                raise KeepingError(f"{self._file} was written by a newer version of this program")
            if head["sha256"] != hashlib.sha256(rest).hexdigest():
                raise KeepingError(f"{self._file} is damaged: its checksum is another")
            whole: Json = json.loads(rest)
        except OSError as error:
            raise KeepingError(f"{self._file} can't be read: {error.strerror}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise KeepingError(f"{self._file} is damaged: it is no workspace") from error
        return whole

    def _content(self, file_id: str, size: int) -> bytes:
        path = self._contents / file_id
        try:
            content = path.read_bytes()
        except OSError as error:
            raise KeepingError(f"{path} can't be read: {error.strerror}") from error
        if len(content) != size:
            raise KeepingError(f"{path} is damaged: it has another length")
        self._written.add(file_id)
        return content

    def save(self, space: Workspace) -> None:
        """Write all of it, so that it is there whatever happens next."""
        for file in space.files.values():
            if file.id not in self._written and file.content is not None:
                self._contents.mkdir(exist_ok=True)
                _put(self._contents / file.id, file.content)
                self._written.add(file.id)
        rest = to_text(_plain(space)).encode(errors="surrogatepass")
        head = {"format": FORMAT, "sha256": hashlib.sha256(rest).hexdigest()}
        _put(self._file, json.dumps(head).encode() + b"\n" + rest)

    @contextlib.asynccontextmanager
    async def following(self, sandbox: "Sandbox") -> Any:
        """Save at once, soon after each change, and at the end."""
        space = sandbox.workspace
        self.save(space)
        resume(sandbox)
        space.subscribe(self._dirty.set)
        self._saving = asyncio.create_task(self._follow(space))
        try:
            yield
        finally:
            space.unsubscribe(self._dirty.set)
            self._saving.cancel()
            await asyncio.wait([self._saving])
            self.save(space)

    async def _follow(self, space: Workspace) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._dirty.wait()
            await asyncio.sleep(SOON)
            self._dirty.clear()
            began = loop.time()
            try:
                self.save(space)
            except OSError as error:
                log.exception("keeping_failed error=%s", type(error).__name__)
                self._dirty.set()
            await asyncio.sleep((loop.time() - began) * REST)

    def close(self) -> None:
        """Let others use the folder."""
        os.close(self._lock)


def _plain(space: Workspace) -> Json:
    names = [each.name for each in fields(space) if not each.name.startswith("_")]
    kept = {name: getattr(space, name) for name in names if name not in _NOT_KEPT}
    number = next(space._numbers)  # noqa: SLF001 - its own counters are kept with it
    space._numbers = count(number)  # noqa: SLF001 - the same
    return {
        "time": space.clock.time(),
        "workspace": kept | {"next_number": number, "last_ts": space._last_ts},  # noqa: SLF001 - the same
    }


def _workspace(kept: Json, clock: SandboxClock) -> Workspace:
    known = {each.name: each for each in fields(Workspace) if not each.name.startswith("_")}
    values = {
        name: from_plain(known[name].type, value) for name, value in kept.items() if name in known
    }
    space = Workspace(clock=clock, **values)
    # The app's own user is one of the users, not another like it.
    space.bot = space.users.get(space.bot.id, space.bot)
    space._numbers = count(int(kept["next_number"]))  # noqa: SLF001 - its own counters
    space._last_ts = float(kept["last_ts"])  # noqa: SLF001 - the same
    return space


def _put(path: Path, content: bytes) -> None:
    """Have the content at the path, all of it or none."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
