"""Promises 19, 20 and 22 for mentorships: the table of who may do what, read by its own test."""

import asyncio

import pytest

from bot import mentorships
from bot.authority import Actor
from bot.authority.mentorships import (
    ALLOWED_IN_MENTORSHIPS,
    MentorshipAction,
    authorise_in_mentorship,
)
from bot.errors import Reason, Refused
from bot.local_workspace import introduce
from bot.mentorships.requesting import Wanted
from bot.views.mentorships import ids
from storage import members, pairing, profiles
from storage import mentorships as queries
from storage.database import Tx
from storage.records import Member
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from storage.records.profiles import Profile
from tests.mentorships.stories import NEED, again, asked, does, requested
from tests.support.world import TEAM, World

MENTEE, MENTOR, ADMIN, STRANGER = "U0BEN", "U0KIM", "U0IVY", "U0LEO"
EVERYBODY = (MENTEE, MENTOR, ADMIN, STRANGER)
PAIR = {MENTEE, MENTOR}
A = MentorshipAction
TALKING = {"meeting", "agreeing", "active", "paused"}
ALL = set(MentorshipState)

# Who may, and in which states. Ben, the mentee, has asked Kim; Ivy runs the programme.
MAY: dict[MentorshipAction, tuple[set[str], set[str]]] = {
    A.ACCEPT: ({MENTOR}, {"asked"}),
    A.DECLINE: ({MENTOR}, {"asked"}),
    A.MEET_FIRST: ({MENTOR}, {"asked"}),
    A.WITHDRAW: ({MENTEE}, {"asked", "meeting", "agreeing"}),
    A.SAY_AFTER_MEETING: (PAIR, {"meeting"}),
    A.PROPOSE: (PAIR, {"agreeing", "active", "paused"}),
    A.SIGN: (PAIR, {"agreeing", "active", "paused"}),
    A.READ: (PAIR, {each.value for each in ALL}),
    A.PLAN_CHECKIN: (PAIR, TALKING),
    A.CHANGE_CHECKIN: (PAIR, TALKING),
    A.WRITE_NOTES: (PAIR, TALKING | {"ended"}),
    A.CHANGE_RHYTHM: (PAIR, {"active", "paused"}),
    A.PAUSE: (PAIR, {"active"}),
    A.RESUME: (PAIR, {"paused"}),
    A.END: (PAIR, {"agreeing", "active", "paused"}),
    A.SAY_HEALTH: (PAIR, {"active", "paused", "ended"}),
    A.SAY_CLOSING: (PAIR, {"ended"}),
    A.SAY_OUTCOMES: (PAIR, {"ended"}),
}


def test_every_action_has_a_row() -> None:
    assert set(ALLOWED_IN_MENTORSHIPS) == set(MentorshipAction) == set(MAY)


@pytest.mark.parametrize("state", list(MentorshipState))
async def test_each_may_do_what_the_table_says_and_nothing_else(
    socket_world: World, state: MentorshipState
) -> None:
    world = socket_world
    made = await requested(world)
    await world.app.bot.write(TEAM, queries.goes_to, made.id, state, None)
    for action, (who, states) in MAY.items():
        for user in EVERYBODY:
            reason = None
            try:
                await world.app.bot.read(
                    TEAM, authorise_in_mentorship, Actor(user), action, made.id
                )
            except Refused as no:
                reason = no.reason
            if user not in who:
                assert reason is Reason.NOT_YOUR_MENTORSHIP, (action, user)
            else:
                expected = None if state.value in states else Reason.MENTORSHIP_MOVED_ON
                assert reason is expected, (action, user)


@pytest.mark.parametrize(
    "use_case",
    [mentorships.accept, mentorships.meet_first, mentorships.decline, mentorships.withdraw],
)
@pytest.mark.parametrize(
    ("workspace", "user", "number"),
    [
        pytest.param("T0OTHER", "U0KIM", 1, id="same id, other workspace"),
        pytest.param(TEAM, "U0KIM", 999, id="no such mentorship"),
        pytest.param(TEAM, "U0LEO", 1, id="somebody else's"),
    ],
)
async def test_a_guessed_id_tells_nothing(
    socket_world: World, use_case: object, workspace: str, user: str, number: int
) -> None:
    world = socket_world
    made = await requested(world)
    with pytest.raises(Refused) as no:
        await world.app.bot.write(workspace, use_case, Actor(user), number)  # type: ignore[arg-type]
    assert no.value.reason is Reason.NOT_YOUR_MENTORSHIP
    assert await again(world, made) == made


@pytest.mark.parametrize("forged", ["999", "-1", "1 OR 1=1", "", "9" * 40, "١"])
async def test_a_forged_button_gets_the_polite_refusal(world: World, forged: str) -> None:
    made = await requested(world)
    await world.clicks("U0KIM", ids.ACCEPT, value=forged)
    await asyncio.sleep(0.1)
    assert (await again(world, made)).state is MentorshipState.ASKED
    assert any("not possible here" in each.text for each in world.messages("U0KIM"))


