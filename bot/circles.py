"""Peer circles: founded, joined, left, paused, ended. A use case is a transaction.

A circle keeps its place in the channel by the outbox (`circle-channel/id`): whoever is in the
circle is invited there. Its sessions are `bot.sessions`' part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import sessions
from bot.authority import Actor, CircleAction, authorise_in_circle, require_member
from bot.errors import Reason, Refused, Unusable
from bot.rules import recurrence
from storage import circles, members, outbox, programme, received, topics
from storage import sessions as session_queries
from storage.database import Tx
from storage.records import (
    Beat,
    Circle,
    CircleDraft,
    CircleMember,
    CircleState,
    Session,
    Standing,
    Topic,
)

# product.md, section 2.2
SIZES = range(3, 13)
SHOWN = 50  # circles in a list
# With so many waiting there is a circle more in it.
ENOUGH_WAIT = 3
NAME_MAX = 60
FIRST_WITHIN = timedelta(days=2 * 365)

MICRO = 1_000_000

Listed = tuple[Circle, list[CircleMember], CircleMember | None, Session | None]


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody came into a channel, or left it: when, in UTC microseconds, as Slack says."""

    channel: str
    user: str
    at: int


def found(tx: Tx, actor: Actor, draft: CircleDraft, *, delivery: str) -> Circle:
    """Start a circle with its founder in it, its channel on the way and its first session planned.

    A second copy of the delivery gives the circle that is there. Raises Refused(GUEST) and
    Unusable.
    """
    require_member(tx, actor)
    if not received.first_time(tx, delivery):
        return _get(tx, received.result_of(tx, delivery) or 0)
    _check(tx, draft)
    circle = start(tx, actor.user, draft, [actor.user])
    received.remember(tx, delivery, circle.id)
    programme.audit(tx, actor.user, "circle", str(circle.id))
    return circle


def start(tx: Tx, founder: str, draft: CircleDraft, users: Sequence[str]) -> Circle:
    """Store a circle with these people in it, its channel on the way, its first session planned."""
    circle_id = circles.add(tx, founder, replace(draft, channel=None))
    if draft.channel:
        circles.adopt_channel(tx, circle_id, draft.channel)
    for user in users:
        circles.put(tx, circle_id, user, Standing.IN)
        _changed(tx, circle_id, user)
    circle = _get(tx, circle_id)
    sessions.plan_first(tx, circle)
    return circle


def _check(tx: Tx, draft: CircleDraft) -> None:
    if not draft.name or len(draft.name) > NAME_MAX:
        raise Unusable("name", f"Please give the circle a name of up to {NAME_MAX} characters.")
    if draft.size not in SIZES:
        raise Unusable("size", f"Please choose {SIZES.start} to {SIZES.stop - 1} people.")
    if draft.sessions is not None and draft.sessions < 1:
        raise Unusable("sessions", "Please write a whole number, or leave it open.")
    _check_first(tx, draft)
    if draft.channel:
        _check_free(tx, draft.channel)


def _check_first(tx: Tx, beat: Beat | CircleDraft) -> None:
    """Raise Unusable unless the first date is still to come, and soon enough to be meant."""
    today = recurrence.day_of(tx.now, beat.zone)
    near = today <= beat.first_on <= today + FIRST_WITHIN
    if not near or recurrence.instant(beat.first_on, beat.minutes, beat.zone) <= tx.now:
        raise Unusable("first_on", "Please choose a first date still to come, within two years.")


def listed(tx: Tx, actor: Actor) -> list[Listed]:
    """The circles the actor can see, their own first, then those with places, by name.

    Of each who is in it, what the actor is to it, and the session ahead.
    """
    own = [_get(tx, circle_id) for circle_id in circles.touching(tx, actor.user)]
    mine = {circle.id for circle in own}
    others = [each for each in circles.joinable(tx, SHOWN) if each.id not in mine]
    return [
        (
            circle,
            circles.members(tx, circle.id),
            circles.member(tx, circle.id, actor.user),
            session_queries.ahead(tx, circle.id),
        )
        for circle in (*own, *others)
    ]


def runs(tx: Tx, actor: Actor) -> bool:
    """Whether the actor may run every circle, as who runs the programme may."""
    return programme.is_admin(tx, actor.user)


def _stands(member: CircleMember | None) -> bool:
    return member is not None and member.standing is not Standing.LEFT


