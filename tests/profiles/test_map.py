"""My map: each need of one's stage and who covers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import needs as all_needs
from bot import programme
from bot.needs import shipped
from bot.rules.needs import By, Meets, Place, chart
from bot.views import profiles as view
from storage import mentorships
from storage.records import CareerStage
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from storage.records.profiles import Cover, Need
from tests.profiles.stories import clicks_home, introduces, modal, opens_home, reads, words_on
from tests.support.world import TEAM, World

NEED = Need("early-skills", CareerStage.EARLY, "The skills of this place", topics=("Pain",))
ME, ADA, BO = "U0ME", "U0ADA", "U0BO"
CIRCLE: Meets = ("First years", frozenset({"pain"}))


def pair(state: MentorshipState, need: str | None = NEED.id, mentor: str = ADA) -> Mentorship:
    mentee = ME if mentor != ME else BO
    return Mentorship(1, MentorshipKind.FORMAL, state, mentor, mentee, mentee, 0, need)


ACTIVE, ASKED = MentorshipState.ACTIVE, MentorshipState.ASKED


@pytest.mark.parametrize(
    ("pairs", "covers", "circles", "by", "who"),
    [
        pytest.param([], [], [], By.GAP, None, id="nobody yet"),
        pytest.param([pair(ACTIVE)], [Cover(NEED.id, BO)], [CIRCLE], By.MENTORSHIP, ADA,
                     id="a mentorship about it counts most"),
        pytest.param([pair(ASKED)], [Cover(NEED.id, BO)], [], By.COLLEAGUE, BO,
                     id="whom one has named comes before a request"),
        pytest.param([pair(ASKED)], [], [CIRCLE], By.ASKED, ADA, id="a request is shown as one"),
        pytest.param([], [Cover(NEED.id)], [], By.ELSEWHERE, None, id="somebody outside"),
        pytest.param([], [], [CIRCLE], By.CIRCLE, "First years", id="a circle of its topic"),
        pytest.param([pair(ACTIVE, None)], [], [], By.GAP, None,
                     id="a mentorship about something else does not count"),
        pytest.param([pair(ACTIVE, mentor=ME)], [], [], By.GAP, None,
                     id="nor one in which I am the mentor"),
    ],
)  # fmt: skip
def test_a_need_is_covered_by_the_firmest_thing(
    pairs: list[Mentorship], covers: list[Cover], circles: list[Meets], by: By, who: str | None
) -> None:
    (place,) = chart(ME, [NEED], pairs, covers, circles)
    assert (place.by, place.who) == (by, who)


@given(
    st.lists(st.sampled_from(shipped()), unique=True),
    st.lists(st.sampled_from(shipped()), unique=True),
)
def test_every_need_stands_on_the_map_once_and_in_order(
    needs: list[Need], covered: list[Need]
) -> None:
    places = chart(ME, needs, [], [Cover(need.id) for need in covered], [])
    assert [place.need for place in places] == needs
    assert all((place.by is By.ELSEWHERE) == (place.need in covered) for place in places)


@pytest.mark.parametrize("stage", CareerStage)
def test_each_stage_has_needs_with_words_and_topics(stage: CareerStage) -> None:
    mine = [need for need in shipped() if need.stage is stage]
    assert 5 <= len(mine) <= view.SHOWN
    assert len({need.id for need in mine}) == len(mine)
    assert all(need.name and need.about and need.topics for need in mine)
    assert all(len(need.name) <= 75 for need in mine)


async def test_who_has_said_no_stage_is_asked_for_it(socket_world: World) -> None:
    assert "Say your career stage" in await opens_home(socket_world, "U0LEO")


async def test_home_shows_the_gaps_of_ones_stage_each_with_a_button(socket_world: World) -> None:
    world = socket_world
    await introduces(world, "U0LEO", "late")
    shown = await opens_home(world, "U0LEO")
    assert "*Towards retirement*: nobody yet" in shown
    assert shown.count("Find a mentor") >= 6
    assert "First papers" not in shown


async def test_a_mentorship_under_way_fills_its_gap(socket_world: World) -> None:
    world = socket_world
    await introduces(world, "U0LEO", "late")
    wanted = Mentorship(
        0, MentorshipKind.FORMAL, MentorshipState.ACTIVE, "U0ADA", "U0LEO", "U0LEO", 0,
        need="late-new",
    )  # fmt: skip
    await world.app.bot.write(TEAM, mentorships.add, wanted)
    shown = await opens_home(world, "U0LEO")
    assert "*Staying curious*: with <@U0ADA>" in shown
    assert "*Formal*: with <@U0ADA>" in shown


async def test_one_says_who_covers_a_need_and_takes_it_back(world: World) -> None:
    await introduces(world, "U0LEO", "late")
    await opens_home(world, "U0LEO")
    await clicks_home(world, "U0LEO", view.COVER)
    await world.submits("U0LEO", need="late-new", covered="colleague", by="U0EVA")
    assert "*Staying curious*: <@U0EVA>, as you said" in words_on(world.space.homes["U0LEO"])
    await clicks_home(world, "U0LEO", view.COVER)
    await world.submits("U0LEO", need="late-new", covered="nobody")
    assert "*Staying curious*: nobody yet" in words_on(world.space.homes["U0LEO"])


async def test_a_colleague_has_to_be_named(socket_world: World) -> None:
    world = socket_world
    await introduces(world, "U0LEO", "late")
    await opens_home(world, "U0LEO")
    await clicks_home(world, "U0LEO", view.COVER)
    await world.submits("U0LEO", need="late-new", covered="colleague")
    assert "by" in modal(world, "U0LEO")["errors"]


async def test_a_programmes_need_stands_in_the_place_of_one_that_is_shipped(
    socket_world: World,
) -> None:
    world = socket_world
    own = [
        Need("late-new", CareerStage.LATE, "New tools"),
        Need("late-garden", CareerStage.LATE, "A garden"),
    ]
    counts = await world.app.bot.write(TEAM, programme.import_needs, own)
    assert (counts.added, counts.changed) == (2, 0)
    names = [need.name for need in await reads(world, all_needs.of_stage, CareerStage.LATE)]
    assert "New tools" in names
    assert "Staying curious" not in names
    assert names[-1] == "A garden"
    assert (await world.app.bot.write(TEAM, programme.import_needs, own)).changed == 2


def test_a_need_whose_agreement_waits_is_not_merely_asked_for() -> None:
    pairs = [pair(ASKED, mentor=BO), pair(MentorshipState.AGREEING)]
    (place,) = chart(ME, [NEED], pairs, [], [])
    assert (place.by, place.who) == (By.BEGINNING, ADA)


@pytest.mark.parametrize("by", By)
def test_every_way_to_be_covered_has_words(by: By) -> None:
    assert view.covered(Place(NEED, by, ADA))


def test_a_map_that_is_too_long_says_how_much_is_left_out() -> None:
    blocks = view.chart([Place(NEED, By.GAP)] * (view.SHOWN + 2), "find")
    assert "And 2 needs more" in str(blocks)
