"""How mentorships go and what came of them, as each of the two says in private.

Neither sees the other's scores before both are in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot import mentorships as pairs
from bot import nudges
from bot.authority import Actor
from bot.authority.mentorships import MentorshipAction, authorise_in_mentorship
from bot.errors import Reason, Refused
from bot.mentorships.starting import AFTER_A_MONTH, IN_THE_MIDDLE
from bot.nudges import Thing
from bot.rules.health import Barrier, MentoringOutcome, complete
from storage import feedback, outbox
from storage.database import Tx
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState

AT_THE_END = 3
OCCASIONS = (AFTER_A_MONTH, IN_THE_MIDDLE, AT_THE_END)

Seen = tuple[Mentorship, int]


@dataclass(frozen=True, slots=True)
class Closing:
    """How one of the two looks back, as typed. `thanks` goes to the other one."""

    barriers: Collection[Barrier] = ()
    outcomes: Collection[MentoringOutcome] = ()
    words: str = ""
    thanks: str = ""


def end(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """End it, without fault: both hear of it, with thanks. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.END, mentorship_id)
    pairs.end(tx, mentorship, MentorshipState.ENDED, by=actor.user)
    for user in (mentorship.mentor, mentorship.mentee):
        outbox.mark_stale(tx, f"mentorship-ended/{mentorship_id}/{user}")
    return mentorship


def to_score(tx: Tx, actor: Actor, mentorship_id: int, occasion: int) -> Seen:
    """The mentorship that the actor is about to score. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.SAY_HEALTH, mentorship_id)
    if mentorship.kind is not MentorshipKind.FORMAL or occasion not in OCCASIONS:
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    return mentorship, occasion


def score(
    tx: Tx, actor: Actor, mentorship_id: int, occasion: int, scores: Mapping[str, int]
) -> dict[str, int]:
    """Store the actor's scores, some or all; gives all of theirs so far.

    Once both have scored everything, each sees both. Raises Refused.
    """
    mentorship, _ = to_score(tx, actor, mentorship_id, occasion)
    feedback.keep_scores(tx, mentorship_id, occasion, actor.user, scores)
    said = feedback.scores(tx, mentorship_id, occasion)
    both = (mentorship.mentor, mentorship.mentee)
    if complete(said[actor.user]):
        nudges.heeded(tx, Thing.HEALTH, mentorship_id, actor.user, occasion=occasion)
    if all(complete(said.get(user, {})) for user in both):
        for user in both:
            outbox.mark_stale(tx, f"health-shown/{mentorship_id}/{occasion}/{user}")
    return said[actor.user]


def to_close(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """The ended mentorship that the actor is about to look back on, if it had begun.

    Raises Refused.
    """
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.SAY_CLOSING, mentorship_id)
    if mentorship.started_at is None:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    return mentorship


def close(tx: Tx, actor: Actor, mentorship_id: int, closing: Closing) -> Mentorship:
    """Store the actor's closing survey; a thank-you goes to the other one. Raises Refused."""
    mentorship = to_close(tx, actor, mentorship_id)
    feedback.keep_closing(tx, mentorship_id, actor.user, closing.words, closing.thanks)
    feedback.keep_barriers(tx, mentorship_id, actor.user, closing.barriers)
    if mentorship.kind is MentorshipKind.FORMAL:
        _keep_outcomes(tx, actor, mentorship_id, feedback.END, closing.outcomes)
    nudges.heeded(tx, Thing.CLOSING, mentorship_id, actor.user)
    outbox.refresh_under(tx, f"mentorship-ended/{mentorship_id}/{actor.user}")
    if closing.thanks:
        other = mentorship.other(actor.user)
        outbox.mark_stale(tx, f"mentorship-thanks/{mentorship_id}/{other}")
    return mentorship


def to_say_outcomes(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """The ended mentorship whose outcomes the actor is about to tell. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.SAY_OUTCOMES, mentorship_id)
    if mentorship.kind is not MentorshipKind.FORMAL:
        raise Refused(Reason.NOT_YOUR_MENTORSHIP)
    if mentorship.started_at is None:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    return mentorship


def say_outcomes(
    tx: Tx, actor: Actor, mentorship_id: int, outcomes: Collection[MentoringOutcome]
) -> None:
    """Store what came of it, three months later. Raises Refused."""
    to_say_outcomes(tx, actor, mentorship_id)
    _keep_outcomes(tx, actor, mentorship_id, feedback.LATER, outcomes)
    nudges.heeded(tx, Thing.OUTCOMES, mentorship_id, actor.user)


def _keep_outcomes(
    tx: Tx,
    actor: Actor,
    mentorship_id: int,
    occasion: str,
    outcomes: Collection[MentoringOutcome],
) -> None:
    reached = {outcome.value: outcome in outcomes for outcome in MentoringOutcome}
    feedback.keep_outcomes(tx, mentorship_id, occasion, actor.user, reached)
