"""The state of a form, in Slack's shapes, from what it shows and what was put in."""

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
# Where an element's state holds what was picked, and where it says what it shows at first.
_PICKED = {
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
_ONE_OPTION = ("static_select", "radio_buttons", "overflow", "external_select")
_SEVERAL_OPTIONS = ("multi_static_select", "checkboxes", "multi_external_select")
_FORMS = {
    "email_text_input": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "email address"),
    "url_text_input": (re.compile(r"https?://\S+"), "URL"),
}
TYPED_MOST = 3000  # characters in one field, Slack's limit
# Elements that hold nothing; an overflow menu forgets what was picked.
_WITHOUT_STATE = (
    "button", "overflow", "image", "workflow_button", "feedback_buttons", "icon_button",
)  # fmt: skip
_USABLE = ("section", "actions", "input", "card", "context_actions")
# Blocks that hold others, and where.
_HOLDING = {"container": "child_blocks", "carousel": "elements"}


def named(blocks: list[Json]) -> list[Json]:
    """The blocks, with a block_id of Slack's making where the app gave none."""
    made = [{"block_id": secrets.token_hex(3), **block} for block in blocks]
    for block in made:
        if field := _HOLDING.get(str(block.get("type"))):
            block[field] = named(block[field])
    return made


def within(blocks: list[Json]) -> Iterator[Json]:
    """The blocks, and those that stand inside others."""
    for block in blocks:
        yield block
        if field := _HOLDING.get(str(block.get("type"))):
            yield from within(block[field])


def surviving(typed: Mapping[str, Any], old: list[Json], new: list[Json]) -> Json:
    """What stays of what was typed when blocks replace others: where both names are the same."""
    pairs = _names(old) & _names(new)
    kept = {name for pair in pairs for name in (*pair, key_of(*pair))}
    return {name: value for name, value in typed.items() if name in kept}


def key_of(block_id: str, action_id: str) -> str:
    """Under which name what was picked is kept: two blocks may have elements of one action."""
    return f"{block_id}/{action_id}"


def _names(blocks: list[Json]) -> set[tuple[str, str]]:
    return {
        (block["block_id"], element["action_id"])
        for block in within(blocks)
        for element in elements_of(block)
        if "action_id" in element
    }


def default_state(blocks: list[Json]) -> Json:
    """What a form comes to if it is submitted as it was opened."""
    return filled(blocks, {})


def filled(blocks: list[Json], values: Mapping[str, Any]) -> Json:
    """The state of the elements.

    `values` go by block id (inputs), by block and action id, or by action id: text, an id, a
    value or a list of them.
    """
    state: Json = {}
    for block in within(blocks):
        for element in elements_of(block):
            if element["type"] in _WITHOUT_STATE or "action_id" not in element:
                continue
            action = str(element["action_id"])
            name = str(block.get("block_id", action))
            keys = [name] * (block["type"] == "input") + [key_of(name, action), action]
            held = [values[key] for key in keys if key in values]
            chosen = held[0] if held else initial(element)
            state.setdefault(name, {})[action] = shape(element, chosen)
    return state


def elements_of(block: Json) -> list[Json]:
    """The elements of a block that somebody can use."""
    if block.get("type") not in _USABLE:
        return []
    several = [*block.get("elements", []), *block.get("actions", [])]
    return [each for each in [*several, block.get("accessory"), block.get("element")] if each]


def initial(element: Json) -> Any:
    """What an element shows at first, as a plain value."""
    kind = element["type"]
    if kind in _TYPED:
        return element.get("initial_value")
    if kind in _PICKED:
        return element.get(_PICKED[kind][1], [] if is_several(kind) else None)
    if kind == "rich_text_input":
        return element.get("initial_value")
    # The app alone knows what an external select offers: the whole option is kept.
    if kind in _ONE_OPTION:
        option = element.get("initial_option")
        return option if kind == "external_select" else (option or {}).get("value")
    options = element.get("initial_options", [])
    return options if kind == "multi_external_select" else [each["value"] for each in options]


