"""The inputs of a form, and what was put into them."""

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from sandbox.forms import initial
from sandbox.page.controls import Changed, draw_control
from sandbox.page.seat import Menus

Json = dict[str, Any]


def draw_field(
    block: Json,
    menus: Menus,
    typed: Mapping[str, Any],
    error: str | None = None,
    changed: Changed | None = None,
) -> Callable[[], Any]:
    """Draw an input block that holds what was typed before; gives a function that reads it."""
    element = block["element"]
    label = block["label"]["text"] + (" (optional)" if block.get("optional") else "")
    name = block["block_id"]
    with ui.column().classes("w-full gap-1") as field:
        ui.label(label).classes("field-label")
        value = typed[name] if name in typed else initial(element)
        # Only elements that say so tell the app of each change.
        told = changed if block.get("dispatch_action") else None
        if told:
            field.props("data-tells")
        control = draw_control(element, menus, value, label, told)
        if block.get("hint"):
            ui.label(block["hint"]["text"]).classes("hint")
        if error:
            ui.label(error).classes("field-error").props("role=alert")
    return control.read
