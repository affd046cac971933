"""One detail before deciding: asked of the asker, while the clock of the question stands still."""

import pytest

from bot import consults
from bot.authority import Actor
from bot.errors import Reason, Refused, Unusable
from bot.views.blocks import date
from bot.views.consults import ids
from storage import details, nudges
from storage.records import ConsultState, DetailState, Step, Urgency
from storage.records.nudges import NudgeState
from tests.support.world import DAY, HOUR, TEAM, World

QUESTION = "immunotherapy question"


async def needs_detail(
    world: World, words: str = "Which grade is it?", urgency: Urgency = Urgency.TODAY
) -> int:
    """A question of Ben's, of which Ada asks one detail; gives its id."""
    consult = await world.asked(question=QUESTION, urgency=urgency)
    await world.clicks("U0ADA", ids.NEED_DETAIL)
    await world.submits("U0ADA", detail=words)
    return consult


async def answers(world: World, words: str = "Grade three") -> None:
    await world.clicks("U0BEN", ids.ANSWER_DETAIL)
    await world.submits("U0BEN", answer=words)


def seen_by(world: World, user: str) -> str:
    return "\n".join(each.text for each in world.messages(user))


async def test_the_asker_is_asked_by_name_and_everybody_asked_reads_the_answer(
    world: World,
) -> None:
    await world.later(2 * HOUR)
    consult = await needs_detail(world)
    asked = seen_by(world, "U0BEN")
    assert "<@U0ADA> has one question before answering yours." in asked
    assert "Which grade is it?" in asked
    assert "<@U0ADA> has asked you one detail" in asked
    others = {each.expert for each in await world.offers(consult)} - {"U0ADA"}
    assert others
    for other in others:
        assert "A colleague has asked for one detail" in world.card(other, ids.ACCEPT)[1].text
    await answers(world)
    for reader in ("U0ADA", *others):
        assert "The answer: Grade three" in world.card(reader, ids.ACCEPT)[1].text
        assert "One detail was asked: Which grade is it?" in world.card(reader, ids.ACCEPT)[1].text
    assert "has answered your question" in world.messages("U0ADA")[-1].text
    assert ids.ANSWER_DETAIL not in str([each.blocks for each in world.messages("U0BEN")])


async def test_the_clock_goes_on_where_it_stood(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question=QUESTION, urgency=Urgency.THIS_WEEK)
    first_due = (await world.consult(consult)).due_at or 0
    await world.later(HOUR)
    await world.clicks("U0ADA", ids.NEED_DETAIL)
    await world.submits("U0ADA", detail="Which grade is it?")
    for _ in range(5):
        await world.later(HOUR)
    assert len(await world.offers(consult)) == 1
    await answers(world)
    # Five hours it stood still, all of them in Ada's working day, which ends at six.
    at = await world.consult(consult)
    assert at.due_at == first_due + 5 * HOUR + 14 * HOUR
    await world.later(at.due_at - world.sandbox.clock.now() - 60)
    assert len(await world.offers(consult)) == 1
    await world.later(2 * HOUR + 60)  # the others work in Los Angeles
    assert len(await world.offers(consult)) == 2


async def test_without_an_answer_in_two_working_days_it_goes_on_by_itself(
    socket_world: World,
) -> None:
    world = socket_world
    consult = await needs_detail(world, urgency=Urgency.THIS_WEEK)
    until = (await world.consult(consult)).due_at or 0
    assert date(until) in world.card("U0ADA", ids.ACCEPT)[1].text
    assert until == (await world.consult(consult)).asked_at + 2 * DAY
    await world.later(2 * DAY - 60)
    assert len(await world.offers(consult)) == 1
    await world.later(60)
    (detail,) = (await world.consult(consult)).details
    assert detail.state is DetailState.LAPSED
    assert detail.settled_at == until
    assert "No answer has come" in world.card("U0ADA", ids.ACCEPT)[1].text
    assert "goes on without it" in world.card("U0BEN", ids.ANSWER_DETAIL)[1].text
    await world.later(4 * HOUR)
    assert len(await world.offers(consult)) == 2
    due_at = (await world.consult(consult)).due_at
    await answers(world, "Late, but here")
    assert "Late, but here" in world.card("U0ADA", ids.ACCEPT)[1].text
    assert (await world.consult(consult)).due_at == due_at


