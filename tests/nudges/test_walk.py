"""The laws once more, through the store: generated weeks of wishes, clicks and late deliveries.

The delivery is played: what the outbox has to show is posted now, later, or never.
"""

import sqlite3
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot import nudges
from bot.authority import Actor
from bot.rules.disturbance import WEEK, Because, Snooze
from bot.rules.nudges import STANDS_FOR, Thing
from storage import nudges as queries
from storage import outbox
from storage.database import Tx
from storage.migrations import migrations
from storage.records import WorkingHours
from storage.records.nudges import NudgeKind, NudgeState
from tests.nudges.weeks import DAY, HOUR, MONDAY, works

BEN = Actor("U0BEN")
STEP = HOUR
HOURS = WorkingHours()


def fresh() -> Database:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.row_factory = sqlite3.Row
    db = Database(conn)
    migrations.apply(db)
    return db


class Walk:
    """A person's weeks. `posted`: when each key reached them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.posted: dict[str, int] = {}
        self.on_the_way: dict[str, int] = {}

    def tx(self, now: int) -> Tx:
        return Tx(self.db, "T0", now)

    def step(self, now: int, late: int) -> None:
        """The clock's tick, and the delivery of what is there, `late` seconds after."""
        tx = self.tx(now)
        while people := queries.due_people(tx, 9):
            nudges.send_to(tx, people)
        for row in tx.rows("SELECT key FROM outbox WHERE state = 'pending'"):
            self.on_the_way.setdefault(row["key"], now + late)
        for key, at in list(self.on_the_way.items()):
            if at <= now:
                del self.on_the_way[key]
                self.deliver(tx, key)

    def deliver(self, tx: Tx, key: str) -> None:
        """As the delivery does: look again, then post and note where it stands."""
        tx.execute("UPDATE outbox SET state = 'sent' WHERE key = :key", key=key)
        nudge = nudges.of_key(tx, key)
        if outbox.may_stand(tx, key) or nudge is None or nudge.state is not NudgeState.SENT:
            return
        if nudge.about == GONE:
            nudges.unsaid(tx, key, Because.NO_LONGER)
        elif not nudges.may_go_out(tx, nudge):
            nudges.unsaid(tx, key, None)
        else:
            nudges.reaches(tx, key)
            tx.execute("UPDATE outbox SET channel = 'D', ts = '1' WHERE key = :key", key=key)
            assert key not in self.posted, "twice for the same thing"
            assert works(HOURS, tx.now), "outside of hours"
            self.posted[key] = tx.now

    def does(self, now: int, what: str, pick: int, kind: NudgeKind) -> None:
        """Its reader clicks one of what stands, or turns a kind on or off."""
        tx = self.tx(now)
        standing = [each for each in (nudges.of_key(tx, key) for key in self.posted) if each]
        if what in ("off", "on"):
            nudges.choose(tx, BEN, kind, wanted=what == "on")
        elif standing:
            nudge = standing[pick % len(standing)]
            if nudge.thing == Thing.KEEP:
                nudges.answer_keep(tx, BEN, nudge.id, keep=bool(pick % 3))
            elif what == "heed":
                nudges.heeded(tx, Thing(nudge.thing), nudge.about, BEN.user)
            elif what == "snooze":
                nudges.snooze(tx, BEN, nudge.id, list(Snooze)[pick % 2])
            elif what == "done":
                nudges.done(tx, BEN, nudge.id)
            elif what == "stop":
                nudges.stop_kind(tx, BEN, nudge.id)


GONE = 3  # what is about this does not apply by the time it is drawn
wishes = st.lists(
    st.tuples(
        st.integers(0, 3 * WEEK // STEP),
        st.sampled_from(sorted(STANDS_FOR)),
        st.integers(1, 4),
        st.integers(HOUR, 2 * WEEK),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=30,
)
clicks = st.lists(
    st.tuples(
        st.integers(0, 4 * WEEK // STEP),
        st.sampled_from(["heed", "snooze", "done", "stop", "off", "on", "on"]),
        st.integers(0, 9),
        st.sampled_from(NudgeKind),
    ),
    max_size=20,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wishes, clicks, st.sampled_from([0, HOUR, 5 * HOUR]))
def test_through_the_store_no_rule_is_broken(
    wanted: list[Any], clicked: list[Any], late: int
) -> None:
    walk = Walk(fresh())
    for step in range(7 * WEEK // STEP):
        now = MONDAY + step * STEP
        for at, thing, about, lasts, occasion in wanted:
            if at == step:
                nudges.want(
                    walk.tx(now), BEN.user, Thing(thing), about,
                    until=now + lasts, occasion=occasion,
                )  # fmt: skip
        for at, what, pick, kind in clicked:
            if at == step:
                walk.does(now, what, pick, kind)
        walk.step(now, late)
    times = sorted(walk.posted.values())
    assert all(fourth - first >= WEEK for first, fourth in zip(times, times[3:], strict=False))
    keeps = [at for key, at in walk.posted.items() if key.startswith(Thing.KEEP)]
    assert all(second > first for first, second in pairwise(sorted(keeps)))
    end = walk.tx(MONDAY + 7 * WEEK)
    for row in end.rows("SELECT * FROM nudges"):
        keep = row["thing"] == Thing.KEEP
        assert row["state"] != "waiting" or keep, "waits for ever"
        assert row["state"] != "dropped" or (row["because"] and row["sent_at"] is None)
        assert row["state"] == "dropped" or row["sent_at"] is not None or keep
        assert not (row["about"] == GONE and row["sent_at"] and not keep), "no longer applied"
    assert queries.sent_since(end, BEN.user, 0, besides=0) == times


def test_the_days_of_the_walk_are_working_days() -> None:
    assert works(HOURS, MONDAY + 9 * HOUR)
    assert not works(HOURS, MONDAY + 5 * DAY + 9 * HOUR)
