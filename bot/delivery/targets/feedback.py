"""What the outbox shows of how mentorships go and end."""

from collections.abc import Callable

from bot.delivery.target import Person, Posted, Target
from bot.nudges import Thing
from bot.views import feedback as view
from bot.views.blocks import Message
from storage import feedback, mentorships
from storage.database import Tx
from storage.nudges import was_heeded
from storage.records.mentorships import Mentorship

Draw = Callable[[Tx, Mentorship, str], Message | None]


def _to_one(draw: Draw) -> Callable[..., Target | None]:
    """A message about a mentorship to one of the two; its key ends with them."""

    def drawn(tx: Tx, mentorship_id: str, user: str, *_more: str) -> Target | None:
        mentorship = mentorships.get(tx, int(mentorship_id))
        message = draw(tx, mentorship, user) if mentorship else None
        return Posted(Person(user), message) if message else None

    return drawn


def _health(
    tx: Tx, mentorship_id: str, user: str, occasion: str = "0", *_more: str
) -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None or was_heeded(tx, Thing.HEALTH, mentorship.id, user, int(occasion)):
        return None
    message = view.health_question(mentorship, user, int(occasion))
    return Posted(Person(user), message) if message else None


def _shown(tx: Tx, mentorship_id: str, occasion: str, user: str) -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None:
        return None
    said = feedback.scores(tx, mentorship.id, int(occasion))
    message = view.health_shown(mentorship, user, said)
    return Posted(Person(user), message) if message else None


def _ended(tx: Tx, mentorship: Mentorship, user: str) -> Message:
    answered = feedback.answered_closing(tx, mentorship.id, user)
    return view.ended(mentorship, user, answered=answered)


def _closing(tx: Tx, mentorship: Mentorship, user: str) -> Message | None:
    answered = feedback.answered_closing(tx, mentorship.id, user)
    return view.closing_survey(mentorship, user, answered=answered)


def _outcomes(tx: Tx, mentorship: Mentorship, user: str) -> Message | None:
    answered = feedback.answered_outcomes(tx, mentorship.id, feedback.LATER, user)
    return view.outcome_question(mentorship, user, answered=answered)


def _thanks(tx: Tx, mentorship: Mentorship, user: str) -> Message | None:
    thanks = feedback.thanks_of(tx, mentorship.id, mentorship.other(user))
    return view.thanked(mentorship, user, thanks)


TARGETS: dict[str, Callable[..., Target | None]] = {
    "health-question": _health,
    "health-shown": _shown,
    "mentorship-ended": _to_one(_ended),
    "closing-survey": _to_one(_closing),
    "outcome-question": _to_one(_outcomes),
    "mentorship-thanks": _to_one(_thanks),
}
