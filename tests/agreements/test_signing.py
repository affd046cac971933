"""An agreement is written by one and signed by both; only then is the mentorship active."""

from dataclasses import replace

import pytest

from bot import mentorships
from bot.errors import Reason, Refused, Unusable
from bot.rules.mentorships import months_later
from bot.views import agreements as view
from storage import agreements
from storage.records import HelpCategory
from storage.records.mentorships import CheckinRhythm, MentorshipKind, MentorshipState
from tests.agreements.stories import (
    MENTEE,
    MENTOR,
    STRANGER,
    TERMS,
    again,
    agreed,
    does,
    pair,
    writes,
)
from tests.support.world import DAY, TEAM, TUESDAY, World


async def test_the_two_write_and_sign_by_hand(world: World) -> None:
    made = await pair(world)
    await does(world, mentorships.propose, MENTEE, made.id, TERMS, instead_of=0)
    await world.clicks(MENTOR, view.WRITE)
    await world.submits(MENTOR, mentor_does="Asks, and listens", months="9")
    assert "on its way" in str(world.space.modals[MENTOR][-1])
    assert (await again(world, made)).state is MentorshipState.AGREEING
    await world.clicks(MENTEE, view.SIGN)
    now = await again(world, made)
    assert (now.state, now.version, now.months) == (MentorshipState.ACTIVE, 2, 9)
    assert now.ends_at == months_later(now.started_at or 0, 9)
    assert "your mentorship has begun" in str(world.messages(MENTOR)[-1].text)


async def test_it_is_active_only_once_both_have_signed(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    await writes(world, made, MENTOR)
    assert (await again(world, made)).state is MentorshipState.AGREEING
    await does(world, mentorships.sign, MENTOR, made.id, 1)
    assert (await again(world, made)).state is MentorshipState.AGREEING
    await does(world, mentorships.sign, MENTEE, made.id, 1)
    assert (await again(world, made)).state is MentorshipState.ACTIVE


async def test_a_version_that_was_overtaken_can_not_be_signed(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    await writes(world, made)
    await writes(world, made, MENTOR, over=1, objectives="Something else")
    with pytest.raises(Refused) as no:
        await does(world, mentorships.sign, MENTOR, made.id, 1)
    assert no.value.reason is Reason.AGREEMENT_CHANGED
    assert "made room for a newer one" in str(world.messages(MENTEE))


async def test_two_who_write_at_the_same_time_do_not_overwrite_one_another(
    socket_world: World,
) -> None:
    world, made = socket_world, await pair(socket_world)
    await writes(world, made)
    with pytest.raises(Refused) as no:
        await writes(world, made, MENTOR, objectives="Written over nothing")
    assert no.value.reason is Reason.AGREEMENT_CHANGED
    newest = await world.app.bot.read(TEAM, agreements.latest, made.id)
    assert newest
    assert newest.terms == TERMS


async def test_a_form_sent_twice_makes_one_version(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    await writes(world, made)
    await writes(world, made)
    newest = await world.app.bot.read(TEAM, agreements.latest, made.id)
    assert newest
    assert newest.version == 1


async def test_signing_twice_changes_nothing(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await world.later(DAY)
    signed = await does(world, mentorships.sign, MENTOR, made.id, 1)
    assert signed.mentor_signed_at == TUESDAY
    assert (await again(world, made)).started_at == TUESDAY


@pytest.mark.parametrize("field", ["objectives", "mentee_does", "mentor_does", "boundaries"])
async def test_what_is_missing_is_named(socket_world: World, field: str) -> None:
    made = await pair(socket_world)
    with pytest.raises(Unusable) as no:
        await does(
            socket_world,
            mentorships.propose,
            MENTEE,
            made.id,
            replace(TERMS, **{field: ""}),  # type: ignore[arg-type] # each is a text
            instead_of=0,
        )
    assert no.value.field == field


@pytest.mark.parametrize("months", [0, 61])
async def test_it_lasts_one_to_sixty_months(socket_world: World, months: int) -> None:
    made = await pair(socket_world)
    with pytest.raises(Unusable) as no:
        await writes(socket_world, made, months=months)
    assert no.value.field == "months"


async def test_it_may_be_open_ended_and_on_demand(socket_world: World) -> None:
    made = await agreed(socket_world, months=None, rhythm=CheckinRhythm.ON_DEMAND)
    assert (made.ends_at, made.rhythm) == (None, CheckinRhythm.ON_DEMAND)


async def test_what_kind_of_pair_they_are_is_theirs_to_say(socket_world: World) -> None:
    made = await agreed(socket_world, category=HelpCategory.TRANSFORMATIONAL)
    assert made.category is HelpCategory.TRANSFORMATIONAL


@pytest.mark.parametrize("use_case", [mentorships.to_write, mentorships.to_read])
async def test_nobody_else_sees_it(socket_world: World, use_case: object) -> None:
    made = await agreed(socket_world)
    for guessed in (made.id, 4711):
        with pytest.raises(Refused) as no:
            await does(socket_world, use_case, STRANGER, guessed)
        assert no.value.reason is Reason.NOT_YOUR_MENTORSHIP


async def test_an_informal_one_has_none(socket_world: World) -> None:
    made = await pair(socket_world, MentorshipState.ACTIVE, kind=MentorshipKind.INFORMAL)
    with pytest.raises(Refused) as no:
        await writes(socket_world, made)
    assert no.value.reason is Reason.NOT_YOUR_MENTORSHIP


async def test_what_is_typed_formats_nothing(socket_world: World) -> None:
    made = await pair(socket_world)
    await writes(socket_world, made, objectives="<!channel> *now* <@U0ADA>")
    text = str(socket_world.messages(MENTOR)[-1].text)
    assert "<!channel>" not in text
    assert "<@U0ADA>" not in text
