"""How an unanswered question widens, seen by those it reaches."""

from itertools import pairwise

import pytest

from bot import members, programme
from bot.authority import Actor
from bot.members import Profile
from bot.rules import widening
from bot.views.consults import ids
from storage import topics
from storage.database import Tx
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


async def same_town(world: World, *users: str) -> tuple[int, ...]:
    """A topic that only these know, in office hours of one zone; gives its id."""

    def known(tx: Tx) -> tuple[int, ...]:
        genetics = Topic(0, "genetics", fallback_channel=world.general())
        said = frozenset({"topic", "fallback_channel"})
        programme.import_topics(tx, [programme.TopicRow(genetics, said)])
        held = tuple(each.id for each in topics.every(tx) if each.name == "genetics")
        for user in users:
            members.store_expert(tx, user, Profile(held), tagged_by=user)
        return held

    return await world.app.bot.write(TEAM, known)


async def test_in_a_practice_of_one_town_each_is_asked_before_the_channel(
    socket_world: World,
) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA", "U0CHI", "U0DOT")
    await world.later(8 * HOUR)  # six in the evening: nobody works
    consult = await world.asked(topic_ids=held, urgency=Urgency.NO_HURRY)
    asked = []
    for _ in range(70):
        await world.later(HOUR)
        asked.append(len(await asked_of(world, consult)))
    # Wednesday at nine, and then each day at nine, though their day had ended by the next step.
    assert [asked.index(number) for number in (1, 2, 3)] == [14, 38, 62]


async def test_when_all_passed_the_next_are_asked_as_soon_as_they_work(
    socket_world: World,
) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA", "U0IVY")
    consult = await world.asked(topic_ids=held, urgency=Urgency.NO_HURRY)
    await world.clicks("U0ADA", ids.PASS)
    await world.submits("U0ADA")
    assert (await world.consult(consult)).step is Step.WAITING
    await world.later(2 * HOUR + 60)  # nine in Los Angeles
    assert await asked_of(world, consult) == {"U0ADA", "U0IVY"}


async def test_when_the_wanted_expert_cannot_be_asked_any_more_others_are(
    socket_world: World,
) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA", "U0IVY")
    consult = await world.asked(question="Whom to test?", topic_ids=held, wanted_expert="U0IVY")
    assert await asked_of(world, consult) == set()
    await world.types("U0IVY", "pause")
    await world.later(2 * HOUR + 60)
    assert await asked_of(world, consult) == {"U0ADA"}


async def test_a_partial_match_is_asked_with_the_others_and_named_as_one(
    socket_world: World,
) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA")
    consult = await world.asked(question="How do I taper steroids?", topic_ids=held)
    near = [offer.expert for offer in await world.offers(consult) if offer.partial]
    assert await asked_of(world, consult) == {"U0ADA", "U0CHI"}
    assert near == ["U0CHI"]


async def test_a_topic_only_named_disturbs_nobody_where_one_is_asked_at_a_time(
    socket_world: World,
) -> None:
    world = socket_world
    held = await same_town(world, "U0IVY")
    consult = await world.asked(
        question="How do I taper steroids?", topic_ids=held, urgency=Urgency.THIS_WEEK
    )
    assert (await world.consult(consult)).step is Step.WAITING


async def test_today_an_admin_has_it_when_the_day_is_over(socket_world: World) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA", "U0CHI", "U0DOT")
    await world.later(2 * HOUR)  # noon in New York, so four hours are over at four
    consult = await world.asked(question="Whom to test?", topic_ids=held)
    await world.later(5 * HOUR - 60)
    assert (await world.consult(consult)).step is not Step.ADMIN
    await world.later(60)
    assert (await world.consult(consult)).step is Step.ADMIN


async def test_an_admin_who_did_not_answer_is_not_the_one_it_comes_to(
    socket_world: World,
) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA")
    consult = await world.asked(question="Whom to test?", topic_ids=held)
    await world.later(DAY)
    assert (await world.consult(consult)).admin == "U0IVY"


async def test_a_question_follows_when_its_admin_leaves(socket_world: World) -> None:
    world = socket_world
    held = await same_town(world, "U0ADA")
    consult = await world.asked(question="Whom to test?", topic_ids=held)
    await world.later(DAY)
    await world.act.change_user("U0IVY", deleted=True)
    await world.settle()
    assert (await world.consult(consult)).admin == "U0ADA"
    assert world.card("U0ADA", ids.HAND_ON)


async def test_what_somebody_asked_is_over_when_they_leave(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    await world.act.change_user("U0BEN", deleted=True)
    assert (await world.consult(consult)).state is ConsultState.WITHDRAWN


async def test_a_reminder_waits_for_working_hours(socket_world: World) -> None:
    world = socket_world
    held = await same_town(world, "U0EVA", "U0ADA")
    consult = await world.asked(question="Whom to test?", topic_ids=held)
    assert await asked_of(world, consult) == {"U0EVA", "U0ADA"}

    def reminded(user: str) -> bool:
        return any("still waiting" in each.text for each in world.messages(user))

    await world.later(2 * HOUR)  # noon in New York, six in Berlin
    assert reminded("U0ADA")
    assert not reminded("U0EVA")
    await world.later(15 * HOUR + 60)
    assert reminded("U0EVA")


async def test_two_questions_after_silence_are_never_close(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    await world.clicks("U0ADA", ids.ACCEPT)
    for _ in range(13):
        await world.later(DAY)
    await world.clicks("U0BEN", ids.KEEP_OPEN)

    def asked() -> int:
        return sum("How is it going" in each.text for each in world.messages("U0BEN"))

    for _ in range(8):
        before = asked()
        await world.later(DAY)
        assert asked() <= before + 1
    before = asked()
    await world.later(60)
    await world.later(60)
    assert asked() == before
    assert (await world.consult(consult)).state is ConsultState.ACCEPTED
