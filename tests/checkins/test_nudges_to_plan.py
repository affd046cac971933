"""Nudges to schedule check-ins, over the real bot: who is asked when, and when it stops."""

from datetime import date
from typing import Any

import pytest

from bot import checkins, nudges
from bot.authority import Actor
from bot.errors import Unusable
from bot.mentorships import running
from bot.views import checkins as ids
from bot.views.feedback import END
from storage import mentorships
from storage.database import Tx
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipState
from tests.agreements.stories import agreed
from tests.checkins.stories import (
    MENTEE,
    MENTOR,
    PAIR,
    again,
    at,
    does,
    ended,
    of,
    pair,
    plans,
    tells,
    told,
)
from tests.support.world import DAY, HOUR, TEAM, World

PLAN, RETHINK = "no first check-in yet", "It has been quiet between you"


async def by_day(world: World, **more: Any) -> Mentorship:
    """A pair; the days are counted from a time at which both work."""
    made = await pair(world, **more)
    await world.later(3 * HOUR)
    return made


def asked(world: World, user: str, words: str) -> int:
    return sum(words in text for text in told(world, user))


async def days(world: World, count: int) -> None:
    """Let days pass one by one, as the clock's ticks do."""
    for _ in range(count):
        await world.later(DAY)


async def test_the_mentee_is_asked_after_ten_days_the_mentor_a_week_later_then_both(
    socket_world: World,
) -> None:
    world = socket_world
    await by_day(world)
    await days(world, 9)
    assert (asked(world, MENTEE, PLAN), asked(world, MENTOR, PLAN)) == (0, 0)
    await days(world, 1)
    assert (asked(world, MENTEE, PLAN), asked(world, MENTOR, PLAN)) == (1, 0)
    await days(world, 8)
    assert (asked(world, MENTEE, PLAN), asked(world, MENTOR, PLAN)) == (1, 1)
    assert asked(world, MENTOR, RETHINK) == 0
    await days(world, 8)
    for user in PAIR:
        assert asked(world, user, RETHINK) == 1
        for button in (ids.PLAN, ids.RHYTHM, ids.PAUSE, END):
            world.card(user, button)
    await days(world, 60)
    for user in PAIR:
        assert (asked(world, user, PLAN), asked(world, user, RETHINK)) == (1, 1)


async def test_planning_from_the_nudge_stops_it_and_the_nudge_says_so(world: World) -> None:
    made = await by_day(world)
    await days(world, 10)
    await world.clicks(MENTEE, ids.PLAN)
    await world.submits(MENTEE)
    assert len(await of(world, made)) == 1
    assert "Your next check-in with" in told(world, MENTEE)[-3]
    assert (await again(world, made)).checkin_due_at is None
    await days(world, 2)
    assert asked(world, MENTOR, PLAN) == 0


