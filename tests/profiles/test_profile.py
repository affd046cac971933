"""The whole profile: what is said there is what the rest of the bot goes by."""

from dataclasses import replace

import pytest

from bot import members as people
from bot import programme
from bot.authority import Actor
from bot.importing import FileFaults, needs_in
from bot.members import hours_of
from bot.views.profiles import EDIT
from storage import members, profiles
from storage.database import Tx
from storage.records import CareerStage, Expert, WorkingHours
from tests.agreements.stories import MENTEE, MENTOR, pair, writes
from tests.mentorships.stories import texts
from tests.profiles.stories import (
    clicks_home,
    introduces,
    modal,
    opens_home,
    option_of,
    reads,
    words_on,
)
from tests.support.world import DAY, TEAM, TUESDAY, World


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


async def test_hours_and_line_are_one_whichever_form_they_were_written_in(
    socket_world: World,
) -> None:
    world = socket_world
    await world.types("U0LEO", "profile")
    await world.submits("U0LEO", stage="early", about="Loves data", starts="06:00", ends="10:00")
    world.space.modals["U0LEO"].clear()
    await world.types("U0LEO", "expert")
    form = str(modal(world, "U0LEO"))
    assert "Loves data" in form
    assert "06:00" in form
    topic = option_of(world, "U0LEO", "topics", "writing")
    await world.submits("U0LEO", topics=[topic], about="Loves trials", starts="07:00", ends="11:00")
    world.space.modals["U0LEO"].clear()
    await world.types("U0LEO", "profile")
    form = str(modal(world, "U0LEO"))
    assert "Loves trials" in form
    assert "07:00" in form
    await world.submits("U0LEO", stage="early")
    expert = await reads(world, members.expert, "U0LEO")
    assert (expert.about, expert.hours.starts, expert.hours.ends) == ("Loves trials", 420, 660)


async def test_the_first_visit_begins_from_an_experts_own_hours(socket_world: World) -> None:
    world = socket_world
    hours = WorkingHours(600, 720, (1, 2))
    ada = await reads(world, members.expert, "U0ADA")
    await world.app.bot.write(TEAM, expert_kept, replace(ada, hours=hours))
    await introduces(world, "U0ADA")
    after = await reads(world, hours_of, "U0ADA")
    assert (after.starts, after.ends, after.days) == (600, 720, (1, 2))


def expert_kept(tx: Tx, expert: Expert) -> None:
    members.keep_expert(tx, expert, tagged_by=expert.user)


async def test_who_is_tagged_keeps_the_hours_of_their_profile(socket_world: World) -> None:
    world = socket_world
    await world.types("U0LEO", "profile")
    await world.submits("U0LEO", stage="early", starts="06:00", ends="10:00", days=["6"])
    tagged = people.Profile((1,), "Listens")
    await world.app.bot.write(TEAM, programme.tag_expert, Actor("U0IVY"), "U0LEO", tagged)
    hours = await reads(world, hours_of, "U0LEO")
    assert (hours.starts, hours.ends, hours.days) == (360, 600, (6,))


async def test_a_pause_that_is_over_does_not_stand_in_the_way_of_saving(
    socket_world: World,
) -> None:
    world = socket_world
    await world.types("U0LEO", "profile")
    await world.submits("U0LEO", stage="early", paused_until="2026-11-26")
    assert "You are paused until" in await opens_home(world, "U0LEO")
    await world.later(5 * DAY)
    assert "You are paused until" not in await opens_home(world, "U0LEO")
    world.space.modals["U0LEO"].clear()
    await world.types("U0LEO", "profile")
    await world.submits("U0LEO", stage="late")
    assert (await reads(world, profiles.get, "U0LEO")).stage is CareerStage.LATE


async def test_what_a_pause_held_comes_once_the_profile_says_it_is_over(
    socket_world: World,
) -> None:
    world, made = socket_world, await pair(socket_world)
    await world.types(MENTOR, "profile")
    await world.submits(MENTOR, stage="late", paused_until="2027-06-01")
    await writes(world, made)
    await world.later(9 * DAY)
    assert "still waits for you" not in texts(world, MENTOR)
    world.space.modals[MENTOR].clear()
    await world.types(MENTOR, "profile")
    await world.submits(MENTOR, stage="late", paused_until=None)
    await world.later(DAY)
    assert "still waits for you" in texts(world, MENTOR)


async def test_home_says_what_an_agreement_wants_of_whom_it_wants_it(socket_world: World) -> None:
    world, made = socket_world, await pair(socket_world)
    assert "waits for you to write it" in await opens_home(world, MENTEE)
    assert "agreement" not in await opens_home(world, MENTOR)
    await writes(world, made)
    assert "agreement" not in await opens_home(world, MENTEE)
    assert "waits for your signature" in await opens_home(world, MENTOR)
