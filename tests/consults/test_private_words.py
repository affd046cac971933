"""Words that name a topic of the personal class are known, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.personal import named_by
from bot.rules.words import nearest
from storage.records import Topic, TopicClass

BURN_OUT = Topic(1, "burn-out", TopicClass.PERSONAL, synonyms=("conflict with a colleague",))


@pytest.mark.parametrize(
    "text",
    [
        "I am near burn-out",
        "BURNOUT?",
        "burn out, again",
        "#burn-out what helped you?",
        "is it burn_out",
        "A colleague and I have a conflict",
        "conflicts with colleagues",
    ],
)
def test_words_that_name_a_personal_topic_are_private(text: str) -> None:
    assert named_by(text, [BURN_OUT])


@pytest.mark.parametrize(
    "text",
    ["", "How do I taper steroids?", "a colleague said so", "burn after radiation", "outburn"],
)
def test_other_words_are_not(text: str) -> None:
    assert not named_by(text, [BURN_OUT])


@given(st.text(), st.text(), st.sampled_from(["burn-out", "burnout", "Burn out"]))
def test_whatever_stands_around_it(before: str, after: str, name: str) -> None:
    assert named_by(f"{before} {name} {after}", [BURN_OUT])


@given(st.text(min_size=1))
def test_a_topic_whose_name_says_nothing_makes_nothing_private(text: str) -> None:
    assert not named_by(text, [Topic(1, "—", TopicClass.PERSONAL)])


def test_a_mistyped_topic_gets_the_nearest() -> None:
    names = ("pain", "palliative care", "immunotherapy", "lung cancer")
    assert nearest("immunoterapy", names) == ["immunotherapy"]
    assert nearest("Lung_Cancer", names) == ["lung cancer"]
    assert nearest("pal", names)[-1] == "palliative care"
    assert nearest("zebra", names) == []
