"""Goals: what a mentee wants to reach. They are theirs alone to set and to move on."""

from collections.abc import Mapping

from bot.authority import Actor, require_member
from bot.errors import Reason, Refused, Unusable
from storage import goals, mentorships, outbox, received
from storage.database import Tx
from storage.records.mentorships import Goal, GoalState, MentorshipKind

OPEN_AT_MOST = 10
# A goal's progress counts in quarters.
REACHED = 4


def open_of(tx: Tx, user: str) -> list[Goal]:
    """The goals a user still works on, oldest first."""
    return goals.open_of(tx, user)


def save(
    tx: Tx, actor: Actor, progress: Mapping[int, int | None], words: str, *, delivery: str
) -> list[Goal]:
    """Store how far each goal is (quarters; None: dropped), and a new one if there are `words`.

    A goal that was closed while the form was open stays as it is. Gives the goals that were reached
    by it; none for a second copy of the delivery. Raises Refused(GUEST, NOT_YOUR_GOAL) and
    Unusable("words").
    """
    require_member(tx, actor)
    if not received.first_time(tx, delivery):
        return []
    before = {goal.id: goal for goal in goals.open_of(tx, actor.user)}
    still = {each: at for each, at in progress.items() if not goals.closed(tx, actor.user, each)}
    reached = [each for each in still.items() if move_on(tx, actor, *each)]
    if words:
        if len(goals.open_of(tx, actor.user)) >= OPEN_AT_MOST:
            raise Unusable(
                "words",
                f"{OPEN_AT_MOST} goals at a time are plenty. Please close one of them first.",
            )
        goals.add(tx, actor.user, words, _formal_of(tx, actor.user))
    outbox.mark_stale(tx, f"home/{actor.user}")
    return [before[goal_id] for goal_id, _ in reached]


def move_on(tx: Tx, actor: Actor, goal_id: int, quarters: int | None) -> bool:
    """Store how far a goal is (None: dropped); True if it is reached by it.

    Raises Refused(NOT_YOUR_GOAL).
    """
    state = GoalState.OPEN
    if quarters is None:
        state = GoalState.DROPPED
    elif quarters >= REACHED:
        state = GoalState.REACHED
    if not goals.stands(tx, actor.user, goal_id, state, min(quarters or 0, REACHED)):
        raise Refused(Reason.NOT_YOUR_GOAL)
    return state is GoalState.REACHED


def _formal_of(tx: Tx, user: str) -> int | None:
    """The formal mentorship of a mentee, if they have just one."""
    found = [
        each.id
        for each in mentorships.of_member(tx, user)
        if each.mentee == user and each.kind is MentorshipKind.FORMAL and each.under_way
    ]
    return found[0] if len(found) == 1 else None
