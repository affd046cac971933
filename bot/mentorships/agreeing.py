"""The agreement of a formal mentorship: written by one, signed by both, reviewed and amended.

Versions are kept; the one that holds is the last that both have signed (`mentorship.version`).
"""

from dataclasses import replace

from bot import nudges
from bot.authority import Actor
from bot.authority.mentorships import MentorshipAction, authorise_in_mentorship
from bot.errors import Reason, Refused, Unusable
from bot.inviting import next_due
from bot.mentorships import cards, gaps
from bot.mentorships.starting import WEEK, ask_about_end, start
from bot.nudges import Thing
from bot.rules.mentorships import months_later
from storage import agreements, mentorships, outbox
from storage.database import Tx
from storage.records.mentorships import (
    Agreement,
    Mentorship,
    MentorshipKind,
    MentorshipState,
    Terms,
)

MONTHS_MAX = 60
# How many months *Go on* adds.
LONGER = 3
# What was not signed for so long is asked for again, and until when.
SIGNATURE_ASKED_AFTER = WEEK
SIGNATURE_ASKED_FOR = 5 * WEEK
_NEEDED = {
    "objectives": "Please say what you want to reach together.",
    "mentee_does": "Please say what the mentee does; it may be one line.",
    "mentor_does": "Please say what the mentor does; it may be one line.",
    "boundaries": "Please say what stays between you and what this is not for.",
}

Drawn = tuple[Mentorship, Agreement | None]


def to_write(tx: Tx, actor: Actor, mentorship_id: int) -> Drawn:
    """The mentorship, and its newest version to begin from. Raises Refused."""
    mentorship = _authorise(tx, actor, MentorshipAction.PROPOSE, mentorship_id)
    return mentorship, agreements.latest(tx, mentorship_id)


def to_read(tx: Tx, actor: Actor, mentorship_id: int, version: int = 0) -> Drawn:
    """The mentorship, and this version; else the one that holds, or the newest while none does.

    Raises Refused.
    """
    mentorship = _authorise(tx, actor, MentorshipAction.READ, mentorship_id)
    return mentorship, (
        agreements.get(tx, mentorship_id, version or mentorship.version)
        or agreements.latest(tx, mentorship_id)
    )


def propose(
    tx: Tx, actor: Actor, mentorship_id: int, terms: Terms, *, instead_of: int
) -> Agreement:
    """Write the next version, which whoever writes it has signed; the other one is asked to.

    `instead_of`: the version it was written over, 0 for none. A second copy changes nothing. Raises
    Refused (AGREEMENT_CHANGED if there is a newer one by now) and Unusable.
    """
    mentorship = _authorise(tx, actor, MentorshipAction.PROPOSE, mentorship_id)
    newest = agreements.latest(tx, mentorship_id)
    if (newest.version if newest else 0) != instead_of:
        if newest and _is_copy(newest, actor, terms, instead_of + 1):
            return newest
        raise Refused(Reason.AGREEMENT_CHANGED)
    _check(tx, mentorship, terms)
    version = instead_of + 1
    agreements.add(tx, mentorship_id, version, terms, actor.user)
    agreements.sign(tx, mentorship_id, version, as_mentee=actor.user == mentorship.mentee)
    _heeded(tx, mentorship, actor.user)
    other = mentorship.other(actor.user)
    nudges.drop(tx, Thing.AGREEMENT_WAITS, mentorship_id)
    nudges.want(
        tx, other, Thing.AGREEMENT_WAITS, mentorship_id,
        until=tx.now + SIGNATURE_ASKED_FOR, occasion=version,
        due_at=tx.now + SIGNATURE_ASKED_AFTER,
    )  # fmt: skip
    for user in (actor.user, other):
        outbox.refresh_under(tx, f"agreement-card/{mentorship_id}/{user}")
        outbox.mark_stale(tx, f"agreement-card/{mentorship_id}/{user}/{version}")
    cards.changed(tx, mentorship)
    return _get(tx, mentorship_id, version)


def _is_copy(newest: Agreement, actor: Actor, terms: Terms, version: int) -> bool:
    """Whether just this was written before: the form was delivered twice."""
    return (newest.version, newest.proposed_by, newest.terms) == (version, actor.user, terms)


def _check(tx: Tx, mentorship: Mentorship, terms: Terms) -> None:
    for name, words in _NEEDED.items():
        if not getattr(terms, name):
            raise Unusable(name, words)
    if terms.months is None:
        return
    if not 1 <= terms.months <= MONTHS_MAX:
        raise Unusable("months", f"Please write 1 to {MONTHS_MAX} months, or leave it open.")
    if mentorship.started_at and months_later(mentorship.started_at, terms.months) <= tx.now:
        raise Unusable(
            "months", "Counted from its beginning, that is over already. Please write more months."
        )


