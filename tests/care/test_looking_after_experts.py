"""How experts are looked after, and whose questions wait behind those of others, as they see it."""

from typing import Any

import pytest

from bot import care, consults, members, nudges
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.members import Profile
from bot.nudges import Thing
from bot.rules.care import REST
from bot.views import care as view
from storage import care as queries
from storage import members as people
from storage import nudges as nudge_queries
from storage import search
from storage.database import Tx
from storage.records import ConsultState, Outcome
from storage.records.nudges import NudgeKind
from tests.nudges.stories import texts
from tests.support.world import DAY, HOUR, TEAM, World

ADA, BEN, LEO = "U0ADA", "U0BEN", "U0LEO"


async def does(world: World, use_case: Any, user: str, *args: Any) -> None:
    await world.app.bot.write(TEAM, use_case, Actor(user), *args)
    await world.settle()


async def takes(world: World, number: int, asker: str = BEN) -> int:
    """Ada takes a question; gives its id."""
    consult = await world.asked(asker, f"immunotherapy question {number}", wanted_expert=ADA)
    await does(world, consults.accept, ADA, consult)
    return consult


async def answers(world: World, number: int, outcome: Outcome | None = None) -> int:
    """Ada takes a question of Ben's, and it is closed."""
    consult = await takes(world, number)
    await does(world, consults.close, ADA, consult)
    if outcome:
        await does(world, consults.say_outcome, BEN, consult, outcome, "")
    return consult


async def only_topic(world: World, *users: str, capacity: int) -> tuple[int, ...]:
    """Have a topic known by these alone, who take so many a week; gives its id."""

    def known(tx: Tx) -> tuple[int, ...]:
        held = tuple(search.find_topics(tx, ["lymphoma"]))
        for each in people.experts(tx):
            people.remove_expert(tx, each.user)
        for user in users:
            members.store_expert(tx, user, Profile(held, capacity=capacity), tagged_by=user)
        return held

    return await world.app.bot.write(TEAM, known)


async def test_an_expert_whose_week_is_full_is_told_once_and_until_when(
    socket_world: World,
) -> None:
    world = socket_world
    for number in range(4):
        assert not any("in seven days" in each for each in texts(world, ADA))
        await takes(world, number)
    await world.app.catch_up()
    told = [each for each in texts(world, ADA) if "in seven days" in each]
    assert len(told) == 1
    assert "4 questions in seven days" in told[0]
    await world.later(HOUR)
    await takes(world, 5, LEO)
    await world.app.catch_up()
    assert len([each for each in texts(world, ADA) if "in seven days" in each]) == 1


async def test_a_full_week_that_is_no_longer_full_is_not_spoken_of(socket_world: World) -> None:
    world = socket_world
    for number in range(4):
        consult = await takes(world, number)
    await does(world, consults.release, ADA, consult)
    await world.app.catch_up()
    assert not [each for each in texts(world, ADA) if "in seven days" in each]


async def test_home_says_how_many_of_how_many(socket_world: World) -> None:
    world = socket_world
    await world.act.open_home(ADA)
    await world.settle()
    assert "Of these, none in the last seven days" in str(world.space.homes[ADA])
    await takes(world, 1)
    await world.asked(BEN, "more on immunotherapy?", wanted_expert=ADA)
    for workspace, number in ((TEAM, 2), ("T0OTHER", 0)):
        assert await world.app.bot.read(workspace, care.this_week, ADA) == number
    await world.act.open_home(ADA)
    await world.settle()
    assert "Of these, 2 in the last seven days" in str(world.space.homes[ADA])


async def test_what_waits_longer_than_a_week_counts_for_no_week(socket_world: World) -> None:
    world = socket_world
    held = await only_topic(world, ADA, capacity=1)
    await world.asked(BEN, "lymphoma?", topic_ids=held)

    def load(tx: Tx) -> int:
        found = search.candidates(
            tx,
            topic_ids=held,
            words=frozenset(),
            leave_out=[LEO],
            works_now=lambda _: True,
            score=lambda each: each.held,
        )
        return next(iter(found)).load

    for _ in range(7):
        assert await world.app.bot.read(TEAM, load) == 1
        assert await world.app.bot.read(TEAM, care.this_week, ADA) == 1
        await world.later(DAY)
    assert await world.app.bot.read(TEAM, load) == 0
    assert await world.app.bot.read(TEAM, care.this_week, ADA) == 0


