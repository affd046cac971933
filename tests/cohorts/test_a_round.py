"""A round by hand: people say whom they would like, an admin looks, changes pairs, approves."""

import asyncio
from functools import partial

import pytest

from bot import cohorts
from bot import mentorships as pairs_use_cases
from bot.authority import Actor
from bot.cohorts import Wanted
from bot.errors import Reason, Refused, Unusable
from bot.rules.matching import match
from bot.views import cohorts as view
from bot.views.consults import ids as consult_ids
from storage import cohorts as queries
from storage import members, mentorships, profiles
from storage.records import CareerStage
from storage.records.cohorts import CohortState, MatchWish, Side
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from tests.cohorts.stories import (
    ADA,
    ADMIN,
    CHI,
    EVA,
    JON,
    LEO,
    STRANGER,
    describes,
    does,
    mentors,
    of,
    pairs,
    proposed,
    seeks,
    told,
)
from tests.support.world import DAY, TEAM, World


async def wished(world: World, user: str) -> dict[Side, MatchWish]:
    return await world.app.bot.read(TEAM, queries.wishes_of, user)


async def of_member(world: World, user: str) -> list[Mentorship]:
    return await world.app.bot.read(TEAM, mentorships.of_member, user)


async def opens_the_form(world: World, user: str) -> None:
    """The button is wherever somebody looks for a mentor; here it is put below a message."""
    await does(world, cohorts.wish, user, Wanted([Side.MENTEE]))
    await proposed(world)
    await world.clicks(ADMIN, view.APPROVE)
    await world.clicks(user, view.WISH)


# -- saying what one would like


async def test_somebody_says_whom_they_would_like_and_takes_it_back(world: World) -> None:
    await opens_the_form(world, LEO)
    await world.submits(
        LEO,
        sides=["mentee", "mentor"],
        mentors=[JON, ADA],
        capacity="2",
        mentees=[CHI],
    )
    assert "You hear from the bot" in str(world.space.modals[LEO][-1])
    assert await wished(world, LEO) == {
        Side.MENTEE: MatchWish(LEO, Side.MENTEE, (JON, ADA)),
        Side.MENTOR: MatchWish(LEO, Side.MENTOR, (CHI,)),
    }
    assert (await world.app.bot.read(TEAM, profiles.get, LEO)).mentees == 2

    world.space.modals[LEO].clear()
    await world.clicks(LEO, view.WISH)
    form = world.space.modals[LEO][-1]
    assert f"'initial_users': ['{JON}', '{ADA}']" in str(form["blocks"])
    await world.act.click(LEO, view.NO_WISH, view_id=form["id"])
    await world.settle()
    assert "not in the next round" in str(world.space.modals[LEO][-1])
    assert await wished(world, LEO) == {}


async def test_a_mentee_names_a_need_of_their_stage(socket_world: World) -> None:
    world = socket_world
    await describes(world, LEO, stage=CareerStage.EARLY)
    shown = await world.app.bot.read(TEAM, cohorts.to_wish, Actor(LEO))
    assert {need.stage for need in shown.needs} == {CareerStage.EARLY}
    first = shown.needs[0].id
    await seeks(world, LEO, need=first)
    assert (await wished(world, LEO))[Side.MENTEE].need == first
    await seeks(world, LEO, need="no such need")
    assert (await wished(world, LEO))[Side.MENTEE].need is None


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        pytest.param(Wanted([]), "sides", id="no side"),
        pytest.param(Wanted([Side.MENTEE], mentors=(LEO,)), "mentors", id="oneself"),
        pytest.param(Wanted([Side.MENTEE], mentors=("U0NOBODY",)), "mentors", id="a stranger"),
        pytest.param(Wanted([Side.MENTOR], capacity=None), "capacity", id="no number"),
        pytest.param(Wanted([Side.MENTOR], capacity=0), "capacity", id="none"),
        pytest.param(Wanted([Side.MENTOR], capacity=21), "capacity", id="a crowd"),
        pytest.param(
            Wanted([Side.MENTEE], mentors=(ADA, JON, CHI, EVA, ADMIN, STRANGER)),
            "mentors",
            id="six",
        ),
    ],
)
async def test_what_can_not_be_used_is_named(
    socket_world: World, wanted: Wanted, field: str
) -> None:
    with pytest.raises(Unusable) as no:
        await does(socket_world, cohorts.wish, LEO, wanted)
    assert no.value.field == field
    assert await wished(socket_world, LEO) == {}


