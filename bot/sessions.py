"""The sessions of a circle: planned, prepared, opened on time, closed; what members say in them.

Of a circle one session is ahead at a time. A session carries its own next instant (`due_at`), so
that the clock looks at one indexed column however many circles there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import curriculum, ledger, nudges
from bot.authority import Actor, CircleAction, authorise_in_circle
from bot.errors import Reason, Refused, Unusable
from bot.members import hours_of
from bot.nudges import Thing
from bot.rules import recurrence, working_hours
from bot.rules.facilitation import whose_turn
from storage import circles, outbox, received, restorations, sessions
from storage.database import Tx
from storage.records import (
    Circle,
    CircleState,
    Commitment,
    CommitmentState,
    Session,
    SessionState,
)

AT_ONCE = 100  # sessions one tick takes from a workspace
DAY = 24 * 3600
# product.md, section 2.3
CLOSED_AFTER = 2 * DAY
# Early enough to tell somebody a day ahead who works from Tuesday to Thursday.
PREPARED_BEFORE = 5 * DAY
QUESTION_WORDS_MAX = 300
USEFUL_UNTIL = 5 * DAY
# product.md, section 2.5: fewer offer to merge, more to split
ACTIVE = range(3, 9)
QUIET = 2  # sessions in a row without a reply, before the circle is asked
WORDS_MAX = 500  # of a commitment
NOT_THAT_DAY = "Please choose a day from now on, before the session after it."
AHEAD = (SessionState.PLANNED, SessionState.PREPARED)


@dataclass(frozen=True, slots=True)
class Reply:
    """Somebody wrote below a message."""

    channel: str
    thread_ts: str
    user: str


def step_due(tx: Tx) -> int:
    """Move on every session the clock has to do with now, at most AT_ONCE steps; gives how many.

    May run twice or in two processes: each step is taken in the transaction that sets the next. A
    session that is late takes several, as do those that an outage made a circle miss.
    """
    steps = 0
    while steps < AT_ONCE and (due := sessions.due(tx, AT_ONCE - steps)):
        for session in due:
            circle = circles.get(tx, session.circle_id)
            if circle is not None:
                _step(tx, circle, session)
        steps += len(due)
    return steps


def _step(tx: Tx, circle: Circle, session: Session) -> None:
    if session.state is SessionState.OPEN:
        _close(tx, circle, session)
    elif _day_is_over(tx, circle, session) or restorations.forgotten(tx, session.starts_at):
        _miss(tx, circle, session)
    elif session.state is SessionState.PLANNED:
        _prepare(tx, circle, session)
    else:
        _open(tx, circle, session)


def _day_is_over(tx: Tx, circle: Circle, session: Session) -> bool:
    """Whether the day of the session is past; a time that does not exist may be on the next."""
    begins_on = recurrence.day_of(session.starts_at, circle.zone)
    return _today(tx, circle) > max(session.meets_on, begins_on)


def plan_first(tx: Tx, circle: Circle) -> None:
    """Plan a new circle's first session."""
    _plan(tx, circle, 1, circle.first_on)


def _plan_next(tx: Tx, circle: Circle, last: Session, number: int) -> Session | None:
    """Plan the session after `last`; None if the circle has had all it was to have."""
    if circle.sessions is not None and number > circle.sessions:
        return None
    following = recurrence.following(circle.rhythm, circle.first_on, last.planned_on)
    return _plan(tx, circle, number, following)


def _plan(tx: Tx, circle: Circle, number: int, day: date) -> Session | None:
    starts_at = recurrence.instant(day, circle.minutes, circle.zone)
    planned = sessions.plan(tx, circle.id, number, day, starts_at)
    if planned:
        due_at = starts_at - PREPARED_BEFORE
        sessions.goes_to(tx, planned.id, SessionState.PLANNED, due_at)
    return planned


def _prepare(tx: Tx, circle: Circle, session: Session) -> None:
    """Some days ahead: whose turn it is, with which question; they hear of it a day ahead."""
    turn = session.facilitator or _pass_turn(tx, circle, session)
    if turn:
        _tell(tx, session, turn)
    if session.question_id is None:
        sessions.asks(tx, session.id, curriculum.next_of(tx, circle).id)
    sessions.goes_to(tx, session.id, SessionState.PREPARED, session.starts_at)


