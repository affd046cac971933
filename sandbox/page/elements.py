"""Buttons, menus and the rest as they stand in messages, Home and forms."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from sandbox.forms import initial
from sandbox.page.controls import draw_control
from sandbox.page.mrkdwn import Reader, escaped, to_html
from sandbox.page.seat import Menus

Json = dict[str, Any]
# The element's action, what was picked, and a button's value: several buttons may share an action.
Use = Callable[[str, Any, str | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Surface:
    """Where blocks stand: who reads them, what they picked before, what a used element does.

    `layer` is the page's own, where dialogs outlive what is redrawn; `again` draws the blocks
    anew, for what was picked and then not sent.
    """

    reader: Reader
    menus: Menus
    typed: Mapping[str, Any]
    use: Use
    layer: ui.element
    again: Callable[[], None]


def words(text: Json, reader: Reader) -> str:
    """A text object as HTML."""
    if text.get("type") == "mrkdwn":
        return to_html(text["text"], reader)
    return escaped(text.get("text", ""))


def draw_element(element: Json, surface: Surface) -> None:
    """Draw one element."""
    kind = element["type"]
    if kind == "image":
        ui.label(f"[image: {element['alt_text']}]").classes("context")
    elif kind == "button":
        _button(element, surface)
    elif kind == "overflow":
        _overflow(element, surface)
    else:
        _other(element, surface)


def _button(element: Json, surface: Surface) -> None:
    style = {"primary": "primary", "danger": "danger"}.get(element.get("style", ""), "plain")
    address = str(element.get("url") or "")

    async def clicked() -> None:
        if address.startswith(("https://", "http://")):
            ui.navigate.to(address, new_tab=True)
        await _use(element, None, surface)

    ui.button(element["text"]["text"], on_click=clicked, color=None).props(
        "no-caps dense unelevated"
    ).classes(f"block-button {style}")


def _overflow(element: Json, surface: Surface) -> None:
    with (
        ui.button("…", color=None)
        .props('no-caps dense unelevated aria-label="More actions"')
        .classes("block-button"),
        ui.menu(),
    ):
        for option in element["options"]:

            async def picked(value: str = option["value"]) -> None:
                await _use(element, value, surface)

            ui.menu_item(option["text"]["text"], on_click=picked)


def _other(element: Json, surface: Surface) -> None:
    action = element.get("action_id", "")
    value = surface.typed[action] if action in surface.typed else initial(element)
    label = (element.get("placeholder") or {}).get("text", "Choose")

    async def changed() -> None:
        await _use(element, control.read(), surface)

    control = draw_control(element, surface.menus, value, label, changed)


async def _use(element: Json, pick: Any, surface: Surface) -> None:
    if element.get("confirm") and not await _confirmed(element["confirm"], surface):
        surface.again()
        return
    await surface.use(element.get("action_id", ""), pick, element.get("value"))


async def _confirmed(confirm: Json, surface: Surface) -> bool:
    """What somebody answers to the question before it is done."""
    with (
        surface.layer,
        ui.dialog() as dialog,
        ui.card().props("role=alertdialog data-testid=confirm"),
    ):
        ui.label(confirm["title"]["text"]).classes("header")
        ui.html(words(confirm["text"], surface.reader), sanitize=False).classes("section")
        style = "danger" if confirm.get("style") == "danger" else "primary"
        with ui.row().classes("w-full justify-end"):
            for field, otherwise, answer, look in (
                ("deny", "Cancel", False, "plain"),
                ("confirm", "Confirm", True, style),
            ):
                ui.button(
                    (confirm.get(field) or {}).get("text", otherwise),
                    on_click=lambda _, answer=answer: dialog.submit(answer),
                    color=None,
                ).props("no-caps dense unelevated").classes(f"block-button {look}")
    answered = await dialog
    dialog.delete()
    return bool(answered)
