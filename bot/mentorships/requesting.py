"""Asking somebody to be one's mentor, or for something less formal, and what they answer."""

from dataclasses import dataclass

from bot import inviting, needs, nudges
from bot.authority import Actor, require_member
from bot.authority.mentorships import MentorshipAction, authorise_in_mentorship
from bot.errors import Reason, Refused, Unusable
from bot.members import hours_of
from bot.mentorships import cards
from bot.mentorships.ending import end
from bot.mentorships.starting import start
from bot.nudges import Thing
from bot.rules import pairing, working_hours
from bot.rules.pairing import Bar
from storage import members, mentorships, profiles, received, topics
from storage import pairing as queries
from storage.database import Tx
from storage.records import HelpCategory, Topic
from storage.records.mentorships import (
    CheckinRhythm,
    Mentorship,
    MentorshipKind,
    MentorshipState,
)

DAY = 24 * 3600
# product.md, section 3.1
REMINDED_AFTER = 7 * DAY
LAPSES_AFTER = 14 * DAY
OPEN_AT_MOST = 5
# How long somebody is asked to write the agreement.
AGREEMENT_ASKED_FOR = 35 * DAY
# Which time a request's nudge is for: its answer, or what each says after the first meeting.
FOR_ANSWER, AFTER_MEETING = 0, 1

