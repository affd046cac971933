"""Invitations that grow out of helping: to an informal mentorship, and to be an expert."""

from bot import consults, ledger, mentorships
from bot import members as people
from bot.authority import Actor
from bot.members import INVITATION, Profile
from bot.nudges import Thing
from bot.views.home import EDIT_EXPERT
from bot.views.mentorships import ids
from storage import members
from storage import nudges as queries
from storage.database import Tx
from tests.mentorships.stories import asked, does, nudge, texts
from tests.support.world import DAY, TEAM, World


async def consult(world: World, number: int, asker: str = "U0BEN", expert: str = "U0CHI") -> int:
    made = await world.asked(asker, f"question {number} on dosing?", wanted_expert=expert)
    await world.app.bot.write(TEAM, consults.accept, Actor(expert), made)
    await world.app.bot.write(TEAM, consults.close, Actor(asker), made)
    await world.settle()
    return made


async def test_after_the_third_consult_of_the_same_two_an_informal_mentorship_is_offered(
    world: World,
) -> None:
    first, second = [await consult(world, number) for number in (1, 2)]
    for made in (first, second):
        assert await nudge(world, "U0BEN", Thing.INFORMAL_OFFER, made) is None
    third = await consult(world, 3)
    assert await nudge(world, "U0BEN", Thing.INFORMAL_OFFER, third) == ("waiting", None)
    await world.later(DAY)
    assert "You and <@U0CHI> have been through three questions" in texts(world, "U0BEN")

    await world.clicks("U0BEN", ids.ASK_COLLEAGUE)
    await world.submits("U0BEN", words="Would you?")

    assert "asks you for an informal mentorship" in texts(world, "U0CHI")
    assert "have been through three questions" not in texts(world, "U0BEN")
    assert "You and <@U0CHI> can see" in texts(world, "U0BEN")
    fourth = await consult(world, 4)
    assert await nudge(world, "U0BEN", Thing.INFORMAL_OFFER, fourth) is None


async def test_two_who_are_together_or_kept_apart_are_offered_nothing(socket_world: World) -> None:
    world = socket_world
    await asked(world, colleague="U0CHI")
    for number in (1, 2, 3):
        made = await consult(world, number)
    assert await nudge(world, "U0BEN", Thing.INFORMAL_OFFER, made) is None
    for number in (1, 2, 3):
        made = await consult(world, number, asker="U0LEO")
        if number == 2:
            await world.app.bot.write(TEAM, members.leave_out, "U0CHI", ["U0ADA"])
    assert await nudge(world, "U0LEO", Thing.INFORMAL_OFFER, made) == ("waiting", None)
    for number in (1, 2, 3):
        made = await world.asked("U0EVA", f"question {number}?", wanted_expert="U0CHI")
        await world.app.bot.write(TEAM, consults.accept, Actor("U0CHI"), made)
        await world.app.bot.write(TEAM, members.leave_out, "U0CHI", ["U0EVA"])
        await world.app.bot.write(TEAM, consults.close, Actor("U0EVA"), made)
        await world.app.bot.write(TEAM, members.leave_out, "U0CHI", [])
    assert await nudge(world, "U0EVA", Thing.INFORMAL_OFFER, made) is None


async def test_a_mentee_who_has_helped_others_five_times_is_asked_once_to_be_an_expert(
    world: World,
) -> None:
    made = await asked(world)
    await does(world, mentorships.accept, "U0KIM", made.id)

    def led(tx: Tx) -> None:
        ledger.led(tx, helper="U0BEN", helped="U0LEO", topics=())

    for _ in range(4):
        await world.app.bot.write(TEAM, led)
    assert await nudge(world, "U0BEN", Thing.BECOME_EXPERT, 0) is None
    for _ in range(3):
        await world.app.bot.write(TEAM, led)
    assert await nudge(world, "U0BEN", Thing.BECOME_EXPERT, 0) == ("waiting", None)
    await world.later(DAY)
    said = [each for each in world.messages("U0BEN") if "take questions" in each.text]
    assert len(said) == 1

    await world.clicks("U0BEN", ids.SHOW_STARTER)
    page = str(world.space.modals["U0BEN"][-1])
    assert "Listen before you advise" in page
    for each in ("Ability", "Availability", "Affability", "Alacrity"):
        assert each in page
    await world.clicks("U0BEN", EDIT_EXPERT)
    assert "Topics you take questions on" in str(world.space.modals["U0BEN"][-1])
    await world.submits("U0BEN", topics=["1"])
    assert "You take questions now. Thank you!" in texts(world, "U0BEN")
    sent = await world.app.bot.read(TEAM, queries.find, "U0BEN", Thing.BECOME_EXPERT, 0, 0)
    assert sent
    assert sent.heeded_at


async def test_who_becomes_an_expert_meanwhile_is_not_invited(socket_world: World) -> None:
    world = socket_world
    made = await asked(world)
    await does(world, mentorships.accept, "U0KIM", made.id)

    def led(tx: Tx) -> None:
        for _ in range(5):
            ledger.led(tx, helper="U0BEN", helped="U0LEO", topics=())

    await world.app.bot.write(TEAM, led)
    profile = Profile(topic_ids=[1])
    await world.app.bot.write(TEAM, people.offer_topics, Actor("U0BEN"), profile, [])
    await world.later(DAY)
    assert "take questions" not in texts(world, "U0BEN")


def test_the_invitation_goes_by_one_name() -> None:
    assert INVITATION == Thing.BECOME_EXPERT


async def test_who_was_never_a_mentee_is_not_asked(socket_world: World) -> None:
    world = socket_world

    def led(tx: Tx) -> None:
        ledger.led(tx, helper="U0LEO", helped="U0BEN", topics=())

    for _ in range(6):
        await world.app.bot.write(TEAM, led)
    assert await nudge(world, "U0LEO", Thing.BECOME_EXPERT, 0) is None