async def test_changing_the_question_answers_too(socket_world: World) -> None:
    world = socket_world
    consult = await needs_detail(world, urgency=Urgency.THIS_WEEK)
    await world.later(HOUR)
    await world.clicks("U0BEN", ids.CHANGE)
    await world.submits("U0BEN", question="immunotherapy question, grade three")
    assert (await world.consult(consult)).waits_for is None
    assert "grade three" in world.card("U0ADA", ids.ACCEPT)[1].text
    assert "was changed since" in world.card("U0ADA", ids.ACCEPT)[1].text
    assert "You have changed your question since" in seen_by(world, "U0BEN")
    assert [each.state for each in await world.offers(consult)] == ["open"]


@pytest.mark.parametrize("by", ["U0ADA", "another"])
async def test_whoever_accepts_meanwhile_has_it(socket_world: World, by: str) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    consult = await needs_detail(world)
    offered = [each.expert for each in await world.offers(consult) if each.expert != "U0ADA"]
    taker = offered[0] if by == "another" else by
    await world.clicks(taker, ids.ACCEPT)
    standing = await world.consult(consult)
    assert (standing.state, standing.expert) == (ConsultState.ACCEPTED, taker)
    assert standing.details[0].state is DetailState.OVER
    assert "nothing is left to do here" in seen_by(world, "U0BEN")
    assert ids.ANSWER_DETAIL not in str([each.blocks for each in world.messages("U0BEN")])
    with pytest.raises(Refused):
        await world.app.bot.write(TEAM, consults.answer_detail, Actor("U0BEN"), 1, "Late")


async def test_a_withdrawn_question_settles_it(socket_world: World) -> None:
    world = socket_world
    consult = await needs_detail(world)
    await world.clicks("U0BEN", ids.WITHDRAW)
    assert (await world.consult(consult)).details[0].state is DetailState.OVER
    assert "It is not needed any more" in seen_by(world, "U0BEN")


@pytest.mark.parametrize("way", ["pass", "rest", "forward", "leave"])
async def test_who_gives_it_out_of_their_hands_holds_nobody_up(
    socket_world: World, way: str
) -> None:
    world = socket_world
    consult = await needs_detail(world, urgency=Urgency.THIS_WEEK)
    if way == "pass":
        await world.clicks("U0ADA", ids.PASS)
        await world.submits("U0ADA")
    elif way == "rest":
        await world.clicks("U0ADA", ids.REST)
        await world.submits("U0ADA")
    elif way == "forward":
        await world.clicks("U0ADA", ids.FORWARD)
        await world.submits("U0ADA", colleague="U0LEO")
    else:
        await world.act.change_user("U0ADA", deleted=True)
        await world.settle()
    standing = await world.consult(consult)
    assert standing.details[0].state is DetailState.OVER
    assert standing.waits_for is None
    await world.later(2 * HOUR)
    assert any(each.expert != "U0ADA" for each in await world.offers(consult))


async def test_one_is_asked_at_a_time_and_each_asks_once(socket_world: World) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    consult = await needs_detail(world)
    bot = world.app.bot
    (other, *_) = [each.expert for each in await world.offers(consult) if each.expert != "U0ADA"]
    with pytest.raises(Refused) as no:
        await bot.write(TEAM, consults.need_detail, Actor(other), consult, "Since when?")
    assert no.value.reason is Reason.DETAIL_WAITS
    await answers(world)
    with pytest.raises(Refused) as no:
        await bot.write(TEAM, consults.need_detail, Actor("U0ADA"), consult, "Since when?")
    assert no.value.reason is Reason.DETAIL_ASKED
    assert ids.NEED_DETAIL not in str(world.card("U0ADA", ids.ACCEPT)[1].blocks)
    with pytest.raises(Refused) as no:
        await bot.write(TEAM, consults.answer_detail, Actor("U0BEN"), 1, "Once more")
    assert no.value.reason is Reason.TOO_LATE
    await world.clicks(other, ids.NEED_DETAIL)
    await world.submits(other, detail="Since when?")
    assert (await world.consult(consult)).waits_for


