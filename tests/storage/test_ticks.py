"""What the clock looks at all the time is found by an index, however much the store holds."""

from pathlib import Path

import pytest

from bot.clock import RealClock
from storage import consults, nudges, sessions
from storage.database import Tx, open_store

TICKED = {"consults": consults, "sessions": sessions, "nudges": nudges}


@pytest.mark.parametrize("table", TICKED)
@pytest.mark.parametrize("name", ["due_workspaces", "next_due"])
async def test_a_tick_with_nothing_due_walks_no_table(
    tmp_path: Path, table: str, name: str
) -> None:
    store = open_store(tmp_path / "mentor.db", RealClock())

    def plan(tx: Tx) -> list[str]:
        asked: list[str] = []
        tx.db.conn.set_trace_callback(asked.append)
        getattr(TICKED[table], name)(tx)
        tx.db.conn.set_trace_callback(None)
        return [row["detail"] for row in tx.rows(f"EXPLAIN QUERY PLAN {asked[0]}")]

    steps = await store.read("", plan)
    store.close()
    tables = [step for step in steps if table in step]
    assert tables
    assert all(step.startswith("SEARCH") and "_due" in step for step in tables), steps
