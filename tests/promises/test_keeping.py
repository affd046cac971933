"""Promises 13 and 14: one owner however many click; a use case happens whole or not at all."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot import consults, endorsements, members, people, programme
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.importing import experts_in, topics_in
from bot.members import Profile
from bot.views.consults import ids
from storage import consults as queries
from storage import ledger
from storage.database import StoreBusy, Tx
from storage.records import Draft, Member, OfferState, Outcome, Urgency
from tests.support.world import TEAM, World


async def test_of_fifty_clicks_on_accept_one_has_it_and_the_others_hear_so_kindly(
    world: World,
) -> None:
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.TODAY)
    offered = sorted(each.expert for each in await world.offers(consult))
    cards = {user: world.card(user, ids.ACCEPT) for user in offered}

    async def click(user: str) -> None:
        channel, message = cards[user]
        outcome = await world.act.click(user, ids.ACCEPT, channel=channel.id, ts=message.ts)
        assert outcome.acknowledged

    await asyncio.gather(*(click(offered[n % len(offered)]) for n in range(50)))
    await world.settle()
    await asyncio.sleep(0.1)
    states = [each.state for each in await world.offers(consult)]
    assert states.count(OfferState.ACCEPTED) == 1
    owner = (await world.consult(consult)).expert
    assert owner in offered
    for user in set(offered) - {str(owner)}:
        texts = [each.text for each in world.messages(user)]
        assert any("Somebody else" in text for text in texts)
    await world.clicks(str(owner), ids.CLOSE)
    await world.app.bot.write(TEAM, consults.close, Actor("U0BEN"), consult)
    assert len(await world.app.bot.read(TEAM, ledger.of_consult, consult)) == 1


class FailingTx(Tx):
    """A transaction in which the n-th statement fails, as on a full disk."""

    left = 0

    def execute(self, sql: str, **values: Any) -> sqlite3.Cursor:
        type(self).left -= 1
        if type(self).left < 0:
            raise sqlite3.IntegrityError("the n-th statement")
        return super().execute(sql, **values)


def failing_at(number: int, use_case: Callable[..., object]) -> Callable[..., object]:
    def run(tx: Tx, *args: object, **more: object) -> object:
        FailingTx.left = number
        return use_case(FailingTx(tx.db, tx.workspace, tx.now), *args, **more)

    return run


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    tables = tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        table: sorted(map(tuple, tx.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for (table,) in tables
    }


async def failed_at_each_statement(
    world: World, use_case: Callable[..., object], *args: object, **more: object
) -> int:
    """Have a use case fail at each of its statements, and then not; gives how many there are."""
    before = await world.app.bot.read(TEAM, everything)
    for number in range(400):
        try:
            await world.app.store.write(TEAM, failing_at(number, use_case), *args, **more)
        except sqlite3.IntegrityError:
            assert await world.app.bot.read(TEAM, everything) == before
        else:
            assert await world.app.bot.read(TEAM, everything) != before
            return number
    pytest.fail("it never came to its end")


USE_CASES = [
    pytest.param(
        consults.ask, (Actor("U0LEO"), Draft("a pain question")), {"delivery": "d"}, id="ask"
    ),
    pytest.param(consults.accept, (Actor("U0ADA"), 1), {}, id="accept"),
    pytest.param(consults.answer, (Actor("U0ADA"), 1, "Slowly."), {}, id="answer"),
    pytest.param(consults.pass_on, (Actor("U0ADA"), 1, ""), {}, id="pass"),
    pytest.param(
        consults.need_detail, (Actor("U0ADA"), 1, "Which grade?"), {}, id="need one detail"
    ),
    pytest.param(consults.answer_detail, (Actor("U0BEN"), 1, "Three"), {}, id="answer a detail"),
    pytest.param(
        consults.rest, (Actor("U0ADA"), 1, date(2026, 11, 26)), {}, id="rather not before"
    ),
    pytest.param(
        consults.forward, (Actor("U0ADA"), 1, "U0LEO", (1,)), {}, id="think of a colleague"
    ),
    pytest.param(
        endorsements.endorse_by_tags, (Actor("U0ADA"), "U0LEO", ["pain"]), {}, id="endorse"
    ),
    pytest.param(endorsements.accept, (Actor("U0GUS"), 1), {}, id="accept an endorsement"),
    pytest.param(endorsements.decline, (Actor("U0GUS"), 1), {}, id="decline an endorsement"),
    pytest.param(consults.withdraw, (Actor("U0BEN"), 1), {}, id="withdraw"),
    pytest.param(
        consults.change, (Actor("U0BEN"), 1, Draft("another pain question")), {}, id="change"
    ),
    pytest.param(consults.ask_anonymously, (Actor("U0BEN"), 1), {}, id="ask anonymously"),
    pytest.param(consults.close, (Actor("U0BEN"), 2), {}, id="close"),
    pytest.param(consults.release, (Actor("U0ADA"), 2), {}, id="release"),
    pytest.param(
        consults.say_outcome, (Actor("U0BEN"), 3, Outcome.SOLVED, "thanks"), {}, id="outcome"
    ),
    pytest.param(consults.say_effort, (Actor("U0ADA"), 3, 5, "much"), {}, id="effort"),
    pytest.param(consults.ask_others, (Actor("U0BEN"), 3), {}, id="ask others"),
    pytest.param(consults.forget, (3,), {}, id="forget what was answered"),
    pytest.param(consults.forget_expert, ("U0ADA",), {}, id="forget an answerer"),
    pytest.param(consults.keep_open, (Actor("U0BEN"), 2), {}, id="keep open"),
    pytest.param(
        people.person_changed,
        (Member("U0ADA", "Ada", "UTC", deactivated=True), "left"),
        {},
        id="an expert leaves",
    ),
    pytest.param(
        members.offer_topics,
        (Actor("U0LEO"), Profile((1, 2), "Listens"), ["U0BEN"]),
        {},
        id="offer topics",
    ),
    pytest.param(members.pause, (Actor("U0ADA"), None), {}, id="pause"),
    pytest.param(
        programme.tag_expert, (Actor("U0IVY"), "U0LEO", Profile((1, 2), "Listens")), {}, id="tag"
    ),
    pytest.param(
        programme.import_topics,
        (topics_in("topic,synonyms\nloss,grief\npain,ache\n"),),
        {},
        id="import topics",
    ),
    pytest.param(
        programme.import_experts,
        (experts_in("user,topics\nU0LEO,pain\nU0ADA,career\n"),),
        {},
        id="import experts",
    ),
]


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world = socket_world
    bot = world.app.bot
    for question in ("open", "accepted", "closed"):
        await world.asked(question=f"{question} immunotherapy question")
    for accepted in (2, 3):
        await bot.write(TEAM, consults.accept, Actor("U0ADA"), accepted)
    await bot.write(TEAM, consults.close, Actor("U0ADA"), 3)
    if use_case is consults.answer_detail:
        await bot.write(TEAM, consults.need_detail, Actor("U0ADA"), 1, "Which grade?")
    await bot.write(TEAM, endorsements.endorse, Actor("U0ADA"), "U0GUS", [1])
    await world.settle()
    assert await failed_at_each_statement(world, use_case, *args, **more) > 1


async def test_one_that_fails_takes_nobody_with_it_who_commits_together(
    socket_world: World,
) -> None:
    world = socket_world
    store = world.app.store

    def refuse(_tx: Tx) -> None:
        raise Refused(Reason.TOO_LATE)

    async def ask(number: int) -> None:
        draft = Draft(f"pain question {number}")
        await store.write(TEAM, consults.ask, Actor(f"U{number}"), draft, delivery=f"d{number}")

    outcomes = await asyncio.gather(
        *(ask(n) if n % 2 else store.write(TEAM, refuse) for n in range(40)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 20
    assert len(await store.read(TEAM, queries.unfinished, 100)) == 20


async def test_a_disk_that_is_full_is_told_and_loses_nothing(socket_world: World) -> None:
    world = socket_world
    pages = world.app.store._writer.conn.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001 - only the writer's own connection can be made full
    world.app.store._writer.conn.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001 - the same
    told = set()
    for number in range(60):
        text = f"pain question {number} " + "with many words " * 150
        try:
            await world.app.store.write(
                TEAM, consults.ask, Actor(f"U{number}"), Draft(text), delivery=f"d{number}"
            )
        except StoreBusy:
            told.add(number)
    assert told
    stored = await world.app.store.read(TEAM, queries.unfinished, 100)
    assert len(stored) == 60 - len(told)
