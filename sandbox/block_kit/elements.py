"""Block Kit's elements as one table: what each holds, its limits, and where it may stand."""

from collections.abc import Iterator

from sandbox.block_kit.kinds import (
    Flag,
    Items,
    Json,
    Kind,
    Number,
    One,
    Rule,
    Shape,
    String,
    either,
    not_both,
    plain,
    told,
)
from sandbox.block_kit.objects import (
    ADDRESS,
    CONFIRM,
    DISPATCH,
    FILTER,
    GROUPS,
    NAME,
    OPTION,
    OPTIONS,
    OVERFLOWN,
    PLACEHOLDER,
    SLACK_FILE,
    STYLE,
    TICKED,
    WORKFLOW,
)
from sandbox.block_kit.rich_text import RICH_TEXT

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
TYPED_MOST = 3000  # characters in one field

_MANY = frozenset({"section", "actions", "input"})
_USED = {"action_id": NAME, "confirm": CONFIRM}
_CHOSEN = _USED | {"focus_on_load": Flag()}
_MENU = _CHOSEN | {"placeholder": PLACEHOLDER}
_SEVERAL = _MENU | {"max_selected_items": Number(least=1)}
_TYPED: dict[str, Kind] = {
    "action_id": NAME,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH,
    "focus_on_load": Flag(),
    "initial_value": String(TYPED_MOST),
}
_ROOMS = {
    "default_to_current_conversation": Flag(),
    "filter": FILTER,
}
_IDS = Items(String(least=1), least=1)
_BUTTON: dict[str, Kind] = {
    "text": plain(75),
    "value": String(2000),
    "accessibility_label": String(75),
}


def _listed(value: Json) -> list[object]:
    """The values of all options, those in groups too."""
    groups = value.get("option_groups", [])
    return [
        option["value"]
        for options in [value.get("options", []), *(group["options"] for group in groups)]
        for option in options
    ]


def _among(field: str) -> Rule:
    """What is picked at first is one of the options."""

    def rule(value: Json, at: str) -> Iterator[str]:
        shown = value.get(field, [])
        for option in shown if isinstance(shown, list) else [shown]:
            if option["value"] not in _listed(value):
                yield told(f"invalid {field}: not one of the options", f"{at}/{field}")

    return rule


def _lengths(value: Json, at: str) -> Iterator[str]:
    least, most = value.get("min_length", 0), value.get("max_length", TYPED_MOST)
    if least > most:
        yield told("`min_length` must be less than `max_length`", f"{at}/min_length")
    if not value.get("initial_value"):
        return
    if not least <= len(value["initial_value"]) <= most:
        yield told("initial_value does not fit the lengths allowed", f"{at}/initial_value")


def _bounds(value: Json, at: str) -> Iterator[str]:
    numbers = {}
    for name in ("min_value", "max_value", "initial_value"):
        try:
            numbers[name] = float(value[name]) if name in value else None
        except ValueError:
            yield told("must provide a number", f"{at}/{name}")
            return
    least, most = numbers["min_value"], numbers["max_value"]
    if least is not None and most is not None and least > most:
        yield told("`min_value` must be less than `max_value`", f"{at}/min_value")