async def test_nobody_else_answers_and_no_other_workspace(socket_world: World) -> None:
    world = socket_world
    await needs_detail(world)
    bot = world.app.bot
    for workspace, user in ((TEAM, "U0ADA"), (TEAM, "U0LEO"), ("T0OTHER", "U0BEN")):
        with pytest.raises(Refused) as no:
            await bot.write(workspace, consults.answer_detail, Actor(user), 1, "Nothing")
        assert no.value.reason is Reason.NOT_YOURS
    with pytest.raises(Unusable):
        await bot.write(TEAM, consults.answer_detail, Actor("U0BEN"), 1, "")
    for tell in (details.of_consult, details.get):
        assert not await bot.read("T0OTHER", tell, 1)
    await bot.write("T0OTHER", details.answer, 1, "Nothing")
    await bot.write("T0OTHER", details.settle, 1, DetailState.OVER)
    await bot.write("T0OTHER", details.no_longer_of, 1, "U0ADA")
    assert (await world.consult(1)).waits_for


async def test_an_empty_detail_is_shown_its_fault(socket_world: World) -> None:
    world = socket_world
    await needs_detail(world, "  ")
    assert "detail" in world.space.modals["U0ADA"][-1]["errors"]


async def test_who_takes_it_later_reads_it_in_the_group_message_too(socket_world: World) -> None:
    world = socket_world
    consult = await needs_detail(world, urgency=Urgency.THIS_WEEK)
    await answers(world)
    await world.clicks("U0ADA", ids.ACCEPT)
    group = world.space.direct(["U0BEN", "U0ADA", world.space.bot.id])
    assert "The answer: Grade three" in group.messages[0].text
    await world.clicks("U0ADA", ids.RELEASE)
    await world.later(2 * HOUR)
    (now,) = [each.expert for each in await world.offers(consult) if each.state == "open"]
    assert "The answer: Grade three" in world.card(now, ids.ACCEPT)[1].text


async def test_a_detail_is_not_shown_in_the_channel(socket_world: World) -> None:
    world = socket_world
    consult = await needs_detail(world)
    await answers(world, "canary of the detail")
    for _ in range(30):
        if (await world.consult(consult)).step is Step.FALLBACK_CHANNEL:
            break
        await world.later(HOUR)
    shown = world.space.find_channel("oncology-questions").messages[-1]
    assert QUESTION in shown.text
    assert "canary" not in shown.text + str(shown.blocks)


async def test_nobody_is_reminded_while_it_waits_and_everybody_afterwards(
    socket_world: World,
) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    consult = await needs_detail(world)
    for _ in range(7):
        await world.later(HOUR)
    offered = [each.expert for each in await world.offers(consult)]
    assert not any("still waiting" in seen_by(world, user) for user in offered)
    await answers(world)
    for _ in range(20):
        await world.later(HOUR)
    assert any("still waiting" in seen_by(world, user) for user in offered)


async def test_a_reminder_that_was_held_back_comes_once_the_clock_goes_on(
    socket_world: World,
) -> None:
    world = socket_world
    await world.later(2 * HOUR)
    consult = await world.asked(question=QUESTION)

    async def reminders() -> list[NudgeState]:
        found = []
        for offer in await world.offers(consult):
            found += await world.app.bot.read(TEAM, nudges.rounds, offer.expert, "reminder", 1, 0)
        return [each.state for each in found]

    await world.later(2 * HOUR)
    assert await reminders()
    before = await reminders()
    await world.clicks("U0ADA", ids.NEED_DETAIL)
    await world.submits("U0ADA", detail="Which grade?")
    assert NudgeState.WAITING not in await reminders()
    assert not any("is still waiting" in seen_by(world, each) for each in ("U0ADA",))
    await answers(world)
    assert "is still waiting" in seen_by(world, "U0ADA") or NudgeState.WAITING in await reminders()
    assert len(await reminders()) == len(before)


async def test_home_says_that_a_detail_is_waited_for(socket_world: World) -> None:
    world = socket_world
    await needs_detail(world)
    await world.act.open_home("U0BEN")
    await world.settle()
    assert "asks one detail of your question" in str(world.space.homes["U0BEN"])
    await answers(world)
    assert "asks one detail of your question" not in str(world.space.homes["U0BEN"])


async def test_an_offer_made_to_nobody_else_still_ends_with_an_admin(socket_world: World) -> None:
    world = socket_world
    consult = await needs_detail(world)
    for _ in range(7):
        await world.later(DAY)
    standing = await world.consult(consult)
    assert (standing.step, standing.due_at) == (Step.ADMIN, None)
