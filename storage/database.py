"""The SQLite file: its one writer thread, transactions, readers and backup. No query of a feature.

What can go wrong with the store itself:

* StoreError
  - StoreUnusable: the file is missing, damaged, or newer than this program
  - StoreBusy: it could not be written just now (locked, disk full, read-only); nothing was stored
"""

import asyncio
import base64
import hashlib
import hmac
import queue
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlite_utils import Database

from storage.failpoints import passing
from storage.migrations import migrations

P = ParamSpec("P")
R = TypeVar("R")
Row = sqlite3.Row

WRITE_WAIT_MS = 2000  # below Slack's three seconds, so that a refusal still arrives in time
SOON = 0.1  # seconds; who waited no longer has the whole of it before them
READERS = 2
STATEMENTS = 512  # kept prepared; more than there are different ones
GROUP = 256  # writes that share one commit at the most


class StoreError(Exception):
    """Something about the store itself, not about what was asked of it."""


class StoreUnusable(StoreError):
    """The file can't serve as this program's store; the message says why, in one line."""


class StoreBusy(StoreError):
    """The store could not be written just now; nothing was stored."""


class Now(Protocol):
    """What the store needs of a clock."""

    def now(self) -> int:
        """UTC seconds."""


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction in one workspace: the only way to a query.

    `workspace` and `now` are bound in every statement by these names. `now` is the one instant at
    which everything in the transaction happens.
    """

    db: Database
    workspace: str
    now: int
    secret: bytes = field(default=b"", repr=False)  # the store's own

    def seal(self, thing: str) -> str:
        """A mark of `thing` that tells nothing of it, the same in every copy of this store."""
        if not self.secret:
            return secrets.token_urlsafe(12)
        digest = hmac.new(self.secret, f"{self.workspace}/{thing}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest.digest()[:12]).decode()

    def execute(self, sql: str, **values: Any) -> sqlite3.Cursor:
        """Run a statement and give its cursor (`rowcount`, `lastrowid`)."""
        return self.db.conn.execute(sql, {"workspace": self.workspace, "now": self.now, **values})

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Every row of a query."""
        rows: list[Row] = self.execute(sql, **values).fetchall()
        return rows

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None. The others are read too, so that RETURNING takes effect."""
        rows = self.rows(sql, **values)
        return rows[0] if rows else None

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, **values)
        return row[0] if row else None


@dataclass(slots=True)
class _Write:
    """A use case waiting for the writer, and where its result goes."""

    workspace: str
    use_case: Callable[[Tx], Any]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[Any]"
    asked_at: float  # by the loop's clock
    result: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Hand the result over, on the loop that asked."""
        if self.done.cancelled():
            return
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.result)


