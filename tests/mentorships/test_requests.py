"""A request for a mentor: answered, reminded of, lapsed, taken back."""

import asyncio
from dataclasses import replace

import pytest

from bot import mentorships, people, programme
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.local_workspace import introduce
from bot.mentorships.requesting import Wanted
from bot.nudges import Thing
from bot.views.agreements import WRITE
from bot.views.mentorships import ids
from storage import members
from storage.records.mentorships import MentorshipKind, MentorshipState
from tests.mentorships.stories import NEED, again, changes_profile, does, nudge, requested, texts
from tests.support.world import DAY, TEAM, World


async def test_an_accepted_request_goes_on_to_the_agreement_which_the_mentee_writes(
    world: World,
) -> None:
    made = await requested(world)
    await world.clicks("U0KIM", ids.ACCEPT)
    assert (await again(world, made)).state is MentorshipState.AGREEING
    news = world.card("U0BEN", WRITE)[1]
    assert "<@U0KIM> says yes" in texts(world, "U0BEN")
    assert "Write the agreement" in str(news.blocks)
    assert "You would be <@U0BEN>'s mentor" in texts(world, "U0KIM")
    assert await nudge(world, "U0BEN", Thing.AGREEMENT_WAITS, made.id) == ("waiting", None)
    assert await nudge(world, "U0KIM", Thing.REQUEST_WAITS, made.id) == ("dropped", "done")


async def test_a_decline_is_told_without_blame_and_the_next_two_are_offered(world: World) -> None:
    made = await requested(world)
    await world.clicks("U0KIM", ids.DECLINE)
    assert (await again(world, made)).state is MentorshipState.DECLINED
    told = world.card("U0BEN", f"{ids.REQUEST}.2")[1]
    assert "can't take this on at the moment" in told.text
    assert "says nothing about you" in told.text
    assert "<@U0JON>: offers" in told.text
    assert "<@U0DOT>: offers" in told.text
    assert "Thank you for answering" in texts(world, "U0KIM")

    await world.clicks("U0BEN", f"{ids.REQUEST}.1")
    await world.submits("U0BEN")
    assert "asks you to be their mentor" in texts(world, "U0DOT")


async def test_the_mentor_is_reminded_after_a_week_and_the_request_lapses_after_two(
    socket_world: World,
) -> None:
    world = socket_world
    made = await requested(world)
    await world.later(6 * DAY + 22 * 3600)
    assert "still waiting for a word" not in texts(world, "U0KIM")
    await world.later(3 * DAY)
    assert "still waiting for a word" in texts(world, "U0KIM")
    assert (await again(world, made)).state is MentorshipState.ASKED
    await world.later(5 * DAY)
    assert (await again(world, made)).state is MentorshipState.LAPSED
    told = world.card("U0BEN", f"{ids.REQUEST}.1")[1]
    assert "your request has lapsed. That is nobody's fault" in told.text
    assert "<@U0JON>" in told.text
    assert "There is nothing left to do" in texts(world, "U0KIM")
    assert "is settled" in texts(world, "U0KIM")


async def test_a_mentor_who_has_answered_is_not_reminded(socket_world: World) -> None:
    world = socket_world
    made = await requested(world)
    await does(world, mentorships.accept, "U0KIM", made.id)
    await world.later(9 * DAY)
    assert "still waiting for a word" not in texts(world, "U0KIM")


async def test_a_request_can_be_taken_back_and_its_card_says_so(socket_world: World) -> None:
    world = socket_world
    made = await requested(world)
    await world.clicks("U0BEN", ids.WITHDRAW)
    assert (await again(world, made)).state is MentorshipState.WITHDRAWN
    assert "has taken their request back" in texts(world, "U0KIM")
    assert "You have taken back" in texts(world, "U0BEN")
    await world.later(20 * DAY)
    assert (await again(world, made)).state is MentorshipState.WITHDRAWN


async def test_of_an_accept_and_a_withdrawal_at_once_one_counts_and_both_cards_agree(
    world: World,
) -> None:
    made = await requested(world)
    cards = {"U0KIM": ids.ACCEPT, "U0BEN": ids.WITHDRAW}

    async def click(user: str) -> None:
        channel, message = world.card(user, cards[user])
        await world.act.click(user, cards[user], channel=channel.id, ts=message.ts)

    await asyncio.gather(click("U0KIM"), click("U0BEN"))
    await world.settle()
    # The agreement can be withdrawn from as well, so the withdrawal counts in the end.
    assert (await again(world, made)).state is MentorshipState.WITHDRAWN
    for user, button in cards.items():
        with pytest.raises(AssertionError):
            world.card(user, button)


