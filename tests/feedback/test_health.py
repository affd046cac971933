"""Each of the two scores in private; both see both, and only then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import feedback
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.nudges import Thing
from bot.rules.health import ASPECTS_AND_TRAITS, BEST, LOW, Aspect, Trait, complete, low, per_cent
from bot.views import feedback as view
from storage.database import Tx
from tests.agreements.stories import MENTEE, MENTOR, STRANGER, agreed, does
from tests.support.world import DAY, TEAM, TUESDAY, World

FINE = dict.fromkeys(map(str, ASPECTS_AND_TRAITS), 4)
scores = st.dictionaries(
    st.sampled_from([str(each) for each in ASPECTS_AND_TRAITS]), st.integers(1, BEST)
)


def words(world: World, user: str) -> str:
    return "\n".join(str(message.text) for message in world.messages(user))


async def test_after_a_month_each_scores_by_hand_and_sees_the_other_only_then(
    world: World,
) -> None:
    await agreed(world)
    await world.later(31 * DAY)
    for user in (MENTEE, MENTOR):
        assert "Two minutes, in private" in words(world, user)
    await world.clicks(MENTEE, view.SCORE)
    await world.submits(MENTEE, **{trait.value: "4" for trait in Trait})
    await world.submits(MENTEE, **{aspect.value: "2" for aspect in Aspect})
    assert "What may help where it is low" in str(world.space.modals[MENTEE][-1])
    assert "Both of you have said" not in words(world, MENTEE)
    assert "Mistakes are allowed" not in words(world, MENTOR)
    await world.clicks(MENTOR, view.SCORE)
    await world.submits(MENTOR, **{trait.value: "5" for trait in Trait})
    await world.submits(MENTOR, **{aspect.value: "5" for aspect in Aspect})
    assert f"Mistakes are allowed: you 2, <@{MENTOR}> 5" in words(world, MENTEE)
    assert f"Mistakes are allowed: you 5, <@{MENTEE}> 2" in words(world, MENTOR)


async def test_half_of_the_scores_show_nothing(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    half = {str(trait): 3 for trait in Trait}
    await does(world, feedback.score, MENTEE, made.id, 1, FINE)
    await does(world, feedback.score, MENTOR, made.id, 1, half)
    assert "Both of you have said" not in words(world, MENTEE) + words(world, MENTOR)


async def test_each_time_is_scored_anew(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await does(world, feedback.score, MENTEE, made.id, 1, FINE)
    await does(world, feedback.score, MENTOR, made.id, 2, FINE)
    assert "Both of you have said" not in words(world, MENTEE)


async def test_who_has_scored_the_first_time_is_asked_in_the_middle_too(
    socket_world: World,
) -> None:
    world, made = socket_world, await agreed(socket_world, months=4)
    await does(world, feedback.score, MENTEE, made.id, 1, FINE)
    await world.later(31 * DAY)
    assert "Two minutes, in private" not in words(world, MENTEE)
    await world.later(33 * DAY)
    assert words(world, MENTEE).count("Two minutes, in private") == 1


@pytest.mark.parametrize("occasion", [0, 4, 10**6])
async def test_there_are_three_times(socket_world: World, occasion: int) -> None:
    made = await agreed(socket_world)
    with pytest.raises(Refused):
        await does(socket_world, feedback.score, MENTEE, made.id, occasion, FINE)


async def test_nobody_else_scores(socket_world: World) -> None:
    made = await agreed(socket_world)
    for guessed in (made.id, 4711):
        with pytest.raises(Refused) as no:
            await socket_world.app.bot.write(
                TEAM, feedback.score, Actor(STRANGER), guessed, 1, FINE
            )
        assert no.value.reason is Reason.NOT_YOUR_MENTORSHIP


@given(scores)
def test_what_is_low_is_named_lowest_first(said: dict[str, int]) -> None:
    found = low(said)
    assert set(found) == {name for name, score in said.items() if score <= LOW}
    assert [said[name] for name in found] == sorted(said[name] for name in found)


@given(scores)
def test_only_all_of_it_is_complete(said: dict[str, int]) -> None:
    assert complete(said) == (len(said) == len(Trait) + len(Aspect))


def test_everything_that_is_scored_has_help() -> None:
    assert set(view.SCORED) == {str(each) for each in ASPECTS_AND_TRAITS}
    assert len(Trait) == 5
    assert len(Aspect) == 11


@given(st.integers(0, 4))
def test_groups_under_five_are_not_shown(asked: int) -> None:
    assert per_cent(9 * asked, 9 * asked, asked) is None


@pytest.mark.parametrize(
    ("months", "days"),
    [
        pytest.param(1, [15], id="a month: in its middle"),
        pytest.param(2, [30], id="two months: once, not twice on one day"),
        pytest.param(6, [30, 90], id="half a year"),
        pytest.param(None, [30, 181], id="without an end"),
    ],
)
async def test_how_it_goes_is_asked_at_times_that_make_sense(
    socket_world: World, months: int | None, days: list[int]
) -> None:
    made = await agreed(socket_world, months=months)

    def due(tx: Tx) -> list[int]:
        rows = tx.rows(
            """SELECT due_at FROM nudges WHERE workspace = :workspace AND thing = :thing
                  AND about = :about AND user = :user ORDER BY due_at""",
            thing=Thing.HEALTH,
            about=made.id,
            user=MENTEE,
        )
        return [(row["due_at"] - TUESDAY) // DAY for row in rows]

    assert await socket_world.app.bot.read(TEAM, due) == days


async def test_who_has_said_how_it_goes_is_not_asked_in_the_same_message(
    socket_world: World,
) -> None:
    world, made = socket_world, await agreed(socket_world)
    await world.later(31 * DAY)
    await does(world, feedback.score, MENTEE, made.id, 1, FINE)
    assert "Two minutes, in private" not in words(world, MENTEE)
    assert "Two minutes, in private" in words(world, MENTOR)
