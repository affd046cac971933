"""Queries about nudges: what is due to be said to whom, once, why it was not, and what is off."""

from storage.database import Row, Tx
from storage.records.nudges import KindChoice, KindState, Nudge, NudgeKind, NudgeState

_COLUMNS = (
    "id, user, thing, kind, about, occasion, state, importance, until, due_at, because, sent_at,"
    " heeded_at"
)


def add(tx: Tx, wanted: Nudge) -> bool:
    """Have it said once; False if it was wanted before, whatever became of it."""
    return (
        tx.execute(
            """
            INSERT INTO nudges (workspace, user, thing, kind, about, occasion, importance, due_at,
                                until)
            VALUES (:workspace, :user, :thing, :kind, :about, :occasion, :importance, :due_at,
                    :until)
            ON CONFLICT DO NOTHING
            """,
            user=wanted.user,
            thing=wanted.thing,
            kind=wanted.kind,
            about=wanted.about,
            occasion=wanted.occasion,
            importance=wanted.importance,
            due_at=wanted.due_at,
            until=wanted.until,
        ).rowcount
        == 1
    )


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a nudge is due; those of the longest due, as of consults."""
    rows = tx.rows(
        """SELECT DISTINCT workspace FROM (SELECT workspace FROM nudges WHERE due_at <= :now
                                            ORDER BY due_at LIMIT 1000) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When the next nudge of any workspace is due."""
    due: int | None = tx.value("SELECT MIN(due_at) FROM nudges WHERE due_at IS NOT NULL")
    return due


def due_people(tx: Tx, limit: int) -> list[str]:
    """Whom something is due to be said, the longest waiting first."""
    rows = tx.rows(
        """SELECT user, MIN(due_at) AS since FROM nudges
            WHERE workspace = :workspace AND due_at <= :now
            GROUP BY user ORDER BY since, user LIMIT :limit""",
        limit=limit,
    )
    return [row["user"] for row in rows]


def due(tx: Tx, user: str, limit: int) -> list[Nudge]:
    """What is due to be said to them, the most important first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND state = 'waiting'
               AND due_at <= :now ORDER BY importance, due_at, id LIMIT :limit""",
        user=user,
        limit=limit,
    )
    return [_nudge(row) for row in rows]


def get(tx: Tx, nudge_id: int) -> Nudge | None:
    """The nudge of this id, if it is in this workspace."""
    row = tx.row(
        f"SELECT {_COLUMNS} FROM nudges WHERE workspace = :workspace AND id = :id", id=nudge_id
    )
    return _nudge(row) if row else None


def find(tx: Tx, user: str, thing: str, about: int, occasion: int) -> Nudge | None:
    """The nudge for just this; None if it was never wanted."""
    row = tx.row(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND thing = :thing AND about = :about
               AND occasion = :occasion""",
        user=user,
        thing=thing,
        about=about,
        occasion=occasion,
    )
    return _nudge(row) if row else None


def waiting_of(tx: Tx, user: str, limit: int) -> list[Nudge]:
    """What waits to be said to them, the next first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND state = 'waiting'
             ORDER BY due_at, importance, id LIMIT :limit""",
        user=user,
        limit=limit,
    )
    return [_nudge(row) for row in rows]


def sent_since(tx: Tx, user: str, since: int) -> list[int]:
    """When something was said to them after `since`, oldest first."""
    rows = tx.rows(
        """SELECT sent_at FROM nudges WHERE workspace = :workspace AND user = :user
            AND sent_at > :since ORDER BY sent_at""",
        user=user,
        since=since,
    )
    return [row["sent_at"] for row in rows]


