"""What Slack tells of a circle's channel: late, twice, while nobody listened, and its end."""

from typing import Any

import pytest

from bot import circles, sessions
from sandbox.faults import Fault
from storage import circles as queries
from storage import sessions as session_queries
from storage.records import Circle, CircleDraft, CircleState, SessionState, Standing
from tests.circles.stories import (
    FIRST,
    TO_FIRST,
    again,
    circle,
    does,
    inside,
    joins,
    of_circle,
    said,
)
from tests.support.world import DAY, TEAM, TUESDAY, World


async def standing(world: World, made: Circle, user: str) -> Standing | None:
    member = await world.app.bot.read(TEAM, queries.member, made.id, user)
    return member.standing if member else None


async def tells(world: World, kind: str, made: Circle, user: str, **more: Any) -> None:
    """Slack delivers an event of its own."""
    event = {"type": kind, "user": user, "channel": made.channel, "channel_type": "C", **more}
    await world.sandbox.events.send(event)
    await world.settle()


async def test_an_old_copy_of_coming_does_not_bring_back_who_has_left(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    came = {"event_ts": f"{TUESDAY}.000100"}
    await tells(world, "member_joined_channel", made, "U0LEO", **came)
    await world.later(60)
    await does(world, circles.leave, "U0LEO", made.id)
    await tells(world, "member_joined_channel", made, "U0LEO", **came)
    assert await standing(world, made, "U0LEO") is Standing.LEFT
    assert "U0LEO" not in inside(world, made)


async def test_news_out_of_order_leaves_everybody_where_they_are(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await world.later(60)
    now = world.sandbox.clock.now()
    await tells(world, "member_joined_channel", made, "U0LEO", event_ts=f"{now}.000100")
    await tells(world, "member_joined_channel", made, "U0LEO", event_ts=f"{now}.000300")
    await tells(world, "member_left_channel", made, "U0LEO", event_ts=f"{now}.000200")
    assert await standing(world, made, "U0LEO") is Standing.IN


async def test_who_left_by_a_click_stays_out_though_slack_keeps_them_in_the_channel(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    world.sandbox.restricted.add("conversations.kick")
    await does(world, circles.leave, "U0LEO", made.id)
    assert "U0LEO" in inside(world, made)
    await world.later(DAY)
    await world.app.nightly()
    assert await standing(world, made, "U0LEO") is Standing.LEFT


async def test_who_could_not_be_invited_stays_in_the_circle_at_night(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    world.sandbox.faults.add(
        Fault("conversations.invite", "slack_error", error="user_is_restricted")
    )
    await joins(world, made, "U0LEO")
    assert "U0LEO" not in inside(world, made)
    await world.app.nightly()
    await world.settle()
    assert await standing(world, made, "U0LEO") is Standing.IN
    assert "U0LEO" in inside(world, made)


async def test_leaving_the_channel_gives_up_the_place_on_the_waiting_list(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await joins(world, made, "U0LEO", "U0ADA")
    await world.act.join("U0CHI", made.channel)
    await world.settle()
    assert await standing(world, made, "U0CHI") is Standing.WAITING
    await world.later(60)
    await world.act.leave("U0CHI", made.channel)
    await world.settle()
    assert await standing(world, made, "U0CHI") is Standing.LEFT


async def test_the_founder_hears_that_the_bot_was_put_out_and_a_session_opens_once_it_is_back(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await world.act.remove("U0BEN", made.channel, world.space.bot.id)
    await world.settle()
    assert "no longer in the channel" in world.messages("U0BEN")[-1].text
    await world.later(TO_FIRST)
    assert not any("*Session 1*" in text for text in said(world, made))
    await world.act.invite("U0BEN", made.channel, world.space.bot.id)
    await world.settle()
    assert sum("*Session 1* of" in text for text in said(world, made)) == 1


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_the_founder_hears_of_a_channel_archived_and_the_circle_goes_on_after_it(
    socket_world: World, kind: str
) -> None:
    world, made = socket_world, await circle(socket_world, private=kind == "group")
    assert made.channel
    await world.act.archive("U0BEN", made.channel)
    await world.settle()
    assert "is archived" in world.messages("U0BEN")[-1].text
    await world.act.unarchive("U0BEN", made.channel)
    await world.settle()
    assert (await again(world, made)).fault is None
    assert "has its channel now" in world.messages("U0BEN")[-1].text


@pytest.mark.parametrize("kind", ["channel_deleted", "group_deleted"])
async def test_the_founder_of_a_circle_whose_channel_was_deleted_chooses_another(
    socket_world: World, kind: str
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO")
    await tells(world, kind, made, "U0BEN")
    assert "was deleted" in world.messages("U0BEN")[-1].text
    there = await world.act.create_channel("U0BEN", "another")
    await does(world, circles.adopt, "U0BEN", made.id, there.id)
    made = await again(world, made)
    assert (made.channel, made.fault) == (there.id, None)
    assert {"U0BEN", "U0LEO"} <= inside(world, made)
    assert "every week on Tuesday" in there.topic


async def test_a_channel_of_another_id_is_the_same_channel(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await world.later(TO_FIRST)
    thread = world.space.messages(made.channel, "U0BEN")[-1]
    event = {
        "type": "channel_id_changed",
        "old_channel_id": made.channel,
        "new_channel_id": "C0NEWID",
    }
    await world.sandbox.events.send(event)
    (session,) = await of_circle(world, made, SessionState.OPEN)
    assert (await again(world, made)).channel == "C0NEWID"
    reply = sessions.Reply("C0NEWID", thread.ts, "U0BEN")
    await world.app.bot.write(TEAM, sessions.replied, reply, "event/1")
    (came,) = await world.app.bot.read(TEAM, session_queries.attendance, session.id)
    assert came.replies == 1


async def test_who_left_the_workspace_is_in_no_circle_and_its_founder_is_followed(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await joins(world, made, "U0LEO", "U0ADA", "U0CHI")
    await world.act.change_user("U0BEN", deleted=True)
    await world.settle()
    assert await standing(world, made, "U0BEN") is Standing.LEFT
    assert await standing(world, made, "U0CHI") is Standing.IN
    assert (await again(world, made)).founder in ("U0LEO", "U0ADA")
    founder = (await again(world, made)).founder
    assert "You look after Early birds" in world.messages(founder)[-1].text


async def test_a_circle_that_everybody_left_is_over(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.leave, "U0BEN", made.id)
    assert (await again(world, made)).state is CircleState.ENDED
    before = len(said(world, made))
    await world.later(TO_FIRST)
    assert len(said(world, made)) == before


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
async def test_an_answer_with_a_file_or_shown_in_the_channel_too_counts(
    socket_world: World, subtype: str
) -> None:
    world, made = socket_world, await circle(socket_world)
    assert made.channel
    await world.later(TO_FIRST)
    thread = world.space.messages(made.channel, "U0BEN")[-1]
    message = {
        "type": "message", "channel_type": "channel", "channel": made.channel, "user": "U0BEN",
        "text": "Here", "thread_ts": thread.ts, "ts": "1.2", "subtype": subtype,
    }  # fmt: skip
    await world.sandbox.events.send(message)
    (session,) = await of_circle(world, made, SessionState.OPEN)
    (came,) = await world.app.bot.read(TEAM, session_queries.attendance, session.id)
    assert came.replies == 1


async def test_an_invitation_that_never_arrived_is_made_again(socket_world: World) -> None:
    world, made = socket_world, await circle(socket_world)
    world.sandbox.faults.add(Fault("conversations.invite", "reset_before"))
    await joins(world, made, "U0LEO")
    await world.later(120)
    assert "U0LEO" in inside(world, made)


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        pytest.param({"private": True}, "not_private", id="closed circle, public channel"),
        pytest.param({}, "not_public", id="open circle, private channel"),
    ],
)
async def test_a_circle_meets_only_in_a_channel_as_open_as_itself(
    socket_world: World, wanted: dict[str, Any], fault: str
) -> None:
    world = socket_world
    there = await world.act.create_channel("U0BEN", "tuesdays", private=fault == "not_public")
    await world.act.invite("U0BEN", there.id, world.space.bot.id)
    made = await circle(world, channel=there.id, **wanted)
    assert (made.channel, made.fault) == (None, fault)
    assert "U0LEO" not in there.members


@pytest.mark.parametrize("name", ["general", "everybody"])
async def test_a_circle_meets_in_no_channel_of_very_many(socket_world: World, name: str) -> None:
    world = socket_world
    if name == "everybody":
        there = await world.act.create_channel("U0BEN", "everybody")
        there.members.extend(f"U0X{number}" for number in range(30))
        channel = there.id
    else:
        channel = world.general()
    made = await circle(world, channel=channel)
    assert (made.channel, made.fault) == (
        None,
        "is_general" if name == "general" else "too_many_people",
    )
    await world.app.nightly()
    assert len(await world.app.bot.read(TEAM, queries.members, made.id)) == 1


async def test_the_channel_of_a_circle_that_has_ended_is_free_for_the_next(
    socket_world: World,
) -> None:
    world, made = socket_world, await circle(socket_world)
    await does(world, circles.archive, "U0BEN", made.id)
    following = await circle(world, name="Late birds", channel=made.channel)
    assert (following.channel, following.fault) == (made.channel, None)
    assert (await again(world, made)).channel is None


async def test_a_circle_founded_for_others_is_over_when_they_have_left(
    socket_world: World,
) -> None:
    world = socket_world
    first = CircleDraft("For others", first_on=FIRST, zone="UTC")
    made = await world.app.bot.write(TEAM, circles.start, "U0IVY", first, ["U0LEO"])
    await world.settle()
    await does(world, circles.leave, "U0LEO", made.id)
    assert (await again(world, made)).state is CircleState.ENDED
