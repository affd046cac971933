"""The ledger of who helped whom: one row a Help."""

from storage.database import Row, Tx
from storage.records import Help, HelpCategory, HelpKind, Outcome

# Who asked anonymously, and has not shown who they are, is named in no row that is read.
_HIDDEN = (
    "(SELECT asker FROM consults WHERE workspace = :workspace AND id = helps.consult_id"
    " AND anonymous AND revealed_at IS NULL)"
)
_HELP = (
    f"id, CASE WHEN helper = {_HIDDEN} THEN '' ELSE helper END AS helper,"
    f" CASE WHEN helped = {_HIDDEN} THEN '' ELSE helped END AS helped, kind, category,"
    " topic, happened_at, consult_id, minutes, outcome, learned, thanks, mentorship_id, checkin_id"
)


def add(tx: Tx, row: Help) -> None:
    """Write a Help row; one for the same consult, or check-in, and helper is left as it is."""
    tx.execute(
        """
        INSERT INTO helps (workspace, helper, helped, kind, category, topic, happened_at,
                           consult_id, minutes, outcome, learned, thanks, mentorship_id,
                           checkin_id)
        VALUES (:workspace, :helper, :helped, :kind, :category, :topic, :happened_at, :consult_id,
                :minutes, :outcome, :learned, :thanks, :mentorship_id, :checkin_id)
        ON CONFLICT DO NOTHING
        """,
        helper=row.helper,
        helped=row.helped,
        kind=row.kind,
        category=row.category,
        topic=row.topic,
        happened_at=row.happened_at,
        consult_id=row.consult_id,
        minutes=row.minutes,
        outcome=row.outcome,
        learned=row.learned,
        thanks=row.thanks,
        mentorship_id=row.mentorship_id,
        checkin_id=row.checkin_id,
    )


def tell_outcome(tx: Tx, consult_id: int, helper: str, outcome: Outcome, thanks: str) -> None:
    """Add what the asker said of it."""
    tx.execute(
        """UPDATE helps SET outcome = :outcome, thanks = NULLIF(:thanks, '')
            WHERE workspace = :workspace AND consult_id = :consult_id AND helper = :helper""",
        consult_id=consult_id,
        helper=helper,
        outcome=outcome,
        thanks=thanks,
    )


def tell_effort(tx: Tx, consult_id: int, helper: str, minutes: int | None, learned: str) -> None:
    """Add what the expert said of it."""
    tx.execute(
        """UPDATE helps SET minutes = :minutes, learned = NULLIF(:learned, '')
            WHERE workspace = :workspace AND consult_id = :consult_id AND helper = :helper""",
        consult_id=consult_id,
        helper=helper,
        minutes=minutes,
        learned=learned,
    )


def helped_others(tx: Tx, helper: str) -> int:
    """How many times they have helped somebody."""
    count: int = tx.value(
        "SELECT COUNT(*) FROM helps WHERE workspace = :workspace AND helper = :helper",
        helper=helper,
    )
    return count


def of_consult(tx: Tx, consult_id: int) -> list[Help]:
    """The Help rows of a consult, oldest first."""
    rows = tx.rows(
        f"""SELECT {_HELP} FROM helps
             WHERE workspace = :workspace AND consult_id = :consult_id ORDER BY id""",
        consult_id=consult_id,
    )
    return [_help(row) for row in rows]


def of_checkin(tx: Tx, checkin_id: int) -> list[Help]:
    """The Help rows of a check-in, oldest first."""
    rows = tx.rows(
        f"""SELECT {_HELP} FROM helps
             WHERE workspace = :workspace AND checkin_id = :checkin_id ORDER BY id""",
        checkin_id=checkin_id,
    )
    return [_help(row) for row in rows]


def tell_minutes(tx: Tx, checkin_id: int, minutes: int) -> None:
    """Add how long a check-in took, now that somebody has said that it took place."""
    tx.execute(
        """UPDATE helps SET minutes = :minutes
            WHERE workspace = :workspace AND checkin_id = :checkin_id""",
        checkin_id=checkin_id,
        minutes=minutes,
    )


def take_back(tx: Tx, checkin_id: int) -> None:
    """A check-in that counted as held did not take place: nobody helped."""
    tx.execute(
        "DELETE FROM helps WHERE workspace = :workspace AND checkin_id = :checkin_id",
        checkin_id=checkin_id,
    )


def _help(row: Row) -> Help:
    values = dict(row)
    return Help(
        **{
            **values,
            "kind": HelpKind(values["kind"]),
            "category": HelpCategory(values["category"]),
            "outcome": Outcome(values["outcome"]) if values["outcome"] else None,
        }
    )
