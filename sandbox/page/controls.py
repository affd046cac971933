"""Whatever one can put something into or pick from, wherever it stands."""

from typing import TYPE_CHECKING, Any

from sandbox.page.inputs import PICKERS, TYPED, draw_files, draw_picker, draw_ticks, draw_typed
from sandbox.page.menus import draw_menu
from sandbox.page.place import Changed, Control, Place

if TYPE_CHECKING:
    from sandbox.page.elements import Surface

Json = dict[str, Any]


def draw_control(
    element: Json, surface: "Surface", value: Any, place: Place, changed: Changed | None = None
) -> Control:
    """Draw an element that holds `value`; `changed` is called after each change."""
    kind = element["type"]
    if kind in TYPED:
        return draw_typed(element, value, place, changed)
    if kind in PICKERS:
        return draw_picker(kind, surface.menus.zone, value, place, changed)
    if kind in ("radio_buttons", "checkboxes"):
        return draw_ticks(element, surface, value, place, changed)
    if kind == "file_input":
        return draw_files(element, surface, value, place)
    return draw_menu(element, surface, value, place, changed)