async def test_a_form_carries_no_proof_of_whom_one_may_ask(socket_world: World) -> None:
    """The mentor and the need in a suggestion's button are looked at again when it is sent."""
    world = socket_world
    made = await requested(world)
    await does(world, mentorships.decline, "U0KIM", made.id)
    await world.clicks("U0BEN", f"{ids.REQUEST}.1", value=f"U0BEN/{NEED}")
    await world.submits("U0BEN", note="Myself?")
    assert "this takes two" in str(world.space.modals["U0BEN"][-1])
    for forged in ("", "U0KIM", f"U0KIM/{NEED}", "U0DOT/no-such-need"):
        await world.clicks("U0BEN", f"{ids.REQUEST}.1", value=forged)
        if world.space.modals["U0BEN"][-1].get("submit"):
            await world.submits("U0BEN", note="Please?")
    assert await world.app.bot.read(TEAM, queries.of_member, "U0BEN") == []


async def test_two_workspaces_never_see_a_row_of_one_another(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    made = await requested(world)
    await asked(world, colleague="U0LEO")
    other = "T0OTHER"
    assert await bot.read(other, mentorships.mine, "U0BEN") == []
    assert await bot.read(other, queries.get, made.id) is None
    assert await bot.read(other, queries.between, "U0BEN", "U0KIM") == []
    assert await bot.read(other, queries.open_requests, "U0BEN") == 0
    assert await bot.read(other, queries.room_of, "U0KIM") == 0
    assert await bot.read(other, pairing.possible_mentors, "U0BEN", [1, 2, 3, 12, 13]) == []
    assert await bot.read(other, pairing.possible_mentors, "U0BEN", []) == []
    assert await bot.read(other, pairing.possible_mentor, "U0BEN", "U0KIM") is None
    wanted = Wanted(MentorshipKind.INFORMAL, "U0KIM")
    with pytest.raises(Refused) as no:
        await bot.write(other, mentorships.ask, Actor("U0BEN"), wanted, delivery="o")
    assert no.value.reason is Reason.NO_SUCH_MEMBER
    world.sandbox.clock.skip(30 * 24 * 3600)
    assert await bot.write(other, mentorships.step_due) == 0
    assert (await again(world, made)).state is MentorshipState.ASKED


async def test_what_stands_in_another_workspace_bars_nobody_here(socket_world: World) -> None:
    world, bot, other = socket_world, socket_world.app.bot, "T0OTHER"
    await introduce(world.app, TEAM)
    before = await bot.read(TEAM, pairing.possible_mentor, "U0BEN", "U0KIM")
    topics_before = await bot.read(TEAM, pairing.possible_mentors, "U0BEN", [11, 12, 13])
    anybody_before = await bot.read(TEAM, pairing.possible_mentors, "U0BEN", [])
    room = await bot.read(TEAM, queries.room_of, "U0KIM")

    def fill(tx: Tx) -> None:
        for number in range(pairing.WALK):  # who comes next after Ben, as walks go
            profiles.keep(tx, Profile(f"U0BEN{number}", mentees=1))
        members.keep(tx, Member("U0KIM", "kim", "UTC", guest=True))
        profiles.keep(tx, Profile("U0KIM", site="Elsewhere", mentees=9, paused_until=tx.now + 9))
        tx.execute(
            """INSERT INTO experts (workspace, user, paused_until, tagged_by)
               VALUES (:workspace, 'U0KIM', :now + 9, 'U0KIM')"""
        )
        for topic in (11, 12, 13):
            for user in ("U0IVY", "U0ADA"):
                tx.execute(
                    """INSERT INTO profile_topics (workspace, user, topic_id, side)
                       VALUES (:workspace, :user, :topic, 'offers')""",
                    user=user,
                    topic=topic,
                )
                tx.execute(
                    """INSERT INTO expert_topics (workspace, user, topic_id, source)
                       VALUES (:workspace, :user, :topic, 'declared')""",
                    user=user,
                    topic=topic,
                )
        members.leave_out(tx, "U0BEN", ["U0KIM"])
        for kind, mentee, state in (
            (MentorshipKind.FORMAL, "U0BEN", MentorshipState.DECLINED),
            (MentorshipKind.INFORMAL, "U0BEN", MentorshipState.ASKED),
            (MentorshipKind.FORMAL, "U0LEO", MentorshipState.ACTIVE),
        ):
            for mentor, asks in (("U0KIM", mentee), (mentee, "U0KIM")):
                queries.add(
                    tx, Mentorship(0, kind, state, mentor, asks, asks, tx.now, due_at=tx.now)
                )

    await bot.write(other, fill)
    assert await bot.read(TEAM, pairing.possible_mentor, "U0BEN", "U0KIM") == before
    after = await bot.read(TEAM, pairing.possible_mentors, "U0BEN", [11, 12, 13])
    assert after == topics_before
    anybody = await bot.read(TEAM, pairing.possible_mentors, "U0BEN", [])
    assert anybody == anybody_before
    assert await bot.read(TEAM, queries.room_of, "U0KIM") == room
    assert await bot.read(TEAM, queries.open_requests, "U0BEN") == 0
    assert await bot.read(TEAM, queries.of_member, "U0BEN") == []
    assert await bot.read(TEAM, queries.between, "U0BEN", "U0KIM") == []
    assert await bot.read(TEAM, queries.due, 9) == []
