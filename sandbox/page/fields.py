"""The inputs of a form, and what was put into them."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sandbox.forms import initial
from sandbox.page.controls import draw_control
from sandbox.page.elements import Surface, named
from sandbox.page.place import Changed, Place, slug

Json = dict[str, Any]
# Where a tick or a picked date is one thing of several, the label names the group of them.
_GROUPS = ("radio_buttons", "checkboxes", "file_input")


def draw_field(
    block: Json, surface: Surface, error: str = "", changed: Changed | None = None
) -> Callable[[], Any]:
    """Draw an input block that holds what was typed before; gives a function that reads it."""
    element, typed = block["element"], surface.typed
    name, label = str(block["block_id"]), named(block["label"])
    optional = bool(block.get("optional"))
    if optional:
        label += " (optional)"
    field_id = f"{surface.before}-{slug(name)}"
    about = [f"{field_id}-hint"] * bool(block.get("hint")) + [f"{field_id}-error"] * bool(error)
    place = Place(
        field_id,
        label,
        " ".join(about),
        needed=not optional,
        wrong=bool(error),
        labelled=f"{field_id}-label",
        block_id=name,
    )
    with ui.element("div").classes("field" + " wrong" * bool(error)) as field:
        _draw_label(label, place, grouped=element["type"] in _GROUPS)
        value = typed[name] if name in typed else initial(element)
        # Only elements that say so tell the app of each change.
        told = changed if block.get("dispatch_action") else None
        if told and _tells_of_enter(element):
            field.props("data-tells")
        control = draw_control(element, surface, value, place, told)
        if block.get("hint"):
            ui.label(named(block["hint"])).classes("hint").props(f"id={field_id}-hint")
        if error:
            ui.label(error).classes("field-error").props(f"role=alert id={field_id}-error")
    return control.read


def _draw_label(label: str, place: Place, *, grouped: bool) -> None:
    tag = "div" if grouped else "label"
    made = ui.element(tag).classes("field-label" + " needed" * place.needed)
    made.props(f"id={place.labelled}" + ("" if grouped else f" for={place.id}"))
    with made:
        ui.label(label)


def _tells_of_enter(element: Json) -> bool:
    """Whether Enter in it is a word to the app rather than the sending of the form."""
    config = element.get("dispatch_action_config") or {}
    return "on_enter_pressed" in config.get("trigger_actions_on", ["on_enter_pressed"])