def last_sent(tx: Tx, user: str, kind: NudgeKind, things: list[str], limit: int) -> list[Nudge]:
    """The last nudges of a kind that were said to them, of these things alone, newest first."""
    names = {f"thing{number}": thing for number, thing in enumerate(things)}
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND kind = :kind
               AND sent_at IS NOT NULL AND thing IN ({", ".join(f":{name}" for name in names)})
             ORDER BY sent_at DESC, id DESC LIMIT :limit""",
        user=user,
        kind=kind,
        limit=limit,
        **names,
    )
    return [_nudge(row) for row in rows]


def hold(tx: Tx, nudge: Nudge, due_at: int, because: str) -> None:
    """Put it off, with the reason."""
    _settle(tx, nudge, NudgeState.WAITING, due_at, because)


def sent(tx: Tx, nudge: Nudge) -> None:
    """It is on its way."""
    _settle(tx, nudge, NudgeState.SENT, None, None)
    tx.execute(
        "UPDATE nudges SET sent_at = :now WHERE workspace = :workspace AND id = :id", id=nudge.id
    )


def drop(tx: Tx, nudge: Nudge, because: str) -> None:
    """It will never be said, with the reason."""
    _settle(tx, nudge, NudgeState.DROPPED, None, because)


def snoozed(tx: Tx, nudge: Nudge) -> None:
    """It was said and is to be said again later; another row stands for that."""
    _settle(tx, nudge, NudgeState.SNOOZED, None, None)


def _settle(
    tx: Tx, nudge: Nudge, state: NudgeState, due_at: int | None, because: str | None
) -> None:
    tx.execute(
        """UPDATE nudges SET state = :state, due_at = :due_at, because = :because
            WHERE workspace = :workspace AND id = :id""",
        id=nudge.id,
        state=state,
        due_at=due_at,
        because=because,
    )


def drop_about(  # noqa: PLR0913, PLR0917 - what is dropped is named by these
    tx: Tx,
    thing: str,
    about: int,
    because: str,
    user: str | None = None,
    occasion: int | None = None,
) -> None:
    """What waits of this thing and about this (for `user`, of an `occasion`; None: any) is over."""
    tx.execute(
        """UPDATE nudges SET state = 'dropped', due_at = NULL, because = :because
            WHERE workspace = :workspace AND thing = :thing AND about = :about
              AND (:user IS NULL OR user = :user)
              AND (:occasion IS NULL OR occasion = :occasion) AND state = 'waiting'""",
        thing=thing,
        about=about,
        because=because,
        user=user,
        occasion=occasion,
    )


def drop_kind(tx: Tx, user: str, kind: NudgeKind, because: str) -> None:
    """Nothing of this kind that waits is said to them."""
    tx.execute(
        """UPDATE nudges SET state = 'dropped', due_at = NULL, because = :because
            WHERE workspace = :workspace AND user = :user AND kind = :kind AND state = 'waiting'""",
        user=user,
        kind=kind,
        because=because,
    )


def due_again(tx: Tx, user: str, kind: NudgeKind) -> None:
    """What was held of this kind is looked at again now."""
    tx.execute(
        """UPDATE nudges SET due_at = :now
            WHERE workspace = :workspace AND user = :user AND kind = :kind
              AND state = 'waiting' AND because IS NOT NULL AND due_at > :now""",
        user=user,
        kind=kind,
    )


def heeded(tx: Tx, thing: str, about: int, user: str, occasion: int | None = None) -> None:
    """They did something about it."""
    tx.execute(
        """UPDATE nudges SET heeded_at = COALESCE(heeded_at, :now)
            WHERE workspace = :workspace AND thing = :thing AND about = :about AND user = :user
              AND (:occasion IS NULL OR occasion = :occasion) AND sent_at IS NOT NULL""",
        thing=thing,
        about=about,
        user=user,
        occasion=occasion,
    )


def choices_of(tx: Tx, user: str) -> dict[NudgeKind, KindChoice]:
    """What they have said, or were asked, of each kind; kinds without a word are not in it."""
    rows = tx.rows(
        """SELECT kind, state, since FROM nudge_kinds
            WHERE workspace = :workspace AND user = :user""",
        user=user,
    )
    return {
        NudgeKind(row["kind"]): KindChoice(KindState(row["state"]), row["since"]) for row in rows
    }


def choose(tx: Tx, user: str, kind: NudgeKind, state: KindState) -> None:
    """Note how a kind stands with them from now on."""
    tx.execute(
        """
        INSERT INTO nudge_kinds (workspace, user, kind, state, since)
        VALUES (:workspace, :user, :kind, :state, :now)
        ON CONFLICT (workspace, user, kind)
        DO UPDATE SET state = excluded.state, since = excluded.since
        """,
        user=user,
        kind=kind,
        state=state,
    )


def why(
    tx: Tx, user: str, thing: str, about: int, occasion: int = 0
) -> tuple[str, str | None] | None:
    """What became of it, and why; None if it was never wanted."""
    found = find(tx, user, thing, about, occasion)
    return (found.state, found.because) if found else None


def _nudge(row: Row) -> Nudge:
    values = dict(row)
    return Nudge(
        **{
            **values,
            "kind": NudgeKind(values["kind"]),
            "state": NudgeState(values["state"]),
        }
    )