async def test_a_second_answer_takes_the_place_of_the_first(socket_world: World) -> None:
    world = socket_world
    await seeks(world, LEO, JON, ADA)
    await mentors(world, LEO)
    assert set(await wished(world, LEO)) == {Side.MENTOR}
    await seeks(world, LEO, ADA)
    assert await wished(world, LEO) == {Side.MENTEE: MatchWish(LEO, Side.MENTEE, (ADA,))}


# -- the proposal


async def test_an_admin_sees_the_pairs_before_anybody_hears_of_them(world: World) -> None:
    await seeks(world, LEO, ADA)
    await seeks(world, CHI, ADA)
    await mentors(world, ADA, LEO)
    assert "2 mentees and 1 mentor" in await world.types(ADMIN, "admin")
    await world.clicks(ADMIN, view.ASK)
    await world.app.catch_up()
    card = str(world.messages(ADMIN)[-1].text)
    assert "1 pair* proposed; 1 mentee and 0 mentors without one" in card
    assert f"<@{LEO}> with <@{ADA}>: each is the other's first choice" in card
    assert f"those who fit have other mentees now, and no more room): <@{CHI}>" in card
    for user in (LEO, CHI, ADA):
        assert told(world, user, "matched") == 0
        assert await of_member(world, user) == []

    await world.clicks(ADMIN, view.ALL)
    assert f"<@{CHI}>" in str(world.space.modals[ADMIN][-1])
    await world.clicks(ADMIN, view.APPROVE)
    assert "1 pair matched" in str(world.messages(ADMIN)[-1].text)
    (made,) = await of_member(world, LEO)
    assert (made.kind, made.state) == (MentorshipKind.FORMAL, MentorshipState.AGREEING)
    assert (made.mentor, made.mentee, made.cohort_id) == (ADA, LEO, 1)
    assert told(world, LEO, f"you have a mentor: <@{ADA}>") == 1
    assert told(world, ADA, f"you have a mentee: <@{LEO}>") == 1
    assert told(world, CHI, "there is nobody for you") == 1
    assert set(await wished(world, LEO)) == set(await wished(world, ADA)) == set()
    assert set(await wished(world, CHI)) == {Side.MENTEE}


async def test_the_reasons_name_topics_and_stage(socket_world: World) -> None:
    world = socket_world
    await describes(world, LEO, stage=CareerStage.EARLY, seeks=("immunotherapy",))
    await describes(world, ADA, stage=CareerStage.LATE, offers=("immunotherapy",))
    await seeks(world, LEO)
    await mentors(world, ADA, capacity=2)
    await proposed(world)
    card = str(world.messages(ADMIN)[-1].text)
    assert "immunotherapy; the mentor is 2 stages ahead" in card
    await world.clicks(ADMIN, view.APPROVE)
    for user in (LEO, ADA):
        assert told(world, user, "Topics for both of you: immunotherapy.") == 1


async def test_who_is_asked_for_no_signature_is_reminded_after_a_week(socket_world: World) -> None:
    world = socket_world
    await seeks(world, LEO, ADA)
    await mentors(world, ADA)
    await does(world, cohorts.approve, ADMIN, await proposed(world))
    await world.later(6 * DAY)
    assert told(world, LEO, "have said yes to a mentorship") == 0
    await world.later(3 * DAY)
    assert told(world, LEO, "have said yes to a mentorship") == 1
    assert told(world, ADA, "have said yes to a mentorship") == 0


