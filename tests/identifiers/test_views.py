"""What an author sees of their own words fits into Slack's limits and formats nothing of theirs."""

from typing import Any

import pytest

from bot.rules.identifiers import Kind, Span, find
from bot.views import identifiers as views
from bot.views.blocks import Message, Modal, field_of, text_input
from handlers.parse.typed import confirmation, typed
from storage.records.identifiers import IdentifierCheck
from tests.promises.test_typed_words import NASTY, read_as_markup
from tests.support.cards import faults_of, faults_of_message, marked_up


def form(fields: int) -> dict[str, Any]:
    names = [f"field{number}" for number in range(fields)]
    blocks = [field_of(name, name, text_input(multiline=True)) for name in names]
    return Modal("A form", blocks, "a.form", "Save", "17").to_api()


def seen(words: str, fields: int = 1) -> tuple[dict[str, str], dict[str, tuple[Span, ...]]]:
    typed_words = {f"field{number}": words for number in range(fields)}
    return typed_words, {name: find(each) for name, each in typed_words.items()}


def test_every_kind_has_words() -> None:
    assert set(views.KINDS) == set(Kind)


LONGEST = [
    pytest.param("Mrs Quill & seen on 3/5/2023, " * 100, id="full of it"),
    pytest.param("&<>*" * 700 + " Mrs Quill", id="escapes"),
    pytest.param("Mrs Quill " + "🩺" * 2900, id="emoji"),
]


@pytest.mark.parametrize("confirm", [None, "0" * 200])
@pytest.mark.parametrize("fields", [1, 60, 99])
@pytest.mark.parametrize("words", LONGEST)
def test_a_form_that_comes_back_fits(words: str, fields: int, confirm: str | None) -> None:
    typed_words, found = seen(words[:3000], fields)
    view = views.again(form(fields), typed_words, found, confirm)
    assert faults_of(view["blocks"], most=100) == []
    assert {f"field{number}" for number in range(min(fields, 98))} <= {
        block["block_id"] for block in view["blocks"]
    }
    assert view["private_metadata"] == "17"


@pytest.mark.parametrize("words", LONGEST)
def test_a_message_that_comes_back_fits(words: str) -> None:
    shown = views.marked(*seen(words[:3000], 3))
    assert faults_of_message(shown) == []
    assert "Mrs Quill" in shown.text


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_words_that_come_back_format_nothing(nasty: str) -> None:
    typed_words, found = seen(f"{nasty} Mrs Quill {nasty} 3/5/2023 {nasty}")
    shown = views.marked(typed_words, found)
    view = views.again(form(1), typed_words, found, None)
    for message in (shown, Message("", view["blocks"])):
        for markup in marked_up(message):
            assert read_as_markup(markup) == []
    assert faults_of_message(shown) == []


def test_nothing_ever_claims_that_a_text_is_free_of_identifiers() -> None:
    words = [*views.STRICTNESS.values(), views.NOTHING_KEPT, views.EDIT, views.OR_CONFIRM]
    words += [views.check_told(each, 3) for each in IdentifierCheck]
    words += [str(views.check_form(each).to_api()) for each in IdentifierCheck]
    for each in words:
        assert "de-identif" not in each.lower()
        assert "anonymi" not in each.lower()


def test_kinds_are_told_without_any_of_the_words() -> None:
    _, found = seen("Mrs Quill, seen on 3/5/2023 and 4/5/2023")
    assert views.kinds_told(found) == "a person's name and a date"


def test_what_stands_far_from_a_mark_is_left_out() -> None:
    words = "far " * 100 + "Mrs Quill" + " away" * 100
    quote = views.again(form(1), *seen(words), None)["blocks"][2]
    shown = "".join(each["text"] for each in quote["elements"][1]["elements"])
    assert len(shown) < 200
    assert "Mrs Quill" in shown


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_list",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "For Mrs "},
                        {"type": "text", "text": "Quill", "style": {"bold": True}},
                    ],
                }
            ],
        },
        {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://a.example"}]},
    ],
}


def submitted(**fields: dict[str, Any]) -> dict[str, Any]:
    values = {name: {name: state} for name, state in fields.items()}
    return {
        "type": "view_submission",
        "view": {"callback_id": "a.form", "state": {"values": values}},
    }


def test_the_words_of_every_kind_of_field_are_taken() -> None:
    what = typed(
        submitted(
            plain={"type": "plain_text_input", "value": "some words"},
            mail={"type": "email_text_input", "value": "a@example.org"},
            rich={"type": "rich_text_input", "rich_text_value": RICH},
            empty={"type": "plain_text_input", "value": None},
            chosen={"type": "static_select", "selected_option": {"value": "Mrs Quill"}},
        )
    )
    assert what
    assert set(what.fields) == {"plain", "mail", "rich"}
    assert "For Mrs Quill" in what.fields["rich"]
    assert "https://a.example" in what.fields["rich"]


def test_what_is_typed_outside_of_a_form_is_taken_too_and_a_buttons_value_is_not() -> None:
    action = {"type": "plain_text_input", "block_id": "search", "value": "Mrs Quill"}
    button = {"type": "button", "block_id": "press", "value": "Mrs Quill"}
    what = typed({"type": "block_actions", "actions": [action, button]})
    assert what
    assert what.fields == {"search": "Mrs Quill"}


def test_events_and_clicks_hold_nothing_typed() -> None:
    assert typed({"type": "event_callback", "event": {"text": "Mrs Quill"}}) is None
    assert confirmation({"type": "block_actions"}) is None


def test_a_mention_in_a_command_is_a_colleague() -> None:
    what = typed({"command": "/mentor", "text": "<@U1|Jane Doe> asks &lt;this&gt;"})
    assert what
    assert what.fields == {"text": "@ asks <this>"}
