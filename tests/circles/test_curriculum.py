"""The questions of circles: shipped, the programme's own, and none twice before all were used."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import curriculum, programme
from bot.importing import FileFaults, questions_in
from bot.rules.curriculum import choose
from bot.views import programme as views
from storage import questions
from storage.records import CareerStage, Question
from tests.support.world import TEAM, World

QUESTIONS = st.lists(st.integers(0, 40), min_size=1, max_size=20, unique=True).map(
    lambda numbers: [Question(f"q{number}", f"Question {number}?") for number in numbers]
)


@given(QUESTIONS, st.integers(0, 1000), st.integers(1, 3))
def test_none_repeats_before_all_were_used(known: list[Question], seed: int, rounds: int) -> None:
    used: list[str] = []
    for _ in range(rounds * len(known)):
        last = used[-1] if used else None
        used.append(choose(known, Counter(used), seed, last=last).id)
    for start in range(0, len(used), len(known)):
        assert len(set(used[start : start + len(known)])) == len(known)
    assert len(known) == 1 or all(one != other for one, other in pairwise(used))


def test_circles_of_one_stage_do_not_all_begin_alike() -> None:
    early = [each for each in curriculum.shipped() if each.stage is CareerStage.EARLY]
    assert len({choose(early, {}, circle).id for circle in range(30)}) > 5


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
