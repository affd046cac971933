"""The sessions of a circle: who leads, what moves, what is missed, and who may say so."""

import re
from datetime import date

import pytest

from bot import circles, sessions
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.views import sessions as ids
from storage import nudges
from storage import sessions as queries
from storage.records import Circle, CircleState, CommitmentState, SessionState
from tests.circles.stories import TO_FIRST, again, ahead, circle, does, joins, of_circle, said
from tests.support.world import DAY, HOUR, TEAM, World


def threads(world: World, made: Circle) -> list[str]:
    return [text for text in said(world, made) if re.match(r"\*Session \d+\* of", text)]


async def test_each_leads_in_turn(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA")
    led = []
    await world.later(TO_FIRST)
    for _ in range(6):
        (opened,) = await of_circle(world, made, SessionState.OPEN)
        led.append(opened.facilitator)
        await world.later(6 * DAY)
        await world.later(DAY)
    assert set(led[:3]) == set(led[3:]) == {"U0BEN", "U0LEO", "U0ADA"}


async def test_who_cant_make_it_hands_the_turn_on(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST - DAY)
    session = await ahead(world, made)
    assert session.facilitator == "U0BEN"
    await does(world, sessions.say_coming, "U0BEN", session.id, coming=False)
    assert (await ahead(world, made)).facilitator == "U0LEO"
    assert "leads session 1" in world.messages("U0BEN")[-1].text
    await world.later(60)
    assert "It is your turn to lead" in world.messages("U0LEO")[-1].text


async def test_the_facilitator_swaps_the_question_or_hands_over(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST - DAY)
    before = world.messages("U0BEN")[-1].text
    await world.clicks("U0BEN", ids.SWAP)
    assert world.messages("U0BEN")[-1].text != before
    await world.clicks("U0BEN", ids.HAND_TO, pick="U0LEO")
    assert (await ahead(world, made)).facilitator == "U0LEO"


async def test_anybody_takes_over_from_a_silent_facilitator_and_one_alone(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA")
    await world.later(TO_FIRST)
    (session,) = await of_circle(world, made, SessionState.OPEN)
    await does(world, sessions.lead, "U0LEO", session.id)
    assert "<@U0LEO> leads this session" in threads(world, made)[-1]
    with pytest.raises(Refused) as no:
        await does(world, sessions.lead, "U0ADA", session.id)
    assert no.value.reason is Reason.ALREADY_LED


async def test_a_session_moves_and_the_rhythm_stays(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, sessions.move, "U0BEN", made.id, date(2026, 12, 3))
    await world.later(TO_FIRST)
    assert threads(world, made) == []
    await world.later(2 * DAY)
    assert len(threads(world, made)) == 1
    assert (await ahead(world, made)).meets_on == date(2026, 12, 8)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 8), date(2027, 1, 1)])
async def test_a_session_moves_to_no_day_that_is_past_or_beyond_the_next(
    socket_world: World, day: date
) -> None:
    world, made = socket_world, await circle(socket_world)
    with pytest.raises(Unusable):
        await does(world, sessions.move, "U0BEN", made.id, day)


async def test_a_circle_that_rests_has_no_sessions_and_goes_on_with_its_rhythm(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.pause, "U0BEN", made.id)
    await world.later(TO_FIRST + DAY)
    assert threads(world, made) == []
    await does(world, circles.resume, "U0BEN", made.id)
    assert (await ahead(world, made)).meets_on == date(2026, 12, 8)
    await world.later(6 * DAY)
    assert len(threads(world, made)) == 1
    assert "*Session 1*" in threads(world, made)[0]


async def test_a_rest_that_ends_before_the_session_changes_nothing(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.pause, "U0BEN", made.id)
    await does(world, circles.resume, "U0BEN", made.id)
    await world.later(TO_FIRST)
    assert len(threads(world, made)) == 1


