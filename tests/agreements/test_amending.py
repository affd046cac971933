"""An agreement is looked at after a month, amended by both, and ends when it says."""

from datetime import UTC, datetime

from bot import feedback, mentorships, nudges
from bot.mentorships import running
from bot.nudges import Thing
from bot.rules.disturbance import Snooze
from bot.rules.mentorships import months_later
from bot.views import agreements as view
from bot.views.checkins import PLAN
from storage import checkins
from storage import nudges as nudge_queries
from storage.database import Tx
from storage.records.checkins import Checkin, CheckinState
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipState
from tests.agreements.stories import MENTEE, MENTOR, TERMS, again, agreed, does, pair, writes
from tests.support.world import DAY, TEAM, TUESDAY, World


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


async def test_read_it_shows_the_version_that_waits_not_the_one_that_holds(
    socket_world: World,
) -> None:
    world, _ = socket_world, await agreed(socket_world)
    made = await again(world, 1)
    await writes(world, made, MENTEE, over=1, objectives="Lead a unit")
    await world.later(9 * DAY)
    await world.clicks(MENTOR, view.READ)
    assert "Lead a unit" in str(world.space.modals[MENTOR][-1])


async def test_a_version_that_made_room_says_so_and_offers_nothing(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await writes(world, made, over=1, months=12)
    await does(world, mentorships.sign, MENTOR, made.id, 2)
    (old,) = (each for each in world.messages(MENTEE) if "Version 1 of your agreement" in each.text)
    assert view.WRITE not in str(old.blocks)


async def test_nothing_is_left_to_sign_once_it_has_ended(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await writes(world, made, over=1, months=12)
    await does(world, feedback.end, MENTEE, made.id)
    shown = str([each.blocks for each in world.messages(MENTOR)])
    assert view.SIGN not in shown
    assert PLAN not in shown


async def test_one_that_is_amended_to_have_no_end_is_still_noticed_after_a_year(
    socket_world: World,
) -> None:
    world, made = socket_world, await agreed(socket_world)
    await writes(world, made, over=1, months=None)
    await does(world, mentorships.sign, MENTOR, made.id, 2)
    now = await again(world, made)
    assert (now.ends_at, now.due_at) == (None, months_later(TUESDAY, 12))


async def test_a_rest_amended_to_end_earlier_ends_when_it_goes_on(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    until = datetime.fromtimestamp(TUESDAY + 200 * DAY, UTC).date()
    await does(world, running.pause, MENTEE, made.id, until, delivery="rest")
    await writes(world, made, over=1, months=2)
    await does(world, mentorships.sign, MENTOR, made.id, 2)
    await world.later(70 * DAY)
    assert (await again(world, made)).state is MentorshipState.PAUSED
    await does(world, running.resume, MENTEE, made.id)
    await world.later(DAY)
    assert (await again(world, made)).state is MentorshipState.ENDED


def met(tx: Tx, made: Mentorship) -> None:
    held = Checkin(0, made.id, MENTEE, tx.now - DAY, 30, "", CheckinState.PLANNED, uid="")
    checkins.tells(tx, checkins.plan(tx, held), MENTEE, CheckinState.HELD)


async def test_another_rhythm_by_agreement_is_asked_for_by_that_rhythm(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await world.later(3 * DAY)
    await world.app.bot.write(TEAM, met, made)
    await writes(world, made, over=1, rhythm=CheckinRhythm.ON_DEMAND)
    await does(world, mentorships.sign, MENTOR, made.id, 2)
    assert (await again(world, made)).checkin_due_at is None


async def test_who_has_answered_about_the_end_is_not_asked_in_the_same_message(
    socket_world: World,
) -> None:
    world, made = socket_world, await agreed(socket_world, months=1)
    await world.later(18 * DAY)
    await world.clicks(MENTEE, view.END_AS_AGREED)
    assert told(world, MENTEE, "You can let it") == 0
    assert told(world, MENTEE, "unless both of you sign a longer agreement") == 1
    await world.clicks(MENTOR, view.GO_ON)
    await does(world, mentorships.sign, MENTEE, made.id, 2)
    assert view.GO_ON not in str([each.blocks for each in world.messages(MENTOR)])


async def test_what_an_amendment_leaves_as_it_was_is_still_snoozed(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world, months=1)
    await world.later(18 * DAY)
    ends_at = (await again(world, made)).ends_at or 0
    sent = await world.app.bot.read(
        TEAM, nudge_queries.find, MENTEE, Thing.TERM_ENDS, made.id, ends_at
    )
    assert sent
    await does(world, nudges.snooze, MENTEE, sent.id, Snooze.TOMORROW)
    await writes(world, made, over=1, months=1, objectives="The same, said better")
    await does(world, mentorships.sign, MENTOR, made.id, 2)
    await world.later(3 * DAY)
    assert told(world, MENTEE, "You can let it") == 2  # and once before


async def test_still_right_is_seen_to(socket_world: World) -> None:
    world, _ = socket_world, await agreed(socket_world)
    await world.later(32 * DAY)
    await world.clicks(MENTEE, view.STILL_RIGHT)
    assert told(world, MENTEE, "signed an agreement a month ago") == 0
    assert told(world, MENTEE, "Seen to. Thank you.") == 1
