"""Whose turn it is, what is handed over, and what stays with whoever looks after a circle."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import circles, sessions
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.rules.facilitation import whose_turn
from bot.views import circles as ids
from bot.views import sessions as session_ids
from storage.database import Tx
from storage.records import Beat, CircleMember, Rhythm, SessionState, Standing
from tests.circles.stories import TO_FIRST, again, ahead, circle, does, joins, of_circle, said
from tests.support.world import DAY, TEAM, World

ADA, BEN, LEO = (CircleMember(user, Standing.IN, 100) for user in ("U0ADA", "U0BEN", "U0LEO"))


def led(member: CircleMember, times: int, at: int) -> CircleMember:
    return CircleMember(member.user, Standing.IN, member.since, led=times, last_led_at=at)


def test_who_comes_late_leads_once_and_then_in_turn() -> None:
    old = [led(ADA, 5, 900), led(BEN, 5, 950)]
    newcomer = CircleMember("U0NEW", Standing.IN, 980)
    turns = []
    for now in range(1000, 1006):
        turn = whose_turn([*old, newcomer])
        turns.append(turn)
        old = [led(each, each.led + 1, now) if each.user == turn else each for each in old]
        if turn == "U0NEW":
            newcomer = CircleMember("U0NEW", Standing.IN, 980, led=1, last_led_at=now)
    assert turns == ["U0ADA", "U0BEN", "U0NEW"] * 2


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.data())
def test_who_cannot_never_leads_and_everybody_leads_before_anybody_does_again(
    joined: list[int], data: st.DataObject
) -> None:
    members = [CircleMember(f"U{n}", Standing.IN, since) for n, since in enumerate(joined)]
    cannot = set(data.draw(st.lists(st.sampled_from([each.user for each in members]))))
    turn = whose_turn(members, cannot)
    assert turn not in cannot
    assert (turn is None) == (len(cannot) == len(members))
    turns = []
    for now in range(100, 100 + len(members)):
        turns.append(whose_turn(members))
        members = [led(each, 1, now) if each.user == turns[-1] else each for each in members]
    assert len(set(turns)) == len(members)


async def test_what_is_handed_over_twice_does_not_come_back_to_the_first(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA")
    await world.later(TO_FIRST - DAY)
    session = await ahead(world, made)
    asked = [session.facilitator]
    for _ in range(2):
        assert asked[-1]
        asked.append(await does(world, sessions.hand_over, asked[-1], session.id, None))
    assert len(set(asked)) == 3


async def test_who_said_they_cant_come_is_not_handed_the_session(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA")
    await world.later(TO_FIRST - DAY)
    session = await ahead(world, made)
    others = {"U0BEN", "U0LEO", "U0ADA"} - {session.facilitator}
    absent = min(others)
    await does(world, sessions.say_coming, absent, session.id, coming=False)
    assert session.facilitator
    taken = await does(world, sessions.hand_over, session.facilitator, session.id, None)
    assert {taken} == others - {absent}


async def test_who_leads_now_is_not_asked_for_the_next_one_again(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST)
    (opened,) = await of_circle(world, made, SessionState.OPEN)
    await does(world, sessions.move, "U0BEN", made.id, date(2026, 12, 3))
    await world.later(DAY + 60)
    prepared = await ahead(world, made)
    assert prepared.state is SessionState.PREPARED
    assert prepared.facilitator not in (None, opened.facilitator)


def every_help(tx: Tx) -> list[tuple[str, ...]]:
    return [tuple(row) for row in tx.rows("SELECT helper, helped FROM helps")]


@pytest.mark.parametrize("came", [True, False])
async def test_who_neither_led_nor_came_is_not_thanked_for_leading(
    socket_world: World,
    came: bool,  # noqa: FBT001 - a case
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST)
    (opened,) = await of_circle(world, made, SessionState.OPEN)
    assert opened.facilitator == "U0BEN"
    await does(world, sessions.say_coming, "U0LEO", opened.id, coming=True)
    if came:
        await does(world, sessions.say_coming, "U0BEN", opened.id, coming=True)
    await world.later(2 * DAY)
    assert await world.app.bot.read(TEAM, every_help) == ([("U0BEN", "U0LEO")] if came else [])


async def test_the_circle_or_its_next_session_is_handed_over_from_the_list(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.types("U0BEN", "circle hand over")
    await world.clicks("U0BEN", ids.HAND_OVER)
    await world.submits("U0BEN", what="session", user="U0LEO")
    assert (await ahead(world, made)).facilitator == "U0LEO"
    await world.types("U0BEN", "circle hand over Early birds")
    await world.clicks("U0BEN", ids.HAND_OVER)
    await world.submits("U0BEN", what="circle", user="U0LEO")
    assert (await again(world, made)).founder == "U0LEO"
    assert "You look after Early birds" in world.messages("U0LEO")[-1].text
    with pytest.raises(Refused):
        await does(world, circles.pause, "U0BEN", made.id)
    with pytest.raises(Unusable):
        await does(world, circles.hand_over, "U0LEO", made.id, "U0GUS", circle_too=True)


async def test_who_runs_the_programme_finds_every_circle_to_run(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await world.types("U0IVY", "circles")
    await world.clicks("U0IVY", ids.PAUSE)
    assert "rests" in said(world, made)[-1]
    await world.types("U0LEO", "circles")
    with pytest.raises(AssertionError, match="sees no"):
        world.card("U0LEO", ids.RESUME)


async def test_another_rhythm_is_kept_from_its_first_date_on(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await world.types("U0BEN", "circles")
    await world.clicks("U0BEN", ids.CHANGE)
    await world.submits(
        "U0BEN", rhythm="monthly", first_on="2026-12-10", time="08:30", zone="Europe/Berlin"
    )
    session = await ahead(world, made)
    assert (session.number, session.meets_on) == (1, date(2026, 12, 10))
    news = "another rhythm: it meets monthly on the second Thursday"
    assert any(news in text for text in said(world, made))
    assert made.channel
    assert "second Thursday" in world.space.channels[made.channel].topic
    await world.later(16 * DAY)
    assert (await ahead(world, made)).meets_on == date(2027, 1, 14)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(1, 1, 1), date(9999, 12, 31)])
async def test_no_rhythm_begins_in_the_past_or_beyond_what_can_be_meant(
    socket_world: World, day: date
) -> None:
    world, made = socket_world, await circle(socket_world)
    beat = Beat(Rhythm.WEEKLY, day, 60, "Asia/Tokyo")
    with pytest.raises(Unusable):
        await does(world, circles.change_rhythm, "U0BEN", made.id, beat)
    with pytest.raises(Unusable):
        await does(world, sessions.move, "U0BEN", made.id, day)


async def test_a_rhythm_never_takes_a_date_that_was_met_already(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, sessions.move, "U0BEN", made.id, date(2026, 11, 27))
    await world.later(5 * DAY)
    beat = Beat(Rhythm.WEEKLY, date(2026, 12, 1), 1020, "America/New_York")
    with pytest.raises(Unusable):
        await does(world, circles.change_rhythm, "U0BEN", made.id, beat)
    assert (await again(world, made)).minutes == 720


async def test_only_who_leads_a_session_is_asked_on_home_to_say_so(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await world.later(TO_FIRST - DAY)
    await world.act.open_home("U0BEN")
    await world.act.open_home("U0LEO")
    await world.settle()
    assert "It is your turn to lead Early birds" in str(world.space.homes["U0BEN"])
    await world.clicks("U0BEN", session_ids.HAND_OVER)
    assert "It is your turn to lead" not in str(world.space.homes["U0BEN"])
    assert "It is your turn to lead Early birds" in str(world.space.homes["U0LEO"])


async def test_home_tells_of_no_date_while_a_circle_rests(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.pause, "U0BEN", made.id)
    await world.act.open_home("U0BEN")
    await world.settle()
    assert "it rests at the moment" in str(world.space.homes["U0BEN"])


async def test_a_guessed_session_of_another_workspace_is_not_handed_over(
    socket_world: World,
) -> None:
    made = await circle(socket_world)
    with pytest.raises(Refused) as no:
        await socket_world.app.bot.write(
            "T0OTHER", circles.hand_over, Actor("U0BEN"), made.id, "U0BEN", circle_too=False
        )
    assert no.value.reason is Reason.NOT_IN_CIRCLE
