"""What the outbox shows of check-ins, and of pairs between two of them."""

from collections.abc import Callable

from bot.delivery.target import Person, Posted, Shared, Target
from bot.members import zone_of
from bot.nudges import Thing
from bot.rules.checkins import reminded_of
from bot.views.blocks import Message
from bot.views.calendar import FILE_NAME, Entry, calendar_file
from bot.views.checkins import cards as view
from storage import checkins, members, mentorships, nudges, outbox
from storage.database import Tx
from storage.records.checkins import CheckinState
from storage.records.mentorships import Mentorship, MentorshipState


def _seen(tx: Tx, checkin_id: str, user: str) -> view.Seen | None:
    """The check-in as one of the two sees it; what they wrote for themselves is not in it."""
    checkin = checkins.get(tx, int(checkin_id))
    mentorship = mentorships.get(tx, checkin.mentorship_id) if checkin else None
    if checkin is None or mentorship is None or user not in (mentorship.mentor, mentorship.mentee):
        return None
    return view.Seen(
        checkin=checkin,
        mentorship=mentorship,
        reader=user,
        zone=zone_of(tx, mentorship.other(user)),
        now=tx.now,
        notes=[each for each in checkins.notes_for(tx, checkin.id, user) if each.shared],
        commitments=checkins.commitments_of(tx, checkin.id),
    )


def _of_checkin(draw: Callable[[view.Seen], Message]) -> Callable[..., Target | None]:
    def drawn(tx: Tx, checkin_id: str, user: str, *_occasion: str) -> Target | None:
        seen = _seen(tx, checkin_id, user)
        return Posted(Person(user), draw(seen)) if seen else None

    return drawn


def _news(tx: Tx, checkin_id: str, user: str, sequence: str) -> Target | None:
    """Of several changes in a row the last alone is told."""
    seen = _seen(tx, checkin_id, user)
    if seen is None or seen.checkin.sequence != int(sequence):
        return None
    return Posted(Person(user), view.news(seen))


def _invite(tx: Tx, checkin_id: str, user: str, sequence: str) -> Target | None:
    """The calendar file of one state of the check-in; None once there is a later state."""
    seen = _seen(tx, checkin_id, user)
    if seen is None or seen.checkin.sequence != int(sequence):
        return None
    colleague = members.get(tx, seen.colleague)
    entry = Entry(seen.checkin, colleague.name if colleague else "a colleague", tx.now)
    return Shared(Person(user), FILE_NAME, calendar_file(entry), view.with_file(seen))


def _reminder(tx: Tx, checkin_id: str, user: str, occasion: str) -> Target | None:
    seen = _seen(tx, checkin_id, user)
    if seen is None:
        return None
    ahead = seen.checkin.state is CheckinState.PLANNED and tx.now < seen.checkin.ends_at
    if ahead and seen.checkin.starts_at == reminded_of(int(occasion)):
        return Posted(Person(user), view.reminder(seen))
    key = f"{Thing.CHECKIN_REMINDER}/{checkin_id}/{user}/{occasion}"
    return Posted(Person(user), view.no_longer(seen)) if outbox.stands_at(tx, key) else None


def _how_was_it(tx: Tx, checkin_id: str, user: str, occasion: str = "0") -> Target | None:
    seen = _seen(tx, checkin_id, user)
    if seen is None:
        return None
    if seen.checkin.state is CheckinState.PLANNED and seen.checkin.ends_at <= tx.now:
        return Posted(Person(user), view.how_was_it(seen))
    key = _key(Thing.CHECKIN_NOTES, checkin_id, user, occasion)
    return Posted(Person(user), view.told(seen)) if outbox.stands_at(tx, key) else None


def _asked(
    thing: Thing, draw: Callable[[Tx, Mentorship, str], Message]
) -> Callable[..., Target | None]:
    """A question to a pair that has nothing planned; what stands is told to be settled."""

    def drawn(tx: Tx, mentorship_id: str, user: str, occasion: str = "0") -> Target | None:
        mentorship = mentorships.get(tx, int(mentorship_id))
        if mentorship is None:
            return None
        planned = checkins.ahead(tx, mentorship.id)
        key = _key(thing, mentorship_id, user, occasion)
        if mentorship.state is MentorshipState.ACTIVE and not planned and _waits(tx, key):
            return Posted(Person(user), draw(tx, mentorship, user))
        stands = outbox.stands_at(tx, key)
        settled = view.settled(mentorship, user, planned)
        return Posted(Person(user), settled) if stands else None

    return drawn


def _waits(tx: Tx, key: str) -> bool:
    """Whether nobody has done anything about this nudge yet."""
    thing, about, user, *occasion = key.split("/")
    found = nudges.find(tx, user, thing, int(about), int(occasion[0]) if occasion else 0)
    return found is None or found.heeded_at is None


def _key(thing: Thing, about: str, user: str, occasion: str) -> str:
    key = f"{thing}/{about}/{user}"
    return key if occasion == "0" else f"{key}/{occasion}"


def _plan_question(tx: Tx, mentorship: Mentorship, user: str) -> Message:
    return view.plan_question(mentorship, user, checkins.last_met(tx, mentorship.id))


def _pair_news(tx: Tx, mentorship_id: str, user: str, what: str) -> Target | None:
    mentorship = mentorships.get(tx, int(mentorship_id))
    if mentorship is None or not mentorship.under_way:
        return None
    return Posted(Person(user), view.pair_news(mentorship, user, what.partition("-")[0]))


TARGETS: dict[str, Callable[..., Target | None]] = {
    "checkin-card": _of_checkin(view.card),
    "checkin-news": _news,
    "checkin-invite": _invite,
    "checkin-told": _of_checkin(view.what_was_told),
    "checkin-reminder": _reminder,
    "checkin-notes": _how_was_it,
    "plan-checkin": _asked(Thing.PLAN_CHECKIN, _plan_question),
    "rethink-mentorship": _asked(
        Thing.RETHINK, lambda _tx, mentorship, user: view.rethink_question(mentorship, user)
    ),
    "pair-news": _pair_news,
}
