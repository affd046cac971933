"""Promises 19, 20 and 22 for profiles, agreements, goals and feedback: nobody else has a say."""

from typing import Any

import pytest

from bot import feedback, goals, mentorships, needs, profiles
from bot.authority import Actor
from bot.errors import Reason, Refused
from bot.feedback import Closing
from bot.rules.health import ASPECTS_AND_TRAITS
from bot.views import agreements as agreement_view
from bot.views import feedback as view
from storage import agreements
from storage import feedback as answers
from storage import goals as goal_queries
from storage import profiles as queries
from storage.database import Tx
from storage.records import CareerStage
from storage.records.profiles import Need
from tests.agreements.stories import MENTEE, MENTOR, STRANGER, TERMS, agreed, does, writes
from tests.profiles.stories import introduces
from tests.promises.test_keeping import everything
from tests.support.world import TEAM, World

OTHER = "T0OTHER"
FINE = dict.fromkeys(map(str, ASPECTS_AND_TRAITS), 4)
USE_CASES = [
    pytest.param(mentorships.to_write, (), {}, id="to write"),
    pytest.param(mentorships.to_read, (1,), {}, id="to read"),
    pytest.param(mentorships.propose, (TERMS,), {"instead_of": 2}, id="propose"),
    pytest.param(mentorships.sign, (2,), {}, id="sign"),
    pytest.param(mentorships.still_right, (), {}, id="still right"),
    pytest.param(mentorships.go_on, (), {}, id="go on"),
    pytest.param(mentorships.end_as_agreed, (), {}, id="end as agreed"),
    pytest.param(feedback.end, (), {}, id="end"),
    pytest.param(feedback.to_score, (1,), {}, id="to score"),
    pytest.param(feedback.score, (1, FINE), {}, id="score"),
    pytest.param(feedback.to_close, (), {}, id="to close"),
    pytest.param(feedback.close, (Closing(thanks="Ha"),), {}, id="close"),
    pytest.param(feedback.to_say_outcomes, (), {}, id="to say outcomes"),
    pytest.param(feedback.say_outcomes, ([],), {}, id="outcomes"),
]


@pytest.mark.parametrize(("use_case", "args", "more"), USE_CASES)
async def test_a_guessed_id_tells_nothing_and_changes_nothing(
    socket_world: World, use_case: Any, args: tuple[object, ...], more: dict[str, object]
) -> None:
    world, bot = socket_world, socket_world.app.bot
    made = await agreed(world)
    await writes(world, made, over=1, months=12)
    before = await bot.read(TEAM, everything)
    for workspace, user, number in (
        (OTHER, MENTOR, made.id),
        (TEAM, MENTOR, 999),
        (TEAM, STRANGER, made.id),
        (TEAM, "U0IVY", made.id),  # who runs the programme has no say either
    ):
        with pytest.raises(Refused) as no:
            await bot.write(workspace, use_case, Actor(user), number, *args, **more)
        assert no.value.reason is Reason.NOT_YOUR_MENTORSHIP
    assert await bot.read(TEAM, everything) == before


@pytest.mark.parametrize("forged", ["999", "-1.1", "1 OR 1=1", "", "9" * 40, "1.", "1.x", "١.١"])
async def test_a_forged_button_gets_a_polite_refusal(socket_world: World, forged: str) -> None:
    world = socket_world
    made = await agreed(world)
    await writes(world, made, over=1, months=12)
    await world.clicks(MENTOR, agreement_view.SIGN, value=forged)
    assert (await world.app.bot.read(TEAM, agreements.latest, made.id)) is not None
    newest = await world.app.bot.read(TEAM, agreements.latest, made.id)
    assert newest
    assert not newest.signed


async def test_two_workspaces_never_see_what_people_said_in_one_another(
    socket_world: World,
) -> None:
    world, bot = socket_world, socket_world.app.bot
    await introduces(world, MENTEE, "late", discipline="Medicine")
    own = Need("late-new", CareerStage.LATE, "New tools")
    await bot.write(TEAM, queries.keep_need, own)
    await does(world, profiles.cover, MENTEE, "late-new", "U0EVA")
    made = await agreed(world)
    await does(world, goals.save, MENTEE, {}, "Run a trial", delivery="a goal")
    for user in (MENTEE, MENTOR):
        await does(world, feedback.score, user, made.id, 1, FINE)
    await does(world, feedback.end, MENTEE, made.id)
    await does(world, feedback.close, MENTEE, made.id, Closing(thanks="Thank you"))

    def seen(tx: Tx) -> list[object]:
        return [
            queries.get(tx, MENTEE).discipline,
            queries.own_needs(tx),
            queries.covers_of(tx, MENTEE),
            needs.get(tx, "late-new") == own,
            agreements.latest(tx, made.id),
            agreements.get(tx, made.id, 1),
            agreements.first_signed(tx, made.id),
            goal_queries.open_of(tx, MENTEE),
            goal_queries.closed(tx, MENTEE, 1),
            answers.scores(tx, made.id, 1),
            answers.thanks_of(tx, made.id, MENTEE),
            answers.answered_closing(tx, made.id, MENTEE),
            answers.answered_outcomes(tx, made.id, answers.END, MENTEE),
            answers.outcomes(tx, answers.END),
        ]

    assert not any(await bot.read(OTHER, seen))
    before = await bot.read(TEAM, seen)

    def meddle(tx: Tx) -> None:
        agreements.sign(tx, made.id, 1, as_mentee=True)
        agreements.holds(tx, made.id, 9)
        agreements.amend(tx, made.id, rhythm=TERMS.rhythm, months=1, ends_at=1)
        goal_queries.leave(tx, made.id)
        queries.uncover(tx, MENTEE, "late-new")
        answers.keep_barriers(tx, made.id, MENTEE, [])

    await bot.write(OTHER, meddle)
    assert await bot.read(TEAM, seen) == before


async def test_nobody_sees_the_scores_of_one_alone(socket_world: World) -> None:
    world, made = socket_world, await agreed(socket_world)
    await does(world, feedback.score, MENTEE, made.id, 1, dict.fromkeys(FINE, 1))
    assert await world.app.bot.read(TEAM, answers.scores, made.id, 1) != {}
    for user in (MENTEE, MENTOR, "U0IVY"):
        shown = "\n".join(each.text for each in world.messages(user))
        assert not any(f"{words}:" in shown for words, _ in view.SCORED.values())
