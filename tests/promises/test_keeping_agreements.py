"""Promise 14 for profiles, agreements, goals and feedback: a use case happens whole or not at all.

A second copy of a delivery changes nothing.
"""

import sqlite3
from typing import Any

import pytest

from bot import feedback, goals, mentorships, profiles
from bot.authority import Actor
from bot.feedback import Closing
from bot.profiles import Basics, Whole
from bot.rules.health import ASPECTS_AND_TRAITS, Barrier, MentoringOutcome
from storage.database import Tx
from storage.records import CareerStage
from tests.agreements.stories import MENTEE, MENTOR, TERMS, agreed, does, pair, writes
from tests.profiles.stories import introduces
from tests.promises.test_keeping import everything, failing_at
from tests.support.world import TEAM, World

LEO, ADA = Actor(MENTEE), Actor(MENTOR)
BASICS = Basics(CareerStage.MID, "Nursing", "East")
WHOLE = Whole(BASICS, "Listens", (1, 2), (3,), 2, 4, 480, 900, (1, 2), None, ("U0BEN",))
FINE = dict.fromkeys(map(str, ASPECTS_AND_TRAITS), 4)
CLOSING = Closing([Barrier.TIME], [MentoringOutcome.GOALS], "Well run", "Thank you")
# Of the mentorships of the test: one waits for a signature, one is under way, one has ended.
AGREEING, ACTIVE, ENDED = 1, 2, 3
USE_CASES = [
    pytest.param(profiles.say_basics, (LEO, BASICS), {}, id="basics"),
    pytest.param(profiles.say_topics, (LEO, (1, 2), (3,)), {}, id="topics"),
    pytest.param(profiles.say_time, (ADA, 2, 480, 900), {}, id="an expert's time"),
    pytest.param(profiles.save, (ADA, WHOLE), {}, id="an expert's profile"),
    pytest.param(profiles.cover, (LEO, "late-new", "U0EVA"), {}, id="cover"),
    pytest.param(profiles.uncover, (LEO, "late-mentoring"), {}, id="uncover"),
    pytest.param(
        mentorships.propose, (ADA, AGREEING, TERMS), {"instead_of": 1}, id="another version"
    ),
    pytest.param(mentorships.sign, (ADA, AGREEING, 1), {}, id="sign, and begin"),
    pytest.param(mentorships.sign, (ADA, ACTIVE, 2), {}, id="sign an amendment"),
    pytest.param(mentorships.go_on, (ADA, ACTIVE), {}, id="go on"),
    pytest.param(goals.save, (LEO, {1: 4}, "A paper"), {"delivery": "g"}, id="goals"),
    pytest.param(feedback.score, (ADA, ACTIVE, 1, FINE), {}, id="score"),
    pytest.param(feedback.end, (LEO, ACTIVE), {}, id="end"),
    pytest.param(feedback.close, (LEO, ENDED, CLOSING), {}, id="close"),
    pytest.param(feedback.say_outcomes, (LEO, ENDED, [MentoringOutcome.GOALS]), {}, id="outcomes"),
]


async def stands(world: World) -> None:
    """Somebody with a map and a goal; three pairs of which one agrees, one meets, one is over."""
    await introduces(world, MENTEE, "late")
    await does(world, profiles.cover, MENTEE, "late-mentoring", None)
    await writes(world, await pair(world, mentee="U0EVA", asked_by="U0EVA"), "U0EVA")
    under_way = await agreed(world)
    await does(world, goals.save, MENTEE, {}, "Run a trial", delivery="a goal")
    await writes(world, under_way, over=1, months=12)
    await does(world, feedback.score, MENTEE, ACTIVE, 1, FINE)
    over = await pair(world, mentor="U0DOT", asked_by=MENTEE)
    await writes(world, over)
    await does(world, mentorships.sign, "U0DOT", ENDED, 1)
    await does(world, feedback.end, "U0DOT", ENDED)


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world, bot = socket_world, socket_world.app.bot
    await stands(world)
    before = await bot.read(TEAM, everything)
    for number in range(400):
        try:
            await world.app.store.write(TEAM, failing_at(number, use_case), *args, **more)
        except sqlite3.IntegrityError:
            assert await bot.read(TEAM, everything) == before
        else:
            break
    else:
        pytest.fail("it never came to its end")
    assert number > 2
    assert await bot.read(TEAM, everything) != before


@pytest.mark.parametrize(
    ("use_case", "args", "more"), [each for each in USE_CASES if each.id != "end"]
)
async def test_the_second_copy_of_a_delivery_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[Any, ...], more: dict[str, object]
) -> None:
    world, bot = socket_world, socket_world.app.bot
    await stands(world)
    await bot.write(TEAM, use_case, *args, **more)
    await world.settle()
    before = await bot.read(TEAM, what_people_said)
    await bot.write(TEAM, use_case, *args, **more)
    assert await bot.read(TEAM, what_people_said) == before


def what_people_said(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """All but what is shown anew, as it stands, and what was received."""
    kept = everything(tx)
    return {name: rows for name, rows in kept.items() if name not in ("outbox", "received")}
