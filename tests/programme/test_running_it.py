"""What those who run the programme can do."""

from bot.views import programme as views
from bot.views.consults import ids
from storage import members, topics
from storage.records import TopicClass, Urgency
from tests.support.world import DAY, TEAM, World


async def test_only_admins_see_the_panel_and_never_a_question(world: World) -> None:
    await world.asked(question="canary immunotherapy question")
    assert "for the people who run the programme" in await world.types("U0BEN", "admin")
    seen = await world.types("U0IVY", "admin")
    assert "15 topics" in seen
    assert "9 experts" in seen
    assert "1 question under way" in seen
    assert "canary" not in seen


async def test_an_admin_adds_a_topic_and_tags_an_expert(world: World) -> None:
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", views.ADD_TOPIC)
    await world.submits("U0IVY", name="genetics", synonyms="BRCA; Lynch", topic_class="personal")
    genetics = next(
        each for each in await world.app.bot.read(TEAM, topics.every) if each.name == "genetics"
    )
    assert genetics.topic_class is TopicClass.PERSONAL
    await world.clicks("U0IVY", views.TAG_EXPERT)
    await world.submits("U0IVY", user="U0LEO", topics=[str(genetics.id)], capacity="2")
    leo = await world.app.bot.read(TEAM, members.expert, "U0LEO")
    assert leo
    assert [each.name for each in leo.topics] == ["genetics"]
    await world.asked(question="what about BRCA here?", urgency=Urgency.TODAY)
    assert [each.name for each in (await world.consult(1)).topics] == ["genetics"]


async def test_an_admin_who_tags_an_expert_leaves_their_hours_alone(world: World) -> None:
    before = await world.app.bot.read(TEAM, members.expert, "U0ADA")
    assert before
    assert before.hours.starts != 9 * 60
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", views.TAG_EXPERT)
    await world.submits("U0IVY", user="U0ADA", topics=["1"], capacity="2")
    ada = await world.app.bot.read(TEAM, members.expert, "U0ADA")
    assert ada
    assert (ada.hours, ada.capacity) == (before.hours, 2)


async def test_a_topic_spelled_otherwise_is_the_same_topic(world: World) -> None:
    before = len(await world.app.bot.read(TEAM, topics.every))
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", views.ADD_TOPIC)
    await world.submits("U0IVY", name="PAIN", topic_class="general")
    assert len(await world.app.bot.read(TEAM, topics.every)) == before


async def test_somebody_who_is_no_admin_cannot_submit_the_form(socket_world: World) -> None:
    world = socket_world
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", views.ADD_TOPIC)
    view = world.space.modals["U0IVY"][-1]
    world.space.modals["U0BEN"] = [view]
    await world.act.submit("U0BEN", view["id"], {"name": "mine"})
    assert "mine" not in [each.name for each in await world.app.bot.read(TEAM, topics.every)]


async def test_an_admin_who_has_a_stuck_question_puts_it_to_somebody(socket_world: World) -> None:
    world = socket_world
    await world.asked(question="a leukemia question", urgency=Urgency.TODAY)
    for _ in range(3):
        await world.later(DAY)
    admin = str((await world.consult(1)).admin)
    await world.clicks(admin, ids.HAND_ON, chosen={"selected_user": "U0JON"})
    assert "asks for your advice" in world.messages("U0JON")[-1].text
    await world.clicks("U0JON", ids.ACCEPT)
    assert (await world.consult(1)).expert == "U0JON"
    assert "needs nothing any more" in world.messages(admin)[-1].text


async def test_an_admin_who_takes_it_sees_the_question(socket_world: World) -> None:
    world = socket_world
    await world.asked(question="a leukemia question", urgency=Urgency.TODAY)
    for _ in range(3):
        await world.later(DAY)
    admin = str((await world.consult(1)).admin)
    assert "leukemia question" not in str(world.card(admin, ids.HAND_ON))
    await world.clicks(admin, ids.ACCEPT)
    assert (await world.consult(1)).expert == admin
    group = world.space.direct(["U0BEN", admin, world.space.bot.id])
    assert "leukemia question" in group.messages[0].text


async def test_tagging_an_expert_leaves_what_they_said_of_themselves(socket_world: World) -> None:
    world = socket_world
    before = await world.app.bot.read(TEAM, members.expert, "U0KIM")
    assert before
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", views.TAG_EXPERT)
    every = await world.app.bot.read(TEAM, topics.every)
    writing = next(str(each.id) for each in every if each.name == "writing")
    await world.submits("U0IVY", user="U0KIM", topics=[writing], capacity="2")
    after = await world.app.bot.read(TEAM, members.expert, "U0KIM")
    assert after
    assert (after.hours, after.about) == (before.hours, before.about)
    assert {each.name for each in after.topics} == {each.name for each in before.topics} | {
        "writing"
    }
