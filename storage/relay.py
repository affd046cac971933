"""Queries about what an anonymous asker and their expert say to each other through the bot."""

from storage.database import Row, Tx
from storage.records.relay import Notice, Relayed, Side

_RELAYED = "id, consult_id, expert, side, channel, ts, version, words, deleted, notice, kinds"


def keep(tx: Tx, said: Relayed) -> Relayed | None:
    """Store a message, or its newer wording; gives it as stored.

    None, and nothing is changed, if this wording or a newer one is known, or that it was deleted:
    what Slack tells twice, late or out of order counts once. Its `id` is given by the store.
    """
    row = tx.row(
        f"""
        INSERT INTO relayed (workspace, consult_id, expert, side, channel, ts, version, words,
                             deleted, notice, kinds, said_at)
        VALUES (:workspace, :consult_id, :expert, :side, :channel, :ts, :version, :words, :deleted,
                :notice, :kinds, :now)
        ON CONFLICT (workspace, channel, ts) DO UPDATE SET version = excluded.version,
            words = excluded.words, deleted = excluded.deleted, notice = excluded.notice,
            kinds = excluded.kinds
         WHERE relayed.version < excluded.version
        RETURNING {_RELAYED}
        """,
        consult_id=said.consult_id,
        expert=said.expert,
        side=said.side,
        channel=said.channel,
        ts=said.ts,
        version=said.version,
        words=said.words,
        deleted=said.deleted,
        notice=said.notice,
        kinds=" ".join(said.kinds),
    )
    return _relayed(row) if row else None


def get(tx: Tx, relayed_id: int) -> Relayed | None:
    """The message of this id in this workspace."""
    row = tx.row(
        f"SELECT {_RELAYED} FROM relayed WHERE workspace = :workspace AND id = :relayed_id",
        relayed_id=relayed_id,
    )
    return _relayed(row) if row else None


def written_at(tx: Tx, channel: str, ts: str) -> Relayed | None:
    """The message that its author wrote there."""
    row = tx.row(
        f"""SELECT {_RELAYED} FROM relayed
             WHERE workspace = :workspace AND channel = :channel AND ts = :ts""",
        channel=channel,
        ts=ts,
    )
    return _relayed(row) if row else None


def has_written(tx: Tx, consult_id: int, expert: str, side: Side) -> bool:
    """Whether this one of the two has said anything yet."""
    return bool(
        tx.value(
            """SELECT 1 FROM relayed WHERE workspace = :workspace AND consult_id = :consult_id
                AND expert = :expert AND side = :side LIMIT 1""",
            consult_id=consult_id,
            expert=expert,
            side=side,
        )
    )


def confirm(tx: Tx, relayed_id: int) -> bool:
    """Its author says now that what was found identifies nobody; False if that was not asked."""
    return (
        tx.execute(
            """UPDATE relayed SET notice = 'confirmed', said_at = :now
                WHERE workspace = :workspace AND id = :relayed_id AND notice = 'asked'""",
            relayed_id=relayed_id,
        ).rowcount
        == 1
    )


def confirmed(tx: Tx, said: Relayed, since: int) -> frozenset[str]:
    """The kinds of which the author of `said` has confirmed since then that they identify nobody.

    What they confirmed in another conversation does not count.
    """
    rows = tx.rows(
        """SELECT kinds FROM relayed WHERE workspace = :workspace AND consult_id = :consult_id
            AND expert = :expert AND side = :side AND notice = 'confirmed' AND said_at >= :since""",
        consult_id=said.consult_id,
        expert=said.expert,
        side=said.side,
        since=since,
    )
    return frozenset(kind for row in rows for kind in row["kinds"].split())


def _relayed(row: Row) -> Relayed:
    values = dict(row)
    return Relayed(
        **{
            **values,
            "side": Side(values["side"]),
            "deleted": bool(values["deleted"]),
            "notice": Notice(values["notice"]) if values["notice"] else None,
            "kinds": tuple(values["kinds"].split()),
        }
    )