_OPTIONS_RULES = (either("options", "option_groups"), not_both("options", "option_groups"))
_SEVERAL_SHOWN = Items(OPTION, least=1, most=100)

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        _USED
        | _BUTTON
        | {
            "url": ADDRESS,
            "style": STYLE,
            "visible_to_user_ids": Items(String(), most=10),
            "agent_prompt": String(4000),
        },
        needs=("text",),
        stands=frozenset({"section", "actions", "card", "data_table"}),
    ),
    "overflow": Shape(
        _USED | {"options": Items(OVERFLOWN, least=1, most=5)},
        needs=("options",),
        stands=frozenset({"section", "actions", "auth_provider"}),
    ),
    "workflow_button": Shape(
        {
            "action_id": NAME,
            "text": plain(75),
            "accessibility_label": String(75),
            "workflow": WORKFLOW,
            "style": STYLE,
        },
        needs=("text", "workflow"),
        stands=frozenset({"section", "actions"}),
    ),
    "image": Shape(
        {"alt_text": String(2000, least=1), "image_url": ADDRESS, "slack_file": SLACK_FILE},
        needs=("alt_text",),
        rules=(either("image_url", "slack_file"), not_both("image_url", "slack_file")),
        stands=frozenset({"section", "context"}),
    ),
    "static_select": Shape(
        _MENU | {"options": OPTIONS, "option_groups": GROUPS, "initial_option": OPTION},
        rules=(*_OPTIONS_RULES, _among("initial_option")),
        stands=_MANY,
    ),
    "multi_static_select": Shape(
        _SEVERAL | {"options": OPTIONS, "option_groups": GROUPS, "initial_options": _SEVERAL_SHOWN},
        rules=(*_OPTIONS_RULES, _among("initial_options")),
        stands=_MANY,
    ),
    "external_select": Shape(
        _MENU | {"initial_option": OPTION, "min_query_length": Number(least=0)}, stands=_MANY
    ),
    "multi_external_select": Shape(
        _SEVERAL | {"initial_options": _SEVERAL_SHOWN, "min_query_length": Number(least=0)},
        stands=_MANY,
    ),
    "users_select": Shape(_MENU | {"initial_user": String(least=1)}, stands=_MANY),
    "multi_users_select": Shape(_SEVERAL | {"initial_users": _IDS}, stands=_MANY),
    "conversations_select": Shape(
        _MENU | _ROOMS | {"initial_conversation": String(least=1), "response_url_enabled": Flag()},
        stands=_MANY,
    ),
    "multi_conversations_select": Shape(
        _SEVERAL | _ROOMS | {"initial_conversations": _IDS}, stands=_MANY
    ),
    "channels_select": Shape(
        _MENU | {"initial_channel": String(least=1), "response_url_enabled": Flag()}, stands=_MANY
    ),
    "multi_channels_select": Shape(_SEVERAL | {"initial_channels": _IDS}, stands=_MANY),
    "datepicker": Shape(_MENU | {"initial_date": String(form=DATE)}, stands=_MANY),
    "timepicker": Shape(
        _MENU | {"initial_time": String(form=TIME), "timezone": String()}, stands=_MANY
    ),
    # Ten digits; no section takes it.
    "datetimepicker": Shape(
        _CHOSEN | {"initial_date_time": Number(1_000_000_000, 9_999_999_999)},
        stands=frozenset({"actions", "input"}),
    ),
    "checkboxes": Shape(
        _CHOSEN
        | {
            "options": Items(TICKED, least=1, most=10),
            "initial_options": Items(TICKED, least=1, most=10),
        },
        needs=("options",),
        rules=(_among("initial_options"),),
        stands=_MANY,
    ),
    "radio_buttons": Shape(
        _CHOSEN | {"options": Items(TICKED, least=1, most=10), "initial_option": TICKED},
        needs=("options",),
        rules=(_among("initial_option"),),
        stands=_MANY,
    ),
    "plain_text_input": Shape(
        _TYPED
        | {
            "multiline": Flag(),
            "min_length": Number(0, TYPED_MOST),
            "max_length": Number(1, TYPED_MOST),
        },
        rules=(_lengths,),
        stands=frozenset({"input"}),
    ),
    "email_text_input": Shape(_TYPED, stands=frozenset({"input"})),
    "url_text_input": Shape(_TYPED, stands=frozenset({"input"})),
    "number_input": Shape(
        _TYPED | {"is_decimal_allowed": Flag(), "min_value": String(), "max_value": String()},
        needs=("is_decimal_allowed",),
        rules=(_bounds,),
        stands=frozenset({"input"}),
    ),
    "rich_text_input": Shape(
        _TYPED | {"initial_value": RICH_TEXT}, stands=frozenset({"input", "actions"})
    ),
    "file_input": Shape(
        {
            "action_id": NAME,
            "filetypes": Items(String(least=1), least=1),
            "max_files": Number(1, 10),
        },
        on=frozenset({"modal"}),
        stands=frozenset({"input"}),
    ),
    "feedback_buttons": Shape(
        {
            "action_id": NAME,
            "positive_button": Shape(_BUTTON, needs=("text", "value")),
            "negative_button": Shape(_BUTTON, needs=("text", "value")),
        },
        needs=("positive_button", "negative_button"),
        stands=frozenset({"context_actions"}),
    ),
    "icon_button": Shape(
        _USED
        | _BUTTON
        | {"icon": One(("trash",)), "visible_to_user_ids": Items(String(), most=10)},
        needs=("icon", "text"),
        stands=frozenset({"context_actions"}),
    ),
}