def to_found(tx: Tx, actor: Actor) -> tuple[list[Topic], str]:
    """What the form of a new circle needs: topics, the founder's zone. Raises Refused(GUEST)."""
    require_member(tx, actor)
    member = members.get(tx, actor.user)
    return topics.every(tx), member.zone if member else "UTC"


def to_move(tx: Tx, actor: Actor, circle_id: int) -> tuple[Circle, Session]:
    """The circle and its session ahead, as the actor may move it. Raises Refused."""
    ahead = session_queries.ahead(tx, circle_id)
    circle = authorise_in_circle(tx, actor, CircleAction.MOVE, circle_id, ahead)
    if ahead is None:
        raise Refused(Reason.SESSION_OVER)
    return circle, ahead


def adopt(tx: Tx, actor: Actor, circle_id: int, channel: str) -> None:
    """Meet in a channel that is there. Raises Refused, Unusable if it is another circle's."""
    circle = authorise_in_circle(tx, actor, CircleAction.ADOPT, circle_id)
    _check_free(tx, channel, circle_id)
    circles.adopt_channel(tx, circle_id, channel)
    _meets_there_now(tx, circle)


def _check_free(tx: Tx, channel: str, circle_id: int | None = None) -> None:
    other = circles.in_channel(tx, channel)
    if other and other.id != circle_id and other.state is not CircleState.ENDED:
        raise Unusable("channel", "This channel is another circle's already.")


def _meets_there_now(tx: Tx, circle: Circle) -> None:
    outbox.refresh_under(tx, f"circle-fault/{circle.id}")
    _changed(tx, circle.id, circle.founder)
    sessions.show_open(tx, circle.id)


def lost_channel(tx: Tx, channel: str, code: str) -> None:
    """The bot can't speak in a circle's channel any more: whoever founded it hears what to do.

    `code` is Slack's own, or "deleted".
    """
    circle = circles.in_channel(tx, channel)
    if circle is None or circle.state is CircleState.ENDED:
        return
    circles.keep_channel(tx, circle.id, None, code)
    outbox.mark_stale(tx, f"circle-fault/{circle.id}/{circle.founder}/{code}")


def regained_channel(tx: Tx, channel: str) -> None:
    """The bot may speak in a circle's channel again: it makes up for what it could not do."""
    circle = circles.in_channel(tx, channel)
    if circle is None or circle.state is CircleState.ENDED or circle.fault is None:
        return
    circles.channel_is_back(tx, circle.id)
    _meets_there_now(tx, circle)


def channel_changed(tx: Tx, old: str, new: str) -> None:
    """Slack has given a channel another id; what stands in it stays where it is."""
    circles.channel_changed(tx, old, new)
    outbox.channel_changed(tx, old, new)


def to_join(tx: Tx, actor: Actor, circle_id: int) -> Circle:
    """The circle as the actor may join it; raises Refused."""
    require_member(tx, actor)
    return authorise_in_circle(tx, actor, CircleAction.JOIN, circle_id)


def join(tx: Tx, actor: Actor, circle_id: int) -> tuple[Circle, Standing]:
    """Put the actor into the circle, or on its waiting list when it is full.

    Joining again changes nothing. Raises Refused.
    """
    circle = to_join(tx, actor, circle_id)
    return circle, _let_in(tx, circle, actor.user)


def _let_in(tx: Tx, circle: Circle, user: str) -> Standing:
    already = circles.member(tx, circle.id, user)
    if already and already.standing is Standing.IN:
        return Standing.IN
    full = len(circles.members(tx, circle.id)) >= circle.size
    standing = Standing.WAITING if full else Standing.IN
    if circles.put(tx, circle.id, user, standing) and full:
        _ask_for_another(tx, circle)
    _changed(tx, circle.id, user)
    return standing


def _ask_for_another(tx: Tx, circle: Circle) -> None:
    """Tell an admin, once a circle, when enough people wait for one more."""
    if len(circles.members(tx, circle.id, Standing.WAITING)) < ENOUGH_WAIT:
        return
    for admin in programme.admins(tx)[:1]:
        outbox.ask_once(tx, f"circle-wanted/{circle.id}/{admin}")