async def test_who_withdraws_first_leaves_nothing_to_accept(socket_world: World) -> None:
    world = socket_world
    made = await requested(world)
    await does(world, mentorships.withdraw, "U0BEN", made.id)
    with pytest.raises(Refused) as no:
        await does(world, mentorships.accept, "U0KIM", made.id)
    assert no.value.reason is Reason.MENTORSHIP_MOVED_ON


async def test_five_requests_are_open_at_most(socket_world: World) -> None:
    world = socket_world
    await introduce(world.app, TEAM)
    for mentor in ("U0KIM", "U0JON", "U0DOT", "U0ADA", "U0HAL"):
        made = await requested(world, mentor)
    with pytest.raises(Refused) as no:
        await requested(world, "U0GUS")
    assert no.value.reason is Reason.ENOUGH_ASKED
    await does(world, mentorships.withdraw, "U0BEN", made.id)
    assert await requested(world, "U0GUS")


async def test_a_mentors_room_is_looked_at_when_asked_and_again_when_they_accept(
    socket_world: World,
) -> None:
    world = socket_world
    made = await requested(world, "U0HAL")
    second = await requested(world, "U0HAL", "U0LEO")
    await does(world, mentorships.meet_first, "U0HAL", made.id)
    for use_case in (mentorships.accept, mentorships.meet_first):
        with pytest.raises(Refused) as no:
            await does(world, use_case, "U0HAL", second.id)
        assert no.value.reason is Reason.OWN_ROOM
    with pytest.raises(Refused) as full:
        await requested(world, "U0HAL", "U0EVA")
    assert full.value.reason is Reason.NO_ROOM
    await changes_profile(world, "U0HAL", mentees=2)
    await does(world, mentorships.accept, "U0HAL", second.id)


@pytest.mark.parametrize(
    ("mentor", "reason"),
    [
        pytest.param("U0BEN", Reason.NOT_YOURSELF, id="oneself"),
        pytest.param("U0MIA", Reason.NOT_PICKABLE, id="a guest"),
        pytest.param("U0NED", Reason.NOT_PICKABLE, id="somebody who left"),
        pytest.param("U0MENTOR", Reason.NOT_PICKABLE, id="a bot"),
        pytest.param("U0DOT", Reason.NOT_PICKABLE, id="somebody kept apart"),
        pytest.param("U0NOBODY", Reason.NO_SUCH_MEMBER, id="nobody"),
        pytest.param("U0LEO", Reason.NO_ROOM, id="somebody who is no mentor"),
        pytest.param("U0KIM", Reason.ASKED_BEFORE, id="somebody asked already"),
    ],
)
async def test_who_can_not_be_asked_is_refused_kindly(
    socket_world: World, mentor: str, reason: Reason
) -> None:
    world = socket_world
    await requested(world)
    await world.app.bot.write(TEAM, members.leave_out, "U0DOT", ["U0BEN"])
    with pytest.raises(Refused) as no:
        await requested(world, mentor, need="early-balance")
    assert no.value.reason is reason


async def test_a_guest_can_not_ask_and_a_need_must_be_there(socket_world: World) -> None:
    world = socket_world
    with pytest.raises(Refused) as no:
        await requested(world, mentee="U0MIA")
    assert no.value.reason is Reason.GUEST
    with pytest.raises(Unusable):
        await requested(world, need="no-such-need")


async def test_a_form_delivered_twice_is_one_request(socket_world: World) -> None:
    world = socket_world
    first = await requested(world)
    assert (await requested(world)).id == first.id


async def test_who_leaves_the_workspace_leaves_no_request_behind(socket_world: World) -> None:
    world = socket_world
    made = await requested(world)
    member = await world.app.bot.read(TEAM, members.get, "U0KIM")
    assert member
    await world.app.bot.write(TEAM, people.keep, [replace(member, deactivated=True)])
    await world.settle()
    assert (await again(world, made)).state is MentorshipState.LAPSED
    assert "has left the workspace" in texts(world, "U0BEN")
    assert f"{ids.REQUEST}.1" in str(world.messages("U0BEN")[-1].blocks)


async def test_a_word_in_a_request_never_stands_in_a_key_or_in_what_is_carried(
    socket_world: World,
) -> None:
    world = socket_world
    await introduce(world.app, TEAM)
    wanted = Wanted(MentorshipKind.FORMAL, "U0KIM", "canary words", need=NEED)
    await does(world, mentorships.request, "U0BEN", wanted, delivery="d")
    await world.clicks("U0KIM", ids.DECLINE)
    keys = await world.app.bot.read(
        TEAM, lambda tx: [row["key"] for row in tx.rows("SELECT key FROM outbox")]
    )
    assert "canary" not in str(keys)
    overview = await world.app.bot.read(TEAM, programme.overview, Actor("U0IVY"))
    assert "canary" not in str(overview)
