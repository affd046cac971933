"""*Done*, *Snooze*, *Stop these*, the question whether to keep a kind, and `/mentor reminders`."""

import pytest

from bot import nudges, sessions
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.nudges import Thing
from bot.rules.disturbance import Snooze
from bot.views import nudges as view
from bot.views import sessions as sessions_view
from storage import nudges as queries
from storage.database import Tx
from storage.records.nudges import KindState, NudgeState
from tests.nudges import stories
from tests.nudges.stories import SESSIONS, texts, wants
from tests.support.cards import faults_of, faults_of_message
from tests.support.world import DAY, HOUR, TEAM, World

CONTROLS = (view.DONE, view.SNOOZE, view.STOP)


async def test_every_nudge_can_be_done_snoozed_or_stopped(world: World) -> None:
    await stories.sessions(world)
    await wants(world, "U0BEN")
    _, message = world.card("U0BEN", view.DONE)
    assert all(control in str(message.blocks) for control in CONTROLS)
    assert faults_of(message.blocks, most=50) == []


@pytest.mark.parametrize(
    ("click", "more", "says"),
    [
        pytest.param(view.DONE, {}, "Seen to. Thank you.", id="done"),
        pytest.param(view.STOP, {}, "No more reminders of circles and sessions.", id="stop"),
        pytest.param(view.SNOOZE, {"pick": "1 tomorrow"}, "I remind you again", id="snooze"),
    ],
)
async def test_after_a_click_the_message_says_what_happens_and_has_no_buttons(
    socket_world: World, click: str, more: dict[str, str], says: str
) -> None:
    world = socket_world
    await stories.sessions(world)
    await wants(world, "U0BEN")
    await world.clicks("U0BEN", click, **more)
    (message,) = world.messages("U0BEN")
    assert "useful to you?" in message.text
    assert says in message.text
    assert says in str(message.blocks)
    assert "action_id" not in str(message.blocks)


