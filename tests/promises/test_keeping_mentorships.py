"""Promise 14 for mentorships: a use case happens whole or not at all."""

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from bot import mentorships, people
from bot.authority import Actor
from bot.mentorships.requesting import Wanted
from storage.database import Tx
from storage.records import Member
from storage.records.mentorships import MentorshipKind
from tests.mentorships.stories import NEED, asked, does, requested
from tests.promises.test_keeping import failing_at
from tests.support.world import DAY, TEAM, World


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    tables = "mentorships nudges outbox received members checkins consults"
    return {
        table: sorted(map(tuple, tx.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in tables.split()
    }


BEN, KIM, DOT, EVA = Actor("U0BEN"), Actor("U0KIM"), Actor("U0DOT"), Actor("U0EVA")
FORMAL = Wanted(MentorshipKind.FORMAL, "U0JON", "Could we talk?", need=NEED)
SWAP = Wanted(MentorshipKind.SWAP, "U0JON", "", gives=1, gets=2)
GONE = Member("U0KIM", "kim", "America/New_York", deactivated=True)
# Of the mentorships of the test: Kim is asked, Dot would meet first, Leo is asked to talk.
ASKED, MEETING, INFORMAL = 1, 2, 3
USE_CASES = [
    pytest.param(mentorships.request, (BEN, FORMAL), {"delivery": "d"}, 0, id="request"),
    pytest.param(mentorships.ask, (BEN, SWAP), {"delivery": "d"}, 0, id="ask"),
    pytest.param(mentorships.accept, (KIM, ASKED), {}, 0, id="accept"),
    pytest.param(mentorships.meet_first, (KIM, ASKED), {}, 0, id="meet first"),
    pytest.param(mentorships.decline, (KIM, ASKED), {}, 0, id="decline"),
    pytest.param(mentorships.withdraw, (BEN, MEETING), {}, 0, id="withdraw"),
    pytest.param(mentorships.accept, (Actor("U0LEO"), INFORMAL), {}, 0, id="gladly"),
    pytest.param(mentorships.say_after_meeting, (BEN, MEETING), {"yes": False}, 0, id="say no"),
    pytest.param(mentorships.say_after_meeting, (DOT, MEETING), {"yes": True}, 0, id="say yes"),
    pytest.param(mentorships.step_due, (), {}, 20 * DAY, id="lapse"),
    pytest.param(people.keep, ([GONE],), {}, 0, id="leave"),
]


@pytest.mark.parametrize(("use_case", "args", "more", "later"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World,
    use_case: Any,
    args: tuple[object, ...],
    more: dict[str, object],
    later: int,
) -> None:
    world, bot = socket_world, socket_world.app.bot
    await requested(world, "U0KIM")
    meeting = await requested(world, "U0DOT")
    await asked(world, colleague="U0LEO")
    await does(world, mentorships.meet_first, "U0DOT", meeting.id)
    if use_case is mentorships.say_after_meeting and more["yes"]:
        await does(world, mentorships.say_after_meeting, "U0BEN", meeting.id, yes=True)
    world.sandbox.clock.skip(later)
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


async def test_the_second_copy_of_a_delivery_changes_nothing(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    await requested(world, "U0KIM")
    for use_case, wanted in ((mentorships.request, FORMAL), (mentorships.ask, SWAP)):
        first = await does(world, use_case, "U0BEN", wanted, delivery=f"copy/{wanted.kind}")
        before = await bot.read(TEAM, everything)
        other = replace(wanted, words="again")
        again = await does(world, use_case, "U0BEN", other, delivery=f"copy/{wanted.kind}")
        assert again == first
        assert await bot.read(TEAM, everything) == before
