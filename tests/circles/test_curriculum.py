"""The questions of circles: shipped, the programme's own, and none twice before all were used."""

import tomllib
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import curriculum, programme, sessions
from bot.authority import Actor
from bot.importing import FileFaults, questions_in
from bot.rules.curriculum import choose, in_turn
from bot.views import programme as views
from storage import questions
from storage import sessions as session_queries
from storage.records import CareerStage, Circle, Question
from tests.circles import stories
from tests.support.world import DAY, TEAM, World

QUESTIONS = st.lists(st.integers(0, 40), min_size=1, max_size=20, unique=True).map(
    lambda numbers: [Question(f"q{number}", f"Question {number}?") for number in numbers]
)


@given(st.lists(QUESTIONS, min_size=1, max_size=60), st.integers(0, 1000))
def test_none_repeats_before_all_were_used(known: list[list[Question]], seed: int) -> None:
    """Each session may find other questions than the one before: added, removed, changed."""
    used: list[str] = []
    for questions_then in known:
        used.append(in_turn(questions_then, used, seed)[0].id)
        before = used[:-1]
        if used[-1] in before:
            since = before[len(before) - before[::-1].index(used[-1]) :]
            assert {each.id for each in questions_then} - {used[-1]} <= set(since)


@given(QUESTIONS, st.integers(0, 1000), st.integers(0, 20))
def test_another_question_is_one_never_used_while_there_is_any(
    known: list[Question], seed: int, sessions_before: int
) -> None:
    used = [in_turn(known, [], seed)[0].id for _ in range(min(sessions_before, len(known)))]
    choice = in_turn(known, used, seed)
    seen = [choose(choice).id]
    while len(seen) < len(choice):
        seen.append(choose(choice, seen[-1]).id)
    assert sorted(seen) == sorted(each.id for each in choice)
    assert len({each.id for each in known} - set(used) - set(seen)) == 0


def test_circles_of_one_stage_do_not_all_begin_alike() -> None:
    early = [each for each in curriculum.shipped() if each.stage is CareerStage.EARLY]
    assert len({in_turn(early, [], circle)[0].id for circle in range(30)}) > 5


NEEDS = {
    CareerStage.EARLY: {
        "from trainee to independent practice",
        "technical skills of the institution",
        "difficult conversations",
        "work-life balance",
    },
    CareerStage.MID: {
        "professional development",
        "leadership",
        "keeping up with the literature",
        "committee and volunteer work",
    },
    CareerStage.LATE: {
        "becoming a mentor",
        "leading in the community",
        "transition to retirement",
    },
}


@pytest.mark.parametrize("stage", CareerStage)
def test_the_questions_of_a_stage_cover_its_needs(stage: CareerStage) -> None:
    file = resources.files("bot").joinpath(curriculum.DATA, f"{stage}.toml")
    needs = Counter(each["need"] for each in tomllib.loads(file.read_text())["question"])
    assert all(needs[need] >= 2 for need in NEEDS[stage])


def test_every_stage_has_questions_enough_and_none_twice() -> None:
    shipped = curriculum.shipped()
    assert (
        len({each.id for each in shipped}) == len({each.text for each in shipped}) == len(shipped)
    )
    for stage in CareerStage:
        of_stage = [each for each in shipped if each.stage is stage]
        assert len(of_stage) >= 12
        for each in of_stage:
            assert 20 <= len(each.text) <= curriculum.QUESTION_MAX
            assert each.text.endswith(("?", "."))
            assert 0 < len(each.prompt) <= curriculum.QUESTION_MAX


def test_a_programmes_own_questions_come_from_a_file() -> None:
    first, second = questions_in("question,stage,prompt\nWhat now?,mid,Wait.\nWho else?,,\n")
    assert (first.text, first.stage, first.prompt) == ("What now?", CareerStage.MID, "Wait.")
    assert second.stage is None
    assert questions_in("question\nWhat now?\n")[0].id == first.id


def test_a_bad_row_is_named_with_its_line() -> None:
    with pytest.raises(FileFaults) as faults:
        questions_in("question,stage\nWhat now?,senior\n,mid\n")
    assert "line 2: stage is" in str(faults.value)
    assert "line 3: question is missing" in str(faults.value)


async def test_an_admin_adds_changes_and_removes_questions(socket_world: World) -> None:
    world = socket_world

    async def own() -> list[str]:
        return [each.text for each in await world.app.bot.read(TEAM, questions.own)]

    async def submitted(**values: str) -> None:
        await world.types("U0IVY", "admin")
        await world.clicks("U0IVY", views.QUESTIONS)
        await world.submits("U0IVY", **values)

    await submitted(question="What keeps you here?", stage="late")
    assert await own() == ["What keeps you here?"]
    (stored,) = await world.app.bot.read(TEAM, questions.own)
    await submitted(instead_of=stored.id, question="What keeps you going?")
    assert await own() == ["What keeps you going?"]
    (stored,) = await world.app.bot.read(TEAM, questions.own)
    await submitted(instead_of=stored.id)
    assert await own() == []


async def test_importing_again_changes_and_never_doubles(socket_world: World) -> None:
    bot = socket_world.app.bot
    rows = questions_in("question,stage\nWhat now?,mid\n")
    assert (await bot.write(TEAM, programme.import_questions, rows)).added == 1
    counts = await bot.write(TEAM, programme.import_questions, rows)
    assert (counts.added, counts.changed) == (0, 1)


async def keeps(world: World, text: str, instead_of: str | None = None) -> Question:
    """An admin adds a question, changes one or (without words) removes it."""
    question = Question(curriculum.own_id(text), text)
    await world.app.bot.write(TEAM, programme.keep_question, Actor("U0IVY"), question, instead_of)
    return question


async def prepared(world: World) -> tuple[Circle, Question]:
    """A circle whose session tomorrow has the programme's own question."""
    own = await keeps(world, "What keeps you here?")
    circle = await stories.circle(world)
    await world.later(stories.TO_FIRST - DAY)
    session = await stories.ahead(world, circle)
    await world.app.bot.write(TEAM, session_queries.asks, session.id, own.id)
    return circle, own


async def test_a_changed_question_does_not_come_again_as_a_new_one(socket_world: World) -> None:
    circle, own = await prepared(socket_world)
    await socket_world.later(DAY)
    changed = await keeps(socket_world, "What keeps you going here?", own.id)
    used = await socket_world.app.bot.read(TEAM, session_queries.questions_used, circle.id)
    assert used == [changed.id]


async def test_the_facilitator_reads_a_question_as_it_was_changed(socket_world: World) -> None:
    _, own = await prepared(socket_world)
    await keeps(socket_world, "What keeps you going here?", own.id)
    await socket_world.settle()
    assert "What keeps you going here?" in socket_world.messages("U0BEN")[-1].text


async def test_a_session_whose_question_is_removed_has_another(socket_world: World) -> None:
    circle, own = await prepared(socket_world)
    await keeps(socket_world, "", own.id)
    session = await stories.ahead(socket_world, circle)
    assert session.question_id
    assert await socket_world.app.bot.read(TEAM, curriculum.get, session.question_id)


async def test_another_question_and_another_leads_through_all_of_them(socket_world: World) -> None:
    world = socket_world
    circle, _ = await prepared(world)
    session = await stories.ahead(world, circle)
    seen = set()
    for _ in range(12):
        await stories.does(world, sessions.swap_question, "U0BEN", session.id)
        seen.add((await stories.ahead(world, circle)).question_id)
    assert len(seen) == 12
