"""The inputs of a form, and what was put into them."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sandbox.forms import initial, options_of
from sandbox.page.mrkdwn import Reader

Json = dict[str, Any]


def draw_field(block: Json, reader: Reader, error: str | None) -> Callable[[], Any]:
    """Draw an input block; gives a function that reads what it holds."""
    element = block["element"]
    label = block["label"]["text"] + (" (optional)" if block.get("optional") else "")
    with ui.column().classes("w-full gap-1"):
        ui.label(label).classes("field-label")
        control = _control(element, reader, label)
        if block.get("hint"):
            ui.label(block["hint"]["text"]).classes("hint")
        if error:
            ui.label(error).classes("field-error").props("role=alert")
    return lambda: control.value


def _control(element: Json, reader: Reader, label: str) -> Any:
    kind, value = element["type"], initial(element)
    named = f'aria-label="{label.replace(chr(34), "")}" dense outlined'
    if kind == "plain_text_input" and element.get("multiline"):
        return ui.textarea(value=value or "").props(f"{named} autogrow").classes("w-full")
    if kind in ("plain_text_input", "number_input", "email_text_input", "url_text_input"):
        return ui.input(value=value or "").props(named).classes("w-full")
    options = {option["value"]: option["text"]["text"] for option in options_of(element)}
    if kind == "radio_buttons":
        return ui.radio(options, value=value)
    if kind == "timepicker":
        return ui.input(value=value or "").props(f"{named} type=time")
    if kind == "datepicker":
        return ui.input(value=value or "").props(f"{named} type=date")
    if kind == "channels_select":
        options = dict(reader.channels)
    if kind in ("users_select", "multi_users_select"):
        options = dict(reader.people)
    several = kind.startswith("multi_") or kind == "checkboxes"
    known = [each for each in value or [] if each in options] if several else value
    made = ui.select(options, value=known, multiple=several, with_input=not several, clearable=True)
    return made.props(f"{named} use-chips" if several else named).classes("w-full")