async def test_ten_answers_in_four_weeks_bring_the_offer_of_a_rest_that_pauses_a_week(
    socket_world: World,
) -> None:
    world = socket_world
    for number in range(10):
        assert not [each for each in texts(world, ADA) if "week without" in each]
        await answers(world, number)
    await world.app.catch_up()
    (offer,) = [each for each in texts(world, ADA) if "week without" in each]
    assert "must" not in offer
    await world.clicks(ADA, view.REST)
    ada = await world.app.bot.read(TEAM, people.expert, ADA)
    now = world.space.clock.now()
    assert ada
    assert ada.paused_until == now + REST
    assert any("You rest until" in each for each in texts(world, ADA))
    await does(world, members.resume, ADA)
    await answers(world, 11)
    await world.later(DAY)
    assert len([each for each in texts(world, ADA) if "week without" in each]) == 0


async def test_no_thank_you_leaves_all_as_it_is_and_it_is_not_asked_again(
    socket_world: World,
) -> None:
    world = socket_world
    for number in range(10):
        await answers(world, number)
    await world.app.catch_up()
    await world.clicks(ADA, view.NO_REST)
    ada = await world.app.bot.read(TEAM, people.expert, ADA)
    assert ada
    assert ada.paused_until is None
    assert any("Good to have you here" in each for each in texts(world, ADA))
    for number in range(3):
        await answers(world, 20 + number)
        await world.later(DAY)
    last = await world.app.bot.read(TEAM, nudge_queries.last_occasion, ADA, Thing.REST_WEEK)
    assert last == world.space.clock.now() - 3 * DAY


async def test_a_rest_that_was_not_offered_or_is_answered_is_not_taken(
    socket_world: World,
) -> None:
    world = socket_world
    for use_case in (care.rest, care.no_rest):
        with pytest.raises(Refused) as no:
            await does(world, use_case, ADA, 7)
        assert no.value.reason is Reason.NOT_YOUR_NUDGE
    until = world.space.clock.now() + DAY
    await world.app.bot.write(TEAM, nudges.want, ADA, Thing.REST_WEEK, 0, until=until, occasion=7)
    await world.app.catch_up()
    with pytest.raises(Refused):
        await does(world, care.rest, BEN, 7)
    with pytest.raises(Refused):
        await world.app.bot.write("T0OTHER", care.rest, Actor(ADA), 7)
    await does(world, care.no_rest, ADA, 7)
    await does(world, care.rest, ADA, 7)
    assert await world.app.bot.read(TEAM, people.paused_until, ADA) is None


async def test_a_longer_pause_is_not_cut_short_by_a_rest(socket_world: World) -> None:
    world = socket_world
    now = world.space.clock.now()
    await world.app.bot.write(
        TEAM, nudges.want, ADA, Thing.REST_WEEK, 0, until=now + DAY, occasion=7
    )
    await world.app.catch_up()
    await does(world, members.pause, ADA, now + 30 * DAY)
    await does(world, care.rest, ADA, 7)
    assert await world.app.bot.read(TEAM, people.paused_until, ADA) == now + 30 * DAY


async def test_kind_words_after_the_first_answer_come_a_day_later_and_once(
    socket_world: World,
) -> None:
    world = socket_world
    await answers(world, 1)
    for workspace, number in ((TEAM, 1), ("T0OTHER", 0)):
        assert await world.app.bot.read(workspace, queries.answered, ADA) == number
    await world.app.catch_up()
    assert not [each for each in texts(world, ADA) if "the first question" in each]
    await world.later(DAY)
    assert len([each for each in texts(world, ADA) if "the first question" in each]) == 1
    await answers(world, 2)
    await world.later(DAY)
    assert not [each for each in texts(world, ADA) if "answer number" in each]