async def test_who_is_kept_apart_is_told_nothing_of_it(socket_world: World) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, members.leave_out, ADA, [LEO])
    await seeks(world, LEO, ADA)
    await mentors(world, ADA, LEO)
    cohort_id = await proposed(world)
    assert await pairs(world, cohort_id) == {}
    await does(world, cohorts.approve, ADMIN, cohort_id)
    for user in (LEO, ADA):
        (words,) = [str(each.text) for each in world.messages(user) if "nobody" in str(each.text)]
        assert "those who fit best were not free this time" in words
        assert "apart" not in words
        assert "together" not in words


async def test_who_pauses_waits_for_a_round_after_that(socket_world: World) -> None:
    world = socket_world
    await seeks(world, LEO)
    await mentors(world, ADA)
    now = world.sandbox.clock.now()
    profile = await world.app.bot.read(TEAM, profiles.get, LEO)
    rests = profile.__class__(LEO, paused_until=now + DAY)
    await world.app.bot.write(TEAM, profiles.keep, rests)
    assert await pairs(world, await proposed(world)) == {}
    await world.later(2 * DAY)
    assert await pairs(world, await proposed(world)) == {LEO: ADA}


@pytest.mark.parametrize("met", [False, True], ids=["at once", "after a first meeting"])
async def test_who_said_no_before_is_not_proposed_again(socket_world: World, *, met: bool) -> None:
    world = socket_world
    asked = Mentorship(0, MentorshipKind.FORMAL, MentorshipState.ASKED, ADA, LEO, LEO, 0)
    number = await world.app.bot.write(TEAM, mentorships.add, asked)
    if met:
        await mentors(world, ADA)
        await does(world, pairs_use_cases.meet_first, ADA, number)
        await does(world, partial(pairs_use_cases.say_after_meeting, yes=True), LEO, number)
        await does(world, partial(pairs_use_cases.say_after_meeting, yes=False), ADA, number)
    else:
        await does(world, pairs_use_cases.decline, ADA, number)
    await seeks(world, LEO, ADA)
    await mentors(world, ADA)
    assert await pairs(world, await proposed(world)) == {}


async def test_places_that_are_taken_are_not_given_again(socket_world: World) -> None:
    world = socket_world
    has = Mentorship(0, MentorshipKind.FORMAL, MentorshipState.ACTIVE, ADA, EVA, EVA, 0)
    await world.app.bot.write(TEAM, mentorships.add, has)
    await seeks(world, LEO, ADA)
    await seeks(world, CHI, ADA)
    await mentors(world, ADA, capacity=2)
    assert len(await pairs(world, await proposed(world))) == 1


# -- changing it


async def test_a_pair_is_changed_by_hand(world: World) -> None:
    await seeks(world, LEO, ADA)
    await mentors(world, ADA)
    await mentors(world, JON)
    cohort_id = await proposed(world)
    await world.clicks(ADMIN, view.CHANGE)
    await world.submits(ADMIN, mentee=LEO, mentor=JON)
    assert await pairs(world, cohort_id) == {LEO: JON}
    card = str(world.messages(ADMIN)[-1].text)
    assert f"Mentors without a mentee (taken out by hand): <@{ADA}>" in card
    world.space.modals[ADMIN].clear()
    await world.clicks(ADMIN, view.CHANGE)
    await world.submits(ADMIN, mentee=LEO)
    assert await pairs(world, cohort_id) == {}
    await world.clicks(ADMIN, view.APPROVE)
    assert await of_member(world, LEO) == []
    assert told(world, LEO, "there is nobody for you") == 1


async def test_two_mentees_change_places_with_too_many_meanwhile(socket_world: World) -> None:
    world = socket_world
    await seeks(world, LEO, ADA)
    await seeks(world, CHI, JON)
    await mentors(world, ADA)
    await mentors(world, JON)
    cohort_id = await proposed(world)
    await does(world, cohorts.change, ADMIN, cohort_id, LEO, JON)
    assert "2 pairs to mend" in str(world.messages(ADMIN)[-1].text)
    with pytest.raises(Unusable) as no:
        await does(world, cohorts.approve, ADMIN, cohort_id)
    assert "no room for so many" in no.value.words
    await does(world, cohorts.change, ADMIN, cohort_id, CHI, ADA)
    assert "to mend" not in str(world.messages(ADMIN)[-1].text)
    assert len(await does(world, cohorts.approve, ADMIN, cohort_id)) == 2
    assert await pairs(world, cohort_id) == {LEO: JON, CHI: ADA}


