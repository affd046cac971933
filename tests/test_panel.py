"""What admins and each person's Home see is true now; admins never see the words of a question."""

import dataclasses
from typing import Any

import pytest

from bot.delivery.targets import _TARGETS as TARGETS
from bot.views.blocks import Message, date
from bot.views.cohorts import ASK as MATCH_COHORT
from bot.views.consults import ids
from bot.views.forming import ASK as FORM_CIRCLES
from bot.views.home import EDIT_EXPERT, Standing, home
from bot.views.identifiers import CHECK
from bot.views.programme import (
    ADD_TOPIC,
    DISCARD,
    QUESTIONS,
    TAG_EXPERT,
    THINGS,
    TRY_AGAIN,
    Overview,
    dead_letters,
    panel,
)
from storage.records import Delivery, DeliveryState, Expert, Step, WorkingHours
from tests.support.cards import (
    ADA,
    BEN,
    IMMUNOTHERAPY,
    NOON,
    accepted,
    action_ids,
    consult,
    faults_of,
    objects,
    offer,
)

YEARS = 365 * 24 * 3600


def expert(paused_until: int | None = None) -> Expert:
    return Expert(ADA, "", 3, WorkingHours(), paused_until, (IMMUNOTHERAPY,))


def failed(reason: str = "is_archived") -> Delivery:
    key = "offer-card/17/U0ADA"
    return Delivery(5, "T0", key, "m", DeliveryState.DEAD, 1, 9, NOON, reason=reason)


def overview(**changes: Any) -> Overview:
    shown: dict[str, Any] = {"topics": [], "experts": [], "unfinished": [], "failed": []}
    return Overview(**{**shown, "now": NOON, **changes})


def home_of(**changes: Any) -> Message:
    shown: dict[str, Any] = {"user": BEN, "waiting": [], "taken": [], "asked": [], "expert": None}
    blocks = home(Standing(**{**shown, "now": NOON, **changes})).to_api()["blocks"]
    assert faults_of(blocks, most=100) == []
    texts = [each["text"] for each in objects(blocks) if isinstance(each.get("text"), str)]
    return Message("\n".join(texts), blocks)


def test_an_admin_sees_what_is_stuck_and_no_words_of_it() -> None:
    waiting = [consult(step=Step.ADMIN, admin=ADA), accepted()]
    shown = panel(overview(unfinished=waiting, topics=[IMMUNOTHERAPY], experts=[expert()]))
    assert "taper" not in str(shown)
    assert "guideline" not in str(shown)
    assert shown.text.count("It waits for an admin.") == 1
    assert "1 topic: immunotherapy" in shown.text
    assert "2 questions under way:" in shown.text
    assert action_ids(shown) == {
        TAG_EXPERT, ADD_TOPIC, QUESTIONS, FORM_CIRCLES, MATCH_COHORT, CHECK,
    }  # fmt: skip


def test_an_empty_programme_says_so() -> None:
    text = panel(overview()).text
    assert "0 topics: none yet" in text
    assert "0 experts." in text


def test_a_list_that_is_too_long_says_how_many_more_there_are() -> None:
    assert "… and 79 more." in panel(overview(experts=[expert()] * 99)).text


def test_a_list_of_long_lines_ends_with_a_whole_one() -> None:
    wordy = dataclasses.replace(expert(), topics=(IMMUNOTHERAPY,) * 30)
    listed = panel(overview(experts=[wordy] * 10)).blocks[2]["text"]["text"]
    lines = listed.splitlines()
    assert lines[-1] == f"… and {10 - (len(lines) - 2)} more."


def test_what_could_not_be_delivered_can_be_tried_again_or_discarded() -> None:
    shown = panel(overview(failed=[failed()]))
    assert "the card that puts a question to somebody" in shown.text
    assert {TRY_AGAIN, DISCARD} <= action_ids(shown)
    rows = [each for each in objects(shown.blocks) if each.get("action_id") in (TRY_AGAIN, DISCARD)]
    assert {row["value"] for row in rows} == {"5"}


def test_what_may_have_arrived_is_named_as_such() -> None:
    warning = "It may have arrived all the same"
    assert warning in dead_letters([failed("unsure: no_answer")]).text
    assert warning not in dead_letters([failed("is_archived")]).text
    assert "1 message could not be delivered" in dead_letters([failed()]).text


def test_every_thing_that_can_fail_has_a_name_in_words() -> None:
    assert set(THINGS) == set(TARGETS)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        pytest.param(None, "", id="not paused"),
        pytest.param(NOON, "", id="over"),
        pytest.param(NOON + 60, f"paused until {date(NOON + 60)}", id="until a date"),
        pytest.param(NOON + 50 * YEARS, "paused", id="until they say so"),
    ],
)
def test_a_pause_is_shown_as_long_as_it_lasts(until: int | None, words: str) -> None:
    for shown in (panel(overview(experts=[expert(until)])), home_of(expert=expert(until))):
        assert words in shown.text
        assert ("paused" in shown.text) == bool(words)
        assert ("paused until" in shown.text) == words.startswith("paused until")


def test_home_shows_what_waits_on_a_person_with_its_words_and_buttons() -> None:
    shown = home_of(waiting=[consult()], taken=[accepted()])
    assert f"<@{BEN}> asks for your advice" in shown.text
    assert f"You have taken a question of <@{BEN}>." in shown.text
    assert shown.text.count("How do I taper steroids?") == 2
    assert {ids.ACCEPT, ids.ANSWER_NOW, ids.PASS, ids.RELEASE, ids.CLOSE} <= action_ids(shown)


def test_home_shows_ones_own_questions_and_who_has_them() -> None:
    shown = home_of(asked=[(accepted(), []), (consult(), [offer()])])
    assert f"<@{ADA}> has taken your question." in shown.text
    assert f"Received. It is with <@{ADA}>." in shown.text
    assert shown.text.count("How do I taper steroids?") == 2


def test_home_invites_who_has_nothing_yet() -> None:
    shown = home_of()
    assert "Every question is welcome." in shown.text
    assert "What do colleagues come to you for?" in shown.text
    assert EDIT_EXPERT in action_ids(shown)
    assert "the person on call" in shown.text
