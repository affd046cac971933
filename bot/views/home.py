"""The Home tab: what waits on a person, and what they have asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.blocks import (
    Block,
    Home,
    actions,
    button,
    channel,
    context,
    counted,
    cut,
    date,
    header,
    safe,
    section,
    typed,
    user,
)
from bot.views.consults import ids
from bot.views.consults.cards import ON_CALL
from bot.views.members import pause_of
from storage.records import (
    Circle,
    CircleState,
    Commitment,
    CommitmentState,
    Consult,
    ConsultState,
    Expert,
    Session,
    SessionState,
)

EDIT_EXPERT = "home.edit_expert"
CIRCLES = "home.circles"
DONE = "home.commitment_done"
DROPPED = "home.commitment_dropped"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """What the store knows of one person."""

    user: str
    waiting: Sequence[Consult]
    taken: Sequence[Consult]
    asked: Sequence[Consult]
    expert: Expert | None
    now: int
    circles: Sequence[tuple[Circle, Session | None]] = ()
    commitments: Sequence[Commitment] = ()


def home(standing: Standing) -> Home:
    """What the Home tab shows them now."""
    blocks = [
        header("Mentoring"),
        actions(
            button("Ask a mentor", ids.ASK, "new", style="primary"),
            button("What I offer", EDIT_EXPERT, "mine"),
        ),
        context(ON_CALL),
        header("Waiting on you"),
        *_waiting(standing),
        header("Your questions"),
    ]
    for consult in standing.asked[:SHOWN]:
        blocks += [context(_state(consult)), typed(cut(consult.question, 300))]
    if not standing.asked:
        blocks.append(section("None yet. Every question is welcome."))
    return Home(
        [
            *blocks,
            *_circles(standing),
            header("What you offer"),
            section(_offer(standing.expert, standing.now)),
        ]
    )


def _circles(standing: Standing) -> list[Block]:
    blocks = [header("Your circles")]
    for circle, ahead in standing.circles[:SHOWN]:
        where = f" in {channel(circle.channel)}" if circle.channel else ""
        blocks.append(section(f"*{safe(circle.name)}*{where}: {_when(circle, ahead, standing)}"))
    if not standing.circles:
        blocks.append(section("None yet. A circle is a small group of peers that meets regularly."))
    blocks.append(actions(button("See circles", CIRCLES, "all")))
    for commitment in standing.commitments[:SHOWN]:
        value = str(commitment.id)
        moved = " (moved)" if commitment.state is CommitmentState.MOVED else ""
        blocks += [
            context(f"You said you would{moved}"),
            typed(cut(commitment.words, 300)),
            actions(
                button("Done", DONE, value, style="primary"), button("Dropped", DROPPED, value)
            ),
        ]
    return blocks


def _when(circle: Circle, ahead: Session | None, standing: Standing) -> str:
    if circle.state is CircleState.PAUSED:
        return "it rests at the moment."
    if ahead is None:
        return "no session planned."
    leads = " You lead it." if ahead.facilitator == standing.user else ""
    return f"next {date(ahead.starts_at)}.{leads}"


def _to_lead(standing: Standing) -> list[Block]:
    """The sessions they are asked to lead and have not said that they do."""
    return [
        section(
            f"It is your turn to lead {safe(circle.name)} on {date(ahead.starts_at)}. The run sheet"
            " in your messages is where you say so, or hand over."
        )
        for circle, ahead in standing.circles[:SHOWN]
        if circle.state is CircleState.ACTIVE
        and ahead
        and ahead.state is SessionState.PREPARED
        and ahead.facilitator == standing.user
        and not ahead.confirmed
    ]


def _waiting(standing: Standing) -> list[Block]:
    lines = [
        section(f"{user(consult.asker)} asks for your advice; the card is in your messages.")
        for consult in standing.waiting[:SHOWN]
    ] + [
        section(f"You have taken a question of {user(consult.asker)}.")
        for consult in standing.taken[:SHOWN]
    ]
    lines += _to_lead(standing)
    return lines or [section("Nothing.")]


def _state(consult: Consult) -> str:
    if consult.state is ConsultState.ACCEPTED:
        return f"{user(consult.expert)} has it. Asked {date(consult.asked_at)}."
    return f"Looking for somebody. Asked {date(consult.asked_at)}."


def _offer(expert: Expert | None, now: int) -> str:
    if expert is None:
        return "You take no questions yet. What do colleagues come to you for?"
    topics = ", ".join(safe(topic.name) for topic in expert.topics)
    rest = pause_of(expert, now)
    pause = f" You are {rest}; `/mentor resume` ends it." if rest else ""
    return f"{topics}; up to {counted(expert.capacity, 'question')} a week.{pause}"
