"""An expert who had rather be asked later: the question goes on, and comes back at the date."""

from datetime import date, timedelta

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Refused, Unusable
from bot.rules.widening import not_to_ask
from bot.views.blocks import date as shown_date
from bot.views.consults import ids
from storage import consults as queries
from storage import offers
from storage.records import ConsultState, Offer, OfferState, Step, Urgency
from tests.support.cards import NOON, offer
from tests.support.world import DAY, HOUR, TEAM, TUESDAY, World

THURSDAY = date(2026, 11, 26)
AT_EIGHT = TUESDAY + 2 * DAY - 2 * HOUR  # Ada's Thursday begins


async def rests(
    world: World,
    until: date = THURSDAY,
    urgency: Urgency = Urgency.THIS_WEEK,
    question: str = "immunotherapy question",
) -> int:
    """A question of Ben's that Ada had rather not have before a day; gives its id."""
    consult = await world.asked(question=question, urgency=urgency)
    await world.clicks("U0ADA", ids.REST)
    await world.submits("U0ADA", until=until.isoformat())
    return consult


async def state_of(world: World, consult: int, user: str = "U0ADA") -> OfferState:
    return next(each.state for each in await world.offers(consult) if each.expert == user)


async def test_it_rests_until_their_day_begins_and_comes_back_with_a_message(
    world: World,
) -> None:
    consult = await rests(world, urgency=Urgency.NO_HURRY)
    card = world.card("U0ADA", ids.ACCEPT)[1]
    assert f"rests until {shown_date(AT_EIGHT)}" in card.text
    assert ids.REST not in str(card.blocks)
    before = len(world.messages("U0ADA"))
    await world.later(AT_EIGHT - TUESDAY - 60)
    assert await state_of(world, consult) is OfferState.RESTING
    assert len(world.messages("U0ADA")) == before
    await world.later(60)
    assert await state_of(world, consult) is OfferState.OPEN
    assert "has come back to you, as you asked" in world.messages("U0ADA")[-1].text
    assert "asks for your advice" in world.card("U0ADA", ids.REST)[1].text
    for _ in range(10):
        await world.later(HOUR)
    assert len(world.messages("U0ADA")) == before + 1  # and no reminder on top of it


async def test_others_are_asked_at_once_and_the_asker_reads_of_no_refusal(
    socket_world: World,
) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    (first,) = [each.expert for each in await world.offers(consult)]
    await world.clicks(first, ids.REST)
    await world.submits(first)
    asked = [each.expert for each in await world.offers(consult) if each.state == "open"]
    assert len(asked) == 1
    assert asked != [first]
    assert f"It is with <@{asked[0]}>" in world.messages("U0BEN")[-1].text
    for word in ("passed", "rests", "not before"):
        assert word not in world.messages("U0BEN")[-1].text


async def test_the_asker_reads_who_is_asked_next(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world, until=date(2026, 11, 25), urgency=Urgency.NO_HURRY)
    await world.later(2 * HOUR)
    standing = await world.consult(consult)
    resting = next(e for e in await world.offers(consult) if e.expert == "U0ADA")
    assert standing.due_at == resting.rests_until
    assert f"<@U0ADA> is asked {shown_date(standing.due_at or 0)}" in (
        world.messages("U0BEN")[-1].text
    )


async def test_a_question_that_somebody_took_does_not_come_back(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world)
    await world.later(2 * HOUR)
    (other,) = [each.expert for each in await world.offers(consult) if each.state == "open"]
    await world.clicks(other, ids.ACCEPT)
    assert "Somebody else has taken" in str([each.text for each in world.messages("U0ADA")])
    assert await state_of(world, consult) is OfferState.GONE
    before = len(world.messages("U0ADA"))
    await world.later(3 * DAY)
    assert len(world.messages("U0ADA")) == before


async def test_given_back_it_rests_on_and_still_comes_back(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world)
    await world.later(2 * HOUR)
    (other,) = [each.expert for each in await world.offers(consult) if each.state == "open"]
    await world.clicks(other, ids.ACCEPT)
    await world.clicks(other, ids.RELEASE)
    assert await state_of(world, consult) is OfferState.RESTING
    await world.later(AT_EIGHT - world.sandbox.clock.now())
    assert await state_of(world, consult) is OfferState.OPEN


