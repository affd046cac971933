"""What the outbox shows of sessions."""

from collections.abc import Callable

from bot import curriculum
from bot.delivery.target import Channel, Person, Place, Posted, Target, Thread
from bot.views import sessions as view
from bot.views.blocks import Message
from storage import circles, outbox, sessions
from storage.database import Tx
from storage.records import CircleState


def _seen(tx: Tx, session_id: str) -> view.Seen | None:
    session = sessions.get(tx, int(session_id))
    circle = circles.get(tx, session.circle_id) if session else None
    if session is None or circle is None:
        return None
    return view.Seen(
        circle=circle,
        session=session,
        question=curriculum.get(tx, session.question_id) if session.question_id else None,
        attendance=sessions.attendance(tx, session.id),
        before=sessions.commitments_before(tx, session),
        made=sessions.commitments_made_in(tx, session.id),
        after=sessions.ahead(tx, circle.id),
    )


def _run_sheet(tx: Tx, session_id: str, user: str) -> Target | None:
    seen = _seen(tx, session_id)
    if seen is None:
        return None
    if seen.session.facilitator == user:
        return Posted(Person(user), view.run_sheet(seen))
    stands = outbox.stands_in(tx, f"run-sheet/{session_id}/{user}")
    return Posted(Person(user), view.handed_over(seen)) if stands else None


def _in_channel(
    draw: Callable[[view.Seen], Message], *, alive: bool = False
) -> Callable[..., Target | None]:
    """Drawn in the circle's channel; with `alive` only as long as the circle meets."""

    def drawn(tx: Tx, session_id: str, *_more: str) -> Target | None:
        seen = _seen(tx, session_id)
        if seen is None or seen.circle.channel is None or seen.circle.shut_out:
            return None
        if alive and seen.circle.state is not CircleState.ACTIVE:
            return None
        return Posted(Channel(seen.circle.channel), draw(seen))

    return drawn


def _in_thread(draw: Callable[[view.Seen], Message]) -> Callable[..., Target | None]:
    def drawn(tx: Tx, session_id: str) -> Target | None:
        seen = _seen(tx, session_id)
        stands = outbox.stands_at(tx, f"session-thread/{session_id}")
        if seen is None or stands is None:
            return None
        place: Place = Thread(*stands)
        return Posted(place, draw(seen))

    return drawn


def _useful(tx: Tx, session_id: str, user: str) -> Target | None:
    seen = _seen(tx, session_id)
    if seen is None:
        return None
    said = next((each.useful for each in seen.attendance if each.user == user), None)
    return Posted(Person(user), view.useful_question(seen, said))


TARGETS: dict[str, Callable[..., Target | None]] = {
    "run-sheet": _run_sheet,
    "session-thread": _in_channel(view.thread),
    "session-summary": _in_thread(view.summary),
    "session-missed": _in_channel(view.missed),
    "session-moved": _in_channel(view.moved),
    "session-useful": _useful,
    "session-quiet": _in_channel(lambda _seen: view.quiet(), alive=True),
}