def _pass_turn(tx: Tx, circle: Circle, session: Session) -> str | None:
    """Give the session to whoever's turn it is of those who can; they get the run sheet."""
    members, absent = circles.members(tx, circle.id), _absent(tx, session)
    leading = {
        each.facilitator or ""
        for each in sessions.of_circle(tx, circle.id, SessionState.OPEN)
        if each.id != session.id
    }
    turn = whose_turn(members, absent | leading) or whose_turn(members, absent)
    _give(tx, session, turn)
    return turn


def _absent(tx: Tx, session: Session) -> set[str]:
    return {each.user for each in sessions.attendance(tx, session.id) if each.coming is False}


def _tell(tx: Tx, session: Session, user: str) -> None:
    """Have the run sheet shown a day ahead, or before what of it the person does not work."""
    told_at = working_hours.last_before(hours_of(tx, user), session.starts_at - DAY)
    nudges.want(
        tx, user, Thing.RUN_SHEET, session.id,
        until=session.starts_at, due_at=max(told_at, tx.now),
    )  # fmt: skip


def _give(tx: Tx, session: Session, user: str | None, *, confirmed: bool = False) -> None:
    sessions.led_by(tx, session.id, user, confirmed=confirmed)
    for each in {user, session.facilitator} - {None}:
        outbox.refresh(tx, f"home/{each}")
    if user and session.state is SessionState.PREPARED:
        _tell(tx, session, user)
    outbox.refresh_under(tx, f"{Thing.RUN_SHEET}/{session.id}")
    outbox.refresh_under(tx, f"session-thread/{session.id}")


def _open(tx: Tx, circle: Circle, session: Session) -> None:
    """Open the thread, once, and plan the session after this one."""
    sessions.goes_to(tx, session.id, SessionState.OPEN, session.starts_at + CLOSED_AFTER)
    nudges.drop(tx, Thing.RUN_SHEET, session.id)
    _plan_next(tx, circle, session, session.number + 1)
    outbox.mark_stale(tx, f"session-thread/{session.id}")
    _home(tx, circle)


def show_open(tx: Tx, circle_id: int) -> None:
    """Have the thread of a session that is open shown: its circle has a channel now."""
    for session in sessions.of_circle(tx, circle_id, SessionState.OPEN):
        outbox.mark_stale(tx, f"session-thread/{session.id}")


def _miss(tx: Tx, circle: Circle, session: Session) -> None:
    """Its day is over and nobody opened it: the next date follows, and the circle hears why."""
    sessions.goes_to(tx, session.id, SessionState.MISSED, None)
    nudges.drop(tx, Thing.RUN_SHEET, session.id)
    after = _plan_next(tx, circle, session, session.number)
    # Of many missed in an outage the last alone is told of; of those that a restored store has
    # forgotten none, as they may well have taken place.
    last = after is None or after.meets_on >= _today(tx, circle)
    if last and not restorations.forgotten(tx, session.starts_at):
        outbox.mark_stale(tx, f"session-missed/{session.id}")
    _home(tx, circle)


