"""What the clock does to mentorships that are under way."""

from typing import Any

import pytest

from bot import mentorships
from bot.mentorships.starting import start
from bot.nudges import Thing
from bot.rules.mentorships import months_later
from storage import mentorships as queries
from storage.database import Tx
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipKind, MentorshipState
from tests.mentorships.stories import again, asked, does, nudge, requested, texts
from tests.support.world import DAY, TEAM, World


async def under_way(world: World, months: int | None = 6) -> Mentorship:
    """A formal mentorship that has begun, as if both had signed."""
    made = await requested(world)
    await does(world, mentorships.accept, "U0KIM", made.id)

    def begin(tx: Tx) -> None:
        start(tx, made, rhythm=CheckinRhythm.MONTHLY, months=months)

    await world.app.bot.write(TEAM, begin)
    await world.settle()
    return await again(world, made)


async def rests(world: World, made: Mentorship, until: int | None) -> None:
    def pause(tx: Tx) -> None:
        tx.execute(
            """UPDATE mentorships SET state = 'paused', paused_until = :until, due_at = :until
                WHERE workspace = :workspace AND id = :id""",
            id=made.id,
            until=until,
        )

    await world.app.bot.write(TEAM, pause)


async def jump(world: World, seconds: int) -> Any:
    """Let time pass in one leap, and what is due by then happen."""
    world.sandbox.clock.skip(seconds)
    await world.app.bot.write(TEAM, mentorships.step_due)
    await world.settle()


async def test_an_active_one_is_on_both_cards_with_what_each_can_do(socket_world: World) -> None:
    world = socket_world
    await under_way(world)
    mentee, mentor = world.messages("U0BEN"), world.messages("U0KIM")
    mine = next(each for each in mentee if "is your mentor since" in each.text)
    theirs = next(each for each in mentor if "You are <@U0BEN>'s mentor since" in each.text)
    for id_ in ("checkin.plan", "mentorship.rhythm", "mentorship.pause", "mentorship.end"):
        assert id_ in str(mine.blocks)
        assert id_ in str(theirs.blocks)
    assert "goals.edit" in str(mine.blocks)
    assert "goals.edit" not in str(theirs.blocks)


async def test_a_term_ends_by_itself_and_both_are_asked_once_more(socket_world: World) -> None:
    world = socket_world
    made = await under_way(world)
    assert made.due_at == made.ends_at
    await jump(world, (made.ends_at or 0) - world.app.bot.clock.now() - 60)
    assert (await again(world, made)).state is MentorshipState.ACTIVE
    await jump(world, 60)
    ended = await again(world, made)
    assert (ended.state, ended.ended_by, ended.due_at) == (MentorshipState.ENDED, None, None)
    assert await nudge(world, "U0KIM", Thing.CLOSING, made.id) == ("waiting", None)
    assert "has ended. Thank you both!" in texts(world, "U0BEN")


async def test_a_term_that_was_made_longer_does_not_end_early(socket_world: World) -> None:
    world = socket_world
    made = await under_way(world)
    longer = (made.ends_at or 0) + 90 * DAY

    def amend(tx: Tx) -> None:
        queries.starts(tx, made.id, ends_at=longer, checkin_due_at=None)
        queries.goes_to(tx, made.id, MentorshipState.ACTIVE, made.ends_at)

    await world.app.bot.write(TEAM, amend)
    await jump(world, (made.ends_at or 0) - world.app.bot.clock.now())
    after = await again(world, made)
    assert (after.state, after.due_at) == (MentorshipState.ACTIVE, longer)


async def test_what_rests_goes_on_when_its_day_has_come(socket_world: World) -> None:
    world = socket_world
    made = await under_way(world)
    await rests(world, made, world.app.bot.clock.now() + 20 * DAY)
    await jump(world, 19 * DAY)
    assert (await again(world, made)).state is MentorshipState.PAUSED
    await jump(world, DAY)
    after = await again(world, made)
    assert (after.state, after.paused_until) == (MentorshipState.ACTIVE, None)
    assert (after.due_at, after.checkin_step) == (made.ends_at, 0)
    assert after.checkin_due_at == world.app.bot.clock.now() + 10 * DAY
    for user in ("U0BEN", "U0KIM"):
        assert "goes on from today" in texts(world, user)


async def test_what_rests_without_a_date_is_left_alone(socket_world: World) -> None:
    world = socket_world
    made = await under_way(world)
    await rests(world, made, None)
    await world.app.bot.write(
        TEAM, queries.goes_to, made.id, MentorshipState.PAUSED, world.app.bot.clock.now()
    )
    await jump(world, 400 * DAY)
    after = await again(world, made)
    assert (after.state, after.due_at) == (MentorshipState.PAUSED, None)
    assert await world.app.bot.write(TEAM, mentorships.step_due) == 0


@pytest.mark.parametrize("months", [None, 12, 18])
async def test_after_a_year_the_mentee_is_asked_to_become_an_expert(
    socket_world: World, months: int | None
) -> None:
    world = socket_world
    made = await under_way(world, months)
    now = world.app.bot.clock.now()
    assert made.due_at == months_later(now, 12)
    await jump(world, months_later(now, 12) - now - 60)
    assert await nudge(world, "U0BEN", Thing.BECOME_EXPERT, 0) is None
    await jump(world, 60)
    assert await nudge(world, "U0BEN", Thing.BECOME_EXPERT, 0) == ("waiting", None)
    assert await nudge(world, "U0KIM", Thing.BECOME_EXPERT, 0) is None
    after = await again(world, made)
    assert (after.state is MentorshipState.ENDED) == (months == 12)
    assert after.due_at == (made.ends_at if months == 18 else None)


async def test_a_mentee_who_is_an_expert_already_is_not_asked(socket_world: World) -> None:
    world = socket_world
    made = await asked(world, MentorshipKind.INFORMAL, colleague="U0ADA", user="U0KIM")
    await does(world, mentorships.accept, "U0ADA", made.id)
    await jump(world, 366 * DAY)
    assert await nudge(world, "U0KIM", Thing.BECOME_EXPERT, 0) is None


async def test_a_tick_that_runs_twice_does_nothing_twice(socket_world: World) -> None:
    world = socket_world
    await requested(world)
    await jump(world, 15 * DAY)
    told = texts(world, "U0BEN")
    await jump(world, 0)
    assert texts(world, "U0BEN") == told
    assert await world.app.bot.read(TEAM, queries.next_due) is None