async def test_a_session_is_opened_late_on_its_day_and_missed_after_it(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    world.sandbox.clock.skip(TO_FIRST + 3 * HOUR)
    await world.app.catch_up()
    assert len(threads(world, made)) == 1

    world.sandbox.clock.skip(3 * 7 * DAY)
    await world.app.catch_up()
    missed = [text for text in said(world, made) if "could not be opened" in text]
    assert len(missed) == 1
    assert "15 December" in missed[0]
    assert [each.state for each in await of_circle(world, made, *SessionState)] == [
        SessionState.CLOSED,
        SessionState.MISSED,
        SessionState.MISSED,
        SessionState.OPEN,
        SessionState.PLANNED,
    ]


async def test_a_circle_of_so_many_sessions_ends_after_the_last(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world, sessions=1)
    await world.later(TO_FIRST)
    await world.later(2 * DAY)
    assert (await again(world, made)).state is CircleState.ENDED
    await world.later(14 * DAY)
    assert len(threads(world, made)) == 1


async def test_an_ended_circle_opens_nothing(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.archive, "U0BEN", made.id)
    await world.later(TO_FIRST)
    assert threads(world, made) == []
    assert "come to its end" in said(world, made)[-1]


async def test_a_suggested_question_comes_next(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    session = await ahead(world, made)
    await does(world, sessions.suggest, "U0BEN", session.id, "What would you do over?")
    await world.later(TO_FIRST)
    assert "What would you do over?" in threads(world, made)[0]


async def test_commitments_are_asked_after_until_they_are_done(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await world.later(TO_FIRST)
    (first,) = await of_circle(world, made, SessionState.OPEN)
    await does(world, sessions.commit, "U0BEN", first.id, "Ask once")
    await world.later(7 * DAY)
    assert "Open from last time, <@U0BEN>: Ask once" in threads(world, made)[-1]
    await world.clicks("U0BEN", ids.SETTLE)
    await world.submits("U0BEN", **{"commitment-1": CommitmentState.DONE.value})
    assert "(done): Ask once" in threads(world, made)[-1]
    await world.later(7 * DAY)
    assert "Ask once" not in threads(world, made)[-1]


async def test_the_run_sheet_waits_for_working_hours_and_says_why(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0CHI")
    await world.later(TO_FIRST - 16 * HOUR)
    session = await ahead(world, made)
    await does(world, sessions.hand_over, "U0BEN", session.id, "U0CHI")
    await world.app.catch_up()
    why = await world.app.bot.read(TEAM, nudges.why, "U0CHI", "run-sheet", session.id)
    assert why == ("waiting", "out_of_hours")
    assert world.messages("U0CHI") == []
    await world.later(15 * HOUR + 1800)
    assert "It is your turn to lead" in world.messages("U0CHI")[-1].text


async def test_of_one_date_a_circle_has_one_session(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    session = await ahead(world, made)
    twice = await world.app.bot.write(TEAM, queries.plan, made.id, 2, session.planned_on, 1)
    assert twice is None
    assert len(await of_circle(world, made, *SessionState)) == 1


async def test_who_is_not_in_the_circle_changes_nothing(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    session = await ahead(world, made)
    for use_case, values in (
        (sessions.lead, (session.id,)),
        (sessions.hand_over, (session.id, None)),
        (sessions.swap_question, (session.id,)),
        (sessions.commit, (session.id, "words")),
        (sessions.suggest, (session.id, "words")),
        (sessions.say_useful, (session.id,)),
        (sessions.move, (made.id, date(2026, 12, 3))),
        (circles.pause, (made.id,)),
        (circles.archive, (made.id,)),
    ):
        named = {"useful": True} if use_case is sessions.say_useful else {}
        for workspace, user in ((TEAM, "U0LEO"), ("T0OTHER", "U0BEN")):
            with pytest.raises(Refused) as no:
                await world.app.bot.write(workspace, use_case, Actor(user), *values, **named)  # type: ignore[arg-type]
            assert no.value.reason is Reason.NOT_IN_CIRCLE, use_case
    assert await world.app.bot.read(TEAM, queries.attendance, session.id) == []