def _close(tx: Tx, circle: Circle, session: Session) -> None:
    """Close the thread with what came of it; ask those who took part whether it was useful."""
    sessions.goes_to(tx, session.id, SessionState.CLOSED, None)
    took_part = [
        each for each in sessions.attendance(tx, session.id) if each.coming or each.replies
    ]
    if session.facilitator:
        circles.has_led(tx, circle.id, session.facilitator)
    # Whoever was silent and did not come has helped nobody, though their turn has passed.
    if session.confirmed or session.facilitator in {each.user for each in took_part}:
        for each in took_part:
            _helped(tx, circle, session.facilitator, each.user)
    for each in took_part:
        nudges.want(tx, each.user, Thing.USEFUL, session.id, until=tx.now + USEFUL_UNTIL)
    quiet = 0 if any(each.replies for each in took_part) else circle.quiet + 1
    circles.keep_quiet(tx, circle.id, quiet)
    if quiet == QUIET:
        outbox.mark_stale(tx, f"session-quiet/{session.id}")
    outbox.mark_stale(tx, f"session-thread/{session.id}")
    outbox.mark_stale(tx, f"session-summary/{session.id}")
    inside = len(circles.members(tx, circle.id))
    if inside not in ACTIVE:
        thing = Thing.CIRCLE_FEW if inside < ACTIVE.start else Thing.CIRCLE_MANY
        nudges.want(tx, circle.founder, thing, circle.id, until=tx.now + USEFUL_UNTIL)
    for coming in sessions.of_circle(tx, circle.id, *AHEAD):
        if coming.facilitator is None:
            _pass_turn(tx, circle, coming)
    if not sessions.of_circle(tx, circle.id, *AHEAD):
        circles.set_state(tx, circle.id, CircleState.ENDED)
    _home(tx, circle)


def _helped(tx: Tx, circle: Circle, facilitator: str | None, member: str) -> None:
    if facilitator and member != facilitator:
        ledger.led(tx, helper=facilitator, helped=member, topics=circle.topics)


def _home(tx: Tx, circle: Circle) -> None:
    for member in circles.members(tx, circle.id):
        outbox.refresh(tx, f"home/{member.user}")


def _today(tx: Tx, circle: Circle) -> date:
    return datetime.fromtimestamp(tx.now, UTC).astimezone(ZoneInfo(circle.zone)).date()


def pause(tx: Tx, circle: Circle) -> None:
    """Nothing is due while the circle rests; a session that is open still closes."""
    for session in sessions.of_circle(tx, circle.id, *AHEAD):
        sessions.goes_to(tx, session.id, session.state, None)
        nudges.drop(tx, Thing.RUN_SHEET, session.id)


def resume(tx: Tx, circle: Circle) -> None:
    """Go on with the session that was ahead, or with the next date if that one has passed."""
    for session in sessions.of_circle(tx, circle.id, *AHEAD):
        if session.starts_at > tx.now:
            due_at = session.starts_at - PREPARED_BEFORE
            sessions.goes_to(tx, session.id, SessionState.PLANNED, due_at)
            continue
        sessions.goes_to(tx, session.id, SessionState.SKIPPED, None)
        _plan(tx, circle, session.number, _next_date(tx, circle, session))


def _next_date(tx: Tx, circle: Circle, skipped: Session) -> date:
    """The next date of the rhythm at whose time it is not yet."""
    last = max(_today(tx, circle) - timedelta(days=1), skipped.planned_on)
    day = recurrence.following(circle.rhythm, circle.first_on, last)
    if recurrence.instant(day, circle.minutes, circle.zone) > tx.now:
        return day
    return recurrence.following(circle.rhythm, circle.first_on, day)


def stop(tx: Tx, circle: Circle) -> None:
    """No session comes any more; one that is open is closed."""
    for session in sessions.of_circle(tx, circle.id, *AHEAD):
        sessions.goes_to(tx, session.id, SessionState.SKIPPED, None)
        nudges.drop(tx, Thing.RUN_SHEET, session.id)
    for session in sessions.of_circle(tx, circle.id, SessionState.OPEN):
        _close(tx, circle, session)


def change_rhythm(tx: Tx, circle: Circle) -> None:
    """Have the session ahead on the circle's first date, from which its new rhythm goes on.

    Raises Refused(SESSION_OVER) where none is ahead, and Unusable for the date of an earlier one.
    """
    session = sessions.ahead(tx, circle.id)
    if session is None:
        raise Refused(Reason.SESSION_OVER)
    starts_at = recurrence.instant(circle.first_on, circle.minutes, circle.zone)
    if not sessions.plan_anew(tx, session, circle.first_on, starts_at):
        raise Unusable("first_on", "The circle has met for this date already; please take another.")
    rests = circle.state is CircleState.PAUSED
    due_at = None if rests else starts_at - PREPARED_BEFORE
    sessions.goes_to(tx, session.id, SessionState.PLANNED, due_at)
    outbox.refresh_under(tx, f"{Thing.RUN_SHEET}/{session.id}")
    _home(tx, circle)


