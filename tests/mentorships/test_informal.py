"""What a colleague is asked for without an agreement: to talk, to observe, to swap topics."""

import pytest

from bot import mentorships
from bot.errors import Reason, Refused, Unusable
from bot.local_workspace import introduce
from bot.views.checkins import PLAN
from bot.views.mentorships import ids
from storage import members, topics
from storage.records import HelpCategory
from storage.records.mentorships import CheckinRhythm, MentorshipKind, MentorshipState
from tests.mentorships.stories import again, asked, does, texts
from tests.support.world import DAY, TEAM, World


async def test_an_informal_mentorship_begins_when_the_colleague_says_gladly(world: World) -> None:
    await world.types("U0BEN", "with @kim about my first talk")
    assert "about my first talk" in str(world.space.modals["U0BEN"][-1])
    await world.submits("U0BEN", rhythm="monthly")
    card = world.card("U0KIM", ids.ACCEPT)[1]
    assert "asks you for an informal mentorship: a talk now and then, every month" in card.text
    assert "about my first talk" in card.text
    assert ids.MEET_FIRST not in str(card.blocks)

    await world.clicks("U0KIM", ids.ACCEPT)

    assert "says: gladly" in texts(world, "U0BEN")
    (seen,) = await world.app.bot.read(TEAM, mentorships.mine, "U0BEN")
    made = seen.mentorship
    assert (made.state, made.rhythm) == (MentorshipState.ACTIVE, CheckinRhythm.MONTHLY)
    assert made.ends_at is None
    assert made.checkin_due_at
    listed = await world.types("U0KIM", "mentorships")
    assert "You and <@U0BEN> are in an informal mentorship" in listed
    assert "every month" in listed


async def test_without_a_rhythm_nobody_is_reminded(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "with @kim")
    await world.submits("U0BEN")
    await world.clicks("U0KIM", ids.ACCEPT)
    made = (await world.app.bot.read(TEAM, mentorships.mine, "U0BEN"))[0].mentorship
    assert made.rhythm is None
    assert made.checkin_due_at is None


async def test_not_now_is_told_kindly(world: World) -> None:
    made = await asked(world)
    await world.clicks("U0KIM", ids.DECLINE)
    assert (await again(world, made)).state is MentorshipState.DECLINED
    told = world.messages("U0BEN")[-1]
    assert "can't take this on at the moment" in told.text
    assert ids.REQUEST not in str(told.blocks)


async def test_to_observe_asks_for_consent_and_then_for_a_date(world: World) -> None:
    await world.types("U0BEN", "observe @dot a family meeting")
    await world.submits("U0BEN")
    assert "whether they may sit in on something you do" in texts(world, "U0DOT")
    assert "a family meeting" in texts(world, "U0DOT")
    await world.clicks("U0DOT", ids.ACCEPT)
    told = world.card("U0BEN", PLAN)[1]
    assert "No date is arranged." in texts(world, "U0BEN")
    assert "come and sit in" in texts(world, "U0BEN")
    assert told


async def test_a_swap_offers_one_topic_for_another(world: World) -> None:
    await introduce(world.app, TEAM)
    await world.types("U0CHI", "swap @dot")
    form = str(world.space.modals["U0CHI"][-1])
    assert "palliative care" in form
    assert "leukemia" not in form
    known = {each.name: str(each.id) for each in await world.app.bot.read(TEAM, topics.every)}
    await world.submits("U0CHI", gives=known["writing"], gets=known["difficult conversations"])
    card = world.card("U0DOT", ids.ACCEPT)[1]
    assert "they teach writing, you teach difficult conversations" in card.text
    await world.clicks("U0DOT", ids.ACCEPT)
    assert "you teach writing and learn difficult conversations" in texts(world, "U0CHI")
    assert "you teach difficult conversations and learn writing" in texts(world, "U0DOT")
    made = (await world.app.bot.read(TEAM, mentorships.mine, "U0CHI"))[0].mentorship
    assert made.category is HelpCategory.TRANSFORMATIONAL


@pytest.mark.parametrize(("gives", "gets"), [(1, 1), (1, None), (1, 999), (None, None)])
async def test_a_swap_needs_two_topics_of_the_programme(
    socket_world: World, gives: int | None, gets: int | None
) -> None:
    with pytest.raises(Unusable) as no:
        await asked(socket_world, MentorshipKind.SWAP, gives=gives, gets=gets)
    assert no.value.field == "gets"


@pytest.mark.parametrize(
    ("colleague", "words"),
    [
        pytest.param("U0BEN", "this takes two", id="oneself"),
        pytest.param("U0MIA", "can't be asked", id="a guest"),
        pytest.param("U0NED", "can't be asked", id="somebody who left"),
        pytest.param("U0MENTOR", "can't be asked", id="a bot"),
        pytest.param("U0DOT", "can't be asked", id="somebody kept apart"),
        pytest.param("U0NOBODY", "don't know this person", id="nobody"),
    ],
)
async def test_who_can_not_be_asked_is_refused_kindly(
    socket_world: World, colleague: str, words: str
) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, members.leave_out, "U0DOT", ["U0BEN"])
    person = world.space.users.get(colleague)
    if person:
        for command in ("with", "observe", "swap"):
            assert words in await world.types("U0BEN", f"{command} @{person.name}")
    await world.types("U0BEN", "with")
    await world.submits("U0BEN", colleague=colleague)
    assert words in str(world.space.modals["U0BEN"][-1])


async def test_the_same_two_do_not_have_it_twice_whoever_asks(socket_world: World) -> None:
    world = socket_world
    made = await asked(world, rhythm=CheckinRhythm.MONTHLY)
    for user, colleague in (("U0BEN", "U0KIM"), ("U0KIM", "U0BEN")):
        with pytest.raises(Refused) as no:
            await asked(world, colleague=colleague, user=user)
        assert no.value.reason is Reason.ASKED_BEFORE
    assert await asked(world, MentorshipKind.OBSERVE)
    await does(world, mentorships.decline, "U0KIM", made.id)
    assert await asked(world, colleague="U0BEN", user="U0KIM")


async def test_a_form_delivered_twice_is_one_request(socket_world: World) -> None:
    world = socket_world
    first = await asked(world, MentorshipKind.OBSERVE)
    assert (await asked(world, MentorshipKind.OBSERVE)).id == first.id


async def test_an_informal_request_is_reminded_and_lapses_as_others_do(
    socket_world: World,
) -> None:
    world = socket_world
    made = await asked(world)
    await world.later(9 * DAY)
    assert "still waiting for a word" in texts(world, "U0KIM")
    await world.later(6 * DAY)
    assert (await again(world, made)).state is MentorshipState.LAPSED
    assert "has lapsed" in world.messages("U0BEN")[-1].text


async def test_equals_learn_from_one_another(socket_world: World) -> None:
    world = socket_world
    await introduce(world.app, TEAM)
    equals = await asked(world, colleague="U0LEO")
    guided = await asked(world, colleague="U0KIM")
    assert equals.category is HelpCategory.TRANSFORMATIONAL
    assert guided.category is HelpCategory.TRADITIONAL