@dataclass(slots=True)
class Store:
    """The store, open. Use `open_store`, and `close` when done."""

    path: Path
    clock: Now
    _writer: Database
    _secret: bytes = field(default=b"", repr=False)
    _writes: "queue.SimpleQueue[_Write | None]" = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None
    _readers: ThreadPoolExecutor | None = None
    _local: threading.local = field(default_factory=threading.local)
    _open_readers: list[Database] = field(default_factory=list)
    _wait_ms: int = WRITE_WAIT_MS
    # Tests end a use case at its n-th statement here; see tests/promises.
    before_statement: Callable[[str], None] | None = None

    async def write(
        self,
        workspace: str,
        use_case: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `use_case(tx, *args)` as one transaction; what it raises, undoes it.

        Returns after the commit. Raises StoreBusy when the store could not be written.
        """
        loop = asyncio.get_running_loop()
        waiting = _Write(
            workspace,
            lambda tx: use_case(tx, *args, **kwargs),
            loop,
            loop.create_future(),
            loop.time(),
        )
        self._writes.put(waiting)
        result: R = await waiting.done
        return result

    async def read(
        self,
        workspace: str,
        query: Callable[Concatenate[Tx, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `query(tx, *args)` on a reader's connection, which can't write."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, lambda: self._read(workspace, lambda tx: query(tx, *args, **kwargs))
        )

    def _read(self, workspace: str, query: Callable[[Tx], R]) -> R:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = connect(self.path, read_only=True)
            self._local.db = db
            self._open_readers.append(db)
        db.conn.execute("BEGIN")
        try:
            return query(Tx(db, workspace, self.clock.now(), self._secret))
        finally:
            db.conn.execute("ROLLBACK")

    def start(self) -> None:
        """Start the writer thread and the readers."""
        self._readers = ThreadPoolExecutor(READERS, "store-reader")
        self._thread = threading.Thread(target=self._write_all, name="store-writer", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what waits, then close every connection."""
        self._writes.put(None)
        if self._thread:
            self._thread.join()
        if self._readers:
            self._readers.shutdown(wait=True)
        for db in self._open_readers:
            db.close()
        self._writer.close()

    def _write_all(self) -> None:
        for group in self._groups():
            self._commit_together(group)
            for loop in {write.loop for write in group}:
                ours = [write for write in group if write.loop is loop]
                loop.call_soon_threadsafe(_tell_all, ours)

    def _groups(self) -> Iterator[list[_Write]]:
        while True:
            first = self._writes.get()
            if first is None:
                return
            group = [first]
            last = False
            while len(group) < GROUP and not self._writes.empty():
                write = self._writes.get()
                if write is None:
                    last = True
                    break
                group.append(write)
            yield group
            if last:
                return

    def _commit_together(self, group: list[_Write]) -> None:
        """Run a group in one transaction, each in a savepoint, so that one takes nobody with it."""
        conn = self._writer.conn
        try:
            self._wait_no_longer_than(group)
            conn.execute("BEGIN IMMEDIATE")
            for write in group:
                self._run_in_savepoint(write)
            passing("before_commit")
            conn.execute("COMMIT")
            passing("after_commit")
        except sqlite3.Error as error:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            for write in group:
                write.error = StoreBusy(type(error).__name__)

    def _wait_no_longer_than(self, group: list[_Write]) -> None:
        """Let a lock be waited for only as long as the first who asked may still be kept waiting.

        They may have stood behind a group that waited for the same lock.
        """
        waited = max(write.loop.time() - write.asked_at for write in group)
        wait = max(0, WRITE_WAIT_MS - int(waited * 1000)) if waited > SOON else WRITE_WAIT_MS
        if wait != self._wait_ms:
            self._writer.conn.execute(f"PRAGMA busy_timeout = {wait}")
            self._wait_ms = wait

    def _run_in_savepoint(self, write: _Write) -> None:
        conn = self._writer.conn
        conn.execute("SAVEPOINT use_case")
        try:
            tx = Tx(self._writer, write.workspace, self.clock.now(), self._secret)
            write.result = write.use_case(tx)
        except sqlite3.OperationalError:
            # Disk full, an I/O fault: the whole transaction may be gone, so all are told.
            raise
        except Exception as error:  # noqa: BLE001 - whoever asked for the write gets it raised
            write.error = error
            conn.execute("ROLLBACK TO use_case")
        conn.execute("RELEASE use_case")


def _tell_all(writes: list[_Write]) -> None:
    for write in writes:
        write.tell()


def connect(path: Path, *, read_only: bool = False) -> Database:
    """A connection set up as every one to a store is."""
    conn = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
    )
    conn.row_factory = sqlite3.Row
    db = Database(conn)
    conn.execute(f"PRAGMA busy_timeout = {WRITE_WAIT_MS}")
    conn.execute("PRAGMA foreign_keys = ON")
    if read_only:
        conn.execute("PRAGMA query_only = ON")
    else:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
    return db


def open_store(path: str | Path, clock: Now) -> Store:
    """Open the store at `path`, creating and migrating it as needed, with its writer running.

    Raises StoreUnusable if the file is damaged, is no store of ours, or comes from a newer version;
    and where a store was made before that is gone now: no new one silently takes its place.
    """
    place = Path(path)
    try:
        new = not place.exists() or place.stat().st_size == 0
        if new and made_mark(place).exists():
            raise StoreUnusable(
                f"The store {place} is gone. Put a backup in its place (mentor-bot restore), or"
                f" delete {made_mark(place).name} beside it to begin with an empty one."
            )
        if not new:
            with closing(sqlite3.connect(place)) as conn:
                check(conn)  # before anything is set in a file that is perhaps no store of ours
        db = connect(place)
        migrations.apply(db)
        secret = db.execute("SELECT value FROM store_facts WHERE name = 'secret'").fetchone()[0]
        made_mark(place).touch()
    except (sqlite3.Error, OSError) as error:
        raise StoreUnusable(f"The store {place} can't be used: {error}") from error
    store = Store(place, clock, db, bytes.fromhex(secret))
    store.start()
    return store


def made_mark(place: Path) -> Path:
    """The empty file beside a store that tells, should the store be gone, that there was one."""
    return place.with_name(f"{place.name}.made")


def check(conn: sqlite3.Connection) -> None:
    """Raise StoreUnusable for a file that is damaged, no store of ours, or newer than we are."""
    fault = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if fault != "ok":
        raise StoreUnusable(f"The store is damaged ({fault}). Restore a backup.")
    db = Database(conn)
    if not db[migrations.migrations_table].exists():
        raise StoreUnusable("The file is not a store of mentor-bot (it has no migrations table).")
    ours = {step.name for step in migrations._migrations}  # noqa: SLF001 - the library offers no list of its steps
    newer = [step.name for step in migrations.applied(db) if step.name not in ours]
    if newer:
        raise StoreUnusable(
            f"The store was written by a newer version ({newer[-1]}). Update first."
        )
