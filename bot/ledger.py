"""The ledger: every help writes a row of who helped whom."""

from collections.abc import Sequence

from bot import inviting
from storage import ledger
from storage.database import Tx
from storage.records import Consult, Help, HelpCategory, HelpKind, Topic
from storage.records.checkins import Checkin
from storage.records.mentorships import Mentorship, MentorshipKind


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


def met(tx: Tx, checkin: Checkin, mentorship: Mentorship, *, minutes: int | None) -> None:
    """Write the Help row of a check-in that took place; a second time only adds the minutes.

    The mentor has helped the mentee; where the two learn from one another, each the other.
    `minutes` None: nobody has said how long it took, or that it did.
    """
    pairs = [(mentorship.mentor, mentorship.mentee)]
    if (
        mentorship.category is HelpCategory.TRANSFORMATIONAL
        or mentorship.kind is MentorshipKind.SWAP
    ):
        pairs.append((mentorship.mentee, mentorship.mentor))
    for helper, helped in pairs:
        ledger.add(
            tx,
            Help(
                id=0,
                helper=helper,
                helped=helped,
                kind=mentorship.help_kind,
                category=mentorship.category,
                topic=None,
                happened_at=checkin.starts_at,
                minutes=minutes,
                mentorship_id=mentorship.id,
                checkin_id=checkin.id,
            ),
        )
        inviting.after_help(tx, helper)
    if minutes is not None:
        ledger.tell_minutes(tx, checkin.id, minutes)


def did_not_meet(tx: Tx, checkin: Checkin) -> None:
    """Take back what a check-in wrote that, as is now known, did not take place."""
    ledger.take_back(tx, checkin.id)