@pytest.mark.parametrize(
    ("mentee", "mentor", "field"),
    [
        pytest.param(STRANGER, ADA, "mentee", id="a mentee who takes no part"),
        pytest.param(ADA, JON, "mentee", id="a mentor in a mentee's place"),
        pytest.param(LEO, STRANGER, "mentor", id="a mentor who takes no part"),
        pytest.param(LEO, LEO, "mentor", id="themself"),
        pytest.param(LEO, JON, "mentor", id="kept apart"),
    ],
)
async def test_only_people_of_the_round_who_may_be_are_put_together(
    socket_world: World, mentee: str, mentor: str, field: str
) -> None:
    world = socket_world
    await world.app.bot.write(TEAM, members.leave_out, LEO, [JON])
    await seeks(world, LEO, ADA)
    await mentors(world, ADA)
    await mentors(world, JON)
    cohort_id = await proposed(world)
    with pytest.raises(Unusable) as no:
        await does(world, cohorts.change, ADMIN, cohort_id, mentee, mentor)
    assert no.value.field == field
    assert await pairs(world, cohort_id) == {LEO: ADA}


# -- between proposal and approval


async def ready(world: World) -> int:
    await seeks(world, LEO, ADA)
    await seeks(world, CHI, JON)
    await mentors(world, ADA, capacity=2)
    await mentors(world, JON)
    return await proposed(world)


async def leaves(world: World) -> None:
    member = await world.app.bot.read(TEAM, members.get, LEO)
    assert member
    gone = member.__class__(LEO, member.name, member.zone, deactivated=True)
    await world.app.bot.write(TEAM, members.keep, gone)


async def takes_it_back(world: World) -> None:
    await does(world, cohorts.no_wish, ADA)


async def has_no_room(world: World) -> None:
    for mentee in (EVA, STRANGER):
        has = Mentorship(0, MentorshipKind.FORMAL, MentorshipState.ACTIVE, ADA, mentee, ADA, 0)
        await world.app.bot.write(TEAM, mentorships.add, has)


async def become_a_pair(world: World) -> None:
    pair = Mentorship(0, MentorshipKind.INFORMAL, MentorshipState.ACTIVE, ADA, LEO, LEO, 0)
    await world.app.bot.write(TEAM, mentorships.add, pair)


async def fall_out(world: World) -> None:
    await world.app.bot.write(TEAM, members.leave_out, LEO, [ADA])


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        pytest.param(leaves, "the mentee takes part no more", id="the mentee leaves"),
        pytest.param(takes_it_back, "the mentor takes part no more", id="the mentor takes it back"),
        pytest.param(has_no_room, "no room for so many", id="the mentor's places are taken"),
        pytest.param(become_a_pair, "or are already", id="the two are a pair elsewhere"),
        pytest.param(fall_out, "can't be brought together", id="one keeps away from the other"),
    ],
)
async def test_what_has_changed_meanwhile_is_named_and_nothing_is_sent(
    socket_world: World, happens: object, words: str
) -> None:
    world = socket_world
    cohort_id = await ready(world)
    assert callable(happens)
    await happens(world)
    before = await of_member(world, CHI)
    await world.clicks(ADMIN, view.APPROVE)
    await asyncio.sleep(0.05)
    assert told(world, ADMIN, "Nothing was sent") == 1
    assert told(world, ADMIN, words) == 1
    assert (await of(world, cohort_id)).state is CohortState.DRAFT
    assert await of_member(world, CHI) == before == []

    await does(world, cohorts.change, ADMIN, cohort_id, LEO, None)
    await does(world, cohorts.approve, ADMIN, cohort_id)
    assert [each.mentor for each in await of_member(world, CHI)] == [JON]
    assert told(world, CHI, "you have a mentor") == 1


