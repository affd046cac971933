"""What one of the two is told of a mentorship: what became of a request, and what comes next."""

from collections.abc import Sequence

from bot.views.agreements import WRITE
from bot.views.blocks import Block, Message, button, user
from bot.views.checkins import PLAN
from bot.views.mentorships.cards import NO_BLAME, PARTED, Seen
from bot.views.mentorships.suggestions import Offered, offered_lines
from bot.views.message import Line, message
from storage.records.mentorships import MentorshipKind, MentorshipState


def news(seen: Seen, me: str, told: str, offered: Offered | None = None) -> Message | None:
    """The message about what has happened (`told`); None for what is not known by that name.

    `offered`: the next mentors, for a mentee whose request came to nothing.
    """
    mentorship = seen.mentorship
    other = user(mentorship.other(me))
    words = _WORDS.get(told.partition("-")[0] if told.startswith("resumed") else told)
    if words is None:
        return None
    if told == "accepted":
        return message([_accepted(seen, other)], _next(seen, me))
    lines: list[Line] = [words.format(other=other)]
    buttons = _next(seen, me) if told in ("meeting", "both-yes", "resumed") else []
    if offered and told in ("declined", "lapsed", "parted", "left"):
        more, buttons = offered_lines(offered)
        lines += more
    return message(lines, buttons)


_WORDS = {
    "accepted": "",
    "meeting": (
        "{other} would like to meet you before saying yes. Plan a talk; afterwards each of you says"
        " in private, on the card above, whether to go on."
    ),
    "declined": f"{{other}} can't take this on at the moment. {NO_BLAME}",
    "lapsed": (
        "{other} has not found the time to answer, so your request has lapsed. That is nobody's"
        " fault, and you can ask somebody else now."
    ),
    "withdrawn": "{other} has taken their request back. There is nothing left to do.",
    "both-yes": "You and {other} both said yes. Next comes the agreement.",
    "parted": PARTED,
    "resumed": "Your mentorship with {other} goes on from today: its rest is over.",
    "left": "{other} has left the workspace, so what you had together here has ended.",
}


def _accepted(seen: Seen, other: str) -> str:
    kind = seen.mentorship.kind
    if kind is MentorshipKind.OBSERVE:
        return f"{other} says: gladly, come and sit in. Arrange a date now."
    if kind is MentorshipKind.SWAP:
        return f"{other} says: gladly. Your swap has begun; arrange a first date."
    if kind is MentorshipKind.INFORMAL:
        return f"{other} says: gladly. Your informal mentorship has begun."
    return (
        f"{other} says yes. Next comes the agreement: a few lines on what you want to reach and"
        " what each expects. The first draft is yours."
    )


def _next(seen: Seen, me: str) -> Sequence[Block]:
    mentorship = seen.mentorship
    value, state = str(mentorship.id), mentorship.state
    plan = button("Plan a check-in", PLAN, value)
    if state is MentorshipState.AGREEING:
        style = "primary" if me == mentorship.mentee else None
        return [button("Write the agreement", WRITE, value, style=style), plan]
    if state in (MentorshipState.MEETING, MentorshipState.ACTIVE):
        return [plan]
    return []