def leave(tx: Tx, actor: Actor, circle_id: int) -> Circle:
    """Take the actor out of the circle, or off its waiting list; no reason asked.

    Whoever waits longest gets the place. Raises Refused.
    """
    circle = authorise_in_circle(tx, actor, CircleAction.LEAVE, circle_id)
    _let_go(tx, circle, actor.user)
    return circle


def _let_go(tx: Tx, circle: Circle, user: str) -> None:
    if not circles.put(tx, circle.id, user, Standing.LEFT):
        return
    sessions.left(tx, circle, user)
    _changed(tx, circle.id, user)
    _fill(tx, circle)
    # Who runs the programme may have founded it for others, and be in it no more than anybody.
    if user == circle.founder or not circles.members(tx, circle.id):
        _look_for_another(tx, circle)


def _fill(tx: Tx, circle: Circle) -> None:
    """Give what places are free to those who wait longest."""
    free = circle.size - len(circles.members(tx, circle.id))
    for waiting in circles.members(tx, circle.id, Standing.WAITING)[: max(free, 0)]:
        circles.put(tx, circle.id, waiting.user, Standing.IN)
        outbox.mark_stale(tx, f"circle-place/{circle.id}/{waiting.user}")
        _changed(tx, circle.id, waiting.user)


def _look_for_another(tx: Tx, circle: Circle) -> None:
    """Whoever is longest in a circle looks after it in its founder's place; without any it ends."""
    inside = circles.members(tx, circle.id)
    if not inside:
        sessions.stop(tx, circle)
        circles.set_state(tx, circle.id, CircleState.ENDED)
        return
    _look_after(tx, circle, inside[0].user)


def _look_after(tx: Tx, circle: Circle, user: str) -> None:
    circles.founded_by(tx, circle.id, user)
    outbox.mark_stale(tx, f"circle-yours/{circle.id}/{user}")


def joined_channel(tx: Tx, came: Passage) -> None:
    """Somebody is in a circle's channel: they are in the circle too, or wait where it is full.

    They hear the ground rules. Who was invited by the bot is in already; bots never are. What has
    been overtaken by later news, as a second copy is, changes nothing.
    """
    circle, person = circles.in_channel(tx, came.channel), members.get(tx, came.user)
    if circle is None or circle.state is CircleState.ENDED or (person and person.bot):
        return
    member = circles.member(tx, circle.id, came.user)
    if member and _overtaken(member, came, Standing.LEFT):
        return
    if not _stands(member):
        _let_in(tx, circle, came.user)
        outbox.mark_stale(tx, f"circle-welcome/{circle.id}/{came.user}")
    circles.presence(tx, circle.id, came.user, present=True, heard_at=came.at)


def left_channel(tx: Tx, went: Passage) -> None:
    """Somebody left a circle's channel: they have left the circle, or its waiting list."""
    circle = circles.in_channel(tx, went.channel)
    if circle is None or circle.state is CircleState.ENDED:
        return
    member = circles.member(tx, circle.id, went.user)
    if member is None or _overtaken(member, went, Standing.IN):
        return
    circles.presence(tx, circle.id, went.user, present=False, heard_at=went.at)
    _let_go(tx, circle, went.user)


def _overtaken(member: CircleMember, passage: Passage, since_then: Standing) -> bool:
    """Whether something later is known: of the channel, or by a click of theirs."""
    clicked = member.standing is since_then and passage.at // MICRO < member.since
    return passage.at <= member.heard_at or clicked


def reconcile(tx: Tx, channel: str, present: frozenset[str], at: int) -> None:
    """Make the circle what its channel was at an instant: for what happened while nobody listened.

    Who has not been invited yet stays in and is asked in again. Who left by a click and could not
    be taken out of the channel has still left.
    """
    circle = circles.in_channel(tx, channel)
    if circle is None:
        return
    known = {each.user: each for each in circles.everybody(tx, circle.id)}
    for user in sorted(present):
        if user not in known or not known[user].present:
            joined_channel(tx, Passage(channel, user, at * MICRO))
    for user, member in known.items():
        if member.present and user not in present:
            left_channel(tx, Passage(channel, user, at * MICRO))
    if any(not each.present for each in circles.members(tx, circle.id)):
        outbox.mark_stale(tx, f"circle-channel/{circle.id}")


def left_workspace(tx: Tx, user: str) -> None:
    """Somebody is no longer in the workspace: they are in no circle and wait for none."""
    for circle_id in circles.touching(tx, user):
        circles.presence(tx, circle_id, user, present=False)
        _let_go(tx, _get(tx, circle_id), user)


