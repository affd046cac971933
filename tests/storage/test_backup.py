"""Copies of the store: made while it is in use, sound, and put back whole or not at all."""

import asyncio
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import doctor
from bot.clock import RealClock
from storage import outbox, restorations
from storage.backup import back_up, restore, verify
from storage.database import Store, StoreUnusable, Tx, made_mark, open_store
from storage.migrations import migrations
from tests.delivery.test_outbox import Hand

NOW = Hand.at
TEAM = "T1"


def quiet(_done: int, _of_all: int) -> None:
    """Draw nothing."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "mentor.db"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    opened = open_store(place, Hand())
    yield opened
    opened.close()


async def test_a_copy_is_the_store_at_one_instant_whatever_is_written_meanwhile(
    store: Store, tmp_path: Path
) -> None:
    stop = asyncio.Event()

    async def go_on_writing() -> None:
        asked = 50
        while not stop.is_set():
            asked += 1
            await store.write(TEAM, _two_rows, asked)

    def never_back(done: int, _of_all: int) -> None:
        far.append(done)

    for number in range(50):
        await store.write(TEAM, _two_rows, number)
    await store.write(TEAM, _many_rows)
    writing = asyncio.create_task(go_on_writing())
    counts = []
    far: list[int] = []
    for number in range(5):
        far.clear()
        to = tmp_path / f"{number}.db"
        made = await asyncio.to_thread(back_up, store.path, to, NOW, never_back)
        counts.append(verify(made)["outbox"])
        assert len(far) > 3
        assert far == sorted(far)
    stop.set()
    await writing
    assert counts == sorted(counts)
    assert all(count >= 100 and count % 2 == 0 for count in counts)


def _many_rows(tx: Tx) -> None:
    """Enough that a copy takes several steps."""
    tx.execute(
        """
        INSERT INTO received (workspace, key, received_at)
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 60000)
        SELECT :workspace, 'a delivery of some length ' || n, :now FROM numbers
        """
    )


def _two_rows(tx: Tx, number: int) -> None:
    outbox.mark_stale(tx, f"card/{number}")
    outbox.mark_stale(tx, f"home/{number}")


def test_a_copy_is_one_file_that_its_owner_alone_reads(store: Store, tmp_path: Path) -> None:
    made = back_up(store.path, tmp_path / "copies.db", NOW, quiet)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert {each.name for each in tmp_path.glob("*copies*")} == {"copies.db"}


def test_into_a_folder_a_copy_is_named_by_its_time(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    made = back_up(store.path, tmp_path / "copies", NOW, quiet)
    assert made.name == "mentor-20261118T110640Z.db"


def test_no_copy_is_written_over(store: Store, tmp_path: Path) -> None:
    made = back_up(store.path, tmp_path / "copy.db", NOW, quiet)
    with pytest.raises(StoreUnusable, match="is there already"):
        back_up(store.path, made, NOW, quiet)


def test_a_copy_that_fails_half_way_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def pulled(_done: int, _of_all: int) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    before = set(tmp_path.iterdir())
    with pytest.raises(StoreUnusable, match="could not be written"):
        back_up(store.path, tmp_path / "copy.db", NOW, pulled)
    assert set(tmp_path.iterdir()) == before


async def test_a_copy_put_back_holds_what_the_store_held(place: Path, tmp_path: Path) -> None:
    made = await _copied(place, tmp_path, "card/1")
    counts = verify(made)
    later = open_store(place, Hand())
    await later.write(TEAM, outbox.mark_stale, "card/2")
    later.close()

    before = restore(made, place, NOW + 60, quiet)

    ours = {"restorations", "restored_ids", "store_facts"}
    again = verify(place)
    assert {name: many for name, many in again.items() if name not in ours} == {
        name: many for name, many in counts.items() if name not in ours
    }
    assert before is not None
    assert verify(before)["outbox"] == 2


async def _copied(place: Path, tmp_path: Path, *keys: str) -> Path:
    store = open_store(place, Hand())
    for key in keys:
        await store.write(TEAM, outbox.mark_stale, key)
    made = back_up(place, tmp_path / "copy.db", NOW, quiet)
    store.close()
    return made


async def test_what_waited_in_a_copy_is_looked_for_before_it_is_sent(
    place: Path, tmp_path: Path
) -> None:
    made = await _copied(place, tmp_path, "status-card/1")
    restore(made, place, NOW + 60, quiet)
    clock = Hand()
    clock.at = NOW + 120
    store = open_store(place, clock)
    await store.write(TEAM, outbox.mark_stale, "offer-card/1/U0ADA")
    rows = await store.write("", outbox.claim, "one", 10)
    assert [(row.key, row.state) for row in rows] == [
        ("status-card/1", "unsure"),
        ("offer-card/1/U0ADA", "unsure"),
    ]
    clock.at = NOW + 60 + restorations.LOOKING
    await store.write(TEAM, outbox.mark_stale, "offer-card/1/U0BO")
    [row] = [each for each in await store.write("", outbox.claim, "one", 10) if "BO" in each.key]
    assert row.state == "pending"
    store.close()


async def test_a_thing_has_the_same_mark_in_every_copy_and_another_in_every_store(
    place: Path, tmp_path: Path
) -> None:
    async def mark(store_at: Path, workspace: str = TEAM) -> str:
        store = open_store(store_at, Hand())
        await store.write(workspace, outbox.mark_stale, "card/1")
        rows = await store.write("", outbox.claim, "one", 10)
        store.close()
        return next(row.mark for row in rows if row.workspace == workspace)

    made = await _copied(place, tmp_path)
    first = await mark(place)
    restore(made, place, NOW, quiet)
    assert await mark(place) == first
    assert await mark(place, "T2") != first
    assert await mark(tmp_path / "another.db") != first


def test_nothing_is_put_back_under_a_bot_that_runs(store: Store, tmp_path: Path) -> None:
    made = back_up(store.path, tmp_path / "copy.db", NOW, quiet)
    with pytest.raises(StoreUnusable, match="Stop it first"):
        restore(made, store.path, NOW, quiet)


def test_a_copy_is_put_where_the_store_is_lost(place: Path, tmp_path: Path) -> None:
    open_store(place, Hand()).close()
    made = back_up(place, tmp_path / "copy.db", NOW, quiet)
    place.unlink()
    assert restore(made, place, NOW, quiet) is None
    assert verify(place) == verify(place)


def test_a_damaged_store_is_kept_aside(place: Path, tmp_path: Path) -> None:
    open_store(place, Hand()).close()
    made = back_up(place, tmp_path / "copy.db", NOW, quiet)
    place.write_bytes(b"not a store" * 1000)
    before = restore(made, place, NOW, quiet)
    assert before is not None
    assert before.read_bytes().startswith(b"not a store")
    verify(place)


def _truncated(place: Path) -> None:
    os.truncate(place, place.stat().st_size // 2)


def _torn(place: Path) -> None:
    content = bytearray(place.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    place.write_bytes(content)


def _newer(place: Path) -> None:
    with closing(sqlite3.connect(place)) as db:
        db.execute(
            f"INSERT INTO {migrations.migrations_table} (migration_set, name, applied_at)"
            " VALUES ('mentor-bot', 'm999_from_tomorrow', '2030')"
        )
        db.commit()


def _of_something_else(place: Path) -> None:
    place.unlink()
    with closing(sqlite3.connect(place)) as db:
        db.execute("CREATE TABLE songs (title TEXT)")


def _gone(place: Path) -> None:
    place.unlink()


def _empty(place: Path) -> None:
    place.write_bytes(b"")


SPOILT = {
    "truncated": _truncated,
    "torn pages": _torn,
    "of a newer version": _newer,
    "of another program": _of_something_else,
    "gone": _gone,
    "empty": _empty,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_store_is_refused_in_one_line_and_left_as_it_is(
    place: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    open_store(place, Hand()).close()
    sound = back_up(place, tmp_path / "sound.db", NOW, quiet)
    spoil(place)
    found = place.read_bytes() if place.exists() else None
    with pytest.raises(StoreUnusable) as refused:
        open_store(place, Hand())
    assert "\n" not in str(refused.value)
    assert (place.read_bytes() if place.exists() else None) == found
    with pytest.raises(StoreUnusable):
        verify(place)
    spoilt_copy = tmp_path / "spoilt.db"
    if found is not None:
        shutil.copy(place, spoilt_copy)
    with pytest.raises(StoreUnusable):
        restore(spoilt_copy, place, NOW, quiet)
    restore(sound, place, NOW, quiet)
    open_store(place, Hand()).close()


def test_who_means_to_begin_anew_says_so(place: Path) -> None:
    open_store(place, Hand()).close()
    place.unlink()
    with pytest.raises(StoreUnusable, match=made_mark(place).name):
        open_store(place, Hand())
    made_mark(place).unlink()
    open_store(place, Hand()).close()


def _finding(place: Path) -> doctor.Finding:
    examined = doctor.examine({"MENTOR_DATABASE": str(place)}, RealClock())
    return next(each for each in asyncio.run(examined) if each.thing == "store")


def test_doctor_says_that_a_store_is_gone(place: Path) -> None:
    assert _finding(place).well
    open_store(place, Hand()).close()
    place.unlink()
    gone = _finding(place)
    assert not gone.well
    assert "is gone" in gone.words
