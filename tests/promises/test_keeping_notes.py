"""Promise 14 for notes and for the care of experts: a use case happens whole or not at all."""

from typing import Any

import pytest

from bot import care, consults, notes, nudges, people
from bot.authority import Actor
from bot.notes import Words
from bot.nudges import Thing
from storage.records import Member, Outcome
from tests.notes.stories import ADA, BEN, IVY, LEO, does, helped, shared
from tests.promises.test_keeping import failed_at_each_statement
from tests.support.world import TEAM, World

WORDS = Words("How are steroids tapered?", "Slowly.")
GONE = Member(ADA, "ada", "America/New_York", deactivated=True)
# Note 1 is shared, note 2 waits for Ada, consult 3 has none.
USE_CASES = [
    pytest.param(notes.begin, (Actor(BEN), 3, WORDS), {}, id="begin"),
    pytest.param(notes.change, (Actor(ADA), 1, 1, WORDS), {}, id="change"),
    pytest.param(notes.agree, (Actor(ADA), 2, 1), {}, id="agree"),
    pytest.param(notes.withdraw, (Actor(BEN), 1), {}, id="withdraw"),
    pytest.param(notes.take_down, (Actor(IVY), 1), {}, id="take down"),
    pytest.param(notes.say_helped, (Actor(IVY), 1), {}, id="helped"),
    pytest.param(notes.forget, (LEO,), {}, id="forget what helped"),
    pytest.param(notes.forget, (ADA,), {}, id="forget notes"),
    pytest.param(people.keep, ([GONE],), {}, id="leave"),
    pytest.param(care.rest, (Actor(ADA), 1), {}, id="rest"),
    pytest.param(care.no_rest, (Actor(ADA), 1), {}, id="no rest"),
    pytest.param(
        consults.say_outcome, (Actor(BEN), 3, Outcome.SOLVED, "thanks"), {}, id="pass on thanks"
    ),
]


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world, bot = socket_world, socket_world.app.bot
    note = await shared(world)
    await does(world, notes.say_helped, LEO, note.id)
    second = await helped(world, question="more on steroids?")
    await does(world, notes.begin, BEN, second, WORDS)
    await helped(world, question="and still more on steroids?")
    until = world.space.clock.now() + 86400
    await bot.write(TEAM, nudges.want, ADA, Thing.REST_WEEK, 0, until=until, occasion=1)
    await world.app.catch_up()
    assert await failed_at_each_statement(world, use_case, *args, **more) > 2
