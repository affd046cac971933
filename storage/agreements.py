"""Queries about agreements: the versions of a mentorship's contract, and who has signed which."""

from storage.database import Row, Tx
from storage.records import HelpCategory
from storage.records.mentorships import Agreement, CheckinRhythm, Terms

_COLUMNS = (
    "mentorship_id, version, objectives, mentee_does, mentor_does, boundaries, rhythm, months,"
    " feedback, category, ending, proposed_by, proposed_at, mentee_signed_at, mentor_signed_at"
)
_TERMS = (
    "objectives", "mentee_does", "mentor_does", "boundaries", "rhythm", "months", "feedback",
    "category", "ending",
)  # fmt: skip


def add(tx: Tx, mentorship_id: int, version: int, terms: Terms, proposed_by: str) -> bool:
    """Store a version that nobody has signed yet; False if there is one of this number."""
    return (
        tx.execute(
            """
            INSERT INTO agreements (workspace, mentorship_id, version, objectives, mentee_does,
                                    mentor_does, boundaries, rhythm, months, feedback, category,
                                    ending, proposed_by, proposed_at)
            VALUES (:workspace, :mentorship_id, :version, :objectives, :mentee_does,
                    :mentor_does, :boundaries, :rhythm, :months, :feedback, :category,
                    :ending, :proposed_by, :now)
            ON CONFLICT DO NOTHING
            """,
            mentorship_id=mentorship_id,
            version=version,
            proposed_by=proposed_by,
            **{name: getattr(terms, name) for name in _TERMS},
        ).rowcount
        == 1
    )


def get(tx: Tx, mentorship_id: int, version: int) -> Agreement | None:
    """The version of this number, if there is one in this workspace."""
    row = tx.row(
        f"""SELECT {_COLUMNS} FROM agreements WHERE workspace = :workspace
             AND mentorship_id = :mentorship_id AND version = :version""",
        mentorship_id=mentorship_id,
        version=version,
    )
    return _agreement(row) if row else None


def latest(tx: Tx, mentorship_id: int) -> Agreement | None:
    """The newest version, signed or not; None while nobody has written one."""
    row = tx.row(
        f"""SELECT {_COLUMNS} FROM agreements WHERE workspace = :workspace
             AND mentorship_id = :mentorship_id ORDER BY version DESC LIMIT 1""",
        mentorship_id=mentorship_id,
    )
    return _agreement(row) if row else None


def first_signed(tx: Tx, mentorship_id: int) -> int | None:
    """The first version that both have signed; None while there is none."""
    version: int | None = tx.value(
        """SELECT MIN(version) FROM agreements WHERE workspace = :workspace
            AND mentorship_id = :mentorship_id
            AND mentee_signed_at IS NOT NULL AND mentor_signed_at IS NOT NULL""",
        mentorship_id=mentorship_id,
    )
    return version


def sign(tx: Tx, mentorship_id: int, version: int, *, as_mentee: bool) -> None:
    """Note that one of the two has signed; signing twice changes nothing."""
    side = "mentee_signed_at" if as_mentee else "mentor_signed_at"
    tx.execute(
        f"""UPDATE agreements SET {side} = COALESCE({side}, :now)
             WHERE workspace = :workspace AND mentorship_id = :mentorship_id
               AND version = :version""",
        mentorship_id=mentorship_id,
        version=version,
    )


def holds(tx: Tx, mentorship_id: int, version: int) -> None:
    """From now on this version is what the two have agreed."""
    tx.execute(
        """
        UPDATE mentorships SET version = :version,
               category = (SELECT category FROM agreements
                            WHERE agreements.workspace = mentorships.workspace
                              AND agreements.mentorship_id = mentorships.id
                              AND agreements.version = :version)
         WHERE workspace = :workspace AND id = :mentorship_id
        """,
        mentorship_id=mentorship_id,
        version=version,
    )


def amend(
    tx: Tx,
    mentorship_id: int,
    *,
    rhythm: CheckinRhythm,
    months: int | None,
    ends_at: int | None,
) -> None:
    """Give a mentorship that is under way another rhythm and another end."""
    tx.execute(
        """
        UPDATE mentorships SET rhythm = :rhythm, months = :months, ends_at = :ends_at
         WHERE workspace = :workspace AND id = :mentorship_id
        """,
        mentorship_id=mentorship_id,
        rhythm=rhythm,
        months=months,
        ends_at=ends_at,
    )


def _agreement(row: Row) -> Agreement:
    values = dict(row)
    terms = {name: values.pop(name) for name in _TERMS}
    terms["rhythm"] = CheckinRhythm(terms["rhythm"])
    terms["category"] = HelpCategory(terms["category"])
    return Agreement(terms=Terms(**terms), **values)