async def test_a_nudge_stops_in_the_same_second_in_which_a_check_in_is_planned(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    world.sandbox.clock.skip(10 * DAY)
    bot = world.app.bot
    # The mentee is about to be asked; in that very second a check-in is planned.
    await bot.write(TEAM, checkins.step_due)
    wanted = at(world, 3 * DAY)
    await does(world, checkins.plan, MENTOR, made.id, wanted, delivery="that second")
    await bot.write(TEAM, nudges.send_to, [MENTEE])
    await world.settle()
    assert asked(world, MENTEE, PLAN) == 0
    # And once more where the nudge has left for the outbox before.
    other = await pair(world, mentor="U0KIM")
    world.sandbox.clock.skip(10 * DAY)
    await bot.write(TEAM, checkins.step_due)

    def sent_and_planned(tx: Tx) -> None:
        nudges.send_to(tx, [MENTEE])
        checkins.plan(tx, Actor("U0KIM"), other.id, at(world, 3 * DAY), delivery="this second")

    await bot.write(TEAM, sent_and_planned)
    await world.settle()
    assert asked(world, MENTEE, PLAN) == 0


async def test_after_a_check_in_the_next_is_asked_for_in_its_time(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    await world.later(2 * DAY)
    await tells(world, planned.id, held=True)
    await days(world, 12)
    assert asked(world, MENTEE, "have nothing planned") == 0
    await days(world, 2)
    assert asked(world, MENTEE, "have nothing planned") == 1
    assert asked(world, MENTOR, "have nothing planned") == 0


async def test_who_tells_late_that_it_took_place_is_not_asked_twice_in_one_gap(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world, rhythm=CheckinRhythm.WEEKLY)
    planned = await plans(world, made)
    await days(world, 30)
    before = [asked(world, user, "have nothing planned") for user in PAIR]
    await tells(world, planned.id, held=True)
    await days(world, 30)
    assert [asked(world, user, "have nothing planned") for user in PAIR] == before == [1, 1]


async def test_a_pair_on_demand_is_left_alone_after_its_first_check_in(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world, rhythm=CheckinRhythm.ON_DEMAND)
    planned = await plans(world, made)
    await world.later(2 * DAY)
    await tells(world, planned.id, held=True)
    await days(world, 60)
    for user in PAIR:
        assert asked(world, user, "have nothing planned") == 0


async def test_a_pair_without_a_rhythm_is_never_asked(socket_world: World) -> None:
    world = socket_world
    await pair(world, rhythm=None)
    await days(world, 40)
    assert asked(world, MENTEE, PLAN) == 0


async def test_who_cancelled_is_given_a_week_to_plan_anew(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await days(world, 9)
    planned = await plans(world, made, 3 * DAY)
    await days(world, 2)
    await does(world, checkins.cancel, MENTEE, planned.id)
    assert (await again(world, made)).checkin_due_at == world.sandbox.clock.now() + 7 * DAY
    await days(world, 6)
    assert asked(world, MENTEE, PLAN) == 0
    await days(world, 4)
    assert asked(world, MENTEE, PLAN) == 1


async def until(world: World, made: Mentorship, user: str, day: date) -> None:
    await does(world, running.pause, user, made.id, day, delivery=f"pause {user} {day}")


async def test_a_rest_is_told_keeps_everybody_quiet_and_ends_by_itself(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    await days(world, 25)
    for user in PAIR:
        assert asked(world, user, RETHINK) == 1
    await world.clicks(MENTEE, ids.PAUSE)
    # Four weeks from that Saturday.
    await world.submits(MENTEE)
    resting = await again(world, made)
    assert resting.state is MentorshipState.PAUSED
    assert f"<@{MENTEE}> would like your mentorship to rest until" in told(world, MENTOR)[-1]
    assert asked(world, MENTOR, RETHINK) == 0  # it says now that there is nothing to plan
    await days(world, 27)
    assert (await again(world, made)).state is MentorshipState.PAUSED
    assert asked(world, MENTEE, PLAN) + asked(world, MENTOR, PLAN) == 0
    await days(world, 1)
    assert (await again(world, made)).state is MentorshipState.ACTIVE
    for user in PAIR:
        assert asked(world, user, "goes on from today") == 1
    # Some days to arrive again, then the mentee is asked first once more.
    await days(world, 13)
    assert (asked(world, MENTEE, PLAN), asked(world, MENTOR, PLAN)) == (1, 0)


async def test_a_rest_puts_off_the_questions_how_it_goes(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await does(world, running.pause, MENTEE, made.id, date(2027, 2, 1), delivery="rest")
    await world.later(60 * DAY)
    for user in PAIR:
        assert "in private" not in str(told(world, user))
        assert "signed an agreement a month ago" not in str(told(world, user))
    await world.later(12 * DAY)
    for user in PAIR:
        assert "in private" in str(told(world, user))


async def test_the_other_one_can_end_a_rest(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await until(world, made, MENTEE, date(2026, 12, 20))
    await world.clicks(MENTOR, ids.RESUME)
    going = await again(world, made)
    assert (going.state, going.paused_until) == (MentorshipState.ACTIVE, None)
    assert f"<@{MENTOR}> goes on with your mentorship" in told(world, MENTEE)[-1]
    assert going.checkin_due_at is not None


async def test_a_rest_does_not_swallow_the_end_of_the_term(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)

    def term(tx: Tx) -> None:
        mentorships.starts(tx, made.id, ends_at=tx.now + 20 * DAY, checkin_due_at=None)
        mentorships.goes_to(tx, made.id, MentorshipState.ACTIVE, tx.now + 20 * DAY)

    await world.app.bot.write(TEAM, term)
    await until(world, made, MENTEE, date(2026, 12, 10))
    await does(world, running.resume, MENTOR, made.id)
    resumed = await again(world, made)
    assert resumed.due_at == resumed.ends_at
    await until(world, made, MENTOR, date(2026, 12, 12))
    await days(world, 19)
    assert (await again(world, made)).state is MentorshipState.ACTIVE
    await days(world, 2)
    assert (await again(world, made)).state is MentorshipState.ENDED


async def test_a_rest_outlasts_a_check_in_within_it(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made)
    await until(world, made, MENTOR, date(2026, 12, 20))
    await days(world, 2)
    await tells(world, planned.id, held=True)
    await days(world, 3)
    assert (await again(world, made)).state is MentorshipState.PAUSED
    await days(world, 22)
    assert (await again(world, made)).state is MentorshipState.ACTIVE


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2020, 1, 1), date(2028, 1, 1)])
async def test_a_rest_ends_on_a_day_to_come_within_a_year(socket_world: World, day: date) -> None:
    made = await pair(socket_world)
    with pytest.raises(Unusable) as no:
        await until(socket_world, made, MENTEE, day)
    assert no.value.field == "until"


async def test_another_rhythm_is_told_and_goes_by_from_then_on(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await days(world, 25)
    await world.clicks(MENTOR, ids.RHYTHM)
    await world.submits(MENTOR, rhythm=CheckinRhythm.QUARTERLY.value)
    changed = await again(world, made)
    assert changed.rhythm is CheckinRhythm.QUARTERLY
    assert "has changed how often you meet: every three months" in told(world, MENTEE)[-1]
    assert changed.checkin_due_at == world.sandbox.clock.now() + 7 * DAY
    assert changed.checkin_step == 0


async def test_a_mentorship_that_ends_is_silent(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await ended(world, made)
    await days(world, 40)
    assert asked(world, MENTEE, PLAN) == 0


async def test_a_planned_check_in_is_reminded_of_a_day_and_an_hour_before(
    socket_world: World,
) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made, 2 * DAY + 3 * HOUR, agenda="Grants")
    for user in PAIR:
        assert asked(world, user, "Your check-in with") == 0
    await world.later(DAY + 3 * HOUR)
    for user in PAIR:
        assert asked(world, user, "Your check-in with") == 1
        assert any("Grants" in text for text in told(world, user) if "Your check-in with" in text)
    await world.later(23 * HOUR)
    for user in PAIR:
        assert asked(world, user, "Your check-in with") == 2
        shown = [text for text in told(world, user) if "Your check-in with" in text]
        assert all(f"<!date^{planned.starts_at}^" in text for text in shown)


async def test_a_reminder_that_is_past_offers_nothing_to_move(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made, 2 * DAY + 3 * HOUR)
    await world.later(2 * DAY + 4 * HOUR)
    for user in PAIR:
        reminders = [each for each in world.messages(user) if "This check-in with" in each.text]
        assert len(reminders) == 2
        for each in reminders:
            assert " was <!date" in each.text
            assert "actions" not in {block["type"] for block in each.blocks}


async def test_reminders_follow_the_new_time(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    planned = await plans(world, made, 2 * DAY + 3 * HOUR)
    await world.later(DAY + 3 * HOUR)
    moved = at(world, 6 * DAY)
    await does(world, checkins.move, MENTOR, planned.id, moved, delivery="move")
    # What stands of the old time says so now.
    for user in PAIR:
        assert asked(world, user, "This check-in with") == 1
    await world.later(DAY)
    for user in PAIR:
        assert asked(world, user, "Your check-in with") == 0
    await world.later(4 * DAY)
    for user in PAIR:
        assert asked(world, user, "Your check-in with") == 1


async def test_nobody_is_asked_to_plan_with_somebody_who_has_left(socket_world: World) -> None:
    world = socket_world
    await pair(world)
    await world.act.change_user(MENTEE, deleted=True)
    await days(world, 19)
    assert asked(world, MENTEE, PLAN) == asked(world, MENTOR, PLAN) == 0
    assert asked(world, MENTOR, "has ended")
