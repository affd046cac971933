"""Circles formed in one go: wished for, proposed, changed by hand, approved."""

import pytest

from bot import forming
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.rules.grouping import Fault, Rule, WhyLeft, first_meeting
from bot.views import circles as circles_view
from bot.views import forming as view
from storage import circles as circle_queries
from storage import forming as queries
from storage.records import CareerStage, Circle, CircleWish, FormingState, ProposedForming
from tests.support.cards import faults_of, faults_of_message
from tests.support.world import TEAM, TUESDAY, World

EAST = ("U0BEN", "U0CHI", "U0DOT", "U0ADA")
WANTED = {"days": ["1", "2"], "hours": ["12", "13"], "stage": "early"}


async def wished(
    world: World,
    *users: str,
    hours: tuple[int, ...] = (12, 13),
    stage: CareerStage = CareerStage.EARLY,
) -> None:
    for user in users:
        wanted = CircleWish(user, stage, (), (1, 2), hours)
        await world.app.bot.write(TEAM, forming.wish, Actor(user), wanted)


async def test_somebody_says_that_they_would_like_a_circle_and_when(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "circles")
    await world.clicks("U0BEN", circles_view.FIND)
    await world.submits("U0BEN", **WANTED, discipline="Medicine", site="North")
    own = await world.app.bot.read(TEAM, queries.wish_of, "U0BEN")
    assert own == CircleWish("U0BEN", CareerStage.EARLY, (), (1, 2), (12, 13), "Medicine", "North")


