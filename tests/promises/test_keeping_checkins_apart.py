"""Promises 19, 20 and 22 for check-ins: each use case refuses whoever has no say in it."""

from datetime import date
from typing import Any

import pytest

from bot import checkins
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.mentorships import running
from bot.views import checkins as ids
from bot.views import refusals
from storage import checkins as queries
from storage.database import Tx
from storage.records.checkins import CheckinDraft, Told
from storage.records.mentorships import CheckinRhythm
from tests.checkins.stories import MENTEE, MENTOR, STRANGER, TOMORROW, ended, pair, plans
from tests.promises.test_keeping_checkins import everything
from tests.support.world import DAY, HOUR, TEAM, TUESDAY, World

LATER = CheckinDraft(TUESDAY + 20 * DAY, 30)
NEW = {"delivery": "new"}
# By what it is called with: a pair's id or a check-in's.
OF_PAIRS: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
    (checkins.to_plan, (), {}),
    (checkins.plan, (LATER,), NEW),
    (running.to_change, (), {}),
    (running.change_rhythm, (CheckinRhythm.WEEKLY,), NEW),
    (running.to_pause, (), {}),
    (running.pause, (date(2027, 1, 10),), NEW),
    (running.resume, (), {}),
]
OF_CHECKINS: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
    (checkins.to_move, (), {}),
    (checkins.move, (LATER,), NEW),
    (checkins.cancel, (), {}),
    (checkins.to_tell, (), {}),
    (checkins.tell, (Told(held=True),), NEW),
]
EVERY = [pytest.param(*each, id=each[0].__name__) for each in (*OF_PAIRS, *OF_CHECKINS)]


@pytest.mark.parametrize(("use_case", "args", "more"), EVERY)
async def test_nobody_but_the_two_has_a_say_and_no_guess_tells_anything(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made)
    await world.later(TOMORROW + HOUR)
    before = await world.app.bot.read(TEAM, everything)
    # A stranger, an admin, the right person in another workspace, and an id that is none.
    for workspace, user, about in (
        (TEAM, STRANGER, 1),
        (TEAM, "U0IVY", 1),
        ("T0OTHER", MENTEE, 1),
        (TEAM, MENTEE, 99),
        (TEAM, MENTEE, 0),
    ):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(workspace, use_case, Actor(user), about, *args, **more)
        assert no.value.reason is Reason.NOT_YOUR_MENTORSHIP
    assert await world.app.bot.read(TEAM, everything) == before


@pytest.mark.parametrize(
    ("use_case", "args", "more"),
    [each for each in EVERY if each.values[0] not in (checkins.to_tell, checkins.tell)],
)
async def test_after_the_end_nothing_is_planned_or_changed(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made)
    await ended(world, made)
    for user in (MENTEE, MENTOR):
        with pytest.raises(Refused) as no:
            await world.app.bot.write(TEAM, use_case, Actor(user), 1, *args, **more)
        assert no.value.reason is Reason.MENTORSHIP_MOVED_ON


async def test_a_forged_button_is_refused_in_the_same_words(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made)
    other = await pair(world, mentee="U0EVA", mentor="U0FAY")
    theirs = await plans(world, other, user="U0EVA")
    before = await world.app.bot.read(TEAM, queries.get, theirs.id)
    for button in (ids.MOVE, ids.CANCEL):
        await world.clicks(MENTEE, button, value=str(theirs.id))
        await world.settle()
    assert await world.app.bot.read(TEAM, queries.get, theirs.id) == before
    words = refusals.WORDS[Reason.NOT_YOUR_MENTORSHIP]
    assert any(words in each.text for each in world.messages(MENTEE))


async def test_two_workspaces_never_see_each_others_check_ins(socket_world: World) -> None:
    world = socket_world
    made = await pair(world)
    await plans(world, made)

    def seen(tx: Tx) -> list[object]:
        return [
            queries.get(tx, 1),
            queries.of_mentorship(tx, made.id),
            queries.ahead(tx, made.id),
            queries.ahead_of(tx, MENTEE, 9),
            queries.last_met(tx, made.id),
            queries.due(tx, 9),
            queries.pairs_due(tx, 9),
            queries.notes_for(tx, 1, MENTEE),
            queries.commitments_of(tx, 1),
        ]

    world.sandbox.clock.skip(30 * DAY)
    assert not any(await world.app.bot.read("T0OTHER", seen))
    assert len([each for each in await world.app.bot.read(TEAM, seen) if each]) >= 3
