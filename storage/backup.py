"""Copies of the store: made while it is in use, looked through, and put back.

A copy is one file, readable by its owner alone. Nothing half made ever has the name asked for.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage import restorations
from storage.database import StoreUnusable, check, connect, made_mark
from storage.migrations import migrations

STEP = 250  # pages copied between two looks at how far it is
Tell = Callable[[int, int], None]  # pages done, pages in all


def back_up(store: Path, to: Path, now: int, tell: Tell) -> Path:
    """Copy the store at `store` to the file `to`, or into the folder `to`; gives the file.

    The copy is the store at one instant, whatever is written meanwhile. `now` is UTC seconds.
    Raises StoreUnusable where there is no store, or `to` is there already.
    """
    if not store.exists():
        raise StoreUnusable(f"There is no store at {store}.")
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    place = to / f"{store.stem}-{stamp}{store.suffix}" if to.is_dir() else to
    if place.exists():
        raise StoreUnusable(f"{place} is there already; please choose another name.")
    with _in_the_making(place) as half:
        _copy(store, half, tell)
        with closing(_opened(half)) as copy:
            restorations.dates_from(copy, now)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file
    return place


def verify(place: Path) -> dict[str, int]:
    """Look through all of a store or a copy; gives how many rows each table holds.

    Raises StoreUnusable with the first fault: missing, damaged, no store of ours, or newer.
    """
    if not place.exists():
        raise StoreUnusable(f"There is no store at {place}.")
    try:
        with closing(_opened(place)) as db:
            return _looked_through(place, db)
    except sqlite3.Error as error:
        raise StoreUnusable(f"{place} is damaged or no store: {error}.") from error


def restore(copy: Path, store: Path, now: int, tell: Tell) -> Path | None:
    """Put a copy in the place of the store; gives where the store before it is kept, if one was.

    What the copy holds as not yet sent may have been sent since: the delivery looks before it sends
    (see `storage.restorations`). Raises StoreUnusable if the copy can't be used, or while a
    program has the store open.
    """
    verify(copy)
    _let_nobody_be_in(store)
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    with _in_the_making(store) as half:
        _copy(copy, half, tell)
        db = connect(half)
        try:
            migrations.apply(db)
            restorations.note(db.conn, now)
            db.conn.execute("PRAGMA journal_mode = DELETE")
        finally:
            db.close()
        return _put_aside(store, stamp)


@contextmanager
def _in_the_making(place: Path) -> Iterator[Path]:
    """A file beside `place` that gets its name once it is whole and on the disk."""
    half = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        half.touch(mode=0o600, exist_ok=False)
        yield half
        with half.open("rb") as made:
            os.fsync(made.fileno())
        half.replace(place)
        _keep_names(place.parent)
    except sqlite3.Error as error:
        raise StoreUnusable(f"{place} could not be written: {error}.") from error
    finally:
        for name in (half, *_beside(half)):
            name.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Have the disk keep what was renamed in the folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _copy(source: Path, to: Path, tell: Tell) -> None:
    with closing(_opened(source)) as here, closing(sqlite3.connect(to)) as there:
        # Held open, the snapshot stays the same, and the copy need not begin anew at each write.
        here.execute("BEGIN")
        here.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        here.backup(there, pages=STEP, progress=lambda _status, left, all_: tell(all_ - left, all_))


def _opened(place: Path) -> sqlite3.Connection:
    """A connection to a file that is there; SQLite would make a new one."""
    conn = sqlite3.connect(f"{place.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    conn.row_factory = sqlite3.Row
    return conn


def _looked_through(place: Path, db: sqlite3.Connection) -> dict[str, int]:
    fault = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if fault != "ok":
        raise StoreUnusable(f"{place} is damaged: {fault}.")
    check(db)
    stray = db.execute("PRAGMA foreign_key_check").fetchone()
    if stray:
        raise StoreUnusable(f"{place} is damaged: a row of {stray[0]} belongs to nothing.")
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: db.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]
        for (name,) in sorted(map(tuple, tables))
    }


def _let_nobody_be_in(store: Path) -> None:
    """Raise StoreUnusable while a program has the store open; leaves no log beside it."""
    if not store.exists():
        return
    try:
        with closing(_opened(store)) as db:
            db.execute("PRAGMA busy_timeout = 0")
            # Only whoever is alone in a store may end its write-ahead log.
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise StoreUnusable(
                f"The bot, or another program, has {store} open. Stop it first."
            ) from error
    except sqlite3.DatabaseError:
        return  # damaged: it is put aside as it is


def _put_aside(store: Path, stamp: str) -> Path | None:
    if not store.exists():
        made_mark(store).touch()
        return None
    kept = store.with_name(f"{store.name}.before-{stamp}")
    # A second name, not another one: at no moment is there no store.
    os.link(store, kept)
    for log in _beside(store):
        if log.exists():
            log.rename(kept.with_name(kept.name + log.name.removeprefix(store.name)))
    return kept


def _beside(place: Path) -> tuple[Path, ...]:
    return tuple(place.with_name(place.name + ending) for ending in ("-wal", "-shm", "-journal"))