async def test_two_admins_who_approve_at_once_match_once(socket_world: World) -> None:
    world = socket_world
    cohort_id = await ready(world)
    both = await asyncio.gather(
        *(
            world.app.bot.write(TEAM, cohorts.approve, Actor(user), cohort_id)
            for user in (ADMIN, ADA)
        ),
        return_exceptions=True,
    )
    await world.settle()
    assert sum(isinstance(each, Refused) for each in both) == 1
    assert len(await of_member(world, LEO)) == 1
    assert told(world, LEO, "you have a mentor") == 1


async def test_a_second_proposal_of_the_same_people_matches_nobody_twice(
    socket_world: World,
) -> None:
    world = socket_world
    first, second = await ready(world), await proposed(world)
    await does(world, cohorts.approve, ADMIN, first)
    with pytest.raises(Unusable) as no:
        await does(world, cohorts.approve, ADMIN, second)
    assert "takes part no more" in no.value.words
    await does(world, cohorts.discard, ADMIN, second)
    assert "discarded; nobody was told" in str(world.messages(ADMIN)[-1].text)
    with pytest.raises(Refused) as late:
        await does(world, cohorts.approve, ADMIN, second)
    assert late.value.reason is Reason.PROPOSAL_OVER


async def test_matching_that_was_cut_short_is_done_again_and_once(socket_world: World) -> None:
    world = socket_world
    await seeks(world, LEO, ADA)
    await mentors(world, ADA)
    cohort_id = await does(world, cohorts.ask, ADMIN)
    assert "This message changes" in str(world.messages(ADMIN)[-1].text)
    people = await world.app.bot.read(TEAM, cohorts.round_now)
    made = match([*people[0].values()], [*people[1].values()])
    for _ in range(2):
        await world.app.bot.write(TEAM, cohorts.propose, cohort_id, made)
    await does(world, cohorts.change, ADMIN, cohort_id, LEO, None)
    await world.app.bot.write(TEAM, cohorts.propose, cohort_id, made)
    assert await pairs(world, cohort_id) == {}


async def test_only_admins_match(socket_world: World) -> None:
    world = socket_world
    cohort_id = await ready(world)
    for use_case, values in (
        (cohorts.ask, ()),
        (cohorts.approve, (cohort_id,)),
        (cohorts.discard, (cohort_id,)),
        (cohorts.to_see, (cohort_id,)),
        (cohorts.to_change, (cohort_id,)),
        (cohorts.change, (cohort_id, LEO, JON)),
    ):
        for user in (LEO, STRANGER):
            with pytest.raises(Refused) as no:
                await does(world, use_case, user, *values)
            assert no.value.reason is Reason.NOT_ADMIN
        with pytest.raises(Refused):
            await world.app.bot.write("T0OTHER", use_case, Actor(ADMIN), *values)
    assert await world.app.bot.read("T0OTHER", cohorts.round_now) == ({}, {})
    assert await world.app.bot.read("T0OTHER", queries.get, cohort_id) is None
    assert await world.app.bot.read("T0OTHER", queries.waiting, Side.MENTEE) == 0


async def test_a_forged_button_gets_the_polite_refusal(socket_world: World) -> None:
    world = socket_world
    await ready(world)
    for forged in ("999", "", "1 OR 1=1"):
        await world.clicks(ADMIN, view.APPROVE, value=forged)
    await world.asked()
    channel, message = world.card("U0BEN", consult_ids.WITHDRAW)
    await world.act.click("U0BEN", view.APPROVE, channel=channel.id, ts=message.ts, value="1")
    await world.settle()
    await asyncio.sleep(0.05)
    assert told(world, ADMIN, "no longer there to be changed") == 3
    assert told(world, "U0BEN", "for the people who run the programme") == 1
    assert await of_member(world, LEO) == []