_BARS = {
    Bar.ONESELF: Reason.NOT_YOURSELF,
    Bar.NOT_HERE: Reason.NOT_PICKABLE,
    Bar.KEPT_APART: Reason.NOT_PICKABLE,
    Bar.TOGETHER: Reason.ASKED_BEFORE,
    Bar.DECLINED: Reason.NOT_PICKABLE,
    Bar.PAUSED: Reason.NO_ROOM,
    Bar.NO_ROOM: Reason.NO_ROOM,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of whom: for a FORMAL one about a `need`; `gives` and `gets` are a swap's."""

    kind: MentorshipKind
    colleague: str
    words: str = ""
    need: str | None = None
    rhythm: CheckinRhythm | None = None
    gives: int | None = None
    gets: int | None = None


def request(tx: Tx, actor: Actor, wanted: Wanted, *, delivery: str) -> Mentorship:
    """Ask somebody to be the actor's mentor for a need.

    A second copy of the delivery gives the request that is there. Raises Refused and Unusable.
    """
    require_member(tx, actor)
    if not received.first_time(tx, delivery):
        return _get(tx, received.result_of(tx, delivery) or 0)
    if needs.get(tx, wanted.need or "") is None:
        raise Unusable("note", "This need is not there any more. Please begin with /mentor find.")
    possible = queries.possible_mentor(tx, actor.user, wanted.colleague)
    if possible is None:
        raise Refused(Reason.NO_SUCH_MEMBER)
    barred = pairing.bar(actor.user, possible, tx.now)
    if barred:
        raise Refused(_BARS[barred])
    return _ask(tx, actor, wanted, delivery)


def to_ask(
    tx: Tx, actor: Actor, colleague: str | None
) -> tuple[list[Topic], list[Topic], list[Topic]]:
    """What a form for a colleague needs: every topic, the actor's own and the colleague's.

    Raises Refused if the colleague can't be asked.
    """
    require_member(tx, actor)
    if colleague:
        _check_colleague(tx, actor, colleague)
    theirs = _offered_by(tx, colleague) if colleague else []
    return topics.every(tx), _offered_by(tx, actor.user), theirs


def _offered_by(tx: Tx, user: str) -> list[Topic]:
    expert = members.expert(tx, user)
    offered = {*profiles.get(tx, user).offers, *(expert.topics if expert else ())}
    return sorted(offered, key=lambda topic: topic.name)


def ask(tx: Tx, actor: Actor, wanted: Wanted, *, delivery: str) -> Mentorship:
    """Ask a colleague for an informal mentorship, to observe, or to swap topics.

    A second copy of the delivery gives the request that is there. Raises Refused and Unusable.
    """
    require_member(tx, actor)
    if not received.first_time(tx, delivery):
        return _get(tx, received.result_of(tx, delivery) or 0)
    _check_colleague(tx, actor, wanted.colleague)
    if wanted.kind is MentorshipKind.SWAP:
        _check_swap(tx, wanted)
    inviting.taken_up(tx, actor.user, wanted.colleague)
    return _ask(tx, actor, wanted, delivery)


def _check_colleague(tx: Tx, actor: Actor, user: str) -> None:
    if user == actor.user:
        raise Refused(Reason.NOT_YOURSELF)
    member = members.get(tx, user)
    if member is None:
        raise Refused(Reason.NO_SUCH_MEMBER)
    away = member.guest or member.bot or member.deactivated
    if away or members.kept_apart(tx, actor.user, user):
        raise Refused(Reason.NOT_PICKABLE)


def _check_swap(tx: Tx, wanted: Wanted) -> None:
    chosen = {each for each in (wanted.gives, wanted.gets) if each}
    if len(topics.these(tx, chosen)) != 2:  # noqa: PLR2004 - one topic for another
        raise Unusable(
            "gets", "Please choose two different topics, one you offer and one you want."
        )


def _ask(tx: Tx, actor: Actor, wanted: Wanted, delivery: str) -> Mentorship:
    """Store a request that waits for its answer, with its card before both."""
    either_way = (MentorshipKind.INFORMAL, MentorshipKind.SWAP)
    known = mentorships.between(tx, actor.user, wanted.colleague)
    if wanted.kind in either_way and any(each.kind is wanted.kind for each in known):
        raise Refused(Reason.ASKED_BEFORE)
    if mentorships.open_requests(tx, actor.user) >= OPEN_AT_MOST:
        raise Refused(Reason.ENOUGH_ASKED)
    asked = Mentorship(
        id=0,
        kind=wanted.kind,
        state=MentorshipState.ASKED,
        mentor=wanted.colleague,
        mentee=actor.user,
        asked_by=actor.user,
        asked_at=tx.now,
        need=wanted.need,
        note=wanted.words,
        category=_category(tx, actor.user, wanted),
        rhythm=wanted.rhythm,
        due_at=in_hours(tx, actor.user, tx.now + LAPSES_AFTER),
        gives=wanted.gives,
        gets=wanted.gets,
    )
    mentorship_id = mentorships.add(tx, asked)
    if mentorship_id is None:
        raise Refused(Reason.ASKED_BEFORE)
    received.remember(tx, delivery, mentorship_id)
    mentorship = _get(tx, mentorship_id)
    nudges.want(
        tx, mentorship.mentor, Thing.REQUEST_WAITS, mentorship.id,
        until=tx.now + LAPSES_AFTER, due_at=tx.now + REMINDED_AFTER,
    )  # fmt: skip
    cards.changed(tx, mentorship)
    return mentorship


def _category(tx: Tx, user: str, wanted: Wanted) -> HelpCategory:
    """Equals learn from one another; otherwise the one who was asked guides."""
    if wanted.kind is MentorshipKind.SWAP:
        return HelpCategory.TRANSFORMATIONAL
    stage, other = profiles.get(tx, user).stage, profiles.get(tx, wanted.colleague).stage
    equals = wanted.kind is MentorshipKind.INFORMAL and stage and stage is other
    return HelpCategory.TRANSFORMATIONAL if equals else HelpCategory.TRADITIONAL


def in_hours(tx: Tx, user: str, instant: int) -> int:
    """The instant, or when the person next works after it: they hear of it then."""
    return working_hours.next_start(hours_of(tx, user), instant)


def accept(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """Say yes: a formal mentorship goes on to its agreement, anything else begins.

    Raises Refused (OWN_ROOM if the actor has as many mentees by now as they would have).
    """
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.ACCEPT, mentorship_id)
    _answered(tx, mentorship, actor)
    if mentorship.kind is MentorshipKind.FORMAL:
        _check_room(tx, actor)
        agrees(tx, mentorship)
    else:
        start(tx, mentorship, rhythm=mentorship.rhythm, months=None)
    cards.tell(tx, mentorship, mentorship.asked_by, "accepted")
    return _get(tx, mentorship_id)


def meet_first(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """Ask for a talk before saying yes. Raises Refused, as `accept`."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.MEET_FIRST, mentorship_id)
    if mentorship.kind is not MentorshipKind.FORMAL:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    _answered(tx, mentorship, actor)
    _check_room(tx, actor)
    ends = in_hours(tx, mentorship.mentee, tx.now + LAPSES_AFTER)
    mentorships.meets(tx, mentorship.id, ends)
    for user in (mentorship.mentee, mentorship.mentor):
        nudges.want(
            tx, user, Thing.REQUEST_WAITS, mentorship.id,
            until=ends, occasion=AFTER_MEETING, due_at=tx.now + REMINDED_AFTER,
        )  # fmt: skip
    cards.changed(tx, mentorship)
    cards.tell(tx, mentorship, mentorship.asked_by, "meeting")
    return _get(tx, mentorship_id)


def decline(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """Say no; no reason is asked, and the other one hears it without blame. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.DECLINE, mentorship_id)
    _answered(tx, mentorship, actor)
    end(tx, mentorship, MentorshipState.DECLINED, by=actor.user)
    cards.tell(tx, mentorship, mentorship.asked_by, "declined")
    return _get(tx, mentorship_id)


def withdraw(tx: Tx, actor: Actor, mentorship_id: int) -> Mentorship:
    """Take a request back; who has said something to it by then is told. Raises Refused."""
    mentorship = authorise_in_mentorship(tx, actor, MentorshipAction.WITHDRAW, mentorship_id)
    end(tx, mentorship, MentorshipState.WITHDRAWN, by=actor.user)
    if mentorship.state is not MentorshipState.ASKED:
        cards.tell(tx, mentorship, mentorship.other(actor.user), "withdrawn")
    return _get(tx, mentorship_id)


def say_after_meeting(tx: Tx, actor: Actor, mentorship_id: int, *, yes: bool) -> Mentorship:
    """Say in private whether to go on after the first meeting; the first word counts.

    Nothing of it is shown before both have answered, and a no never. Raises Refused.
    """
    action = MentorshipAction.SAY_AFTER_MEETING
    mentorship = authorise_in_mentorship(tx, actor, action, mentorship_id)
    as_mentor = actor.user == mentorship.mentor
    mentorships.said_after_meeting(tx, mentorship_id, as_mentor=as_mentor, yes=yes)
    nudges.heeded(tx, Thing.REQUEST_WAITS, mentorship_id, actor.user)
    mentorship = _get(tx, mentorship_id)
    if mentorship.mentor_says is None or mentorship.mentee_says is None:
        # The other one's card stays untouched: even that it was drawn anew would tell something.
        cards.changed_for(tx, mentorship, actor.user)
    elif mentorship.mentor_says and mentorship.mentee_says:
        agrees(tx, mentorship)
        for user in (mentorship.mentee, mentorship.mentor):
            cards.tell(tx, mentorship, user, "both-yes")
    else:
        part(tx, mentorship)
    return _get(tx, mentorship_id)


def part(tx: Tx, mentorship: Mentorship) -> None:
    """After a first meeting the two don't go on; both hear the same, whoever said what."""
    end(tx, mentorship, MentorshipState.LAPSED, by=None)
    for user in (mentorship.mentee, mentorship.mentor):
        cards.tell(tx, mentorship, user, "parted")


def agrees(tx: Tx, mentorship: Mentorship) -> None:
    """Both want it: the agreement is next, and the mentee writes it."""
    mentorships.goes_to(tx, mentorship.id, MentorshipState.AGREEING, None)
    nudges.want(
        tx, mentorship.mentee, Thing.AGREEMENT_WAITS, mentorship.id,
        until=tx.now + AGREEMENT_ASKED_FOR, due_at=tx.now + REMINDED_AFTER,
    )  # fmt: skip
    cards.changed(tx, mentorship)


def _check_room(tx: Tx, mentor: Actor) -> None:
    if mentorships.room_of(tx, mentor.user) <= 0:
        raise Refused(Reason.OWN_ROOM)


def _answered(tx: Tx, mentorship: Mentorship, actor: Actor) -> None:
    nudges.heeded(tx, Thing.REQUEST_WAITS, mentorship.id, actor.user)


def _get(tx: Tx, mentorship_id: int) -> Mentorship:
    mentorship = mentorships.get(tx, mentorship_id)
    if mentorship is None:
        raise Refused(Reason.MENTORSHIP_MOVED_ON)
    return mentorship
