"""Routing by what people have answered, through the store and through Slack."""

from typing import Any

import pytest

from bot import consults
from bot.authority import Actor
from bot.consults import knowing, learning
from bot.errors import Refused
from bot.views.consults import ids, why
from storage import answered, topics
from storage.database import Tx
from storage.records import (
    Consult,
    ConsultState,
    Ground,
    Offer,
    OfferState,
    Outcome,
    Step,
    Urgency,
    Why,
)
from tests.support.world import DAY, HOUR, TEAM, World

QUESTION = "How do I taper steroids after severe pneumonitis?"
ALIKE = "Tapering of steroids in pneumonitis: how slowly?"
TABLES = ("answered", "answered_terms", "answered_often", "answerers")


async def answers(world: World, expert: str, question: str, outcome: Outcome | None) -> int:
    """A question that this expert answers, and what the asker says of it; gives its id."""
    bot = world.app.bot
    draft = {"wanted_expert": expert, "urgency": Urgency.THIS_WEEK}
    consult = await world.asked(question=question, **draft)
    await bot.write(TEAM, consults.accept, Actor(expert), consult)
    await bot.write(TEAM, consults.close, Actor(expert), consult)
    if outcome:
        await bot.write(TEAM, consults.say_outcome, Actor("U0BEN"), consult, outcome, "")
    await world.settle()
    return consult


def asked_now(asker: str = "U0BEN", question: str = QUESTION) -> Consult:
    """A consult that is on its way."""
    return Consult(1, asker, question, "", Urgency.TODAY, ConsultState.OPEN, Step.EXPERTS, 0)


def known(tx: Tx) -> dict[str, int]:
    """How many rows of each table are this workspace's."""
    return {
        table: tx.value(f"SELECT COUNT(*) FROM {table} WHERE workspace = :workspace")
        for table in TABLES
    }


def weight(tx: Tx) -> float | None:
    value: float | None = tx.value("SELECT weight FROM answered WHERE workspace = :workspace")
    return value


async def first_asked(world: World, question: str) -> Offer:
    consult = await world.asked("U0LEO", question, urgency=Urgency.THIS_WEEK)
    return (await world.offers(consult))[0]


async def test_who_answered_a_question_like_it_is_asked_and_the_asker_reads_so(
    socket_world: World,
) -> None:
    world = socket_world
    await answers(world, "U0ADA", QUESTION, Outcome.SOLVED)
    offer = await first_asked(world, ALIKE)
    assert offer.expert == "U0ADA"
    assert offer.why[0] == Why(Ground.ANSWERED, 1)
    await world.clicks("U0LEO", ids.SEE_WHY)
    shown = str(world.space.modals["U0LEO"][-1]["blocks"])
    assert "<@U0ADA>" in shown
    assert "answered 1 question like this" in shown
    assert "pneumonitis" not in shown