def left(tx: Tx, circle: Circle, user: str) -> None:
    """Somebody left: what they were to lead goes to whoever is next."""
    for session in sessions.of_circle(tx, circle.id, *AHEAD, SessionState.OPEN):
        if session.facilitator == user:
            _pass_turn(tx, circle, session)


def say_coming(tx: Tx, actor: Actor, session_id: int, *, coming: bool) -> Session:
    """The actor comes, or can't; a facilitator who can't hands over by it. Raises Refused."""
    circle, session = _session(tx, actor, CircleAction.TAKE_PART, session_id)
    sessions.says_coming(tx, session_id, actor.user, coming=coming)
    if not coming and session.facilitator == actor.user:
        _pass_turn(tx, circle, session)
    outbox.refresh_under(tx, f"session-thread/{session_id}")
    return session


def lead(tx: Tx, actor: Actor, session_id: int) -> Session:
    """Lead the session: its facilitator says so, or somebody takes over who was silent.

    Raises Refused(ALREADY_LED) once somebody has said so.
    """
    _, session = _session(tx, actor, CircleAction.LEAD, session_id)
    if session.confirmed and session.facilitator != actor.user:
        raise Refused(Reason.ALREADY_LED)
    _give(tx, session, actor.user, confirmed=True)
    sessions.says_coming(tx, session_id, actor.user, coming=True)
    return session


def hand_over(tx: Tx, actor: Actor, session_id: int, user: str | None) -> str | None:
    """Give the session to `user`, or (None) to whoever is next; gives to whom.

    Raises Refused, and Unusable for somebody who is not in the circle.
    """
    circle, session = _session(tx, actor, CircleAction.HAND_OVER, session_id)
    members = circles.members(tx, circle.id)
    if user is None:
        cannot = {*_absent(tx, session), session.facilitator or ""}
        user = whose_turn(members, cannot, after=session.facilitator)
    elif user not in {member.user for member in members}:
        raise Unusable("user", "Please choose somebody of the circle.")
    _give(tx, session, user)
    return user


def swap_question(tx: Tx, actor: Actor, session_id: int) -> Session:
    """Have another question than the one there is. Raises Refused."""
    circle, session = _session(tx, actor, CircleAction.SWAP_QUESTION, session_id)
    sessions.asks(tx, session_id, curriculum.next_of(tx, circle, beside=session.question_id).id)
    outbox.refresh_under(tx, f"{Thing.RUN_SHEET}/{session_id}")
    outbox.refresh_under(tx, f"session-thread/{session_id}")
    return session


def move(tx: Tx, actor: Actor, circle_id: int, day: date) -> Session:
    """Have the session that is ahead on another day, at the circle's time.

    Raises Refused, and Unusable for a day that has passed or comes after the session after it.
    """
    session = sessions.ahead(tx, circle_id)
    circle = authorise_in_circle(tx, actor, CircleAction.MOVE, circle_id, session)
    if session is None:
        raise Refused(Reason.SESSION_OVER)
    beyond = recurrence.following(circle.rhythm, circle.first_on, session.planned_on)
    if not _today(tx, circle) <= day < beyond:
        raise Unusable("day", NOT_THAT_DAY)
    starts_at = recurrence.instant(day, circle.minutes, circle.zone)
    if starts_at <= tx.now:
        raise Unusable("day", NOT_THAT_DAY)
    ahead_at = starts_at - PREPARED_BEFORE
    due_at = ahead_at if session.state is SessionState.PLANNED else starts_at
    sessions.move(tx, session.id, day, starts_at, due_at)
    outbox.refresh_under(tx, f"{Thing.RUN_SHEET}/{session.id}")
    outbox.mark_stale(tx, f"session-moved/{session.id}/{tx.now}")
    _home(tx, circle)
    return session


