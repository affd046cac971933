"""What the clock does to mentorships: requests lapse, rests and terms end, a year is noticed."""

from bot import inviting
from bot.mentorships import cards, requesting
from bot.mentorships.ending import end
from bot.mentorships.starting import FIRST_CHECKIN_WITHIN
from storage import mentorships
from storage.database import Tx
from storage.records.mentorships import Mentorship, MentorshipState

AT_ONCE = 100  # mentorships one tick takes from a workspace; the next tick takes the next


def step_due(tx: Tx) -> int:
    """Move on every mentorship the clock has to do with now, at most AT_ONCE; gives how many.

    May run twice or in two processes: each step sets when the next is due.
    """
    due = mentorships.due(tx, AT_ONCE)
    for mentorship in due:
        _step(tx, mentorship)
    return len(due)


def _step(tx: Tx, mentorship: Mentorship) -> None:
    if mentorship.state is MentorshipState.ASKED:
        end(tx, mentorship, MentorshipState.LAPSED, by=None)
        cards.tell(tx, mentorship, mentorship.asked_by, "lapsed")
    elif mentorship.state is MentorshipState.MEETING:
        requesting.part(tx, mentorship)
    elif mentorship.state is MentorshipState.ACTIVE:
        _go_on_or_end(tx, mentorship)
    elif mentorship.state is MentorshipState.PAUSED:
        _rest_or_resume(tx, mentorship)
    else:
        mentorships.goes_to(tx, mentorship.id, mentorship.state, None)


def _go_on_or_end(tx: Tx, mentorship: Mentorship) -> None:
    inviting.after_a_year(tx, mentorship)
    if mentorship.ends_at and mentorship.ends_at <= tx.now:
        end(tx, mentorship, MentorshipState.ENDED, by=None)
    else:
        due_at = inviting.next_due(mentorship, tx.now)
        mentorships.goes_to(tx, mentorship.id, MentorshipState.ACTIVE, due_at)


def _rest_or_resume(tx: Tx, mentorship: Mentorship) -> None:
    """The term of one that rests ends when it goes on."""
    until = mentorship.paused_until
    if until is None or until > tx.now:
        mentorships.goes_to(tx, mentorship.id, MentorshipState.PAUSED, until)
        return
    meets = tx.now + FIRST_CHECKIN_WITHIN if mentorship.rhythm else None
    due_at = inviting.next_due(mentorship, tx.now)
    mentorships.resumes(tx, mentorship.id, due_at=due_at, checkin_due_at=meets)
    cards.changed(tx, mentorship)
    for user in (mentorship.mentee, mentorship.mentor):
        cards.tell(tx, mentorship, user, f"resumed-{until}")


def left(tx: Tx, user: str) -> None:
    """Somebody has left the workspace: what they were asked or in ends, and the others hear so."""
    for mentorship in mentorships.of_member(tx, user):
        begun = mentorship.under_way
        end(tx, mentorship, MentorshipState.ENDED if begun else MentorshipState.LAPSED, by=None)
        cards.tell(tx, mentorship, mentorship.other(user), "left")
