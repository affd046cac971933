"""Queries about nudges: what is due to be said to whom, once, why it was not, and what is off."""

from collections.abc import Collection

from storage.database import Row, Tx
from storage.records.nudges import KindChoice, KindState, Nudge, NudgeKind, NudgeState

_COLUMNS = (
    "id, user, thing, kind, about, occasion, round, state, importance, until, due_at, look_at,"
    " because, sent_at, heeded_at"
)
_LOOKED_AT = 1000  # rows that are due, from which workspaces and people are taken


def add(tx: Tx, wanted: Nudge, again_if: str) -> bool:
    """Have it said once; False if it was wanted before.

    One that was dropped unsaid because of `again_if` waits again.
    """
    return (
        tx.execute(
            """
            INSERT INTO nudges (workspace, user, thing, kind, about, occasion, round, importance,
                                due_at, look_at, until)
            VALUES (:workspace, :user, :thing, :kind, :about, :occasion, :round, :importance,
                    :due_at, :due_at, :until)
            ON CONFLICT (workspace, thing, about, user, occasion, round) DO UPDATE
               SET state = 'waiting', because = NULL, due_at = excluded.due_at,
                   look_at = excluded.look_at, until = excluded.until
             WHERE nudges.state = 'dropped' AND nudges.because = :again_if
            """,
            user=wanted.user,
            thing=wanted.thing,
            kind=wanted.kind,
            about=wanted.about,
            occasion=wanted.occasion,
            round=wanted.round,
            importance=wanted.importance,
            due_at=wanted.due_at,
            until=wanted.until,
            again_if=again_if,
        ).rowcount
        == 1
    )


def put_off(tx: Tx, thing: str, about: int, due_at: int) -> None:
    """What waits of this thing about this is not said before `due_at`; it stays worth as long."""
    tx.execute(
        """UPDATE nudges SET until = until + :due_at - due_at, due_at = :due_at, look_at = :due_at
            WHERE workspace = :workspace AND thing = :thing AND about = :about
              AND state = 'waiting' AND due_at < :due_at""",
        thing=thing,
        about=about,
        due_at=due_at,
    )


def due_workspaces(tx: Tx) -> list[str]:
    """The workspaces in which a nudge is to be decided about; those of the longest due."""
    rows = tx.rows(
        f"""SELECT DISTINCT workspace FROM (SELECT workspace FROM nudges WHERE look_at <= :now
                                            ORDER BY look_at LIMIT {_LOOKED_AT}) AS due"""
    )
    return [row[0] for row in rows]


def next_due(tx: Tx) -> int | None:
    """When a nudge of any workspace is next to be decided about."""
    due: int | None = tx.value("SELECT MIN(look_at) FROM nudges WHERE look_at IS NOT NULL")
    return due


def due_people(tx: Tx, limit: int) -> list[str]:
    """About whose nudges is to be decided, the longest waiting first."""
    rows = tx.rows(
        f"""SELECT user, MIN(look_at) AS since
              FROM (SELECT user, look_at FROM nudges
                     WHERE workspace = :workspace AND look_at <= :now
                     ORDER BY look_at LIMIT {_LOOKED_AT}) AS due
             GROUP BY user ORDER BY since, user LIMIT :limit""",
        limit=limit,
    )
    return [row["user"] for row in rows]


def due(tx: Tx, user: str) -> list[Nudge]:
    """All that is due to be said to them, held back or not."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND state = 'waiting'
               AND due_at <= :now ORDER BY due_at, id""",
        user=user,
    )
    return [_nudge(row) for row in rows]


def get(tx: Tx, nudge_id: int) -> Nudge | None:
    """The nudge of this id, if it is in this workspace."""
    row = tx.row(
        f"SELECT {_COLUMNS} FROM nudges WHERE workspace = :workspace AND id = :id", id=nudge_id
    )
    return _nudge(row) if row else None


def find(tx: Tx, user: str, thing: str, about: int, occasion: int) -> Nudge | None:
    """The nudge for just this, the last of its rounds; None if it was never wanted."""
    found = rounds(tx, user, thing, about, occasion)
    return found[-1] if found else None


def last_occasion(tx: Tx, user: str, thing: str) -> int | None:
    """The latest occasion on which something was to be said to them; None if it never was."""
    last: int | None = tx.value(
        """SELECT MAX(occasion) FROM nudges
            WHERE workspace = :workspace AND user = :user AND thing = :thing""",
        user=user,
        thing=thing,
    )
    return last


def rounds(tx: Tx, user: str, thing: str, about: int, occasion: int) -> list[Nudge]:
    """The nudge for just this, and what it was snoozed to, in order."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND thing = :thing AND about = :about
               AND occasion = :occasion ORDER BY round""",
        user=user,
        thing=thing,
        about=about,
        occasion=occasion,
    )
    return [_nudge(row) for row in rows]


def unsettled(tx: Tx, thing: str, about: int, user: str | None) -> list[Nudge]:
    """What waits or was sent of this thing about this (for `user`; None: for anybody)."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND thing = :thing AND about = :about
               AND (:user IS NULL OR user = :user) AND state IN ('waiting', 'sent') ORDER BY id""",
        thing=thing,
        about=about,
        user=user,
    )
    return [_nudge(row) for row in rows]


