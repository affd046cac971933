"""Colleagues say what somebody knows; it counts once that person agrees."""

from datetime import date

import pytest

from bot import consults, endorsements, members
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.rules.commands import Name, parse
from bot.views import endorsements as views
from storage import endorsements as queries
from storage import members as member_queries
from storage import topics
from storage.database import Tx
from storage.records import Draft, Endorsement, EndorsementState, TopicSource, Urgency
from tests.support.world import DAY, TEAM, TUESDAY, World

PAIN, WRITING = "pain", "writing"
TODAY = date(2026, 11, 24)


async def topic(world: World, name: str) -> int:
    def found(tx: Tx) -> int:
        return next(each.id for each in topics.every(tx) if each.name == name)

    return await world.app.bot.read(TEAM, found)


async def sources(world: World, user: str) -> dict[str, str]:
    def held(tx: Tx) -> dict[str, str]:
        rows = tx.rows(
            """SELECT name, source FROM expert_topics JOIN topics ON topics.id = topic_id
                WHERE expert_topics.workspace = :workspace AND user = :user""",
            user=user,
        )
        return {row["name"]: row["source"] for row in rows}

    return await world.app.bot.read(TEAM, held)


async def said_of(world: World, user: str, name: str) -> list[Endorsement]:
    number = await topic(world, name)
    return await world.app.bot.read(TEAM, queries.of_member, user, number)


async def counted(world: World, user: str) -> int:
    """How many endorse them for pain, of all the topics there are."""

    def known(tx: Tx) -> dict[int, int]:
        return queries.endorsers(tx, user, [each.id for each in topics.every(tx)])

    found = await world.app.bot.read(TEAM, known)
    assert set(found) <= {await topic(world, PAIN)}
    return sum(found.values())


def cards(world: World, user: str) -> list[str]:
    return [each.text for each in world.messages(user) if "questions on" in each.text]


async def test_a_word_for_a_colleague_asks_them_and_counts_once_they_agree(world: World) -> None:
    told = await world.types("U0ADA", "endorse @leo #pain")
    assert "Your word for <@U0LEO> on pain counts once they agree." in told
    assert cards(world, "U0LEO") == [
        "<@U0ADA> says that you know pain well. Will you take questions on it from now on?\n"
        "No is fine: nobody is told, and you are not asked about this topic again."
    ]
    assert await counted(world, "U0LEO") == 0
    await world.clicks("U0LEO", views.ACCEPT)
    assert await sources(world, "U0LEO") == {PAIN: TopicSource.ENDORSED}
    assert await counted(world, "U0LEO") == 1
    assert views.ACCEPT not in str(world.messages("U0LEO")[-1].blocks)


async def test_who_agreed_is_asked_like_one_who_said_it_themselves(socket_world: World) -> None:
    world = socket_world
    for expert in ("U0CHI", "U0DOT"):
        await world.types(expert, "pause")
    await world.types("U0ADA", "endorse @eva #pain")
    await world.clicks("U0EVA", views.ACCEPT)
    held = (await topic(world, PAIN),)
    consult = await world.asked(topic_ids=held, urgency=Urgency.THIS_WEEK)
    (offer,) = await world.offers(consult)
    assert (offer.expert, offer.partial) == ("U0EVA", False)


async def test_twice_is_once(socket_world: World) -> None:
    world = socket_world
    first = await world.types("U0ADA", "endorse @leo #pain")
    assert await world.types("U0ADA", "endorse @leo #pain") == first
    assert len(cards(world, "U0LEO")) == 1
    assert len(await said_of(world, "U0LEO", PAIN)) == 1
    await world.clicks("U0LEO", views.ACCEPT)
    assert await world.types("U0ADA", "endorse @leo #pain") == first
    assert len(cards(world, "U0LEO")) == 1
    assert (await said_of(world, "U0LEO", PAIN))[0].state is EndorsementState.ACCEPTED


async def test_two_who_say_so_stand_on_one_card(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "endorse @leo #pain")
    await world.later(DAY)
    await world.types("U0BEN", "endorse @leo #pain")
    assert [each.partition(" Will")[0] for each in cards(world, "U0LEO")] == [
        "<@U0ADA> and <@U0BEN> say that you know pain well."
    ]
    await world.clicks("U0LEO", views.ACCEPT)
    assert await counted(world, "U0LEO") == 2


