"""Home shows a person's consults, and what can be done to them can be done there."""

import pytest

from bot.errors import Reason
from bot.views import home as home_view
from bot.views import refusals
from bot.views.blocks import Home
from bot.views.consults import ids
from bot.views.home import Standing, home
from storage import members
from storage.records import ConsultState, OfferState
from tests.profiles.stories import clicks_home, modal, opens_home, reads, words_on
from tests.support.cards import ADA, BEN, NOON, consult, faults_of, offer
from tests.support.world import World


async def test_an_offer_is_accepted_on_home(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="How do I taper steroids? immunotherapy")
    shown = await opens_home(world, "U0ADA")
    assert "<@U0BEN> asks for your advice" in shown
    assert "How do I taper steroids?" in shown
    await clicks_home(world, "U0ADA", ids.ACCEPT)
    assert (await world.consult(asked)).expert == "U0ADA"
    assert "You have taken a question of <@U0BEN>" in words_on(world.space.homes["U0ADA"])


async def test_an_offer_is_answered_on_home(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy: which dose?")
    await opens_home(world, "U0ADA")
    await clicks_home(world, "U0ADA", ids.ANSWER_NOW)
    await world.submits("U0ADA", answer="Half of it")
    assert (await world.consult(asked)).answer == "Half of it"


async def test_an_offer_is_passed_on_home(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy: which dose?")
    await opens_home(world, "U0ADA")
    await clicks_home(world, "U0ADA", ids.PASS)
    await world.submits("U0ADA", reason="")
    assert "asks for your advice" not in words_on(world.space.homes["U0ADA"])
    assert {each.state for each in await world.offers(asked)} == {OfferState.PASSED}


async def test_who_is_too_late_on_home_reads_so(socket_world: World) -> None:
    """Nothing can be posted to Home: the refusal opens in front of them."""
    world = socket_world
    asked = await world.asked(question="immunotherapy: which dose?")
    await opens_home(world, "U0ADA")
    before_them = dict(world.space.homes["U0ADA"])
    await world.clicks("U0BEN", ids.WITHDRAW)
    world.space.homes["U0ADA"] = before_them
    await clicks_home(world, "U0ADA", ids.ACCEPT)
    assert refusals.WORDS[Reason.TOO_LATE] in words_on(modal(world, "U0ADA"))
    assert (await world.consult(asked)).expert is None


async def test_the_asker_sees_how_it_stands_and_closes_it_on_home(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy: which dose?")
    shown = await opens_home(world, "U0BEN")
    assert "Received. It is with" in shown
    assert "immunotherapy: which dose?" in shown
    await world.clicks("U0ADA", ids.ACCEPT)
    assert "<@U0ADA> has taken your question" in words_on(world.space.homes["U0BEN"])
    await clicks_home(world, "U0BEN", ids.CLOSE)
    assert (await world.consult(asked)).state is ConsultState.CLOSED
    assert "None open" in words_on(world.space.homes["U0BEN"])


async def test_a_question_is_withdrawn_on_home(socket_world: World) -> None:
    world = socket_world
    asked = await world.asked(question="immunotherapy: which dose?")
    await opens_home(world, "U0BEN")
    await clicks_home(world, "U0BEN", ids.WITHDRAW)
    assert (await world.consult(asked)).state is ConsultState.WITHDRAWN


async def test_an_expert_rests_for_a_week_and_is_back_in_one_click(socket_world: World) -> None:
    world = socket_world
    shown = await opens_home(world, "U0ADA")
    assert "You take questions on" in shown
    await clicks_home(world, "U0ADA", home_view.REST)
    assert await reads(world, members.paused_until, "U0ADA") == world.space.clock.now() + 7 * 86400
    assert "You are paused until" in words_on(world.space.homes["U0ADA"])
    await clicks_home(world, "U0ADA", home_view.RESUME)
    assert await reads(world, members.paused_until, "U0ADA") is None
    assert "paused" not in words_on(world.space.homes["U0ADA"])


def shown(many: int) -> Home:
    mine = [(consult(), [offer()])] * many
    return home(Standing(BEN, [consult()] * many, [consult()] * many, mine, None, NOON))


@pytest.mark.parametrize("many", [0, 1, 5, 6, 40])
def test_however_many_consults_there_are_home_fits(many: int) -> None:
    assert faults_of(shown(many).blocks, most=100) == []


def test_what_there_is_no_room_for_is_counted() -> None:
    words = words_on({"blocks": shown(8).blocks})
    assert "And 3 questions waiting for you: the cards are in your messages." in words
    assert "And 3 questions that you took" in words
    assert "And 3 questions of yours" in words
    assert words.count("asks for your advice") == 5
    assert "And" not in words_on({"blocks": shown(5).blocks})


def test_who_takes_no_questions_is_invited_to() -> None:
    words = words_on({"blocks": shown(0).blocks})
    assert "You take no questions yet" in words
    assert ADA not in words
    buttons = str(shown(0).blocks)
    assert home_view.EDIT_EXPERT in buttons
    assert home_view.REST not in buttons
