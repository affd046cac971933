"""What the outbox shows of mentorships."""

from collections.abc import Callable

from bot import inviting
from bot.delivery.target import Person, Posted, Target
from bot.mentorships import finding, standing
from bot.views.mentorships import cards
from bot.views.mentorships import inviting as inviting_view
from bot.views.mentorships import news as news_view
from storage import consults, members, mentorships, outbox
from storage.database import Tx
from storage.records.mentorships import Mentorship

# What a mentee is told together with whom they could ask next.
_TO_NOTHING = ("declined", "lapsed", "parted", "left")


def _of(tx: Tx, mentorship_id: str, user: str) -> Mentorship | None:
    """The mentorship, if it is still theirs to see."""
    mentorship, member = mentorships.get(tx, int(mentorship_id)), members.get(tx, user)
    if mentorship is None or user not in (mentorship.mentor, mentorship.mentee):
        return None
    return None if member and member.deactivated else mentorship


def _card(tx: Tx, mentorship_id: str, user: str) -> Target | None:
    mentorship = _of(tx, mentorship_id, user)
    if mentorship is None:
        return None
    if mentorship.ended and outbox.stands_in(tx, f"mentorship-card/{mentorship_id}/{user}") is None:
        return None  # it was never shown, so there is nothing to take back
    return Posted(Person(user), cards.card(standing.seen(tx, mentorship), user))


def _news(tx: Tx, mentorship_id: str, user: str, told: str) -> Target | None:
    mentorship = _of(tx, mentorship_id, user)
    if mentorship is None:
        return None
    looks_on = told in _TO_NOTHING and user == mentorship.mentee
    offered = finding.next_for(tx, mentorship) if looks_on else None
    message = news_view.news(standing.seen(tx, mentorship), user, told, offered)
    return Posted(Person(user), message) if message else None


def _request_waits(tx: Tx, mentorship_id: str, user: str, occasion: str = "0") -> Target | None:
    mentorship = _of(tx, mentorship_id, user)
    if mentorship is None:
        return None
    message = cards.request_waits(standing.seen(tx, mentorship), user)
    if message is None:
        return _settled(tx, _key("request-waits", mentorship_id, user, occasion), mentorship, user)
    return Posted(Person(user), message)


def _settled(tx: Tx, key: str, mentorship: Mentorship, user: str) -> Target | None:
    """What was never shown is not to be taken back either."""
    settled = Posted(Person(user), cards.settled(mentorship, user))
    return settled if outbox.stands_in(tx, key) else None


def _key(thing: str, about: str, user: str, occasion: str) -> str:
    return f"{thing}/{about}/{user}" if occasion == "0" else f"{thing}/{about}/{user}/{occasion}"


def _informal_offer(tx: Tx, consult_id: str, user: str, occasion: str = "0") -> Target | None:
    consult = consults.get(tx, int(consult_id))
    if consult is None or consult.expert is None:
        return None
    message = inviting_view.informal_offer(consult.expert)
    if not inviting.could_be_together(tx, user, consult.expert):
        message = inviting_view.offer_settled(consult.expert)
        if outbox.stands_in(tx, _key("informal-offer", consult_id, user, occasion)) is None:
            return None
    return Posted(Person(user), message)


def _become_expert(tx: Tx, once: str, user: str, _occasion: str = "0") -> Target | None:
    if inviting.may_be_invited(tx, user):
        return Posted(Person(user), inviting_view.become_expert())
    stands = outbox.stands_in(tx, f"become-expert/{once}/{user}")
    return Posted(Person(user), inviting_view.is_expert()) if stands else None


TARGETS: dict[str, Callable[..., Target | None]] = {
    "mentorship-card": _card,
    "mentorship-news": _news,
    "request-waits": _request_waits,
    "informal-offer": _informal_offer,
    "become-expert": _become_expert,
}
