"""What becomes of check-ins when somebody leaves, rests, ends it, or only came to observe."""

from bot import feedback, members, mentorships
from storage.database import Tx
from storage.records.checkins import CheckinState
from storage.records.mentorships import MentorshipKind, MentorshipState
from tests.checkins.stories import (
    MENTEE,
    MENTOR,
    PAIR,
    TOMORROW,
    again,
    checkin,
    does,
    files,
    helps,
    moves,
    pair,
    plans,
    tells,
    told,
    waiting,
)
from tests.checkins.test_planning import entry
from tests.mentorships.stories import requested
from tests.support.world import DAY, HOUR, TEAM, World


def undelivered(tx: Tx) -> list[tuple[str, str]]:
    rows = tx.rows("SELECT key, state FROM outbox WHERE workspace = :workspace AND state <> 'sent'")
    return [(row["key"], row["state"]) for row in rows]


async def test_an_end_after_two_moves_reaches_both_calendars(socket_world: World) -> None:
    world = socket_world
    made = await pair(world, kind=MentorshipKind.FORMAL)
    planned = await plans(world, made)
    await moves(world, planned.id, TOMORROW + DAY)
    await moves(world, planned.id, TOMORROW + 2 * DAY, MENTOR)
    await does(world, feedback.end, MENTEE, made.id)
    for user in PAIR:
        entries = [entry(each)[:3] for each in files(world, user)]
        assert [each[1] for each in entries] == [0, 1, 2, 3]
        assert entries[-1][0] == "CANCEL"
        assert len({each[2] for each in entries}) == 1
        assert "checkin-reminder" not in await waiting(world, user)


async def test_who_leaves_takes_the_date_out_of_the_others_calendar(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made, 2 * DAY)
    await world.act.change_user(MENTOR, deleted=True)
    for _ in range(5):
        await world.later(HOUR)
    assert (await checkin(world, planned.id)).state is CheckinState.CANCELLED
    assert entry(files(world, MENTEE)[-1])[:2] == ("CANCEL", 1)
    assert "has left the workspace" in told(world, MENTEE)[-1]
    await world.later(4 * DAY)
    assert await world.app.bot.read(TEAM, undelivered) == []


async def test_who_rests_is_not_reminded_and_the_date_stands(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made, 2 * DAY + 2 * HOUR)
    await does(world, members.pause, MENTEE, None)
    await world.later(2 * DAY + 90 * 60)
    reminders = {
        user: sum("Your check-in with" in each for each in told(world, user)) for user in PAIR
    }
    assert reminders == {MENTEE: 0, MENTOR: 2}
    assert (await checkin(world, planned.id)).state is CheckinState.PLANNED


async def test_to_observe_is_a_date_a_help_and_no_reminder_to_plan_another(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world, kind=MentorshipKind.OBSERVE, rhythm=None)
    planned = await plans(world, made)
    await world.later(TOMORROW + 2 * HOUR)
    await tells(world, planned.id, held=True, shared="Saw it done")
    (help_,) = await helps(world, planned.id)
    assert (help_.helper, help_.helped, help_.minutes) == (MENTOR, MENTEE, 30)
    said = [len(told(world, user)) for user in PAIR]
    await world.later(40 * DAY)
    assert [len(told(world, user)) for user in PAIR] == said
    assert "No date is arranged." in told(world, MENTEE)[0]


async def test_a_first_meeting_that_comes_to_nothing_is_out_of_both_calendars(
    socket_world: World,
) -> None:
    world = socket_world
    made = await requested(world, MENTOR, MENTEE)
    await does(world, mentorships.meet_first, MENTOR, made.id)
    planned = await plans(world, made, 3 * DAY)
    await does(world, mentorships.say_after_meeting, MENTOR, made.id, yes=False)
    assert (await checkin(world, planned.id)).state is CheckinState.PLANNED
    await does(world, mentorships.say_after_meeting, MENTEE, made.id, yes=True)
    assert (await again(world, made)).state is MentorshipState.LAPSED
    for user in PAIR:
        assert [entry(each)[:2] for each in files(world, user)] == [("PUBLISH", 0), ("CANCEL", 1)]