async def test_a_no_is_told_to_nobody_and_nobody_asks_again(socket_world: World) -> None:
    world = socket_world
    first = await world.types("U0ADA", "endorse @leo #pain")
    await world.clicks("U0LEO", views.DECLINE)
    assert await sources(world, "U0LEO") == {}
    seen = len(world.messages("U0LEO"))
    assert await world.types("U0ADA", "endorse @leo #pain") == first
    assert await world.types("U0BEN", "endorse @leo #pain") == first
    assert len(world.messages("U0LEO")) == seen
    assert not world.messages("U0ADA")
    with pytest.raises(Refused):
        await world.app.bot.write(
            TEAM, endorsements.accept, Actor("U0LEO"), await topic(world, PAIN)
        )


async def test_who_takes_questions_on_it_already_is_asked_whether_it_may_be_seen(
    socket_world: World,
) -> None:
    world = socket_world
    await world.types("U0ADA", "endorse @dot #pain")
    assert "You take questions on it already. May others see" in cards(world, "U0DOT")[-1]
    before = await sources(world, "U0DOT")
    assert await counted(world, "U0DOT") == 0
    await world.clicks("U0DOT", views.ACCEPT)
    assert await sources(world, "U0DOT") == before
    assert await counted(world, "U0DOT") == 1


async def test_what_somebody_no_longer_takes_counts_for_nothing(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "endorse @leo #pain")
    await world.clicks("U0LEO", views.ACCEPT)
    nothing = members.Profile(())
    await world.app.bot.write(TEAM, members.offer_topics, Actor("U0LEO"), nothing, [])
    assert await counted(world, "U0LEO") == 0


async def test_a_new_expert_has_the_hours_of_their_profile(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "endorse @leo #pain #writing")
    assert len(cards(world, "U0LEO")) == 2
    await world.clicks("U0LEO", views.ACCEPT)
    await world.clicks("U0LEO", views.ACCEPT)
    leo = await world.app.bot.read(TEAM, member_queries.expert, "U0LEO")
    assert leo
    assert [each.name for each in leo.topics] == [PAIN, WRITING]
    assert leo.hours == await world.app.bot.read(TEAM, members.hours_of, "U0LEO")
    assert leo.hours.zone == "America/Los_Angeles"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("@leo #pian", "near to it: pain.", id="a typo"),
        pytest.param("@leo #pain #palliative", "near to it: palliative care", id="a part"),
        pytest.param("@leo #zebra", "opens a form with all of them", id="nothing near"),
        pytest.param("@ada #pain", "this takes two", id="oneself"),
        pytest.param("@mia #pain", "can't be endorsed", id="a guest"),
        pytest.param("@ned #pain", "can't be endorsed", id="who has left"),
        pytest.param("@mentor #pain", "can't be endorsed", id="the bot"),
    ],
)
async def test_what_cannot_be_said_gets_kind_words_and_nothing_is_stored(
    socket_world: World, typed: str, words: str
) -> None:
    world = socket_world
    assert words in await world.types("U0ADA", f"endorse {typed}")
    assert not await world.app.bot.read(TEAM, lambda tx: tx.rows("SELECT * FROM endorsements"))


async def test_a_guest_endorses_nobody(socket_world: World) -> None:
    world = socket_world
    number = await topic(world, PAIN)
    bot, guest = world.app.bot, Actor("U0MIA")
    for asked in (
        bot.write(TEAM, endorsements.endorse, guest, "U0LEO", [number]),
        bot.write(TEAM, endorsements.endorse_by_tags, guest, "U0LEO", [PAIN]),
        bot.read(TEAM, endorsements.to_endorse, guest),
    ):
        with pytest.raises(Refused) as no:
            await asked
        assert no.value.reason is Reason.GUEST


async def test_who_wants_to_be_left_alone_by_somebody_is(socket_world: World) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, member_queries.leave_out, "U0LEO", ["U0ADA"])
    told = await world.types("U0ADA", "endorse @leo #pain")
    assert "counts once they agree" in told
    assert not world.messages("U0LEO")