def of_kind(tx: Tx, user: str, kind: NudgeKind, state: NudgeState) -> list[Nudge]:
    """Theirs of a kind that are in this state."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND state = :state AND kind = :kind
             ORDER BY id""",
        user=user,
        kind=kind,
        state=state,
    )
    return [_nudge(row) for row in rows]


def waiting_of(tx: Tx, user: str, limit: int) -> list[Nudge]:
    """What waits to be said to them, the next first."""
    rows = tx.rows(
        f"""SELECT {_COLUMNS} FROM nudges
             WHERE workspace = :workspace AND user = :user AND state = 'waiting'
             ORDER BY look_at, importance, id LIMIT :limit""",
        user=user,
        limit=limit,
    )
    return [_nudge(row) for row in rows]


def sent_since(tx: Tx, user: str, since: int, *, besides: int) -> list[int]:
    """When something was said to them after `since`, oldest first; the nudge `besides` left out."""
    rows = tx.rows(
        """SELECT sent_at FROM nudges WHERE workspace = :workspace AND user = :user
            AND sent_at > :since AND id <> :besides ORDER BY sent_at""",
        user=user,
        since=since,
        besides=besides,
    )
    return [row["sent_at"] for row in rows]


def unanswered(
    tx: Tx, user: str, kind: NudgeKind, things: Collection[str], limit: int
) -> list[int]:
    """When those of a kind were said that they did nothing about, of these things, newest first."""
    names = {f"thing{number}": thing for number, thing in enumerate(sorted(things))}
    rows = tx.rows(
        f"""SELECT sent_at FROM nudges
             WHERE workspace = :workspace AND user = :user AND kind = :kind
               AND sent_at IS NOT NULL AND heeded_at IS NULL
               AND thing IN ({", ".join(f":{name}" for name in names)})
             ORDER BY sent_at DESC LIMIT :limit""",
        user=user,
        kind=kind,
        limit=limit,
        **names,
    )
    return [row["sent_at"] for row in rows]


def answered_at(tx: Tx, user: str, kind: NudgeKind) -> int:
    """When they last did something about a nudge of this kind; 0 if they never did."""
    last: int = tx.value(
        """SELECT COALESCE(MAX(heeded_at), 0) FROM nudges
            WHERE workspace = :workspace AND user = :user AND kind = :kind
              AND sent_at IS NOT NULL""",
        user=user,
        kind=kind,
    )
    return last


def hold(tx: Tx, nudge: Nudge, until: int, because: str) -> None:
    """Put it off, with the reason."""
    _settle(tx, nudge, NudgeState.WAITING, because, look_at=until)


def wait_again(tx: Tx, nudge: Nudge) -> None:
    """It was sent and never arrived: decide about it anew."""
    _settle(tx, nudge, NudgeState.WAITING, None, look_at=tx.now)
    _said(tx, nudge, None)


def sent(tx: Tx, nudge: Nudge) -> None:
    """It is on its way, or arrives just now."""
    _settle(tx, nudge, NudgeState.SENT, None)
    _said(tx, nudge, tx.now)


def drop(tx: Tx, nudge: Nudge, because: str) -> None:
    """It will never be said, with the reason."""
    _settle(tx, nudge, NudgeState.DROPPED, because)
    _said(tx, nudge, None)


def settle(tx: Tx, nudge: Nudge, state: NudgeState) -> None:
    """It was said, and this is what its reader has made of it."""
    _settle(tx, nudge, state, None)


def _settle(
    tx: Tx, nudge: Nudge, state: NudgeState, because: str | None, look_at: int | None = None
) -> None:
    tx.execute(
        """UPDATE nudges SET state = :state, look_at = :look_at, because = :because
            WHERE workspace = :workspace AND id = :id""",
        id=nudge.id,
        state=state,
        look_at=look_at,
        because=because,
    )


def _said(tx: Tx, nudge: Nudge, sent_at: int | None) -> None:
    tx.execute(
        "UPDATE nudges SET sent_at = :sent_at WHERE workspace = :workspace AND id = :id",
        id=nudge.id,
        sent_at=sent_at,
    )


def look_again(tx: Tx, user: str, kind: NudgeKind | None = None) -> None:
    """What is held from them, of this kind or (None) of any, is decided about anew now."""
    tx.execute(
        """UPDATE nudges SET look_at = :now
            WHERE workspace = :workspace AND user = :user AND (:kind IS NULL OR kind = :kind)
              AND state = 'waiting' AND due_at <= :now""",
        user=user,
        kind=kind,
    )


def heeded(tx: Tx, thing: str, about: int, user: str, occasion: int | None = None) -> None:
    """They did something about it, on this occasion or (None) on any."""
    tx.execute(
        """UPDATE nudges SET heeded_at = COALESCE(heeded_at, :now)
            WHERE workspace = :workspace AND thing = :thing AND about = :about AND user = :user
              AND (:occasion IS NULL OR occasion = :occasion) AND sent_at IS NOT NULL""",
        thing=thing,
        about=about,
        user=user,
        occasion=occasion,
    )


def was_heeded(tx: Tx, thing: str, about: int, user: str, occasion: int) -> bool:
    """Whether they did something about it on this occasion."""
    found = find(tx, user, thing, about, occasion)
    return found is not None and found.heeded_at is not None


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
