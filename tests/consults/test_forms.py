"""Forms keep what was put in, lose nothing on the way back, and say what they are for."""

import dataclasses
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules.words import clean
from bot.views.blocks import Modal
from bot.views.consults import forms, ids
from bot.views.endorsements import FORM as ENDORSE_FORM
from bot.views.endorsements import endorse_form
from bot.views.members import EXPERT_FORM, expert_form
from bot.views.programme import TAG_FORM, TOPIC_FORM, tag_form, topic_form
from handlers import parse
from sandbox.forms import default_state
from storage.records import Draft, Expert, Outcome, Topic, TopicClass, Urgency, WorkingHours
from tests.support.cards import IMMUNOTHERAPY, Json, consult, detail, faults_of, objects

MANY = tuple(Topic(number, f"topic {number:03}") for number in range(1, 251))
EXPERT = Expert(
    "U0ADA", "Ask me", 4, WorkingHours(420, 1440, (1, 3, 7)), None, MANY[:2] + MANY[-1:]
)
FORMS = {
    ids.ASK_FORM: forms.ask_form([IMMUNOTHERAPY], Draft()),
    ids.CHANGE_FORM: forms.change_form([IMMUNOTHERAPY], consult()),
    ids.ANSWER_FORM: forms.answer_form(consult()),
    ids.PASS_FORM: forms.pass_form(17),
    ids.DETAIL_FORM: forms.detail_form(consult()),
    ids.DETAIL_ANSWER_FORM: forms.detail_answer_form(detail()),
    ids.REST_FORM: forms.rest_form(consult(), date(2026, 12, 31)),
    ids.FORWARD_FORM: forms.forward_form(consult()),
    ENDORSE_FORM: endorse_form(MANY, "U0ADA"),
    ids.OUTCOME_FORM: forms.outcome_form(17),
    ids.EFFORT_FORM: forms.effort_form(17),
    EXPERT_FORM: expert_form(MANY, EXPERT, ["U0CAM"]),
    TAG_FORM: tag_form(MANY),
    TOPIC_FORM: topic_form(),
}


def submitted(form: Modal) -> Json:
    """What Slack sends when the form is submitted as it was opened."""
    view = form.to_api()
    state = {"values": default_state(view["blocks"])}
    metadata = view["private_metadata"]
    return {
        "type": "view_submission",
        "view": {"state": state, "private_metadata": metadata},
    }


@pytest.mark.parametrize(("callback_id", "form"), FORMS.items())
def test_every_form_is_one_that_slack_takes(callback_id: str, form: Modal) -> None:
    view = form.to_api()
    assert view["callback_id"] == callback_id
    assert faults_of(view["blocks"], most=100) == []
    for key in ("title", "submit", "close"):
        assert 0 < len(view[key]["text"]) <= 24


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_field_keeps_its_words_when_the_form_is_shown_again(form: Modal) -> None:
    for block in form.blocks:
        if block["type"] == "input":
            assert block["block_id"] == block["element"]["action_id"]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_carries_the_id_and_nobodys_words(form: Modal) -> None:
    assert form.ids in ("", "17")
    if form.ids:
        assert parse.named_id(submitted(form)) == 17


@given(
    st.builds(
        Draft,
        st.text("abc <>&*\n", min_size=1).map(clean).filter(bool),
        st.text("abc <>&*").map(clean),
        st.sets(st.sampled_from(MANY).map(lambda topic: topic.id), max_size=9).map(tuple),
        st.sampled_from(Urgency),
        st.none() | st.just("U0ADA"),
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_change_form_saved_as_it_was_opened_changes_nothing(draft: Draft) -> None:
    asked = consult(
        question=draft.question,
        tried=draft.tried,
        urgency=draft.urgency,
        wanted_expert=draft.wanted_expert,
        topics=tuple(topic for topic in MANY if topic.id in draft.topic_ids),
    )
    saved = parse.draft(submitted(forms.change_form(MANY, asked)))
    assert saved == dataclasses.replace(draft, topic_ids=tuple(sorted(draft.topic_ids)))


@pytest.mark.parametrize("topics", [MANY[:100], MANY[:101], MANY])
def test_every_topic_can_be_chosen_however_many_there_are(topics: tuple[Topic, ...]) -> None:
    form = forms.ask_form(topics, Draft())
    chosen = {each["value"] for each in objects(form.blocks) if "value" in each}
    assert chosen >= {str(topic.id) for topic in topics}


def test_an_expert_who_saves_the_form_as_it_was_opened_keeps_everything() -> None:
    body = submitted(expert_form(MANY, EXPERT, ["U0CAM"]))
    profile = parse.profile(body)
    assert profile.topic_ids == (1, 2, 250)
    assert (profile.about, profile.capacity) == ("Ask me", 4)
    assert (profile.starts, profile.ends) == (420, 1440)
    assert list(profile.days) == [1, 3, 7]
    assert parse.users(body, "left_out") == ["U0CAM"]


def test_somebody_new_is_offered_usual_hours_and_a_small_number() -> None:
    profile = parse.profile(submitted(expert_form(MANY, None, [])))
    assert (profile.starts, profile.ends, list(profile.days)) == (540, 1020, [1, 2, 3, 4, 5])
    assert profile.capacity == 3


def test_without_topics_there_is_no_form_but_a_word() -> None:
    for form in (expert_form([], None, []), tag_form([])):
        assert form.submit is None
        assert "no topics yet" in str(form.blocks)


def test_asking_needs_no_topic() -> None:
    asked = forms.ask_form([], Draft(question="Who knows?"))
    assert parse.draft(submitted(asked)) == Draft(question="Who knows?")


@pytest.mark.parametrize("name", [ids.ASK_FORM, ids.CHANGE_FORM])
def test_where_one_asks_stands_whom_to_call_and_what_not_to_write(name: str) -> None:
    shown = str(FORMS[name].blocks)
    assert "please call the person on call" in shown
    assert "nothing that identifies a patient" in shown


def test_a_message_somebody_asks_about_is_in_the_form_and_named() -> None:
    form = forms.ask_form([], Draft(tried="What she wrote"), about_message=True)
    assert "The message you started from is below" in str(form.blocks)
    assert parse.draft(submitted(form)).tried == "What she wrote"


def test_passing_says_that_the_asker_is_not_told() -> None:
    shown = str(FORMS[ids.PASS_FORM].blocks)
    assert "The asker is not told" in shown
    assert "Never shown to the asker" in shown


def test_whether_it_helped_has_three_answers_and_none_is_suggested() -> None:
    form = FORMS[ids.OUTCOME_FORM]
    values = {each["value"] for each in objects(form.blocks) if "value" in each}
    assert values == {Outcome.SOLVED, Outcome.PARTLY, Outcome.NO}
    assert "initial_option" not in str(form.blocks)


def test_only_what_is_needed_is_asked() -> None:
    asked = (ids.ASK_FORM, ids.ANSWER_FORM, ids.PASS_FORM, ids.OUTCOME_FORM, ids.EFFORT_FORM)
    needed = {
        block["block_id"]
        for name in asked
        for block in FORMS[name].blocks
        if block["type"] == "input" and not block["optional"]
    }
    assert needed == {"question", "urgency", "anonymous", "answer", "outcome"}


def test_a_personal_topic_is_one_that_never_reaches_a_channel() -> None:
    options = [each for each in objects(topic_form().blocks) if each.get("value") == "personal"]
    assert options[0]["text"]["text"] == "Personal: never in a channel"
    assert parse.topic(submitted(topic_form())).topic_class is TopicClass.GENERAL
