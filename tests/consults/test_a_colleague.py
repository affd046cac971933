"""An expert who thinks of a colleague: the question goes to them, and they are asked about it."""

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.views import endorsements as endorsing
from bot.views.consults import ids
from storage import members, topics
from storage.database import Tx
from storage.records import Ground, OfferState, Urgency
from tests.support.world import HOUR, TEAM, World


async def forwards(world: World, colleague: str = "U0LEO", **form: object) -> int:
    consult = await world.asked(question="How do I begin?", topic_ids=await pain(world))
    (first, *_) = [each.expert for each in await world.offers(consult)]
    await world.clicks(first, ids.FORWARD)
    await world.submits(first, colleague=colleague, **form)
    return consult


async def pain(world: World) -> tuple[int, ...]:
    def held(tx: Tx) -> tuple[int, ...]:
        return tuple(each.id for each in topics.every(tx) if each.name == "pain")

    return await world.app.bot.read(TEAM, held)


async def topics_of(world: World, user: str) -> set[str]:
    expert = await world.app.bot.read(TEAM, members.expert, user)
    return {each.name for each in expert.topics} if expert else set()


def refusals(world: World, user: str) -> dict[str, str]:
    return dict(world.space.modals[user][-1].get("errors") or {})


async def test_the_colleague_gets_it_with_who_thought_of_them(world: World) -> None:
    consult = await forwards(world)
    offers = {each.expert: each for each in await world.offers(consult)}
    (first,) = [user for user, each in offers.items() if each.state is OfferState.FORWARDED]
    assert f"<@{first}> thinks of you for it." in world.card("U0LEO", ids.ACCEPT)[1].text
    assert "You have put this question to <@U0LEO>" in str(
        [each.text for each in world.messages(first)]
    )
    assert "<@U0LEO>" in world.messages("U0BEN")[-1].text
    await world.clicks("U0LEO", ids.ACCEPT)
    assert (await world.consult(consult)).expert == "U0LEO"


async def test_the_colleague_is_asked_whether_to_take_questions_on_it(world: World) -> None:
    await forwards(world)
    card = world.card("U0LEO", endorsing.ACCEPT)[1]
    assert "thought of you for a question on pain. Will you take" in card.text
    assert await topics_of(world, "U0LEO") == set()
    await world.clicks("U0LEO", endorsing.ACCEPT)
    assert await topics_of(world, "U0LEO") == {"pain"}
    assert "You take questions on it" in str([each.text for each in world.messages("U0LEO")])


async def test_who_said_no_is_not_asked_again_for_that_topic_by_this_way(
    socket_world: World,
) -> None:
    world = socket_world
    await forwards(world)
    await world.clicks("U0LEO", endorsing.DECLINE)
    assert "not asked about this topic again" in str([e.text for e in world.messages("U0LEO")])
    await world.clicks("U0LEO", ids.PASS)
    await world.submits("U0LEO")
    before = len(world.messages("U0LEO"))
    consult = await world.asked("U0GUS", "Another one?", topic_ids=await pain(world))
    (first, *_) = [e.expert for e in await world.offers(consult) if e.state == "open"]
    await world.clicks(first, ids.FORWARD)
    await world.submits(first, colleague="U0LEO")
    assert len(world.messages("U0LEO")) == before + 1  # the question alone
    assert await topics_of(world, "U0LEO") == set()


async def test_with_their_word_it_is_an_endorsement(socket_world: World) -> None:
    world = socket_world
    (topic,) = await pain(world)
    await forwards(world, endorsed=[str(topic)])
    assert "says that you know pain well" in world.card("U0LEO", endorsing.ACCEPT)[1].text


async def test_an_expert_who_has_the_topic_is_not_asked_about_it(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(topic_ids=await pain(world), urgency=Urgency.THIS_WEEK)
    (first,) = [each.expert for each in await world.offers(consult)]
    other = "U0DOT" if first == "U0CHI" else "U0CHI"
    await world.clicks(first, ids.FORWARD)
    await world.submits(first, colleague=other)
    assert endorsing.ACCEPT not in str([each.blocks for each in world.messages(other)])
    assert "thinks of you" in world.card(other, ids.ACCEPT)[1].text


@pytest.mark.parametrize(
    "colleague",
    [
        pytest.param("U0BEN", id="the asker"),
        pytest.param("U0MIA", id="a guest"),
        pytest.param("U0NED", id="who has left"),
        pytest.param("U0MENTOR", id="the bot"),
        pytest.param("U0LEO", id="kept apart from the asker"),
        pytest.param("U0KIM", id="kept apart from who thinks of them"),
        pytest.param("U0GUS", id="paused"),
        pytest.param("U0FAY", id="asked already"),
        pytest.param("U0NOBODY", id="unknown here"),
    ],
)
async def test_who_cannot_be_asked_is_refused_at_the_field_in_the_same_words(
    socket_world: World, colleague: str
) -> None:
    world = socket_world

    def prepared(tx: Tx) -> None:
        members.leave_out(tx, "U0LEO", ["U0BEN"])
        members.leave_out(tx, "U0KIM", ["U0ADA"])

    await world.app.bot.write(TEAM, prepared)
    await world.types("U0GUS", "pause")
    consult = await world.asked(question="immunotherapy question")
    await world.app.bot.write(TEAM, consults.forward, Actor("U0ADA"), consult, "U0FAY", ())
    await world.app.bot.write(TEAM, consults.pass_on, Actor("U0FAY"), consult, "")
    again = await world.app.bot.write(TEAM, _put_to_ada, consult)
    assert again
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, consults.forward, Actor("U0ADA"), consult, colleague, ())
    assert (no.value.reason, no.value.field) == (Reason.NOT_TO_FORWARD, "colleague")


def _put_to_ada(tx: Tx, consult: int) -> bool:
    from bot.consults import widening  # noqa: PLC0415 - a step of the story

    widening.put_to(tx, consult, "U0ADA", why=Ground.HANDED_ON)
    return True


async def test_a_refused_colleague_leaves_the_form_open(socket_world: World) -> None:
    world = socket_world
    await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.FORWARD)
    await world.submits("U0ADA", colleague="U0BEN")
    assert "choose somebody else" in refusals(world, "U0ADA")["colleague"]
    assert not [each for each in world.messages("U0LEO") if "advice" in each.text]


async def test_who_passed_it_on_is_not_asked_again(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    await world.clicks("U0ADA", ids.FORWARD)
    await world.submits("U0ADA", colleague="U0LEO")
    await world.clicks("U0LEO", ids.PASS)
    await world.submits("U0LEO")
    await world.later(2 * HOUR)
    ada = next(each for each in await world.offers(consult) if each.expert == "U0ADA")
    assert ada.state is OfferState.FORWARDED
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, consults.accept, Actor("U0ADA"), consult)
    assert no.value.reason is Reason.TOO_LATE


async def test_nobody_forwards_what_is_not_before_them(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    for workspace, user in ((TEAM, "U0LEO"), (TEAM, "U0BEN"), ("T0OTHER", "U0ADA")):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(
                workspace, consults.forward, Actor(user), consult, "U0KIM", ()
            )
        assert no.value.reason is Reason.NOT_YOURS
