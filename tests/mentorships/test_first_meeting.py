"""A first meeting before yes: each answers in private, and a no is never shown."""

import pytest

from bot import mentorships
from bot.errors import Reason, Refused
from bot.nudges import Thing
from bot.views.agreements import WRITE
from bot.views.checkins import PLAN
from bot.views.mentorships import ids
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from tests.mentorships.stories import again, asked, does, nudge, requested, texts
from tests.support.world import DAY, World


async def meeting(world: World) -> Mentorship:
    made = await requested(world)
    await world.clicks("U0KIM", ids.MEET_FIRST)
    return await again(world, made)


async def test_both_may_plan_a_talk_and_are_asked_in_private(world: World) -> None:
    made = await meeting(world)
    assert made.state is MentorshipState.MEETING
    assert "would like to meet you before saying yes" in texts(world, "U0BEN")
    for user in ("U0BEN", "U0KIM"):
        card = world.card(user, ids.NO_AFTER_MEETING)[1]
        assert PLAN in str(card.blocks)
        assert "never sees a no" in card.text


async def test_when_both_say_yes_they_go_on_to_the_agreement(world: World) -> None:
    made = await meeting(world)
    await world.clicks("U0BEN", ids.YES_AFTER_MEETING)
    assert "Your answer is noted" in texts(world, "U0BEN")
    await world.clicks("U0KIM", ids.YES_AFTER_MEETING)
    assert (await again(world, made)).state is MentorshipState.AGREEING
    for user in ("U0BEN", "U0KIM"):
        assert "both said yes" in texts(world, user)
        assert WRITE in str(world.messages(user)[-1].blocks)


async def test_a_no_changes_nothing_that_the_other_one_sees_before_they_answer(
    socket_world: World,
) -> None:
    world = socket_world
    made = await meeting(world)
    calls = len(world.sandbox.ledger.calls)
    before = texts(world, "U0KIM")
    await world.clicks("U0BEN", ids.NO_AFTER_MEETING)
    assert texts(world, "U0KIM") == before
    channel = world.card("U0KIM", ids.NO_AFTER_MEETING)[0].id
    assert not [
        each
        for each in list(world.sandbox.ledger.calls)[calls:]
        if each.arguments.get("channel") == channel
    ]
    assert (await again(world, made)).state is MentorshipState.MEETING


@pytest.mark.parametrize("no_of", ["U0BEN", "U0KIM"])
async def test_after_a_no_both_hear_the_same_few_words(socket_world: World, no_of: str) -> None:
    world = socket_world
    made = await meeting(world)
    for user in ("U0BEN", "U0KIM"):
        yes = user != no_of
        await does(world, mentorships.say_after_meeting, user, made.id, yes=yes)
    assert (await again(world, made)).state is MentorshipState.LAPSED
    told = world.messages("U0KIM")[-1].text
    assert told == (
        "You and <@U0BEN> have met and are not going on together. That happens often, and says"
        " nothing about either of you."
    )
    assert told.replace("U0BEN", "U0KIM") in world.messages("U0BEN")[-1].text
    assert "<@U0JON>" in world.messages("U0BEN")[-1].text


@pytest.mark.parametrize("said", [None, True, False])
async def test_a_silence_ends_after_two_weeks_in_the_same_words(
    socket_world: World, *, said: bool | None
) -> None:
    world = socket_world
    made = await meeting(world)
    if said is not None:
        await does(world, mentorships.say_after_meeting, "U0BEN", made.id, yes=said)
    await world.later(9 * DAY)
    assert "Have you and <@U0BEN> met?" in texts(world, "U0KIM")
    assert ("Have you and <@U0KIM> met?" in texts(world, "U0BEN")) == (said is None)
    await world.later(6 * DAY)
    assert (await again(world, made)).state is MentorshipState.LAPSED
    for user, other in (("U0BEN", "U0KIM"), ("U0KIM", "U0BEN")):
        assert f"You and <@{other}> have met and are not going on together" in texts(world, user)


async def test_the_first_word_counts(socket_world: World) -> None:
    world = socket_world
    made = await meeting(world)
    for yes in (False, True):
        await does(world, mentorships.say_after_meeting, "U0BEN", made.id, yes=yes)
    assert (await again(world, made)).mentee_says is False
    assert await nudge(world, "U0BEN", Thing.REQUEST_WAITS, made.id, 1) == ("dropped", "done")


async def test_a_withdrawal_after_a_meeting_is_told(socket_world: World) -> None:
    world = socket_world
    await meeting(world)
    await world.clicks("U0BEN", ids.WITHDRAW)
    assert "has taken their request back" in world.messages("U0KIM")[-1].text


async def test_only_a_formal_request_has_a_first_meeting(socket_world: World) -> None:
    world = socket_world
    made = await asked(world, MentorshipKind.INFORMAL)
    with pytest.raises(Refused) as no:
        await does(world, mentorships.meet_first, "U0KIM", made.id)
    assert no.value.reason is Reason.MENTORSHIP_MOVED_ON
