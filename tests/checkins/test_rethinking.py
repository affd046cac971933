"""The quiet question to both: another rhythm, a rest or an end, each from its own buttons."""

from datetime import date

import pytest

from bot.views import checkins as ids
from bot.views.feedback import END
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipKind, MentorshipState
from tests.checkins.stories import PAIR, again, pair, told, waiting
from tests.checkins.test_nudges_to_plan import RETHINK
from tests.support.world import DAY, World


async def quiet(world: World) -> Mentorship:
    """A formal pair that was asked to plan, and asked in the end whether to go on so."""
    made = await pair(world, kind=MentorshipKind.FORMAL)
    for _ in range(27):
        await world.later(DAY)
    for user in PAIR:
        assert sum(RETHINK in each for each in told(world, user)) == 1
    return made


@pytest.mark.parametrize("user", PAIR)
async def test_from_it_the_rhythm_is_changed(socket_world: World, user: str) -> None:
    world = socket_world
    made = await quiet(world)
    await world.clicks(user, ids.RHYTHM)
    await world.submits(user, rhythm=CheckinRhythm.QUARTERLY.value)
    assert (await again(world, made)).rhythm is CheckinRhythm.QUARTERLY
    await settled(world, made.other(user))


@pytest.mark.parametrize("user", PAIR)
async def test_from_it_the_pair_rests(socket_world: World, user: str) -> None:
    world = socket_world
    made = await quiet(world)
    await world.clicks(user, ids.PAUSE)
    await world.submits(user, until=date(2027, 2, 1).isoformat())
    assert (await again(world, made)).state is MentorshipState.PAUSED
    await settled(world, made.other(user))


@pytest.mark.parametrize("user", PAIR)
async def test_from_it_the_mentorship_ends(socket_world: World, user: str) -> None:
    world = socket_world
    made = await quiet(world)
    await world.clicks(user, END)
    assert (await again(world, made)).state is MentorshipState.ENDED
    await settled(world, made.other(user))


async def settled(world: World, other: str) -> None:
    """Nobody is asked any more, and what stands offers nothing that was decided."""
    for user in PAIR:
        assert not any(RETHINK in each for each in told(world, user))
        assert not {"plan-checkin", "rethink-mentorship"} & set(await waiting(world, user))
    await world.later(DAY)
    assert sum(RETHINK in each for each in told(world, other)) == 0
