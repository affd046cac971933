"""Nothing others can try answers who asks anonymously: channels, admins, lists of their own."""

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Refused
from bot.views.consults import ids
from storage import members
from storage.records import ConsultState, OfferState, Step
from tests.consults.anonymously import asked_anonymously
from tests.support.world import DAY, HOUR, TEAM, World


async def test_an_anonymous_question_stands_in_its_channel_without_a_name(
    socket_world: World,
) -> None:
    world = socket_world
    await asked_anonymously(world)
    await world.later(8 * HOUR)
    place = world.space.find_channel("oncology-questions")
    assert place.messages[-1].text.startswith("A colleague who asks anonymously asks for advice.")
    await world.act.click("U0LEO", ids.ACCEPT, channel=place.id, ts=place.messages[-1].ts)
    await world.settle()
    assert (await world.consult(1)).expert == "U0LEO"


@pytest.mark.parametrize("who", ["U0BEN", "U0CHI"])
async def test_whom_the_asker_must_not_meet_does_not_find_out_in_a_channel(
    socket_world: World, who: str
) -> None:
    world = socket_world
    other = {"U0BEN": "U0CHI", "U0CHI": "U0BEN"}[who]
    await world.app.bot.write(TEAM, members.leave_out, who, [other])
    await asked_anonymously(world)
    await world.later(2 * DAY)
    place = world.space.find_channel("oncology-questions")
    assert not any("asks for advice" in each.text for each in place.messages)
    assert (await world.consult(1)).step is Step.ADMIN


async def test_keeping_away_from_somebody_does_not_show_whether_they_ask(
    socket_world: World,
) -> None:
    world = socket_world
    await asked_anonymously(world)
    await world.later(8 * HOUR)
    place = world.space.find_channel("oncology-questions")
    await world.app.bot.write(TEAM, members.leave_out, "U0LEO", ["U0BEN"])
    # Refused, it would tell Leo that it is Ben who asks.
    await world.app.bot.write(TEAM, consults.accept, Actor("U0LEO", place.id), 1)
    assert (await world.consult(1)).expert == "U0LEO"


async def test_the_askers_own_wish_counts_in_a_channel_too(socket_world: World) -> None:
    world = socket_world
    await asked_anonymously(world)
    await world.later(8 * HOUR)
    place = world.space.find_channel("oncology-questions")
    await world.app.bot.write(TEAM, members.leave_out, "U0BEN", ["U0LEO"])
    with pytest.raises(Refused):
        await world.app.bot.write(TEAM, consults.accept, Actor("U0LEO", place.id), 1)


async def at_an_admin(world: World) -> str:
    await asked_anonymously(world)
    await world.later(2 * DAY)
    admin = (await world.consult(1)).admin
    assert admin
    return admin


@pytest.mark.parametrize("who", ["U0BEN", "U0CHI", "U0LEO"])
async def test_an_admin_learns_nothing_by_whom_they_put_it_to(
    socket_world: World, who: str
) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, members.leave_out, "U0BEN", ["U0CHI"])
    admin = await at_an_admin(world)
    before = world.card(admin, ids.HAND_ON)[1].text
    heard = len(world.messages(admin))
    outcome = await world.clicks(admin, ids.HAND_ON, pick=who)
    assert outcome.acknowledged
    assert len(world.messages(admin)) == heard
    assert world.card(admin, ids.HAND_ON)[1].text == before
    offers = {each.expert: each.state for each in await world.offers(1)}
    assert (offers.get(who) is OfferState.OPEN) == (who == "U0LEO")


async def test_one_who_read_the_name_is_not_handed_it_again(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy question")
    await world.app.bot.write(TEAM, consults.ask_anonymously, Actor("U0BEN"), asked)
    await world.later(2 * DAY)
    admin = Actor(str((await world.consult(asked)).admin))
    named = next(
        each.expert for each in await world.offers(asked) if each.state is OfferState.TAKEN_BACK
    )
    await world.app.bot.write(TEAM, consults.hand_on, admin, asked, named)
    assert OfferState.OPEN not in {
        each.state for each in await world.offers(asked) if each.expert == named
    }


async def test_an_admin_kept_apart_from_the_asker_is_not_given_it(socket_world: World) -> None:
    world = socket_world
    for admin in ("U0ADA", "U0IVY"):
        await world.app.bot.write(TEAM, members.leave_out, admin, ["U0BEN"])
    await asked_anonymously(world)
    await world.later(2 * DAY)
    stands = await world.consult(1)
    assert (stands.admin, stands.state) == (None, ConsultState.OPEN)
