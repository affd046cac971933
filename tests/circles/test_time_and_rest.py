"""Circles at odd hours and weekends, resting and going on, and what is only said once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot import circles, sessions
from bot.rules import working_hours
from bot.views import circles as ids
from storage import circles as queries
from storage import sessions as session_queries
from storage.records import CircleState, CommitmentState, SessionState, WorkingHours
from tests.circles.stories import TO_FIRST, again, ahead, circle, does, joins, of_circle, said
from tests.support.cards import NOON, objects
from tests.support.world import DAY, HOUR, TEAM, World


async def test_a_session_in_the_last_minute_of_the_day_opens(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "circle new")
    await world.submits(
        "U0BEN", name="Owls", size="3", kind="open", rhythm="weekly", first_on="2026-12-01",
        time="23:59", zone="Europe/Berlin",
    )  # fmt: skip
    (owls,) = await world.app.bot.read(TEAM, queries.joinable, 9)
    assert owls.minutes == 23 * 60 + 59
    await world.later(8 * DAY)
    assert any("*Session 1*" in text for text in said(world, owls))


async def test_a_time_that_does_not_exist_and_moves_past_midnight_is_not_missed(
    socket_world: World,
) -> None:
    """In Nuuk the clock goes from 23:00 on a Saturday to midnight."""
    world = socket_world
    made = await circle(
        world, first_on=date(2027, 3, 27), minutes=23 * 60 + 30, zone="America/Nuuk"
    )
    await world.later(130 * DAY)
    numbers = [each.number for each in await of_circle(world, made, SessionState.MISSED)]
    assert numbers == []


@given(
    st.integers(NOON, NOON + 400 * DAY),
    st.sampled_from(["America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"]),
    st.lists(st.integers(1, 7), min_size=1, unique=True),
)
def test_who_leads_hears_when_they_last_work_before(at: int, zone: str, days: list[int]) -> None:
    hours = WorkingHours(9 * 60, 17 * 60, tuple(sorted(days)), zone)
    told = working_hours.last_before(hours, at)
    assert told <= at
    assert working_hours.working(hours, told)
    assert not any(
        working_hours.working(hours, later) for later in range(at, told + 60, -600) if later > told
    )


async def test_who_leads_from_another_zone_hears_a_day_ahead(socket_world: World) -> None:
    """Noon in New York is six in the evening in Berlin, where Eva has stopped to work."""
    world, made = socket_world, await circle(socket_world, "U0EVA")
    await world.later(TO_FIRST - DAY)
    assert (await ahead(world, made)).facilitator == "U0EVA"
    assert "It is your turn to lead" in world.messages("U0EVA")[-1].text


async def test_who_leads_early_on_a_monday_hears_before_the_weekend(socket_world: World) -> None:
    world = socket_world
    await circle(world, first_on=date(2026, 12, 7), minutes=8 * 60)
    await world.later(12 * DAY)
    assert "It is your turn to lead" in world.messages("U0BEN")[-1].text


async def test_going_on_after_the_hour_waits_for_the_next_date(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.pause, "U0BEN", made.id)
    await world.later(TO_FIRST + HOUR)
    await does(world, circles.resume, "U0BEN", made.id)
    await world.later(60)
    assert not any("*Session 1*" in text for text in said(world, made))
    assert (await ahead(world, made)).meets_on == date(2026, 12, 8)


async def test_going_on_before_the_hour_keeps_the_date_of_the_day(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.pause, "U0BEN", made.id)
    await world.later(TO_FIRST + 7 * DAY - HOUR)
    await does(world, circles.resume, "U0BEN", made.id)
    await world.later(HOUR)
    assert sum("*Session 1*" in text for text in said(world, made)) == 1


async def test_who_leads_hears_of_it_though_the_circle_rested_in_between(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world, minutes=3 * 60)
    await world.later(TO_FIRST - 5 * DAY)
    assert (await ahead(world, made)).state is SessionState.PREPARED
    assert world.messages("U0BEN") == []
    await does(world, circles.pause, "U0BEN", made.id)
    await does(world, circles.resume, "U0BEN", made.id)
    await world.later(4 * DAY)
    assert "It is your turn to lead" in world.messages("U0BEN")[-1].text


async def test_a_circle_once_small_hears_of_it_when_it_is_large(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world, size=12)
    await world.later(TO_FIRST)
    await world.later(3 * DAY)
    assert any("fewer than 3 people" in each.text for each in world.messages("U0BEN"))
    await joins(world, made, *(f"U0M{number}" for number in range(9)))
    await world.later(8 * DAY)
    assert any("has 10 people by now" in each.text for each in world.messages("U0BEN"))


async def test_a_circle_that_is_ended_is_not_asked_whether_to_end(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await world.later(TO_FIRST)
    await world.later(7 * DAY)
    await does(world, circles.archive, "U0BEN", made.id)
    assert not any("It has been quiet" in text for text in said(world, made))


async def test_what_somebody_said_they_would_do_is_theirs_to_settle_after_the_circle(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await world.later(TO_FIRST)
    (session,) = await of_circle(world, made, SessionState.OPEN)
    await does(world, sessions.commit, "U0BEN", session.id, "Ask once")
    await does(world, circles.archive, "U0BEN", made.id)
    assert (await again(world, made)).state is CircleState.ENDED
    await does(world, sessions.settle, "U0BEN", 1, CommitmentState.DONE)
    assert await world.app.bot.read(TEAM, session_queries.open_commitments_of, "U0BEN") == []


async def test_who_has_left_is_not_named_with_what_they_said_they_would_do(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST)
    (session,) = await of_circle(world, made, SessionState.OPEN)
    await does(world, sessions.commit, "U0LEO", session.id, "Ask once")
    await does(world, circles.leave, "U0LEO", made.id)
    await world.later(7 * DAY)
    (second,) = [text for text in said(world, made) if "*Session 2*" in text]
    assert "Ask once" not in second


async def test_a_suggested_question_comes_with_the_name_of_who_suggested_it(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, sessions.suggest, "U0BEN", (await ahead(world, made)).id, "Why?")
    await world.later(TO_FIRST)
    assert any("The question, from <@U0BEN>: Why?" in text for text in said(world, made))


async def test_a_session_that_begins_before_there_is_a_channel_opens_in_the_one_chosen(
    socket_world: World,
) -> None:
    world = socket_world
    world.sandbox.restricted.add("conversations.create")
    made = await circle(world)
    await world.later(TO_FIRST)
    there = await world.act.create_channel("U0BEN", "by-hand")
    await does(world, circles.adopt, "U0BEN", made.id, there.id)
    assert any("*Session 1*" in text for text in said(world, await again(world, made)))


async def test_own_circles_come_first_and_closed_ones_hide_no_open_one(
    socket_world: World,
) -> None:
    world = socket_world
    for number in range(circles.SHOWN):
        await circle(world, "U0ADA", name=f"A closed circle {number}", private=True)
    await circle(world, "U0ADA", name="Open to all")
    await circle(world, "U0BEN", name="Zebras", private=True)
    listed = await world.types("U0BEN", "circles")
    assert listed.index("Zebras") < listed.index("Open to all")
    assert "closed" not in listed


async def test_who_commits_to_something_has_taken_part(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST)
    (session,) = await of_circle(world, made, SessionState.OPEN)
    await does(world, sessions.commit, "U0LEO", session.id, "Ask once")
    (thread,) = [text for text in said(world, made) if "*Session 1*" in text]
    assert "In: <@U0LEO>." in thread
    assert "By next time, <@U0LEO>: Ask once" in thread


async def test_ending_a_circle_asks_once_more(socket_world: World) -> None:
    world = socket_world
    await circle(world)
    await world.types("U0BEN", "circles")
    _, shown = world.card("U0BEN", ids.ARCHIVE)
    (end,) = [each for each in objects(shown.blocks) if each.get("action_id") == ids.ARCHIVE]
    assert end["confirm"]["deny"]["text"] == "Not now"
