"""What the outbox shows of circles."""

from collections.abc import Callable

from bot.delivery.target import Channel, Person, Posted, Room, Target
from bot.views import circles as circles_view
from storage import circles
from storage.database import Tx
from storage.records import Circle, CircleState, Standing


def _circle(tx: Tx, circle_id: str) -> Circle | None:
    return circles.get(tx, int(circle_id))


def _channel(tx: Tx, circle_id: str) -> Target | None:
    circle = _circle(tx, circle_id)
    if circle is None or circle.state is CircleState.ENDED:
        return None
    inside = circles.members(tx, circle.id)
    gone = circles.members(tx, circle.id, Standing.LEFT)
    return Room(
        circle=circle.id,
        channel=circle.channel,
        name=circle.name,
        private=circle.private,
        topic=f"Meets {circles_view.rhythm_of(circle)}"[:250],
        purpose=circle.purpose[:250] or "A peer circle",
        furnished=circle.furnished,
        invite=tuple(each.user for each in inside if not each.present),
        remove=tuple(each.user for each in gone if each.present),
    )


def _welcome(tx: Tx, circle_id: str, user: str) -> Target | None:
    circle, member = _circle(tx, circle_id), circles.member(tx, int(circle_id), user)
    if circle is None or member is None or member.standing is Standing.LEFT:
        return None
    return Posted(Person(user), circles_view.welcome(circle, member.standing))


def _place(tx: Tx, circle_id: str, user: str) -> Target | None:
    circle, member = _circle(tx, circle_id), circles.member(tx, int(circle_id), user)
    if circle is None or member is None or member.standing is not Standing.IN:
        return None
    return Posted(Person(user), circles_view.place_free(circle))


def _wanted(tx: Tx, circle_id: str, admin: str) -> Target | None:
    circle = _circle(tx, circle_id)
    if circle is None:
        return None
    waiting = len(circles.members(tx, circle.id, Standing.WAITING))
    return Posted(Person(admin), circles_view.another_wanted(circle, waiting)) if waiting else None


def _fault(tx: Tx, circle_id: str, founder: str, code: str) -> Target | None:
    circle = _circle(tx, circle_id)
    if circle is None or (circle.fault and circle.fault != code):
        return None
    return Posted(Person(founder), circles_view.fault(circle))


def _yours(tx: Tx, circle_id: str, user: str) -> Target | None:
    circle = _circle(tx, circle_id)
    if circle is None or circle.founder != user:
        return None
    return Posted(Person(user), circles_view.yours(circle))


def _size(tx: Tx, circle_id: str, founder: str) -> Target | None:
    circle = _circle(tx, circle_id)
    if circle is None or circle.state is CircleState.ENDED:
        return None
    inside = len(circles.members(tx, circle.id))
    message = circles_view.size_offer(circle, inside)
    return Posted(Person(founder), message) if message else None


def _news(tx: Tx, circle_id: str, action: str) -> Target | None:
    circle = _circle(tx, circle_id)
    if circle is None or circle.channel is None or circle.shut_out:
        return None
    return Posted(Channel(circle.channel), circles_view.news(circle, action))


TARGETS: dict[str, Callable[..., Target | None]] = {
    "circle-channel": _channel,
    "circle-welcome": _welcome,
    "circle-place": _place,
    "circle-wanted": _wanted,
    "circle-fault": _fault,
    "circle-yours": _yours,
    "circle-few": _size,
    "circle-many": _size,
    "circle-news": _news,
}
