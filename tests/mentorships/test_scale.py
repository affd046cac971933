"""Queries of mentorships follow an index to the people or the time asked for, at any size."""

from collections.abc import Callable
from typing import Any

import pytest

from storage import mentorships, pairing
from storage.database import Tx
from tests.support.world import TEAM, World

QUERIES: list[tuple[Callable[..., object], tuple[object, ...]]] = [
    (mentorships.of_member, ("U0BEN",)),
    (mentorships.between, ("U0BEN", "U0KIM")),
    (mentorships.open_requests, ("U0BEN",)),
    (mentorships.room_of, ("U0KIM",)),
    (mentorships.was_mentee, ("U0BEN",)),
    (mentorships.due, (9,)),
    (mentorships.due_workspaces, ()),
    (pairing.possible_mentor, ("U0BEN", "U0KIM")),
    (pairing.possible_mentors, ("U0BEN", (1, 2))),
    (pairing.possible_mentors, ("U0BEN", ())),
]


class PlanningTx(Tx):
    """A transaction that keeps how each of its statements would be carried out."""

    plans: list[str] = []  # noqa: RUF012 - one test at a time

    def execute(self, sql: str, **values: Any) -> Any:
        plan = super().execute(f"EXPLAIN QUERY PLAN {sql}", **values)
        type(self).plans += [row["detail"] for row in plan]
        return super().execute(sql, **values)


@pytest.mark.parametrize(("query", "args"), QUERIES)
async def test_no_query_walks_a_whole_workspace(
    socket_world: World, query: Callable[..., object], args: tuple[object, ...]
) -> None:
    def planned(tx: Tx) -> list[str]:
        PlanningTx.plans = []
        query(PlanningTx(tx.db, tx.workspace, tx.now), *args)
        return PlanningTx.plans

    plans = await socket_world.app.bot.read(TEAM, planned)
    assert plans
    for step in plans:
        assert not step.startswith(("SCAN mentorships", "SCAN profiles", "SCAN members")), step
        assert not step.endswith("(workspace=?)"), step
