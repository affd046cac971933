"""The form that is open before somebody."""

from typing import TYPE_CHECKING, Any

from nicegui import ui

from sandbox.actions.interactions import NOT_SENT
from sandbox.forms import surviving
from sandbox.page.blocks import draw
from sandbox.page.elements import Surface
from sandbox.page.fields import draw_field
from sandbox.page.seat import Seat
from sandbox.refusal import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

# A form may be longer than the window: what is wrong is shown, wherever it stands.
_TO_THE_ERROR = """setTimeout(() =>
    document.querySelector(".field-error")?.scrollIntoView({block: "center"}), 100)"""
# Enter sends a form from a field of one line, unless the field tells the app of Enter itself.
_ENTER = """(event) => {
    const field = event.target;
    if (field.matches("input:not([role=combobox]):not([type=checkbox]):not([type=radio])")
        && !field.closest("[data-tells]")) emit();
}"""


class Modal:
    """The newest of the forms that are open, drawn once until it changes."""

    def __init__(self, seat: Seat, layer: ui.element) -> None:
        self._seat = seat
        self._layer = layer
        self._drawn: tuple[str, str, str] | None = None
        self._reads: dict[str, Callable[[], Any]] = {}
        self._blocks: list[Json] = []
        self._dialog = ui.dialog().props('persistent aria-label="Form"')

    def refresh(self) -> None:
        """Show what has changed."""
        stack = self._seat.space.modals.get(self._seat.user, [])
        if not stack:
            self._drawn = None
            self._dialog.clear()
            self._dialog.close()
            return
        view = stack[-1]
        shown = (view["id"], view["hash"], str(view.get("errors", {})))
        if shown == self._drawn:
            return  # drawing it anew would lose what is being typed
        if self._drawn and self._drawn[0] == view["id"]:
            self._keep(view)
        self._drawn, self._blocks = shown, view["blocks"]
        self._draw(view)

    def _keep(self, view: Json) -> Json:
        """What stands in the fields, kept for when they are drawn again."""
        typed = self._seat.space.typed.setdefault(view["id"], {})
        stands = {name: read() for name, read in self._reads.items()}
        typed.update(surviving(stands, self._blocks, view["blocks"]))
        return typed

    def _again(self) -> None:
        self._drawn = None
        self._seat.changed = True

    def _draw(self, view: Json) -> None:
        self._dialog.clear()
        self._dialog.props["aria-label"] = view["title"]["text"]
        self._reads.clear()
        seat = self._seat

        async def use(action_id: str, pick: Any, value: str | None) -> None:
            self._keep(view)
            await seat.sandbox.actions.click(
                seat.user, action_id, view_id=view["id"], value=value, pick=pick
            )

        typed = seat.space.typed.get(view["id"], {})
        surface = Surface(seat.reader(), seat.menus(), typed, use, self._layer, self._again)
        with (
            self._dialog,
            ui.card().classes("w-full").props("data-testid=modal") as card,
        ):
            ui.label(view["title"]["text"]).classes("header")
            for block in view["blocks"]:
                if block["type"] == "input":
                    self._draw_input(block, view, surface)
                else:
                    draw([block], surface)
            self._draw_buttons(view, card)
        self._dialog.open()
        if view.get("errors"):
            ui.run_javascript(_TO_THE_ERROR)

    def _draw_input(self, block: Json, view: Json, surface: Surface) -> None:
        name, errors = block["block_id"], view.get("errors", {})

        async def changed() -> None:
            await surface.use(block["element"].get("action_id", ""), self._reads[name](), None)

        self._reads[name] = draw_field(
            block, surface.menus, surface.typed, errors.get(name), changed
        )

    def _draw_buttons(self, view: Json, card: ui.card) -> None:
        seat = self._seat

        async def submit() -> None:
            try:
                sent = await seat.sandbox.actions.submit(seat.user, view["id"], self._keep(view))
            except SlackError as refused:
                ui.notify(f"Slack refuses the app's answer: {refused.code}")
                return
            if not sent.acknowledged and sent.status != NOT_SENT:
                ui.notify("We had some trouble connecting. Try again?")

        if view.get("submit"):
            card.on("keydown.enter", submit, js_handler=_ENTER)
        with ui.row().classes("modal-foot w-full justify-end"):
            ui.button(
                (view.get("close") or {}).get("text", "Close"),
                on_click=lambda: seat.sandbox.actions.close(seat.user, view["id"]),
                color=None,
            ).props("no-caps dense unelevated").classes("block-button")
            if view.get("submit"):
                ui.button(view["submit"]["text"], on_click=submit, color=None).props(
                    "no-caps dense unelevated data-testid=modal-submit"
                ).classes("block-button primary")