async def test_a_snoozed_nudge_comes_again_in_a_message_of_its_own(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await wants(world, "U0BEN")
    await world.clicks("U0BEN", view.SNOOZE, pick="1 tomorrow")
    await world.later(22 * HOUR)
    assert len(texts(world, "U0BEN")) == 1
    await world.later(2 * HOUR)
    first, again = texts(world, "U0BEN")
    assert "I have reminded you again since." in first
    assert "useful to you?" in again
    await world.clicks("U0BEN", view.DONE)
    assert "Seen to." in texts(world, "U0BEN")[1]
    await world.later(14 * DAY)
    assert len(texts(world, "U0BEN")) == 2


async def test_what_is_snoozed_and_done_meanwhile_comes_no_more(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await wants(world, "U0BEN")
    await world.clicks("U0BEN", view.SNOOZE, pick="1 next_week")
    await world.app.bot.write(TEAM, nudges.heeded, Thing.USEFUL, 1, "U0BEN")
    await world.settle()
    assert "Seen to." in texts(world, "U0BEN")[0]
    await world.later(14 * DAY)
    assert len(texts(world, "U0BEN")) == 1


async def test_doing_what_it_asks_for_takes_the_buttons_away(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await world.later(7 * DAY + 2 * HOUR)
    await world.app.bot.write(TEAM, sessions.say_coming, Actor("U0HAL"), 1, coming=True)
    await world.later(2 * DAY + 8 * HOUR)
    await world.clicks("U0HAL", sessions_view.USEFUL)
    told = next(each for each in world.messages("U0HAL") if "Thank you for telling" in each.text)
    assert "action_id" not in str(told.blocks)
    assert (await stories.nudge(world, "U0HAL")).heeded_at


async def test_a_run_sheet_is_put_off_no_further_than_its_session(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    soon = world.space.clock.now() + 2 * HOUR
    await wants(world, "U0HAL", thing=Thing.RUN_SHEET, until=soon)
    assert await world.app.bot.read(TEAM, _snoozes) == []


def _snoozes(tx: Tx) -> list[Snooze]:
    found = queries.find(tx, "U0HAL", Thing.RUN_SHEET, 1, 0)
    assert found
    return nudges.snoozes(tx, found)


async def test_who_stops_a_kind_hears_no_more_of_it_until_they_turn_it_on(
    socket_world: World,
) -> None:
    world = socket_world
    await stories.sessions(world, 3)
    await wants(world, "U0BEN")
    await world.clicks("U0BEN", view.STOP)
    await wants(world, "U0BEN", 2)
    assert (await stories.nudge(world, "U0BEN", 2)).because == "turned_off"
    later = world.space.clock.now() + 3 * DAY
    await wants(world, "U0BEN", 3, due_at=later)
    await world.types("U0BEN", "reminders")
    await world.submits("U0BEN", kinds=["sessions", "checkins"])
    assert "circles and sessions" in str(world.space.modals["U0BEN"][-1])
    (message,) = world.messages("U0BEN")
    assert all(control in str(message.blocks) for control in CONTROLS)
    await world.later(3 * DAY)
    assert len(texts(world, "U0BEN")) == 2


async def test_a_reminder_is_its_readers_alone(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await wants(world, "U0BEN")
    for workspace, user in ((TEAM, "U0ADA"), ("T0OTHER", "U0BEN")):
        for use_case, values in (
            (nudges.done, ()),
            (nudges.stop_kind, ()),
            (nudges.snooze, (Snooze.TOMORROW,)),
        ):
            with pytest.raises(Refused) as no:
                await world.app.bot.write(workspace, use_case, Actor(user), 1, *values)
            assert no.value.reason is Reason.NOT_YOUR_NUDGE
        with pytest.raises(Refused):
            await world.app.bot.write(workspace, nudges.answer_keep, Actor(user), 1, keep=False)
    assert (await stories.nudge(world, "U0BEN")).state is NudgeState.SENT
    assert (await world.app.bot.read("T0OTHER", nudges.coming_of, "U0BEN")).waiting == []


async def test_a_second_click_changes_nothing(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await wants(world, "U0BEN")
    for wanted in (Snooze.TOMORROW, Snooze.NEXT_WEEK):
        await world.app.bot.write(TEAM, nudges.snooze, Actor("U0BEN"), 1, wanted)
    await world.app.bot.write(TEAM, nudges.done, Actor("U0BEN"), 1)
    coming = await world.app.bot.read(TEAM, nudges.coming_of, "U0BEN")
    assert [each.nudge.round for each in coming.waiting] == [1]
    await world.later(2 * DAY)
    assert len(texts(world, "U0BEN")) == 2


async def ignores_three(world: World) -> None:
    """Three sessions in three weeks are asked about, and nobody answers; then a fourth."""
    await stories.sessions(world, 5)
    for about in (1, 2, 3):
        await wants(world, "U0BEN", about)
        await world.later(7 * DAY)
    await wants(world, "U0BEN", 4)


async def test_after_three_ignored_the_bot_asks_once_and_is_silent(socket_world: World) -> None:
    world = socket_world
    await ignores_three(world)
    said = texts(world, "U0BEN")
    assert len(said) == 4
    assert "Shall I keep them?" in said[-1]
    assert faults_of_message(world.messages("U0BEN")[-1]) == []
    await world.later(8 * DAY)
    await wants(world, "U0BEN", 5)
    assert len(texts(world, "U0BEN")) == 4
    assert (await stories.nudge(world, "U0BEN", 5)).because == "ignored"


async def test_who_keeps_a_kind_gets_what_was_held(socket_world: World) -> None:
    world = socket_world
    await ignores_three(world)
    await world.clicks("U0BEN", view.KEEP)
    await world.app.catch_up()
    asked, held = texts(world, "U0BEN")[-2:]
    assert "I keep reminding you of circles and sessions." in asked
    assert "useful to you?" in held
    await wants(world, "U0BEN", 5)
    assert "useful to you?" in texts(world, "U0BEN")[-1]


async def test_who_wants_no_more_hears_no_more(socket_world: World) -> None:
    world = socket_world
    await ignores_three(world)
    await world.clicks("U0BEN", view.NO_MORE)
    await world.app.catch_up()
    assert "No more reminders of circles and sessions." in texts(world, "U0BEN")[-1]
    assert (await stories.nudge(world, "U0BEN", 4)).because == "turned_off"
    choices = await world.app.bot.read(TEAM, queries.choices_of, "U0BEN")
    assert choices[SESSIONS].state is KindState.OFF


async def test_a_kind_that_is_kept_by_the_list_is_answered_too(socket_world: World) -> None:
    world = socket_world
    await ignores_three(world)
    await world.types("U0BEN", "reminders")
    shown = str(world.space.modals["U0BEN"][-1])
    assert "I have asked whether to keep reminders of circles and sessions" in shown
    await world.submits("U0BEN", kinds=["sessions", "checkins", "mentorships"])
    assert "I keep reminding you" in texts(world, "U0BEN")[-1]


async def test_the_list_says_what_is_coming_and_what_holds_it(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world, 5)
    for about in (1, 2, 3, 4):
        await wants(world, "U0BEN", about)
    await wants(world, "U0BEN", 5, due_at=world.space.clock.now() + 30 * DAY,
                until=world.space.clock.now() + 40 * DAY)  # fmt: skip
    await world.types("U0BEN", "reminders")
    shown = str(world.space.modals["U0BEN"][-1])
    assert shown.count("Whether a session was useful to you") == 2
    assert shown.count("at the earliest. Held: three have reached you this week.") == 1
    assert "Mon–Fri, 09:00–17:00 (America/New_York)" in shown
    await world.types("U0BEN", "pause until 2027-01-15")
    await world.types("U0BEN", "reminders")
    assert "You are paused until" in str(world.space.modals["U0BEN"][-1])


async def test_where_nothing_waits_the_list_says_so(socket_world: World) -> None:
    await socket_world.types("U0BEN", "reminders")
    assert "Nothing at the moment." in str(socket_world.space.modals["U0BEN"][-1])
