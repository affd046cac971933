"""What the clock looks at all the time is found by an index, however much the store holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.clock import RealClock
from storage import consults
from storage.database import Tx, open_store


@pytest.mark.parametrize("query", [consults.due_workspaces, consults.next_due])
async def test_a_tick_with_nothing_due_walks_no_table(
    tmp_path: Path, query: Callable[[Tx], Any]
) -> None:
    store = open_store(tmp_path / "mentor.db", RealClock())

    def plan(tx: Tx) -> list[str]:
        asked: list[str] = []
        tx.db.conn.set_trace_callback(asked.append)
        query(tx)
        tx.db.conn.set_trace_callback(None)
        return [row["detail"] for row in tx.rows(f"EXPLAIN QUERY PLAN {asked[0]}")]

    steps = await store.read("", plan)
    store.close()
    tables = [step for step in steps if "consults" in step]
    assert tables
    assert all(step.startswith("SEARCH") and "_due" in step for step in tables), steps
