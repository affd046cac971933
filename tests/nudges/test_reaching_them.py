"""When a reminder reaches somebody: not in do-not-disturb or a pause, and not late."""

import logging

import pytest

from bot import nudges, profiles
from bot.authority import Actor
from bot.nudges import Thing
from sandbox.faults import Fault
from storage import members, outbox
from storage.records.nudges import NudgeState
from tests.circles.stories import circle
from tests.delivery.desk import Desk
from tests.nudges import stories
from tests.nudges.stories import seen_by, texts, wants
from tests.profiles.stories import introduces
from tests.support.world import DAY, HOUR, TEAM, World


async def test_a_reminder_waits_for_the_end_of_do_not_disturb(world: World) -> None:
    await stories.sessions(world)
    now = world.space.clock.now()
    world.space.users["U0BEN"].dnd = (now - HOUR, now + 2 * HOUR)  # Slack tells nobody: it is asked
    await wants(world, "U0BEN")
    assert texts(world, "U0BEN") == []
    assert (await stories.nudge(world, "U0BEN")).because == "do_not_disturb"
    await world.later(2 * HOUR)
    assert len(texts(world, "U0BEN")) == 1


async def test_who_ends_do_not_disturb_early_need_not_wait(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    now = world.space.clock.now()
    await world.act.set_dnd("U0BEN", now, now + 6 * HOUR)
    await world.sandbox.events.settled()
    assert await world.app.bot.read(TEAM, members.quiet, "U0BEN") == (now, now + 6 * HOUR)
    await wants(world, "U0BEN")
    await world.act.set_dnd("U0BEN")
    await world.sandbox.events.settled()
    await world.app.catch_up()
    assert len(texts(world, "U0BEN")) == 1


async def test_what_was_held_goes_before_what_is_new_and_less_important(
    socket_world: World,
) -> None:
    """The hold ends earlier than Slack said it would, and nobody told the bot."""
    world = socket_world
    await circle(world, "U0BEN")
    now = world.space.clock.now()
    world.space.users["U0BEN"].dnd = (now, now + 6 * HOUR)
    await wants(world, "U0BEN")
    world.space.users["U0BEN"].dnd = None
    await wants(world, "U0BEN", thing=Thing.CIRCLE_FEW)
    important, other = texts(world, "U0BEN")
    assert "useful to you?" in important
    assert "fewer than 3 people" in other


async def test_without_leave_to_ask_reminders_go_out_all_the_same(
    socket_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = socket_world
    await stories.sessions(world, 2)
    world.sandbox.faults.add(Fault("dnd.teamInfo", "slack_error", error="missing_scope", count=9))
    caplog.set_level(logging.WARNING)
    await wants(world, "U0BEN")
    await wants(world, "U0BEN", 2)
    assert len(texts(world, "U0BEN")) == 2
    assert caplog.text.count("quiet_not_known") == 1


async def test_slack_is_asked_of_fifty_people_at_a_time(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    people = [user for user in world.space.users if user != world.space.bot.id] * 4
    await world.app.learn_quiet(TEAM, people)
    calls = [call for call in world.sandbox.ledger.calls if call.method == "dnd.teamInfo"]
    assert len(calls) == -(-len(people) // 50)


async def test_a_pause_holds_reminders_of_who_takes_no_questions_too(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await world.types("U0LEO", "pause")
    await wants(world, "U0LEO")
    await world.later(3 * DAY + 4 * HOUR)
    assert texts(world, "U0LEO") == []
    assert (await stories.nudge(world, "U0LEO")).because == "paused"
    await world.types("U0LEO", "resume")
    await world.app.catch_up()
    assert len(texts(world, "U0LEO")) == 1


@pytest.mark.parametrize("first_visit", [True, False])
async def test_who_says_other_hours_need_not_wait_for_the_old_ones(
    socket_world: World, *, first_visit: bool
) -> None:
    world = socket_world
    if not first_visit:
        await introduces(world, "U0BEN")
    await stories.sessions(world)
    await world.later(8 * HOUR)  # six in the evening in New York
    await wants(world, "U0BEN")
    assert (await stories.nudge(world, "U0BEN")).because == "out_of_hours"
    if first_visit:
        hours = (0, 12 * 60, 21 * 60)
        await world.app.bot.write(TEAM, profiles.say_time, Actor("U0BEN"), *hours)
    else:
        await world.types("U0BEN", "profile")
        await world.submits("U0BEN", starts="12:00", ends="21:00")
    await world.app.catch_up()
    assert len(texts(world, "U0BEN")) == 1


async def slack_is_down(world: World, seconds: int) -> None:
    """Let no message be posted for so long."""
    world.sandbox.faults.add(Fault("chat.postMessage", "rate_limited", retry_after=str(seconds)))


async def test_what_is_late_waits_for_the_next_working_day(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await world.later(6 * HOUR)  # four in the afternoon in New York
    await slack_is_down(world, 1800)
    await wants(world, "U0BEN")
    world.sandbox.clock.skip(2 * HOUR)
    await world.app.worker.drain()
    assert texts(world, "U0BEN") == []
    found = await stories.nudge(world, "U0BEN")
    assert (found.state, found.sent_at) == (NudgeState.WAITING, None)
    await world.later(60)
    assert (await stories.nudge(world, "U0BEN")).because == "out_of_hours"
    await world.later(15 * HOUR)
    assert len(texts(world, "U0BEN")) == 1


@pytest.mark.parametrize("rest", ["pause", "quiet"])
async def test_what_is_late_meets_a_rest_that_began_since(socket_world: World, rest: str) -> None:
    world = socket_world
    await stories.sessions(world)
    await slack_is_down(world, 600)
    await wants(world, "U0BEN")
    if rest == "pause":
        await world.types("U0BEN", "pause tomorrow")
    else:
        now = world.space.clock.now()
        await world.act.set_dnd("U0BEN", now, now + DAY)
        await world.sandbox.events.settled()
    await world.later(HOUR)
    assert texts(world, "U0BEN") == []
    await world.later(DAY)
    assert len(texts(world, "U0BEN")) == 1


async def test_what_is_late_and_no_longer_applies_is_not_said_and_does_not_count(
    socket_world: World,
) -> None:
    world = socket_world
    await stories.sessions(world, 4)
    for about in (1, 2, 3):
        await wants(world, "U0BEN", about, until=world.space.clock.now() + 21 * DAY)
    assert len(texts(world, "U0BEN")) == 3
    await slack_is_down(world, 600)
    await wants(world, "U0LEO")
    await world.app.bot.write(TEAM, nudges.drop, Thing.USEFUL, 1, "U0LEO")
    await world.later(HOUR)
    assert texts(world, "U0LEO") == []
    found = await stories.nudge(world, "U0LEO")
    assert (found.state, found.because, found.sent_at) == (NudgeState.DROPPED, "no_longer", None)


async def test_a_reminder_of_what_is_gone_is_dropped_and_makes_room(socket_world: World) -> None:
    """There is no session 99: what takes its place is said in its stead."""
    world = socket_world
    await stories.sessions(world, 3)
    for about in (99, 1, 2, 3):
        await world.app.bot.write(
            TEAM, nudges.want, "U0BEN", Thing.USEFUL, about, until=world.space.clock.now() + DAY
        )
    await world.app.catch_up()
    await world.app.catch_up()
    assert len(texts(world, "U0BEN")) == 3
    assert (await stories.nudge(world, "U0BEN", 99)).because == "no_longer"


async def test_what_counts_is_when_it_reached_them(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world, 4)
    await slack_is_down(world, 3 * HOUR)
    asked_at = world.space.clock.now()
    for about in (1, 2, 3, 4):
        await wants(world, "U0BEN", about)
    world.sandbox.clock.skip(3 * HOUR)
    await world.app.worker.drain()
    posted = [float(message.ts) for message in world.messages("U0BEN")]
    assert len(posted) == 3
    await world.later(asked_at + 7 * DAY - world.space.clock.now())
    assert len(texts(world, "U0BEN")) == 3
    await world.later(4 * HOUR)
    assert len(texts(world, "U0BEN")) == 4


async def test_a_lost_answer_posts_no_reminder_twice_at_whatever_hour(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await world.later(7 * HOUR - 60)  # a minute before work ends
    world.sandbox.faults.add(Fault("chat.postMessage", "reset_after"))
    await wants(world, "U0BEN")
    await world.later(DAY)
    assert len(texts(world, "U0BEN")) == 1
    assert await seen_by(world, "U0BEN") == ["session-useful/1"]


async def test_what_is_never_delivered_is_none_that_was_ignored(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    world.sandbox.faults.add(
        Fault("chat.postMessage", "slack_error", error="messages_tab_disabled")
    )
    await wants(world, "U0BEN")
    found = await stories.nudge(world, "U0BEN")
    assert (found.state, found.because, found.sent_at) == (NudgeState.DROPPED, "undelivered", None)
    assert len(await world.app.bot.read(TEAM, outbox.dead)) == 1


@pytest.mark.parametrize("thing", [*Thing, "reminder"])
async def test_a_reminder_that_may_have_arrived_is_left_alone(desk: Desk, thing: str) -> None:
    """Where it can't be looked up nobody sends it again, an admin least of all."""
    key = f"{thing}/1/U0BEN"
    faults = desk.sandbox.faults
    faults.add(Fault("chat.postMessage", "reset_after"))
    faults.add(Fault("conversations.history", "error_before", count=99))
    await desk.tell("U0BEN", key)
    await desk.later(3600, times=30)
    assert await desk.states() == {key: "sent"}
    assert await desk.dead() == []
    faults.clear()
    await desk.store.write(TEAM, outbox.mark_stale, key)
    await desk.later(60)
    assert desk.posted() == [key]


async def test_what_was_done_once_says_nothing_of_the_other_times(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    now = world.space.clock.now()
    for occasion, due_at in ((1, now), (2, now + 5 * DAY)):
        await world.app.bot.write(
            TEAM, nudges.want, "U0BEN", Thing.HEALTH, 1,
            until=now + 9 * DAY, occasion=occasion, due_at=due_at,
        )  # fmt: skip
    await world.app.bot.write(TEAM, nudges.heeded, Thing.HEALTH, 1, "U0BEN", 1)
    coming = await world.app.bot.read(TEAM, nudges.coming_of, "U0BEN")
    assert [each.nudge.occasion for each in coming.waiting] == [2]
    await world.app.bot.write(TEAM, nudges.heeded, Thing.HEALTH, 1, "U0BEN", 2)
    assert (await world.app.bot.read(TEAM, nudges.coming_of, "U0BEN")).waiting == []


async def test_what_applies_again_before_it_was_said_waits_again(socket_world: World) -> None:
    world = socket_world
    await stories.sessions(world)
    await world.types("U0BEN", "pause tomorrow")
    await wants(world, "U0BEN")
    await world.app.bot.write(TEAM, nudges.drop, Thing.USEFUL, 1, "U0BEN")
    assert (await stories.nudge(world, "U0BEN")).because == "no_longer"
    await wants(world, "U0BEN")
    await world.later(DAY)
    assert len(texts(world, "U0BEN")) == 1
    await world.app.bot.write(TEAM, nudges.drop, Thing.USEFUL, 1, "U0BEN")
    await wants(world, "U0BEN")
    await world.later(DAY)
    assert len(texts(world, "U0BEN")) == 1, "twice for the same thing"
