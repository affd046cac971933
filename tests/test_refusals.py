"""Every word said when something is not possible: what happened, what to do, and no blame."""

import re

import pytest

from bot.errors import Reason
from bot.views import help as help_view
from bot.views import members, refusals
from tests.support.cards import NOON, faults_of_message

SENTENCES = {reason.value: words for reason, words in refusals.WORDS.items()} | {
    "broken": refusals.BROKEN,
    "busy": refusals.BUSY,
    "misread pause": members.misread_pause().text,
    "typo": help_view.unknown_command("status").text,
}
# Where to turn: a command, a person, or a thing to do.
WHAT_TO_DO = re.compile(r"`/mentor|[Pp]lease|[Cc]hoose|[Tt]ry again|nothing left to do|Thank you")
BLAME = re.compile(
    r"\b(you (must|failed|should have|forgot)|invalid|illegal|forbidden|denied|error|wrong input"
    r"|exception|null|consult|payload|outbox)\b",
    re.IGNORECASE,
)


def test_every_reason_has_words_of_its_own() -> None:
    assert set(refusals.WORDS) == set(Reason)
    assert len(set(refusals.WORDS.values())) == len(Reason)


@pytest.mark.parametrize("words", SENTENCES.values(), ids=SENTENCES)
def test_a_refusal_says_what_to_do(words: str) -> None:
    assert WHAT_TO_DO.search(words)
    assert words.endswith((".", "!", "?"))


@pytest.mark.parametrize("words", SENTENCES.values(), ids=SENTENCES)
def test_a_refusal_is_short_and_blames_nobody(words: str) -> None:
    assert not BLAME.search(words)
    assert len(words) <= 250


def test_a_store_that_is_busy_is_never_called_received() -> None:
    assert "not received" in refusals.BUSY


def test_a_refused_sixth_question_is_welcome_later() -> None:
    assert "welcome" in refusals.WORDS[Reason.ENOUGH_OPEN]


def test_a_typo_gets_the_nearest_command() -> None:
    assert "Did you mean `/mentor status`?" in help_view.unknown_command("status").text


def test_help_is_one_screen() -> None:
    message = help_view.help_message()
    assert faults_of_message(message) == []
    assert len(message.text) <= 2000
    assert "the person on call" in message.text


def test_a_pause_without_a_date_names_none() -> None:
    assert "<!date" not in members.paused(None).text
    assert f"<!date^{NOON}^" in members.paused(NOON).text