def to_change(tx: Tx, actor: Actor, circle_id: int) -> tuple[Circle, date]:
    """The circle whose rhythm the actor may change, and the date it has next. Raises Refused."""
    circle = authorise_in_circle(tx, actor, CircleAction.CHANGE_RHYTHM, circle_id)
    ahead = session_queries.ahead(tx, circle_id)
    return circle, ahead.meets_on if ahead else recurrence.day_of(tx.now, circle.zone)


def to_hand_over(tx: Tx, actor: Actor, circle_id: int) -> Circle:
    """The circle that the actor may hand over. Raises Refused."""
    return authorise_in_circle(tx, actor, CircleAction.HAND_ON, circle_id)


def hand_over(tx: Tx, actor: Actor, circle_id: int, user: str, *, circle_too: bool) -> Circle:
    """Have another of the circle lead the session ahead, or (`circle_too`) look after it all.

    Raises Refused, Unusable.
    """
    circle = authorise_in_circle(tx, actor, CircleAction.HAND_ON, circle_id)
    if user not in {member.user for member in circles.members(tx, circle_id)}:
        raise Unusable("user", "Please choose somebody of the circle.")
    if circle_too:
        _look_after(tx, circle, user)
    else:
        ahead = session_queries.ahead(tx, circle_id)
        if ahead is None:
            raise Refused(Reason.SESSION_OVER)
        sessions.hand_over(tx, actor, ahead.id, user)
    programme.audit(tx, actor.user, "circle.hand_over", str(circle_id))
    return circle


def change_rhythm(tx: Tx, actor: Actor, circle_id: int, beat: Beat) -> Circle:
    """Have the circle meet in another rhythm, from a first date on. Raises Refused, Unusable."""
    authorise_in_circle(tx, actor, CircleAction.CHANGE_RHYTHM, circle_id)
    _check_first(tx, beat)
    circles.set_rhythm(tx, circle_id, beat)
    circle = _get(tx, circle_id)
    sessions.change_rhythm(tx, circle)
    outbox.mark_stale(tx, f"circle-channel/{circle_id}")
    return _told(tx, actor, circle_id, "rhythm")


def pause(tx: Tx, actor: Actor, circle_id: int) -> Circle:
    """Have no sessions until the circle goes on. Raises Refused."""
    circle = authorise_in_circle(tx, actor, CircleAction.PAUSE, circle_id)
    circles.set_state(tx, circle_id, CircleState.PAUSED)
    sessions.pause(tx, circle)
    return _told(tx, actor, circle_id, "pause")


def resume(tx: Tx, actor: Actor, circle_id: int) -> Circle:
    """Go on with the next date of the rhythm. Raises Refused."""
    circle = authorise_in_circle(tx, actor, CircleAction.RESUME, circle_id)
    circles.set_state(tx, circle_id, CircleState.ACTIVE)
    circles.keep_quiet(tx, circle_id, 0)
    sessions.resume(tx, circle)
    return _told(tx, actor, circle_id, "resume")


def archive(tx: Tx, actor: Actor, circle_id: int) -> Circle:
    """End the circle; its channel stays as it is. Raises Refused."""
    circle = authorise_in_circle(tx, actor, CircleAction.ARCHIVE, circle_id)
    sessions.stop(tx, circle)
    circles.set_state(tx, circle_id, CircleState.ENDED)
    return _told(tx, actor, circle_id, "archive")


def _told(tx: Tx, actor: Actor, circle_id: int, action: str) -> Circle:
    programme.audit(tx, actor.user, f"circle.{action}", str(circle_id))
    outbox.mark_stale(tx, f"circle-news/{circle_id}/{action}-{tx.now}")
    for member in circles.members(tx, circle_id):
        outbox.refresh(tx, f"home/{member.user}")
    return _get(tx, circle_id)


def _changed(tx: Tx, circle_id: int, user: str) -> None:
    outbox.mark_stale(tx, f"circle-channel/{circle_id}")
    outbox.refresh(tx, f"home/{user}")


def _get(tx: Tx, circle_id: int) -> Circle:
    circle = circles.get(tx, circle_id)
    if circle is None:
        raise Unusable("circle", "This circle is not there any more.")
    return circle