def sign(tx: Tx, actor: Actor, mentorship_id: int, version: int) -> Agreement:
    """Sign a version; once both have, it holds, and a mentorship that waited for it is active.

    Signing what one has signed changes nothing. Raises Refused (AGREEMENT_CHANGED if it is not the
    newest version any more).
    """
    mentorship = _authorise(tx, actor, MentorshipAction.SIGN, mentorship_id)
    newest = agreements.latest(tx, mentorship_id)
    if newest is None or newest.version != version:
        raise Refused(Reason.AGREEMENT_CHANGED)
    if newest.signed:
        return newest
    agreements.sign(tx, mentorship_id, version, as_mentee=actor.user == mentorship.mentee)
    # Before it takes effect: what is wanted from then on is not heeded yet.
    _heeded(tx, mentorship, actor.user)
    signed = _get(tx, mentorship_id, version)
    if signed.signed:
        _takes_effect(tx, mentorship, signed)
    outbox.refresh_under(tx, f"agreement-card/{mentorship_id}")
    return signed


def _takes_effect(tx: Tx, mentorship: Mentorship, signed: Agreement) -> None:
    terms = signed.terms
    agreements.holds(tx, mentorship.id, signed.version)
    for user in (mentorship.mentee, mentorship.mentor):
        outbox.mark_stale(tx, f"agreement-signed/{mentorship.id}/{signed.version}/{user}")
    if mentorship.state is MentorshipState.AGREEING:
        start(tx, mentorship, rhythm=terms.rhythm, months=terms.months)
        return
    _amend(tx, mentorship, terms)


def _amend(tx: Tx, mentorship: Mentorship, terms: Terms) -> None:
    """Go by other terms from now on; what they leave as it was, is not asked about anew."""
    ends_at = _ends_at(tx, mentorship, terms.months)
    agreements.amend(tx, mentorship.id, rhythm=terms.rhythm, months=terms.months, ends_at=ends_at)
    if mentorship.state is MentorshipState.ACTIVE:
        # The end of one that rests waits until it goes on.
        due_at = next_due(replace(mentorship, ends_at=ends_at), tx.now)
        mentorships.goes_to(tx, mentorship.id, MentorshipState.ACTIVE, due_at)
    if ends_at != mentorship.ends_at:
        nudges.drop(tx, Thing.TERM_ENDS, mentorship.id)
        for user in (mentorship.mentee, mentorship.mentor) if ends_at else ():
            ask_about_end(tx, mentorship, user, ends_at or 0)
    if terms.rhythm is not mentorship.rhythm:
        gaps.settled(tx, mentorships.get(tx, mentorship.id) or mentorship)
    cards.changed(tx, mentorship)


def _ends_at(tx: Tx, mentorship: Mentorship, months: int | None) -> int | None:
    """When so many months from its beginning are over; a signature may come after that."""
    if months is None:
        return None
    return max(months_later(mentorship.started_at or tx.now, months), tx.now)


def still_right(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """After a month one of the two says that the agreement needs no change. Raises Refused."""
    mentorship = _authorise(tx, actor, MentorshipAction.PROPOSE, mentorship_id)
    nudges.heeded(tx, Thing.AGREEMENT_REVIEW, mentorship_id, actor.user)
    return mentorship


def go_on(tx: Tx, actor: Actor, mentorship_id: int) -> Agreement:
    """Propose the same agreement for some months more; the other one signs. Raises Refused."""
    mentorship = _authorise(tx, actor, MentorshipAction.PROPOSE, mentorship_id)
    held = agreements.get(tx, mentorship_id, mentorship.version)
    newest = agreements.latest(tx, mentorship_id)
    if held is None or newest is None or held.terms.months is None:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    longer = replace(held.terms, months=min(held.terms.months + LONGER, MONTHS_MAX))
    if newest.version > held.version and newest.terms == longer:
        return sign(tx, actor, mentorship_id, newest.version)
    nudges.heeded(tx, Thing.TERM_ENDS, mentorship_id, actor.user)
    return propose(tx, actor, mentorship_id, longer, instead_of=newest.version)


def end_as_agreed(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """One of the two is content that it ends when it was agreed to. Raises Refused."""
    mentorship = _authorise(tx, actor, MentorshipAction.PROPOSE, mentorship_id)
    nudges.heeded(tx, Thing.TERM_ENDS, mentorship_id, actor.user)
    return mentorship


def _authorise(tx: Tx, actor: Actor, action: MentorshipAction, mentorship_id: int) -> Mentorship:
    """As `authorise_in_mentorship`; only a formal one has an agreement."""
    mentorship = authorise_in_mentorship(tx, actor, action, mentorship_id)
    if mentorship.kind is not MentorshipKind.FORMAL:
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    return mentorship


def _heeded(tx: Tx, mentorship: Mentorship, user: str) -> None:
    for thing in (Thing.AGREEMENT_WAITS, Thing.AGREEMENT_REVIEW):
        nudges.heeded(tx, thing, mentorship.id, user)


def _get(tx: Tx, mentorship_id: int, version: int) -> Agreement:
    found = agreements.get(tx, mentorship_id, version)
    if found is None:
        raise Refused(Reason.AGREEMENT_CHANGED)
    return found
