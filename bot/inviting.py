"""Invitations that grow out of helping: an informal mentorship, becoming an expert."""

from functools import cache
from importlib import resources

from bot import nudges
from bot.nudges import Thing
from bot.rules.mentorships import months_later
from storage import consults, ledger, members, mentorships
from storage.database import Tx
from storage.records import Consult
from storage.records.mentorships import Mentorship, MentorshipKind

DAY = 24 * 3600
# product.md, sections 1.5 and 3.7
CONSULTS_TOGETHER = 3
HELPED_OTHERS = 5
YEAR = 12  # months
# How long an invitation is worth saying.
INVITED_FOR = 28 * DAY
# Somebody is invited to be an expert once in all: there is nothing that it is about.
ONCE = 0
STARTER = "data/starter.md"


def after_consult(tx: Tx, consult: Consult) -> None:
    """Offer the asker an informal mentorship after the third consult of the same two.

    Those of which the expert does not know whose they were do not count.
    """
    if consult.hidden or consult.expert is None:
        return
    if not could_be_together(tx, consult.asker, consult.expert):
        return
    if len(consults.closed_between(tx, consult.asker, consult.expert)) == CONSULTS_TOGETHER:
        nudges.want(tx, consult.asker, Thing.INFORMAL_OFFER, consult.id, until=tx.now + INVITED_FOR)


def taken_up(tx: Tx, user: str, colleague: str) -> None:
    """Whoever was offered an informal mentorship with the colleague has asked for it."""
    for consult_id in consults.closed_between(tx, user, colleague):
        nudges.heeded(tx, Thing.INFORMAL_OFFER, consult_id, user)


def could_be_together(tx: Tx, asker: str, expert: str) -> bool:
    """Whether neither keeps apart from the other, and they have nothing of the kind yet."""
    kinds = (MentorshipKind.FORMAL, MentorshipKind.INFORMAL)
    together = any(each.kind in kinds for each in mentorships.between(tx, asker, expert))
    member = members.get(tx, expert)
    here = member is not None and not (member.guest or member.bot or member.deactivated)
    return here and not together and not members.kept_apart(tx, asker, expert)


def after_help(tx: Tx, helper: str) -> None:
    """Invite somebody who was a mentee to be an expert once they have helped others five times."""
    if not may_be_invited(tx, helper) or not mentorships.was_mentee(tx, helper):
        return
    if ledger.helped_others(tx, helper) >= HELPED_OTHERS:
        _invite(tx, helper)


def after_a_year(tx: Tx, mentorship: Mentorship) -> None:
    """Invite the mentee of a mentorship that is a year old to be an expert."""
    if _a_year_on(mentorship) <= tx.now and may_be_invited(tx, mentorship.mentee):
        _invite(tx, mentorship.mentee)


def next_due(mentorship: Mentorship, now: int) -> int | None:
    """When the clock next has to do with one under way: a year from its start, or at its end."""
    year = _a_year_on(mentorship)
    ends_at = mentorship.ends_at
    if year <= now:
        return ends_at
    return min(year, ends_at) if ends_at else year


def _a_year_on(mentorship: Mentorship) -> int:
    return months_later(mentorship.started_at or mentorship.asked_at, YEAR)


def may_be_invited(tx: Tx, user: str) -> bool:
    """Whether somebody is a full member and no expert yet."""
    member = members.get(tx, user)
    here = member is not None and not (member.guest or member.bot or member.deactivated)
    return here and members.expert(tx, user) is None


def _invite(tx: Tx, user: str) -> None:
    nudges.want(tx, user, Thing.BECOME_EXPERT, ONCE, until=tx.now + INVITED_FOR)


@cache
def starter() -> str:
    """The one page for new experts, as shipped: paragraphs, and headings that begin with a #."""
    return resources.files("bot").joinpath(STARTER).read_text(encoding="utf-8")
