"""Queries about the check for patient identifiers; never about what was typed."""

from collections.abc import Iterable

from storage.database import Tx
from storage.records.identifiers import IdentifierCheck


def check(tx: Tx) -> IdentifierCheck:
    """How strictly the programme looks; it asks until somebody says otherwise."""
    found = tx.value("SELECT check_is FROM identifier_checks WHERE workspace = :workspace")
    return IdentifierCheck(found) if found else IdentifierCheck.ASK


def set_check(tx: Tx, check_is: IdentifierCheck) -> None:
    """Look as strictly as this from now on."""
    tx.execute(
        """INSERT INTO identifier_checks (workspace, check_is) VALUES (:workspace, :check_is)
           ON CONFLICT (workspace) DO UPDATE SET check_is = excluded.check_is""",
        check_is=check_is.value,
    )


def confirmed(tx: Tx, user: str, surface: str, kinds: Iterable[str]) -> None:
    """Write down who said that these kinds identify nobody, when, and in which form."""
    tx.execute(
        """INSERT INTO identifier_confirmations (workspace, user, surface, kinds, confirmed_at)
           VALUES (:workspace, :user, :surface, :kinds, :now)""",
        user=user,
        surface=surface,
        kinds=" ".join(sorted(set(kinds))),
    )


def confirmations(tx: Tx, since: int) -> int:
    """How often somebody confirmed, from `since` (UTC seconds) on."""
    return int(
        tx.value(
            """SELECT COUNT(*) FROM identifier_confirmations
                WHERE workspace = :workspace AND confirmed_at >= :since""",
            since=since,
        )
        or 0
    )