async def test_the_form_does_the_same(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "endorse @leo")
    form = world.space.modals["U0ADA"][-1]
    assert "'initial_user': 'U0LEO'" in str(form)
    await world.submits("U0ADA", colleague="U0LEO", topics=[str(await topic(world, PAIN))])
    assert "counts once they agree" in str(world.space.modals["U0ADA"][-1])
    assert len(cards(world, "U0LEO")) == 1
    await world.types("U0ADA", "endorse")
    assert world.space.modals["U0ADA"][-1]["title"]["text"] == "Endorse a colleague"


async def test_nobody_answers_for_somebody_else_nor_in_another_workspace(
    socket_world: World,
) -> None:
    world = socket_world
    bot, number = world.app.bot, await topic(world, PAIN)
    await world.types("U0ADA", "endorse @leo #pain")
    for workspace, user in ((TEAM, "U0BEN"), ("T0OTHER", "U0LEO"), (TEAM, "U0ADA")):
        for way in (endorsements.accept, endorsements.decline):
            with pytest.raises(Refused) as no:
                await bot.write(workspace, way, Actor(user), number)
            assert no.value.reason is Reason.NOTHING_ENDORSED
    assert not await bot.read("T0OTHER", queries.of_member, "U0LEO", number)
    await world.clicks("U0LEO", views.ACCEPT)
    assert await bot.read("T0OTHER", queries.endorsers, "U0LEO", [number]) == {}
    with pytest.raises(Unusable):
        await bot.write("T0OTHER", endorsements.endorse_by_tags, Actor("U0ADA"), "U0LEO", [PAIN])


def test_the_command_names_a_colleague_and_topics() -> None:
    typed = parse("endorse <@U0LEO|leo> #pain #grant-writing", TODAY)
    assert (typed.name, typed.user, typed.tags) == (Name.ENDORSE, "U0LEO", (PAIN, "grant-writing"))
    assert parse("endorse <@U0LEO> for lung cancer", TODAY).tags == ("lung cancer",)
    assert parse("endorse <@U0LEO> <#C1|pain>", TODAY).tags == (PAIN,)
    assert parse("endorse <@U0LEO>", TODAY).name is Name.ENDORSE_FORM
    assert parse("endorse", TODAY).name is Name.ENDORSE_FORM
    assert parse("endorse or not to endorse, that is what I ask?", TODAY).name is Name.ASK


async def test_a_topic_that_goes_takes_its_endorsements_along(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "endorse @leo #pain")
    number = await topic(world, PAIN)

    def gone(tx: Tx) -> None:
        tx.execute("DELETE FROM topics WHERE workspace = :workspace AND id = :id", id=number)

    await world.app.bot.write(TEAM, gone)
    assert not await world.app.bot.read(TEAM, queries.of_member, "U0LEO", number)


async def test_a_question_put_to_them_vouches_for_nothing(socket_world: World) -> None:
    world = socket_world
    number = await topic(world, PAIN)
    draft = Draft("How?", topic_ids=(number,), urgency=Urgency.THIS_WEEK)
    bot = world.app.bot
    await bot.write(TEAM, consults.ask, Actor("U0BEN"), draft, delivery="d")
    (offer,) = await world.offers(1)
    await bot.write(TEAM, consults.forward, Actor(offer.expert), 1, "U0LEO", ())
    await world.settle()
    await world.clicks("U0LEO", views.ACCEPT)
    assert await sources(world, "U0LEO") == {PAIN: TopicSource.DECLARED}
    assert await counted(world, "U0LEO") == 0


async def test_an_expert_put_a_question_first_may_still_be_endorsed(socket_world: World) -> None:
    world = socket_world
    number = await topic(world, PAIN)
    draft = Draft("How?", topic_ids=(number,), urgency=Urgency.THIS_WEEK)
    bot = world.app.bot
    await bot.write(TEAM, consults.ask, Actor("U0BEN"), draft, delivery="d")
    (offer,) = await world.offers(1)
    await bot.write(TEAM, consults.forward, Actor(offer.expert), 1, "U0LEO", ())
    await world.settle()
    assert "thought of you" in cards(world, "U0LEO")[-1]
    await world.types(offer.expert, "endorse @leo #pain")
    assert "says that you know pain well" in cards(world, "U0LEO")[-1]
    assert (await said_of(world, "U0LEO", PAIN))[0].asked_at >= TUESDAY
