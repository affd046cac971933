"""Promises 14 and 22 to 23 for cohorts: all or nothing, and no word or length harms a message."""

import sqlite3
from typing import Any

import pytest

from bot import cohorts
from bot.authority import Actor
from bot.cohorts import Wanted
from bot.rules.matching import Fault, Why, WhyLeft
from bot.views import cohorts as view
from bot.views.blocks import Message
from storage.database import Tx
from storage.records import CareerStage
from storage.records.cohorts import Cohort, CohortState, Left, MatchWish, ProposedPair, Side
from storage.records.mentorships import Mentorship, MentorshipKind, MentorshipState
from storage.records.profiles import Need
from tests.cohorts.stories import ADA, ADMIN, CHI, EVA, JON, LEO, mentors, proposed, seeks
from tests.promises.test_keeping import failing_at
from tests.promises.test_typed_words import NASTY
from tests.support.cards import faults_of, faults_of_message, marked_up
from tests.support.world import TEAM, World


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "match_wishes match_preferences cohorts cohort_pairs cohort_left mentorships profiles"
        " nudges outbox audit"
    )
    return {
        table: sorted(map(tuple, tx.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in tables.split()
    }


IVY = Actor(ADMIN)
BOTH = Wanted([Side.MENTEE, Side.MENTOR], mentors=(ADA, JON), capacity=3, mentees=(CHI,))
USE_CASES = [
    pytest.param(cohorts.wish, (Actor(EVA), BOTH), id="wish"),
    pytest.param(cohorts.no_wish, (Actor(ADA),), id="no wish"),
    pytest.param(cohorts.ask, (IVY,), id="ask for pairs"),
    pytest.param(cohorts.change, (IVY, 1, LEO, JON), id="change a pair"),
    pytest.param(cohorts.change, (IVY, 1, LEO, None), id="take out of a pair"),
    pytest.param(cohorts.discard, (IVY, 1), id="discard"),
    pytest.param(cohorts.approve, (IVY, 1), id="approve"),
]


@pytest.mark.parametrize(("use_case", "args"), USE_CASES)
async def test_a_use_case_that_fails_at_any_statement_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...]
) -> None:
    world = socket_world
    bot = world.app.bot
    await seeks(world, LEO, ADA)
    await seeks(world, CHI, ADA)
    await mentors(world, ADA, LEO)
    await mentors(world, JON)
    await proposed(world)
    before = await bot.read(TEAM, everything)

    for number in range(400):
        try:
            await world.app.store.write(TEAM, failing_at(number, use_case), *args)
        except sqlite3.IntegrityError:
            assert await bot.read(TEAM, everything) == before
        else:
            break
    else:
        pytest.fail("it never came to its end")
    assert number > 2
    assert await bot.read(TEAM, everything) != before


# -- what is shown


def crowd(count: int, state: CohortState = CohortState.DRAFT) -> Cohort:
    """A cohort of so many pairs, and as many left for each reason."""
    pairs = {f"U{n:08d}": ProposedPair(f"U{n:08d}", f"W{n:08d}", n) for n in range(count)}
    left = [
        Left(f"U{n:08d}", side, why)
        for side, words in view.WHY.items()
        for why in (*words, view.BY_HAND)
        for n in range(count)
    ]
    return Cohort(7, ADMIN, state, pairs, tuple(left))


def seen(count: int, name: str = "immunotherapy") -> view.Seen:
    cohort = crowd(count)
    why = Why(2, 3, (1, 2, 3, 4), -2, other_discipline=True, other_site=True)
    return view.Seen(
        cohort,
        dict.fromkeys(cohort.pairs, why),
        dict.fromkeys(cohort.pairs, tuple(Fault)),
        dict.fromkeys(range(5), name),
    )


@pytest.mark.parametrize("count", [0, 1, 30, 1000])
def test_a_proposal_of_any_size_fits_and_tells_how_much_more_there_is(count: int) -> None:
    shown = view.proposal(seen(count))
    assert faults_of_message(shown) == []
    assert "Nothing is sent before you approve" in shown.text
    assert f"{count} pair" in shown.text
    assert ("more: *See everything*" in shown.text) == (count > 0)
    whole = view.everything(seen(count)).to_api()
    assert faults_of(whole["blocks"], most=100) == []
    assert len(str(whole)) < 250_000
    faults = {mentee: tuple(Fault) for mentee in crowd(count).pairs}
    assert len(view.to_mend(crowd(count), faults)) < 4000


def test_everything_of_a_hundred_pairs_is_in_the_whole() -> None:
    whole = str(view.everything(seen(100)).to_api())
    for pair in crowd(100).pairs.values():
        assert f"<@{pair.mentee}> with <@{pair.mentor}>" in whole


def test_every_reason_has_words() -> None:
    both = {side: set(words) for side, words in view.WHY.items()}
    assert both[Side.MENTEE] == set(WhyLeft) - {WhyLeft.OWN_ROOM}
    assert both[Side.MENTOR] == set(WhyLeft) - {WhyLeft.NO_ROOM}
    for side, words in view.TOLD.items():
        assert set(words) <= both[side]
        # Whom somebody is kept apart from, and who has said no, is told to nobody.
        assert WhyLeft.NOT_TOGETHER not in words


@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_what_was_typed_into_needs_and_topics_formats_nothing(typed: str) -> None:
    name = (typed or "x")[:60]
    pair = Mentorship(1, MentorshipKind.FORMAL, MentorshipState.AGREEING, ADA, LEO, LEO, 0)
    shown = [
        view.proposal(seen(2, name)),
        Message("", view.everything(seen(2, name)).blocks),
        view.paired(pair, ADA, name, [name] * 9),
        view.paired(pair, LEO, name, [name] * 9),
        view.without(crowd(1).left),
    ]
    for message in shown:
        for markup in marked_up(message):
            for live in ("<!", "<#", "<http", "@everyone", "*bold*", "`code`", "\n&gt;"):
                assert live not in markup
            assert "U0EVIL" not in markup or "<@U0EVIL" not in markup
            assert not set(markup) & set("\u202e\u2066\ufeff\0\x1b")


def test_the_forms_fit_with_the_longest_of_everything() -> None:
    needs = [Need(f"n{number}", CareerStage.MID, "&<>*" * 50) for number in range(300)]
    wishes = {side: MatchWish("U0LEO", side, (ADA, JON, CHI, EVA, ADMIN), "n7") for side in Side}
    for form in (
        view.wish_form(view.ToWish(needs, wishes, 20)),
        view.wish_form(view.ToWish([], {}, 0)),
        view.change_form(crowd(3)),
    ):
        made = form.to_api()
        assert faults_of(made["blocks"], most=100) == []
        assert len(made["title"]["text"]) <= 24
        assert made["private_metadata"] in ("", "7")
