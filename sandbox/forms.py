"""The state of a form, in Slack's shapes, from what it shows and what was put in."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
_ONE = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_INITIAL = {
    "users_select": "initial_user",
    "channels_select": "initial_channel",
    "conversations_select": "initial_conversation",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
}


def default_state(blocks: list[Json]) -> Json:
    """What a form comes to if it is submitted as it was opened."""
    return filled(blocks, {})


def filled(blocks: list[Json], values: Mapping[str, Any]) -> Json:
    """The state of the inputs. `values` go by block id: text, an id, a value or a list of them."""
    state: Json = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        name = block.get("block_id", element["action_id"])
        chosen = values[name] if name in values else initial(element)
        state[name] = {element["action_id"]: _shape(element, chosen)}
    return state


def initial(element: Json) -> Any:
    """What an element shows at first, as a plain value."""
    kind = element["type"]
    if kind in _TYPED:
        return element.get("initial_value")
    if kind in _INITIAL:
        return element.get(_INITIAL[kind])
    if kind == "multi_users_select":
        return element.get("initial_users", [])
    if kind in ("static_select", "radio_buttons"):
        return (element.get("initial_option") or {}).get("value")
    return [option["value"] for option in element.get("initial_options", [])]


def options_of(element: Json) -> list[Json]:
    """The options of an element, those of its groups too."""
    grouped = [each for group in element.get("option_groups", []) for each in group["options"]]
    return [*element.get("options", []), *grouped]


def _shape(element: Json, chosen: Any) -> Json:
    kind = element["type"]
    if kind in _TYPED:
        return {"type": kind, "value": str(chosen) if chosen not in (None, "") else None}
    if kind in _ONE:
        return {"type": kind, _ONE[kind]: chosen or None}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": list(chosen or [])}
    options = options_of(element)
    if kind in ("static_select", "radio_buttons"):
        option = next((each for each in options if each["value"] == chosen), None)
        return {"type": kind, "selected_option": option}
    picked = [each for each in options if each["value"] in (chosen or [])]
    return {"type": kind, "selected_options": picked}