async def test_care_is_a_kind_that_can_be_turned_off(socket_world: World) -> None:
    world = socket_world
    wanted = set(NudgeKind) - {NudgeKind.CARE}
    await world.app.bot.write(TEAM, nudges.choose_all, Actor(ADA), wanted)
    for number in range(10):
        await answers(world, number)
    await world.later(2 * DAY)
    seen = " ".join(texts(world, ADA))
    assert "week without" not in seen
    assert "the first question" not in seen
    assert "in seven days" not in seen


async def test_a_thank_you_is_passed_on_in_a_message_of_its_own(socket_world: World) -> None:
    world = socket_world
    consult = await answers(world, 1)
    await does(world, consults.say_outcome, BEN, consult, Outcome.SOLVED, "You saved my *day*")
    message = world.messages(ADA)[-1]
    assert "thanks you for your help" in message.text
    assert "You saved my" in message.text
    assert "*day*" not in message.text
    other = await answers(world, 2, Outcome.SOLVED)
    assert other != consult
    assert len([each for each in texts(world, ADA) if "thanks you for" in each]) == 1


def heard_at(tx: Tx, consult_id: int) -> object:
    """When the asker last gave a sign."""
    return tx.value("SELECT heard_at FROM consults WHERE id = :id", id=consult_id)


async def lets_go(world: World, number: int) -> None:
    """Ada takes a question of Leo's, who never says a word again until the clock closes it."""
    consult = await takes(world, number, LEO)
    for _ in range(25):
        await world.later(DAY)
        if (await world.consult(consult)).state is ConsultState.CLOSED:
            break
    assert (await world.consult(consult)).closed_by is None


async def test_who_lets_two_questions_go_waits_behind_others_until_one_is_closed(
    socket_world: World,
) -> None:
    world = socket_world
    for number in range(2):
        assert await world.app.bot.read(TEAM, care.places_kept, LEO) == 0
        await lets_go(world, number)
    assert await world.app.bot.read(TEAM, care.places_kept, LEO) == 1
    assert await world.app.bot.read("T0OTHER", care.places_kept, LEO) == 0
    held = await only_topic(world, ADA, capacity=2)
    first = await world.asked(BEN, "lymphoma, first?", topic_ids=held)
    assert [each.expert for each in await world.offers(first)] == [ADA]
    # One place of two is left: it is kept for others, and theirs goes further at once.
    theirs = await world.asked(LEO, "lymphoma, second?", topic_ids=held)
    assert await world.offers(theirs) == []
    for user in (LEO, ADA, "U0IVY"):
        seen = " ".join(texts(world, user)).lower()
        assert "priority" not in seen
        assert "silent" not in seen
    others = await world.asked(BEN, "lymphoma, third?", topic_ids=held)
    assert [each.expert for each in await world.offers(others)] == [ADA]


@pytest.mark.parametrize("sign", [consults.keep_open, consults.talk, consults.close])
async def test_any_sign_of_the_asker_is_a_word(socket_world: World, sign: Any) -> None:
    world = socket_world
    consult = await takes(world, 1, LEO)
    await does(world, sign, LEO, consult)
    for _ in range(30):
        await world.later(DAY)
    (ended,) = await world.app.bot.read(TEAM, queries.ended_of, LEO)
    assert not ended.silent
    assert ended.settled == (sign is consults.close)


async def test_telling_the_outcome_later_makes_good(socket_world: World) -> None:
    world = socket_world
    for number in range(2):
        await lets_go(world, number)
    await does(world, consults.say_outcome, LEO, 2, Outcome.PARTLY, "")
    assert await world.app.bot.read(TEAM, care.places_kept, LEO) == 0


async def test_only_a_sign_in_the_same_workspace_is_one(socket_world: World) -> None:
    world = socket_world
    consult = await takes(world, 1, LEO)
    await world.app.bot.write("T0OTHER", queries.heard, consult)
    assert await world.app.bot.read(TEAM, heard_at, consult) is None


async def test_after_a_release_silence_counts_anew(socket_world: World) -> None:
    world = socket_world
    consult = await takes(world, 1, LEO)
    await does(world, consults.keep_open, LEO, consult)
    await does(world, consults.release, ADA, consult)
    assert await world.app.bot.read(TEAM, heard_at, consult) is None
