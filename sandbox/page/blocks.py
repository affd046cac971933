"""Block Kit drawn on the page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from sandbox.page.mrkdwn import Reader, escaped, mention, to_html

Json = dict[str, Any]
Use = Callable[[str, Json], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Surface:
    """Where blocks stand: who reads them, what a used element does, what a menu can offer."""

    reader: Reader
    use: Use


def draw(blocks: list[Json], surface: Surface) -> None:
    """Draw blocks that hold no inputs; a block the page does not know is named."""
    for block in blocks:
        drawer = _DRAWERS.get(block.get("type", ""))
        if drawer:
            drawer(block, surface)
        else:
            ui.label(f"[{block.get('type')}: not drawn here]").classes("unknown")


def words(text: Json, reader: Reader) -> str:
    """A text object as HTML."""
    if text.get("type") == "mrkdwn":
        return to_html(text["text"], reader)
    return escaped(text.get("text", ""))


def _section(block: Json, surface: Surface) -> None:
    for text in [block.get("text"), *block.get("fields", [])]:
        if text:
            ui.html(words(text, surface.reader), sanitize=False).classes("section")
    if block.get("accessory"):
        _element(block["accessory"], surface)


def _header(block: Json, surface: Surface) -> None:
    ui.html(words(block["text"], surface.reader), sanitize=False).classes("header")


def _context(block: Json, surface: Surface) -> None:
    for element in block["elements"]:
        ui.html(words(element, surface.reader), sanitize=False).classes("context")


def _divider(_block: Json, _surface: Surface) -> None:
    ui.separator()


def _actions(block: Json, surface: Surface) -> None:
    with ui.row().classes("items-center gap-2"):
        for element in block["elements"]:
            _element(element, surface)


def _rich_text(block: Json, surface: Surface) -> None:
    for part in block["elements"]:
        inner = "".join(_inline(each, surface.reader) for each in part.get("elements", []))
        style = "quote" if part.get("type") == "rich_text_quote" else "section"
        ui.html(inner, sanitize=False).classes(style)


def _inline(part: Json, reader: Reader) -> str:
    if part.get("type") == "user":
        return mention("@", reader.people.get(str(part["user_id"]), ""))
    return escaped(str(part.get("text") or part.get("url") or ""))


def _element(element: Json, surface: Surface) -> None:
    kind = element.get("type")
    action_id = element.get("action_id", "")
    if kind == "button":
        style = {"primary": "primary", "danger": "danger"}.get(element.get("style", ""), "plain")

        async def clicked() -> None:
            await surface.use(action_id, {})

        ui.button(element["text"]["text"], on_click=clicked, color=None).props(
            "no-caps dense unelevated"
        ).classes(f"block-button {style}")
    elif kind == "users_select":

        async def chosen(event: Any) -> None:
            await surface.use(action_id, {"selected_user": event.value})

        ui.select(
            dict(surface.reader.people),
            label=element.get("placeholder", {}).get("text", "Choose"),
            on_change=chosen,
        ).props("dense outlined").classes("w-56")
    else:
        ui.label(f"[{kind}: not drawn here]").classes("unknown")


_DRAWERS: dict[str, Callable[[Json, Surface], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "rich_text": _rich_text,
}
