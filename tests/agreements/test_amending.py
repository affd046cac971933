"""An agreement is looked at after a month, amended by both, and ends when it says."""

from bot import mentorships
from bot.rules.mentorships import months_later
from bot.views import agreements as view
from storage.records.mentorships import CheckinRhythm
from tests.agreements.stories import MENTEE, MENTOR, TERMS, again, agreed, does, pair, writes
from tests.support.world import DAY, TUESDAY, World


def told(world: World, user: str, words: str) -> int:
    return sum(words in str(message.text) for message in world.messages(user))


async def test_after_a_month_both_are_asked_whether_it_is_still_right(world: World) -> None:
    made = await agreed(world)
    await world.later(29 * DAY)
    assert told(world, MENTEE, "signed an agreement a month ago") == 0
    await world.later(3 * DAY)
    for user in (MENTEE, MENTOR):
        assert told(world, user, "signed an agreement a month ago") == 1
    await world.clicks(MENTEE, view.STILL_RIGHT)
    assert (await again(world, made)).version == 1


async def test_a_version_that_nobody_signs_is_asked_for_after_a_week(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    await writes(world, made)
    await world.later(6 * DAY)
    assert told(world, MENTOR, "still waits for you") == 0
    await world.later(2 * DAY)
    assert told(world, MENTOR, "still waits for you") == 1
    assert told(world, MENTEE, "still waits for you") == 0


async def test_who_has_signed_is_not_asked_for_it(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    await writes(world, made)
    await does(world, mentorships.sign, MENTOR, made.id, 1)
    await world.later(9 * DAY)
    assert told(world, MENTOR, "still waits for you") == 0


async def test_an_amended_version_holds_once_both_have_signed_and_the_old_one_until_then(
    socket_world: World,
) -> None:
    world, made = socket_world, await agreed(socket_world)
    await writes(world, made, MENTOR, over=1, months=12, rhythm=CheckinRhythm.MONTHLY)
    now = await again(world, made)
    assert (now.version, now.months, now.rhythm) == (1, 6, CheckinRhythm.FORTNIGHTLY)
    await does(world, mentorships.sign, MENTEE, made.id, 2)
    now = await again(world, made)
    assert (now.version, now.months, now.rhythm) == (2, 12, CheckinRhythm.MONTHLY)
    assert now.ends_at == now.due_at == months_later(TUESDAY, 12)
    # By the new rhythm they have a week at least before anybody is asked to plan.
    assert (now.checkin_due_at or 0) >= world.sandbox.clock.now() + 7 * DAY
    assert "amended agreement" in str(world.messages(MENTEE)[-1].text)


async def test_before_its_end_both_are_asked_and_may_let_it_end(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world, months=1)
    await world.later(18 * DAY)
    assert told(world, MENTEE, "You can let it") == 1
    await world.clicks(MENTEE, view.END_AS_AGREED)
    assert (await again(world, made)).ends_at == months_later(TUESDAY, 1)


async def test_both_may_go_on_for_three_months_more(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world, months=1)
    await world.later(18 * DAY)
    await world.clicks(MENTEE, view.GO_ON)
    assert (await again(world, made)).months == 1
    await world.clicks(MENTOR, view.GO_ON)
    now = await again(world, made)
    assert (now.months, now.ends_at) == (4, months_later(TUESDAY, 4))


async def test_the_form_begins_from_what_was_agreed(socket_world: World) -> None:
    world, _ = socket_world, await agreed(socket_world)
    await world.clicks(MENTEE, view.WRITE)
    assert TERMS.objectives in str(world.space.modals[MENTEE][-1])