async def test_an_admin_sees_circles_before_anybody_hears_of_them(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", view.ASK)
    await world.app.catch_up()
    card = world.messages("U0IVY")[-1].text
    assert "1 circle* for 4 people" in card
    for user in EAST:
        assert f"<@{user}>" in card
        assert not any("You are in a circle" in each.text for each in world.messages(user))

    await world.clicks("U0IVY", view.APPROVE)
    assert "1 circle formed with 4 people" in world.messages("U0IVY")[-1].text
    (made,) = await world.app.bot.read(TEAM, circle_queries.joinable, 10)
    assert made.name == "Early career circle 1"
    assert made.channel
    assert set(EAST) <= set(world.space.channels[made.channel].members)
    for user in EAST:
        assert any("You are in a circle with" in each.text for each in world.messages(user))
        assert await world.app.bot.read(TEAM, queries.wish_of, user) is None


async def test_who_has_no_circle_hears_why_and_stays_on_the_list(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    await wished(world, "U0HAL", hours=(3,))
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    await world.settle()
    assert "No circle could be formed for you this time" in world.messages("U0HAL")[-1].text
    assert await world.app.bot.read(TEAM, queries.wish_of, "U0HAL")


async def test_a_group_that_breaks_a_rule_is_mended_before_it_is_approved(
    socket_world: World,
) -> None:
    world = socket_world
    await wished(world, *EAST)
    await wished(world, "U0HAL", hours=(3,))
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    await world.clicks("U0IVY", view.MOVE)
    await world.submits("U0IVY", user="U0HAL", number="1")
    assert "To mend:" in world.messages("U0IVY")[-1].text
    with pytest.raises(Unusable) as no:
        await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    assert "mend these groups first: 1" in no.value.words
    await world.clicks("U0IVY", view.MOVE)
    await world.submits("U0IVY", user="U0HAL")
    await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)


async def test_a_discarded_proposal_forms_nothing(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    await world.clicks("U0IVY", view.DISCARD)
    with pytest.raises(Refused) as no:
        await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    assert no.value.reason is Reason.PROPOSAL_OVER
    found = await world.app.bot.read(TEAM, queries.get, forming_id)
    assert found
    assert found.state is FormingState.DISCARDED
    assert await world.app.bot.read(TEAM, circle_queries.joinable, 10) == []


async def test_only_admins_form_circles(socket_world: World) -> None:
    world = socket_world
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    for use_case, values in (
        (forming.ask, ()),
        (forming.approve, (forming_id,)),
        (forming.discard, (forming_id,)),
        (forming.move, (forming_id, forming.Change("U0BEN", 1))),
        (forming.to_see, (forming_id,)),
    ):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(TEAM, use_case, Actor("U0BEN"), *values)
        assert no.value.reason is Reason.NOT_ADMIN


async def test_hours_are_those_of_each_ones_own_zone(socket_world: World) -> None:
    world = socket_world
    await wished(world, "U0BEN", "U0HAL", "U0EVA")
    wishes = await world.app.bot.read(TEAM, forming.wishes_of, TUESDAY)
    free = {each.user: each.free for each in wishes}
    # Noon and one on Monday and Tuesday: at 17:00 UTC in New York, 20:00 in Los Angeles, 11:00 in
    # Berlin, as it is November.
    assert free["U0BEN"] == frozenset({17, 18, 41, 42})
    assert free["U0HAL"] == frozenset({20, 21, 44, 45})
    assert free["U0EVA"] == frozenset({11, 12, 35, 36})


async def test_while_too_few_would_like_a_circle_the_bot_says_so(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "circles")
    await world.clicks("U0BEN", circles_view.FIND)
    await world.submits("U0BEN", **WANTED)
    said = str(world.space.modals["U0BEN"][-1])
    assert "No new circle yet: 1 person has opted in, 4 are needed." in said
    await wished(world, "U0CHI")
    await world.types("U0IVY", "admin")
    await world.clicks("U0IVY", view.ASK)
    await world.app.catch_up()
    card = world.messages("U0IVY")[-1].text
    assert "No new circle: 2 people have opted in, 4 are needed." in card
    await wished(world, "U0DOT", "U0ADA")
    await world.clicks("U0BEN", circles_view.FIND)
    assert "4 people have opted in, which is enough" in str(world.space.modals["U0BEN"][-1])


async def proposed(world: World) -> int:
    """A proposal that an admin has before them; gives its id."""
    forming_id = await world.app.bot.write(TEAM, forming.ask, Actor("U0IVY"))
    await world.app.catch_up()
    return forming_id


async def approved(world: World, forming_id: int) -> list[Circle]:
    made = await world.app.bot.write(TEAM, forming.approve, Actor("U0IVY"), forming_id)
    await world.settle()
    return made


async def test_where_nobody_would_like_a_circle_there_is_nothing_to_approve(
    socket_world: World,
) -> None:
    await proposed(socket_world)
    card = socket_world.messages("U0IVY")[-1]
    assert "Nobody would like a circle yet" in card.text
    assert view.APPROVE not in str(card.blocks)


async def test_two_people_of_a_proposal_change_places(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    await wished(world, "U0HAL", hours=(3,))
    forming_id = await proposed(world)
    await world.clicks("U0IVY", view.MOVE)
    await world.submits("U0IVY", user="U0HAL", other="U0BEN")
    found = await world.app.bot.read(TEAM, queries.get, forming_id)
    assert found
    assert found.groups[1][1] == ("U0ADA", "U0CHI", "U0DOT", "U0HAL")
    assert set(found.left) == {"U0BEN"}
    assert "free at its hour, which is not so of <@U0HAL>" in world.messages("U0IVY")[-1].text

    back = forming.Change("U0BEN", other="U0HAL")
    await world.app.bot.write(TEAM, forming.move, Actor("U0IVY"), forming_id, back)
    again = await world.app.bot.read(TEAM, queries.get, forming_id)
    assert again
    assert again.left == {"U0HAL": WhyLeft.FEW_AT_ONCE.value}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param(forming.Change("U0LEO", 1), "user", id="a stranger"),
        pytest.param(forming.Change("U0BEN", 2), "number", id="no such group"),
        pytest.param(forming.Change("U0BEN", None, "U0LEO"), "other", id="with a stranger"),
        pytest.param(forming.Change("U0BEN", None, "U0CHI"), "other", id="within a group"),
        pytest.param(forming.Change("U0BEN", 1, "U0CHI"), "number", id="both"),
    ],
)
async def test_a_change_that_makes_no_sense_is_named_in_the_form(
    socket_world: World, change: forming.Change, field: str
) -> None:
    await wished(socket_world, *EAST)
    forming_id = await proposed(socket_world)
    with pytest.raises(Unusable) as no:
        await socket_world.app.bot.write(TEAM, forming.move, Actor("U0IVY"), forming_id, change)
    assert no.value.field == field


async def test_who_withdraws_before_the_approval_is_seen_and_not_put_into_a_circle(
    socket_world: World,
) -> None:
    world = socket_world
    await wished(world, *EAST, "U0KIM")
    await wished(world, "U0HAL", hours=(3,))
    forming_id = await proposed(world)
    for user in ("U0BEN", "U0HAL"):
        await world.app.bot.write(TEAM, forming.no_wish, Actor(user))
    await world.settle()
    assert "To mend:* it should hold that everybody wishes" in world.messages("U0IVY")[-1].text
    with pytest.raises(Unusable) as no:
        await approved(world, forming_id)
    assert "1 (everybody wishes for a circle)" in no.value.words
    out = forming.Change("U0BEN")
    await world.app.bot.write(TEAM, forming.move, Actor("U0IVY"), forming_id, out)
    await approved(world, forming_id)
    for user in ("U0BEN", "U0HAL"):
        assert not any("circle" in each.text for each in world.messages(user))


async def test_who_was_taken_out_by_hand_reads_no_such_word(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST, "U0KIM")
    forming_id = await proposed(world)
    out = forming.Change("U0KIM")
    await world.app.bot.write(TEAM, forming.move, Actor("U0IVY"), forming_id, out)
    await world.settle()
    assert "taken out by hand" in world.messages("U0IVY")[-1].text
    await approved(world, forming_id)
    assert "by hand" not in world.messages("U0KIM")[-1].text
    assert "the right company for you" in world.messages("U0KIM")[-1].text


async def test_two_who_approve_start_the_circles_once(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    forming_id = await proposed(world)
    await approved(world, forming_id)
    with pytest.raises(Refused) as no:
        await approved(world, forming_id)
    assert no.value.reason is Reason.PROPOSAL_OVER
    assert len(await world.app.bot.read(TEAM, circle_queries.of_member, EAST[0])) == 1


async def test_nobody_is_in_the_circles_of_two_proposals(socket_world: World) -> None:
    world = socket_world
    await wished(world, *EAST)
    first, second = await proposed(world), await proposed(world)
    await approved(world, first)
    assert "everybody wishes for a circle" in world.messages("U0IVY")[-1].text
    with pytest.raises(Unusable):
        await approved(world, second)
    assert len(await world.app.bot.read(TEAM, circle_queries.of_member, EAST[0])) == 1


async def test_a_guest_of_another_stage_does_not_change_the_circles_questions(
    socket_world: World,
) -> None:
    world = socket_world
    await wished(world, *EAST)
    await wished(world, "U0KIM", stage=CareerStage.MID)
    (made,) = await approved(world, await proposed(world))
    assert made.stage is CareerStage.EARLY


async def test_circles_formed_later_have_other_names(socket_world: World) -> None:
    world = socket_world
    names = set()
    for _ in range(2):
        await wished(world, *EAST)
        (made,) = await approved(world, await proposed(world))
        names.add(made.name)
    assert len(names) == 2


def large_proposal() -> ProposedForming:
    users = [f"U{number:010d}" for number in range(2000)]
    groups = {
        number + 1: (number % 168, tuple(users[number * 6 : number * 6 + 6]))
        for number in range(250)
    }
    left = dict.fromkeys(users[1500:], WhyLeft.FEW_AT_ONCE.value)
    return ProposedForming(1, "U0IVY", FormingState.DRAFT, TUESDAY, groups, left)


def test_an_admin_can_see_everybody_of_a_large_proposal() -> None:
    large = large_proposal()
    meetings = {
        number: first_meeting(hour, "Europe/Berlin", TUESDAY, TUESDAY)
        for number, (hour, _) in large.groups.items()
    }
    modal = view.whole_proposal(large, meetings, {})
    shown = str(modal.blocks)
    assert faults_of(modal.blocks, most=100) == []
    assert all(user in shown for _, users in large.groups.values() for user in users)
    assert all(user in shown for user in large.left)
    card = view.proposal(large, meetings, {200: [Fault(Rule.SIZE)]})
    assert faults_of_message(card) == []
    assert card.text.endswith("before you approve.")
    assert "*200.*" in card.text
    assert "and 241 more: *See all of it*" in card.text
    assert "and 492 more." in card.text


async def test_an_admin_looks_at_the_whole_proposal(socket_world: World) -> None:
    await wished(socket_world, *EAST)
    await proposed(socket_world)
    await socket_world.clicks("U0IVY", view.SEE_ALL)
    shown = str(socket_world.space.modals["U0IVY"][-1])
    assert all(f"<@{user}>" in shown for user in EAST)
