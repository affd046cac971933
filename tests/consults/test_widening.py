"""How an unanswered question widens, seen by those it reaches."""

from itertools import pairwise

import pytest

from bot import programme
from bot.authority import Actor
from bot.rules import widening
from bot.views.consults import ids
from storage.records import ConsultState, Step, Topic, TopicClass, Urgency
from tests.support.world import DAY, HOUR, TEAM, World


@pytest.mark.parametrize("urgency", list(Urgency))
def test_a_plan_only_goes_further(urgency: Urgency) -> None:
    order = list(Step)
    stages = widening.plan(urgency)
    assert stages[0].after == 0
    assert stages[-1].step is Step.ADMIN
    pairs = list(pairwise(stages))
    assert all(one.after < other.after for one, other in pairs)
    assert all(order.index(one.step) <= order.index(other.step) for one, other in pairs)


async def asked_of(world: World, consult_id: int) -> set[str]:
    return {offer.expert for offer in await world.offers(consult_id)}


async def test_today_asks_three_then_more_then_the_channel_then_an_admin(
    socket_world: World,
) -> None:
    world = socket_world
    # Ada and the fellows of her zone work; in Los Angeles it is seven.
    await world.later(2 * HOUR)
    consult = await world.asked(topic_ids=(), question="steroid taper in lung cancer trials?")
    assert len(await asked_of(world, consult)) == 3

    await world.later(2 * HOUR)
    first = sorted(await asked_of(world, consult))
    assert any("still waiting" in each.text for each in world.messages(first[0]))

    await world.later(2 * HOUR)
    assert (await world.consult(consult)).step is Step.FALLBACK_CHANNEL
    place = world.space.find_channel("oncology-questions")
    assert "asks for advice" in place.messages[-1].text

    await world.later(DAY)
    stuck = await world.consult(consult)
    assert stuck.step is Step.ADMIN
    assert stuck.admin in ("U0ADA", "U0IVY")
    card = world.card(str(stuck.admin), ids.HAND_ON)[1]
    assert "taper" not in card.text
    assert "taper" not in str(card.blocks)
    assert "who runs this programme, has it" in world.messages("U0BEN")[-1].text


async def test_this_week_asks_one_at_a_time(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    assert len(await asked_of(world, consult)) == 1
    await world.later(4 * HOUR)
    assert len(await asked_of(world, consult)) == 2


async def test_no_time_passes_while_nobody_works(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="pain question", urgency=Urgency.TODAY)
    before = await asked_of(world, consult)
    first_due = (await world.consult(consult)).due_at
    await world.later(HOUR)
    assert await asked_of(world, consult) == before
    assert (await world.consult(consult)).due_at == first_due


async def test_a_personal_topic_never_reaches_a_channel(socket_world: World) -> None:
    world = socket_world
    place = world.space.find_channel("oncology-questions").id
    topic = Topic(0, "burn-out", TopicClass.PERSONAL, place, ("burnout",))
    await world.app.bot.write(TEAM, programme.add_topic, Actor("U0IVY"), topic)
    consult = await world.asked(question="I am close to burnout, what helped you?")
    assert (await world.consult(consult)).topics[0].topic_class is TopicClass.PERSONAL
    for _ in range(30):
        await world.later(HOUR)
        assert (await world.consult(consult)).step is not Step.FALLBACK_CHANNEL
    await world.later(3 * DAY)
    assert (await world.consult(consult)).step is Step.ADMIN
    channels = [each for each in world.space.channels.values() if each.kind in ("channel", "group")]
    assert not any("burnout" in str(each.messages) for each in channels)


async def test_a_question_asked_at_night_waits_and_says_until_when(socket_world: World) -> None:
    world = socket_world
    await world.later(14 * HOUR)
    await world.types("U0BEN", "how do I treat #lymphoma?")
    assert "waits for working hours" in world.messages("U0BEN")[-1].text
    await world.later(12 * HOUR)
    assert "It is with <@U0EVA>" in world.messages("U0BEN")[-1].text


async def test_when_all_have_passed_the_next_are_asked_at_once(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    (first,) = await asked_of(world, consult)
    await world.clicks(first, ids.PASS)
    await world.submits(first, reason="on leave")
    assert len(await asked_of(world, consult)) == 2 or (
        (await world.consult(consult)).step is Step.WAITING
    )
    assert "on leave" not in str([each.text for each in world.messages("U0BEN")])


async def test_silence_is_asked_about_and_closes_in_the_end(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    asked = []
    for _ in range(20):
        await world.later(DAY)
        asked.append(sum("How is it going" in each.text for each in world.messages("U0BEN")))
        if (await world.consult(consult)).state is ConsultState.CLOSED:
            break
    assert max(asked) == 3
    assert (await world.consult(consult)).closed_by is None