def is_several(kind: str) -> bool:
    """Whether an element of this kind takes more than one thing."""
    return kind.startswith("multi_") or kind == "checkboxes"


def options_of(element: Json) -> list[Json]:
    """The options of an element, those of its groups too."""
    grouped = [each for group in element.get("option_groups", []) for each in group["options"]]
    return [*element.get("options", []), *grouped]


def shape(element: Json, chosen: Any) -> Json:
    """The state of an element in which `chosen`, a plain value, was picked or typed."""
    kind = element["type"]
    if kind in _TYPED:
        return {"type": kind, "value": str(chosen) if chosen not in (None, "") else None}
    if kind in _PICKED:
        nothing: list[str] | None = [] if is_several(kind) else None
        picked = list(chosen) if chosen and is_several(kind) else chosen
        return {"type": kind, _PICKED[kind][0]: picked or nothing}
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": _option(element, chosen)}
    if kind in _SEVERAL_OPTIONS:
        several = [_option(element, each) for each in chosen or []]
        return {"type": kind, "selected_options": [each for each in several if each]}
    return {"type": kind, **_composed(kind, chosen)}


def _composed(kind: str, chosen: Any) -> Json:
    """The state of an element in which something was written or put."""
    if kind == "rich_text_input" and chosen:
        return {"rich_text_value": as_rich_text(chosen)}
    return {"files": list(chosen or [])} if kind == "file_input" else {}


def _option(element: Json, chosen: Any) -> Json | None:
    """An option by its value; what an external select offered comes whole."""
    if isinstance(chosen, dict):
        return chosen
    return next((each for each in options_of(element) if each["value"] == chosen), None)


def as_rich_text(words: Any) -> Json:
    """Typed words as a rich text: one paragraph."""
    if isinstance(words, dict):
        return words
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(words)}]}
    return {"type": "rich_text", "elements": [line]}


def held_back(blocks: list[Json], state: Mapping[str, Any]) -> dict[str, str]:
    """What Slack's own client finds wrong with a form before anything is sent, by block id."""
    faults = {}
    for block in blocks:
        element = block.get("element") or {}
        held = state.get(block.get("block_id", ""), {}).get(element.get("action_id"))
        if block["type"] != "input" or held is None:
            continue
        content = next((value for name, value in held.items() if name != "type"), None)
        if content in (None, "", []):
            fault = "" if block.get("optional") else "Please complete this required field."
        else:
            fault = _unfit(element, content)
        if fault:
            faults[block["block_id"]] = fault
    return faults


def _unfit(element: Json, content: Any) -> str:
    """Why this can't stand in this element; nothing if it can."""
    kind = element["type"]
    if kind == "file_input":
        return _unfit_files(element, content)
    if is_several(kind):
        most = element.get("max_selected_items")
        return f"Please choose at most {most}." if most and len(content) > most else ""
    if kind == "number_input":
        return _unfit_number(element, content)
    if kind in _FORMS:
        wanted, words = _FORMS[kind]
        return "" if wanted.fullmatch(content) else f"Please enter a valid {words}."
    least, most = element.get("min_length", 0), element.get("max_length", TYPED_MOST)
    if kind not in _TYPED or least <= len(content) <= most:
        return ""
    few = len(content) < least
    return f"Please enter at {'least' if few else 'most'} {least if few else most} characters."


def _unfit_files(element: Json, files: list[Json]) -> str:
    most, kinds = element.get("max_files", 10), element.get("filetypes")
    if len(files) > most:
        return f"Please add at most {most} files."
    odd = [each["name"] for each in files if kinds and each["filetype"] not in kinds]
    return f"Please add files of these types only: {', '.join(kinds)}." if odd and kinds else ""


def _unfit_number(element: Json, content: str) -> str:
    wanted = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if re.fullmatch(wanted, content) is None:
        return "Please enter a number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(content) < float(least):
        return f"Please enter at least {least}."
    if most is not None and float(content) > float(most):
        return f"Please enter at most {most}."
    return ""