def commit(tx: Tx, actor: Actor, session_id: int, words: str) -> None:
    """The actor says what they will do by the next session. Raises Refused, Unusable."""
    _, session = _session(tx, actor, CircleAction.TAKE_PART, session_id)
    if not words or len(words) > WORDS_MAX:
        raise Unusable("words", f"Please write up to {WORDS_MAX} characters.")
    sessions.commit(tx, session, actor.user, words)
    if actor.user not in {each.user for each in sessions.attendance(tx, session_id)}:
        sessions.says_coming(tx, session_id, actor.user, coming=True)
    outbox.refresh_under(tx, f"session-thread/{session_id}")
    outbox.refresh(tx, f"home/{actor.user}")


def settle(tx: Tx, actor: Actor, commitment_id: int, state: CommitmentState) -> Commitment:
    """The actor says what became of a commitment of theirs, in the circle or after it.

    Raises Refused.
    """
    commitment = sessions.commitment(tx, commitment_id)
    if commitment is None or commitment.user != actor.user:
        raise Refused(Reason.NOT_IN_CIRCLE)
    sessions.settle(tx, commitment_id, state)
    for session in sessions.of_circle(tx, commitment.circle_id, SessionState.OPEN):
        outbox.refresh_under(tx, f"session-thread/{session.id}")
    outbox.refresh(tx, f"home/{actor.user}")
    return commitment


def settle_all(tx: Tx, actor: Actor, settled: Mapping[int, CommitmentState]) -> None:
    """What became of several of the actor's commitments. Raises Refused."""
    for commitment_id, state in settled.items():
        settle(tx, actor, commitment_id, state)


def to_settle(tx: Tx, actor: Actor, session_id: int) -> list[Commitment]:
    """What the actor said before this session they would do, and is open. Raises Refused."""
    _, session = _session(tx, actor, CircleAction.TAKE_PART, session_id)
    before = sessions.commitments_before(tx, session)
    return [each for each in before if each.user == actor.user]


def suggest(tx: Tx, actor: Actor, session_id: int, words: str) -> None:
    """A question of the actor's for the circle; it comes before the curriculum's.

    Raises Refused, Unusable.
    """
    circle, _ = _session(tx, actor, CircleAction.TAKE_PART, session_id)
    if not words or len(words) > QUESTION_WORDS_MAX:
        raise Unusable("words", f"Please write up to {QUESTION_WORDS_MAX} characters.")
    curriculum.suggest(tx, circle.id, actor.user, words)


def say_useful(tx: Tx, actor: Actor, session_id: int, *, useful: bool) -> None:
    """The actor says in private whether the session was useful to them. Raises Refused."""
    session = sessions.get(tx, session_id)
    if session is None or session.state is not SessionState.CLOSED:
        raise Refused(Reason.NOT_IN_CIRCLE)
    if actor.user not in {each.user for each in sessions.attendance(tx, session_id)}:
        raise Refused(Reason.NOT_IN_CIRCLE)
    sessions.says_useful(tx, session_id, actor.user, useful=useful)
    nudges.heeded(tx, Thing.USEFUL, session_id, actor.user)


def replied(tx: Tx, reply: Reply, delivery: str) -> None:
    """Count who of the circle wrote in a session's thread; what they wrote is not read."""
    key = outbox.key_at(tx, reply.channel, reply.thread_ts, "session-thread") or ""
    session = sessions.get(tx, int(key.partition("/")[2])) if key else None
    if session is None or session.state is not SessionState.OPEN:
        return
    if circles.member(tx, session.circle_id, reply.user) and received.first_time(tx, delivery):
        sessions.replied(tx, session.id, reply.user)


def _session(tx: Tx, actor: Actor, action: CircleAction, session_id: int) -> tuple[Circle, Session]:
    """A session that is not over, with its circle. Raises Refused."""
    session = sessions.get(tx, session_id)
    if session is None:
        raise Refused(Reason.NOT_IN_CIRCLE)
    circle = authorise_in_circle(tx, actor, action, session.circle_id, session)
    if session.state not in (*AHEAD, SessionState.OPEN):
        raise Refused(Reason.SESSION_OVER)
    return circle, session
