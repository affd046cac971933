"""From a cohort's pair to its signed agreement, also of people who are in two pairs each."""

from bot import cohorts, mentorships
from bot.authority import Actor
from bot.views.agreements import SIGN, WRITE
from storage import mentorships as queries
from storage.records.mentorships import CheckinRhythm, Mentorship, MentorshipState
from tests.agreements.stories import TERMS
from tests.checkins.stories import waiting
from tests.cohorts.stories import ADA, ADMIN, CHI, JON, LEO, does, mentors, proposed, seeks, told
from tests.support.world import DAY, TEAM, World

MENTEES, MENTORS = (LEO, CHI), (ADA, JON)


async def of_member(world: World, user: str) -> list[Mentorship]:
    return await world.app.bot.read(TEAM, queries.of_member, user)


async def matched(world: World, *rounds: dict[str, str]) -> None:
    """Rounds of a cohort: in each, every mentee is matched with the mentor they named."""
    for number, each in enumerate(rounds, 1):
        for mentee, mentor in each.items():
            await seeks(world, mentee, mentor)
        for mentee, mentor in each.items():
            await mentors(world, mentor, mentee, capacity=number)
        await does(world, cohorts.approve, ADMIN, await proposed(world))


async def test_two_rounds_give_two_mentorships_each_and_all_are_agreed(
    socket_world: World,
) -> None:
    world = socket_world
    await matched(world, {LEO: ADA, CHI: JON}, {LEO: JON, CHI: ADA})
    for user in (*MENTEES, *MENTORS):
        assert [each.state for each in await of_member(world, user)] == [
            MentorshipState.AGREEING
        ] * 2
    for mentee in MENTEES:
        for made in await of_member(world, mentee):
            await world.app.bot.write(
                TEAM, mentorships.propose, Actor(mentee), made.id, TERMS, instead_of=0
            )
            await world.app.bot.write(TEAM, mentorships.sign, Actor(made.mentor), made.id, 1)
    await world.settle()
    for user in (*MENTEES, *MENTORS):
        for made in await of_member(world, user):
            assert (made.state, made.rhythm) == (MentorshipState.ACTIVE, CheckinRhythm.FORTNIGHTLY)
            assert told(world, user, f"with <@{made.other(user)}> is signed by both") == 1
        assert "agreement-waits" not in await waiting(world, user)
        text = await world.types(user, "mentorships")
        assert all(f"<@{made.other(user)}>" in text for made in await of_member(world, user))


async def test_the_reminder_leads_to_the_form_and_the_form_to_the_signature(world: World) -> None:
    await matched(world, {LEO: ADA})
    await world.later(9 * DAY)
    assert told(world, LEO, "have said yes to a mentorship") == 1
    await world.clicks(LEO, WRITE)
    await world.submits(
        LEO, objectives="Run a trial", mentee_does="Comes prepared", mentor_does="Asks"
    )
    assert "agreement-waits" in await waiting(world, ADA)
    await world.clicks(ADA, SIGN)
    (made,) = await of_member(world, LEO)
    assert made.state is MentorshipState.ACTIVE
    assert "agreement-waits" not in await waiting(world, ADA)
    for user in (LEO, ADA):
        assert WRITE not in str(world.card(user, "checkin.plan")[1].blocks)