async def test_while_it_rests_it_can_be_taken_or_passed(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world)
    await world.clicks("U0ADA", ids.PASS)
    await world.submits("U0ADA")
    assert await state_of(world, consult) is OfferState.PASSED
    again = await rests(world, question="another immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    assert (await world.consult(again)).state is ConsultState.ACCEPTED


async def test_today_it_comes_back_as_well(socket_world: World) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.TODAY)
    await world.clicks("U0ADA", ids.REST)
    assert "would like an answer today" in str(world.space.modals["U0ADA"][-1])
    await world.submits("U0ADA", until="2026-11-25")
    await world.later(DAY)
    assert await state_of(world, consult) is OfferState.OPEN
    assert (await world.consult(consult)).step is Step.ADMIN


async def test_a_day_off_is_moved_to_the_next_working_day(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world, until=date(2026, 11, 28))
    resting = next(e for e in await world.offers(consult) if e.expert == "U0ADA")
    assert resting.rests_until == AT_EIGHT + 4 * DAY  # Monday


@pytest.mark.parametrize(
    ("days", "fits"), [(-1, False), (0, False), (1, True), (14, True), (15, False)]
)
async def test_from_tomorrow_to_two_weeks_from_now(
    socket_world: World, days: int, *, fits: bool
) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    until = date(2026, 11, 24) + timedelta(days=days)
    try:
        await world.app.bot.write(TEAM, consults.rest, Actor("U0ADA"), consult, until)
        kept = True
    except Unusable as error:
        kept = error.field != "until"
    assert kept is fits


async def test_who_is_paused_by_then_is_not_asked(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world)
    await world.types("U0ADA", "pause")
    await world.later(3 * DAY)
    assert await state_of(world, consult) is OfferState.GONE


async def test_who_has_left_by_then_is_not_asked(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world)
    await world.act.change_user("U0ADA", deleted=True)
    await world.settle()
    assert await state_of(world, consult) is OfferState.PASSED
    await world.later(3 * DAY)
    assert await state_of(world, consult) is OfferState.PASSED


async def test_an_offer_rests_in_one_workspace_only(socket_world: World) -> None:
    world = socket_world
    consult = await rests(world)
    bot = world.app.bot
    with pytest.raises(Refused):
        await bot.write("T0OTHER", consults.rest, Actor("U0ADA"), consult, THURSDAY)
    assert [each.id for each in await bot.read(TEAM, queries.resting_with, "U0ADA")] == [consult]
    assert await bot.read("T0OTHER", queries.resting_with, "U0ADA") == []
    before = await world.offers(consult)
    await bot.write("T0OTHER", offers.rest, consult, "U0ADA", 5)
    await bot.write("T0OTHER", offers.wake, consult, "U0ADA")
    await bot.write("T0OTHER", offers.forward, consult, "U0ADA", "U0LEO")
    assert await world.offers(consult) == before
    await world.app.bot.write(TEAM, offers.end_all, consult)
    gone = await world.offers(consult)
    await bot.write("T0OTHER", offers.rest_on, consult)
    assert await world.offers(consult) == gone


@pytest.mark.parametrize(
    ("made", "left_alone"),
    [
        pytest.param(offer(), True, id="before them"),
        pytest.param(offer(OfferState.PASSED), True, id="passed"),
        pytest.param(offer(OfferState.RELEASED), True, id="given back"),
        pytest.param(offer(OfferState.FORWARDED), True, id="put to a colleague"),
        pytest.param(offer(OfferState.RESTING, rests_until=NOON + 9), True, id="rests"),
        pytest.param(offer(OfferState.GONE), False, id="taken by another before"),
        pytest.param(offer(OfferState.GONE, rests_until=NOON + 9), True, id="gone, and not before"),
        pytest.param(offer(OfferState.GONE, rests_until=NOON), False, id="that date has come"),
    ],
)
def test_whom_a_question_is_not_put_to_again(made: Offer, *, left_alone: bool) -> None:
    assert (made.expert in not_to_ask([made], NOON)) is left_alone