async def test_what_it_was_worth_is_what_the_asker_said(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    consult = await answers(world, "U0ADA", QUESTION, None)
    unknown = await bot.read(TEAM, weight)
    await bot.write(TEAM, consults.say_outcome, Actor("U0BEN"), consult, Outcome.SOLVED, "")
    assert await bot.read(TEAM, weight) == 1.0
    assert unknown == 0.4
    await bot.write(TEAM, consults.say_outcome, Actor("U0BEN"), consult, Outcome.NO, "")
    assert set((await bot.read(TEAM, known)).values()) == {0}


async def test_a_question_that_goes_to_others_was_not_answered(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    consult = await answers(world, "U0ADA", QUESTION, Outcome.PARTLY)
    await bot.write(TEAM, consults.ask_others, Actor("U0BEN"), consult)
    assert set((await bot.read(TEAM, known)).values()) == {0}


async def test_terms_stay_when_they_are_all_there_is_and_no_text_is_kept(
    socket_world: World,
) -> None:
    world = socket_world
    await answers(world, "U0ADA", f"{QUESTION} Record 12345678.", Outcome.SOLVED)

    def kept(tx: Tx) -> str:
        return str([tuple(row) for table in TABLES for row in tx.rows(f"SELECT * FROM {table}")])

    words = await world.app.bot.read(TEAM, kept)
    assert "pneumon" in words
    for never in ("How do I", "12345678", "U0BEN", "severe pneumonitis"):
        assert never not in words


async def test_a_consult_and_a_person_can_be_forgotten(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    first = await answers(world, "U0ADA", QUESTION, Outcome.SOLVED)
    await answers(world, "U0ADA", "Which nausea drug next?", Outcome.SOLVED)
    before = await bot.read(TEAM, known)
    await bot.write(TEAM, consults.forget, first)
    after = await bot.read(TEAM, known)
    assert after["answered"] == before["answered"] - 1
    assert 0 < after["answered_terms"] < before["answered_terms"]
    await bot.write("T0OTHER", consults.forget_expert, "U0ADA")
    assert await bot.read(TEAM, known) == after
    await bot.write(TEAM, consults.forget_expert, "U0ADA")
    assert set((await bot.read(TEAM, known)).values()) == {0}


async def test_another_workspace_learns_nothing(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    first = await answers(world, "U0ADA", QUESTION, Outcome.SOLVED)

    def seen(tx: Tx) -> list[Any]:
        term = "steroid"
        return [
            answered.how_often(tx, [term]),
            answered.latest(tx, term),
            answered.answerers(tx, ["U0ADA"], []),
            topics.latest(tx, 1, 10),
        ]

    assert await bot.read("T0OTHER", seen) == [{}, [], [], []]
    assert all((await bot.read(TEAM, seen))[:3])
    before = await bot.read(TEAM, known)
    await bot.write("T0OTHER", consults.forget, first)
    assert await bot.read(TEAM, known) == before


async def test_no_walk_reads_more_than_its_number_of_answers(socket_world: World) -> None:
    bot = socket_world.app.bot

    def story(tx: Tx) -> int:
        for number in range(answered.WALK + 5):
            tx.execute(
                """INSERT INTO answered_terms VALUES
                   (:workspace, 'steroid', :number, :number, 'U0ADA', 1.0, 1.0)""",
                number=number,
            )
        rows = answered.latest(tx, "steroid")
        assert rows[0][0] == answered.WALK + 4
        return len(rows)

    assert await bot.write(TEAM, story) == answered.WALK


async def test_one_place_in_four_goes_to_who_has_answered_nothing_yet(
    socket_world: World,
) -> None:
    world, bot = socket_world, socket_world.app.bot
    names = {each.name: each.id for each in await bot.read(TEAM, topics.every)}
    topic = names["immunotherapy"]
    await answers(world, "U0ADA", "immunotherapy and fever, what now?", Outcome.SOLVED)
    grounds = []
    for number in range(4):
        draft = {"topic_ids": (topic,), "urgency": Urgency.THIS_WEEK}
        consult = await world.asked("U0LEO", f"immunotherapy and fever, case {number}", **draft)
        (offer,) = await world.offers(consult)
        grounds.append({each.ground for each in offer.why})
        await bot.write(TEAM, consults.withdraw, Actor("U0LEO"), consult)
    assert sum(Ground.TURN in each for each in grounds) == 1


async def test_only_the_asker_reads_why(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    consult = await world.asked(question=QUESTION)
    stands, offers = await bot.read(TEAM, consults.why, Actor("U0BEN"), consult)
    assert stands.id == consult
    assert offers
    for user in ("U0ADA", "U0IVY", "U0LEO"):
        with pytest.raises(Refused):
            await bot.read(TEAM, consults.why, Actor(user), consult)
    with pytest.raises(Refused):
        await bot.read("T0OTHER", consults.why, Actor("U0BEN"), consult)


async def test_who_was_chosen_is_told_to_have_been(socket_world: World) -> None:
    world = socket_world
    draft = {"wanted_expert": "U0ADA", "urgency": Urgency.THIS_WEEK}
    consult = await world.asked(question=QUESTION, **draft)
    assert (await world.offers(consult))[0].why[0].ground is Ground.CHOSEN


def test_whoever_thought_of_them_is_not_named_and_who_passed_is_not_shown() -> None:
    asked = asked_now()
    offers = [
        Offer(1, "U_PASSED", OfferState.PASSED, 0),
        Offer(1, "U_THERE", OfferState.OPEN, 0, why=(Why(Ground.FORWARDED),)),
    ]
    shown = str(why.why_these(asked, offers).to_api())
    assert "U_THERE" in shown
    assert "thought of them" in shown
    assert "U_PASSED" not in shown


def test_every_ground_has_words() -> None:
    assert set(why.WORDS) == set(Ground)
    assert all(words(1) and words(12) for words in why.WORDS.values())


def test_the_page_of_reasons_stays_within_a_modal() -> None:
    asked = asked_now()
    grounds = tuple(Why(each, 12) for each in Ground)
    offers = [Offer(1, f"U{n}", OfferState.OPEN, 0, partial=True, why=grounds) for n in range(200)]
    blocks = why.why_these(asked, offers).to_api()["blocks"]
    assert len(blocks) <= 100
    assert all(len(each["text"]["text"]) <= 3000 for each in blocks)


async def test_the_card_says_what_to_expect_once_five_are_known(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    names = {each.name: each.id for each in await bot.read(TEAM, topics.every)}
    draft = {"topic_ids": (names["immunotherapy"],), "urgency": Urgency.THIS_WEEK}
    for number in range(5):
        consult = await world.asked("U0LEO", f"fever again, case {number}", **draft)
        (offer,) = await world.offers(consult)
        card = await world.types("U0BEN", f"what now, {number}? #immunotherapy")
        assert "What to expect" not in card
        await world.app.bot.write(TEAM, consults.withdraw, Actor("U0BEN"), consult + 1)
        await world.later(HOUR)
        await bot.write(TEAM, consults.accept, Actor(offer.expert), consult)
        await bot.write(TEAM, consults.close, Actor(offer.expert), consult)
        await world.later(DAY if number == 3 else 0)
    card = await world.types("U0BEN", "what next? #immunotherapy")
    assert "What to expect on immunotherapy: usually taken within" in card
    assert "5 of the last 5 found somebody who helped" in card
    assert "T0OTHER" not in card


async def test_a_ranking_reads_what_was_asked_and_nothing_else(socket_world: World) -> None:
    """The asker's own words of who they are or want change nothing in who may know."""
    world, bot = socket_world, socket_world.app.bot
    await answers(world, "U0ADA", QUESTION, Outcome.SOLVED)

    def ranked(tx: Tx) -> list[str]:
        consult = asked_now("U0LEO", ALIKE)
        return [each.user for each in knowing.who_may_know(tx, consult)]

    assert (await bot.read(TEAM, ranked))[0] == "U0ADA"


async def test_learning_twice_is_learning_once(socket_world: World) -> None:
    world, bot = socket_world, socket_world.app.bot
    consult = await answers(world, "U0ADA", QUESTION, Outcome.SOLVED)
    before = await bot.read(TEAM, known)
    await bot.write(TEAM, learning.learn, await world.consult(consult), Outcome.SOLVED)
    assert await bot.read(TEAM, known) == before
