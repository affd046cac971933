"""The ledger: every help writes a row of who helped whom."""

from collections.abc import Sequence

from bot.mentorships import inviting
from storage import ledger
from storage.database import Tx
from storage.records import Consult, Help, HelpCategory, HelpKind, Topic


def led(tx: Tx, *, helper: str, helped: str, topics: Sequence[Topic]) -> None:
    """Write the Help row of a session that `helper` led and `helped` took part in."""
    ledger.add(
        tx,
        Help(
            id=0,
            helper=helper,
            helped=helped,
            kind=HelpKind.PEER,
            category=HelpCategory.TRANSFORMATIONAL,
            topic=topics[0].name if topics else None,
            happened_at=tx.now,
        ),
    )
    inviting.after_help(tx, helper)


def add(tx: Tx, *, helper: str, helped: str, category: HelpCategory, consult: Consult) -> None:
    """Write the Help row of a consult for `helper`; a second one changes nothing."""
    ledger.add(
        tx,
        Help(
            id=0,
            helper=helper,
            helped=helped,
            kind=HelpKind.SPOT,
            category=category,
            topic=consult.topics[0].name if consult.topics else None,
            happened_at=tx.now,
            consult_id=consult.id,
            outcome=consult.outcome,
        ),
    )
    inviting.after_help(tx, helper)
