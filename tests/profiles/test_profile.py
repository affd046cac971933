"""The whole profile: what is said there is what the rest of the bot goes by."""

import pytest

from bot.importing import FileFaults, needs_in
from bot.members import hours_of
from bot.views.profiles import EDIT
from storage import members, profiles
from storage.records import CareerStage
from tests.profiles.stories import clicks_home, modal, opens_home, option_of, reads, words_on
from tests.support.world import DAY, TUESDAY, World


async def test_everything_that_is_said_is_kept_and_shown_again(world: World) -> None:
    await world.types("U0LEO", "profile")
    await world.submits(
        "U0LEO",
        stage="early",
        discipline="Medicine",
        about="Second year, loves data",
        offers=[option_of(world, "U0LEO", "offers", "writing")],
        mentees="1",
        starts="07:00",
        ends="15:00",
        days=["1", "2"],
        left_out=["U0KIM"],
    )
    said = words_on(modal(world, "U0LEO"))
    assert "You would mentor 1 person at a time." in said
    assert "Mon, Tue, 07:00–15:00" in said
    world.space.modals["U0LEO"].clear()
    await world.types("U0LEO", "profile")
    form = str(modal(world, "U0LEO"))
    assert "Second year, loves data" in form
    assert "U0KIM" in form
    assert [topic.name for topic in (await reads(world, profiles.get, "U0LEO")).offers] == [
        "writing"
    ]
    assert await reads(world, members.left_out_by, "U0LEO") == ["U0KIM"]


async def test_the_hours_of_a_profile_are_those_the_bot_keeps(socket_world: World) -> None:
    world = socket_world
    await world.types("U0LEO", "profile")
    await world.submits("U0LEO", stage="early", starts="06:00", ends="10:00", days=["6"])
    hours = await reads(world, hours_of, "U0LEO")
    assert (hours.starts, hours.ends, hours.days) == (360, 600, (6,))


async def test_an_experts_hours_and_capacity_change_with_their_profile(
    socket_world: World,
) -> None:
    world = socket_world
    before = await reads(world, members.expert, "U0ADA")
    await world.types("U0ADA", "profile")
    await world.submits("U0ADA", stage="late", starts="10:00", ends="12:00", capacity="9")
    after = await reads(world, members.expert, "U0ADA")
    assert (after.hours.starts, after.hours.ends, after.capacity) == (600, 720, 9)
    assert after.topics == before.topics


async def test_the_first_visit_leaves_what_an_expert_said_of_their_topics(
    socket_world: World,
) -> None:
    world = socket_world
    before = await reads(world, members.expert, "U0ADA")
    await world.types("U0ADA", "profile")
    await world.submits("U0ADA", stage="late")
    after = await reads(world, members.expert, "U0ADA")
    assert (after.topics, after.about, after.capacity) == (
        before.topics, before.about, before.capacity,
    )  # fmt: skip


async def test_a_pause_in_the_profile_rests_from_questions_too(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "profile")
    await world.submits("U0ADA", stage="late", paused_until="2026-12-01")
    expert = await reads(world, members.expert, "U0ADA")
    assert expert.paused_until
    assert TUESDAY + 6 * DAY < expert.paused_until < TUESDAY + 8 * DAY


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("ends", "06:00", id="a day that ends before it begins"),
        pytest.param("days", [], id="no day at all"),
        pytest.param("paused_until", "2020-01-01", id="a pause that is over"),
    ],
)
async def test_what_can_not_be_is_said_at_its_field(
    socket_world: World, field: str, value: object
) -> None:
    world = socket_world
    await world.types("U0LEO", "profile")
    await world.submits("U0LEO", stage="early", **{field: value})
    assert field in modal(world, "U0LEO")["errors"]
    assert (await reads(world, profiles.get, "U0LEO")).stage is None


async def test_home_has_the_profile_and_its_button(socket_world: World) -> None:
    world = socket_world
    assert "Career stage not said yet" in await opens_home(world, "U0LEO")
    await clicks_home(world, "U0LEO", EDIT)
    await world.submits("U0LEO", stage="mid", discipline="Nursing", site="East")
    assert "Mid career; Nursing, East." in await opens_home(world, "U0LEO")


def test_a_programme_has_needs_of_its_own() -> None:
    (need,) = needs_in("need,stage,topics\nNight shifts,early,pain; steroids\n")
    assert (need.id, need.stage) == ("early-night-shifts", CareerStage.EARLY)
    assert need.topics == ("pain", "steroids")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("need,stage\nNights,soon\n", "line 2: stage is early, mid, late"),
        ("need,stage\n,early\n", "line 2: need is missing"),
        ("need\nNights\n", "missing: stage"),
    ],
)
def test_a_faulty_need_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(FileFaults, match=words):
        needs_in(text)
