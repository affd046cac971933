"""The form that is open before somebody."""

import json
from typing import TYPE_CHECKING, Any

from nicegui import ui

from sandbox.actions.interactions import NOT_SENT
from sandbox.delivery import Outcome
from sandbox.forms import surviving
from sandbox.page.blocks import draw_block
from sandbox.page.elements import Surface, named
from sandbox.page.fields import draw_field
from sandbox.page.place import slug
from sandbox.page.seat import Seat
from sandbox.refusal import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

_TROUBLE = "We had some trouble connecting. Try again?"
_NO_ANSWER = "This app did not respond in time. Please try again."
# Where one is put when a form has been drawn: at what is wrong, where one was, where the form
# says, or at its first field.
_FOCUS = """setTimeout(() => {
    const form = document.querySelector("[data-testid=modal]");
    const first = "input:not([type=hidden]), textarea, select, [role=combobox], button";
    const wanted = [".wrong input, .wrong textarea, .wrong [tabindex='0']", WHERE && "#" + WHERE,
        window.modalAt && "#" + CSS.escape(window.modalAt), ".field input, .field textarea", first];
    if (!SAME) wanted[2] = null;
    const found = wanted.filter(Boolean).map((each) => form?.querySelector(each)).find(Boolean);
    found?.focus({preventScroll: true});
    found?.closest(".field")?.scrollIntoView({block: WRONG ? "center" : "nearest"});
}, 120)"""
# Who opens a form is put back where they were when all forms are closed.
_OUTSIDE = """<script>document.addEventListener("focusin", (event) => {
    if (!event.target.closest(".q-dialog, .q-menu")) window.beforeModal = event.target;
});</script>"""
_BACK = """setTimeout(() => {
    const at = document.activeElement;
    if (at === document.body || !at.isConnected || at.closest(".q-dialog"))
        window.beforeModal?.focus();
}, 250)"""
# Tab goes round in the form.
_TRAP = """(event) => {
    const all = [...event.currentTarget.querySelectorAll(
        "a[href], button, input:not([type=hidden]), textarea, summary, [tabindex='0']")]
        .filter((each) => each.offsetParent && each.tabIndex >= 0 && !each.disabled);
    const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (document.activeElement === from) { event.preventDefault(); to.focus(); }
}"""
_REMEMBER = "(event) => { window.modalAt = event.target.id; }"
# Enter sends a form from a field of one line, unless the field tells the app of Enter itself.
_ENTER = """(event) => {
    const field = event.target;
    if (field.matches("input:not([role=combobox]):not([type=checkbox]):not([type=radio])")
        && !field.closest("[data-tells]")) emit();
}"""
# Escape closes a menu that is open first.
_ESCAPE = """(event) => {
    if (event.target.getAttribute("aria-expanded") !== "true") emit();
}"""


class Modal:
    """The newest of the forms that are open, drawn once until it changes."""

    def __init__(self, seat: Seat, layer: ui.element) -> None:
        self._seat = seat
        self._layer = layer
        self._drawn: tuple[str, str, str] | None = None
        self._reads: dict[str, Callable[[], Any]] = {}
        self._blocks: list[Json] = []
        self._frame: tuple[Json | None, ...] = ()
        self._parts: dict[str, tuple[Json, ui.element]] = {}
        ui.add_head_html(_OUTSIDE)
        self._dialog = ui.dialog().props('persistent no-shake aria-label="Form"')

    def refresh(self) -> None:
        """Show what has changed."""
        stack = self._seat.space.modals.get(self._seat.user, [])
        if not stack:
            if self._drawn:
                self._dialog.close()
                self._dialog.clear()
                ui.run_javascript(_BACK)
            self._drawn = None
            return
        view = stack[-1]
        shown = (view["id"], view["hash"], str(view.get("errors", {})))
        if shown == self._drawn:
            return  # drawing it anew would lose what is being typed
        same = self._drawn is not None and self._drawn[0] == view["id"]
        if same:
            self._keep(view)
        frame = (view["title"], view.get("close"), view.get("submit"), view.get("errors"))
        framed = same and frame == self._frame and not view.get("errors")
        self._drawn, self._blocks, self._frame = shown, view["blocks"], frame
        if framed:
            self._draw_changes(view)
            return
        self._draw(view, len(stack))
        self._focus(view, same=same)

    def _keep(self, view: Json) -> Json:
        """What stands in the fields, kept for when they are drawn again."""
        typed = self._seat.space.typed.setdefault(view["id"], {})
        stands = {name: read() for name, read in self._reads.items()}
        typed.update(surviving(stands, self._blocks, view["blocks"]))
        return typed

    def _again(self) -> None:
        self._drawn = None
        self._seat.changed = True

    def _surface(self, view: Json) -> Surface:
        base = Surface.at(self._seat, self._layer, self._again, view_id=view["id"])
        if base.act is None or base.ask is None or base.keep is None:
            return base
        tell, ask = base.act, base.ask

        async def act(block_id: str, action_id: str, pick: Any, value: str | None) -> object:
            self._keep({**view, "blocks": self._blocks})
            came = await tell(block_id, action_id, pick, value)
            if isinstance(came, Outcome) and not came.acknowledged:
                self._say(_NO_ANSWER)
            return came

        return base.with_more(act, ask, base.keep, base.before)

    def _draw(self, view: Json, depth: int) -> None:
        self._dialog.clear()
        self._dialog.props["aria-label"] = view["title"]["text"]
        self._reads.clear()
        surface = self._surface(view)
        with self._dialog, ui.card().classes("modal").props("tabindex=-1") as card:
            card.props("data-testid=modal")
            card.on("focusin", js_handler=_REMEMBER)
            card.on("keydown.tab", js_handler=_TRAP)
            card.on("keydown.escape", lambda: self._close(view), args=[], js_handler=_ESCAPE)
            self._draw_head(view, depth)
            with ui.element("div").classes("modal-body") as self._body:
                self._banner = ui.label().classes("banner").props("role=alert")
                self._banner.set_visibility(False)
                self._parts = {
                    block["block_id"]: self._draw_part(block, view, surface)
                    for block in view["blocks"]
                }
            self._draw_foot(view, card)
        self._dialog.open()

    def _draw_changes(self, view: Json) -> None:
        """Draw what has changed in the form; in a field that is the same one can go on typing."""
        surface, before, self._parts = self._surface(view), self._parts, {}
        for place, block in enumerate(view["blocks"]):
            name = block["block_id"]
            if name in before and before[name][0] == block:
                self._parts[name] = before.pop(name)
                continue
            with self._body:
                self._parts[name] = self._draw_part(block, view, surface)
            self._parts[name][1].move(target_index=place + 1)  # after the banner
        for _block, part in before.values():
            part.delete()

    def _draw_part(self, block: Json, view: Json, surface: Surface) -> tuple[Json, ui.element]:
        with ui.element("div").classes("part") as part:
            if block["type"] == "input":
                self._draw_input(block, view, surface)
            else:
                draw_block(block, surface)
        return block, part

    def _draw_head(self, view: Json, depth: int) -> None:
        with ui.element("div").classes("modal-head"):
            title = ui.label(named(view["title"])).classes("header")
            title.props("id=modal-title role=heading aria-level=2")
            if depth > 1:
                ui.label(f"form {depth} of {depth}").classes("hint")
            dismiss = ui.button(
                "×", on_click=lambda: self._close(view, everything=True), color=None
            ).props("flat dense data-testid=modal-dismiss")
            dismiss.props["aria-label"] = "Dismiss" if depth == 1 else "Dismiss all forms"

    def _draw_input(self, block: Json, view: Json, surface: Surface) -> None:
        name, errors = block["block_id"], view.get("errors", {})

        async def changed() -> None:
            await surface.tell(block, block["element"], self._reads[name]())

        self._reads[name] = draw_field(block, surface, errors.get(name, ""), changed)

    def _focus(self, view: Json, *, same: bool) -> None:
        """Put somebody where they have something to do, or where they were."""
        on_load = next(
            (
                f"{slug(view['id'])}-{slug(block['block_id'])}"
                for block in view["blocks"]
                if (block.get("element") or {}).get("focus_on_load")
            ),
            "",
        )
        values = {"WHERE": "" if same else on_load, "SAME": same, "WRONG": bool(view.get("errors"))}
        script = _FOCUS
        for name, value in values.items():
            script = script.replace(name, json.dumps(value))
        ui.run_javascript(script)

    def _say(self, words: str) -> None:
        self._banner.set_text(words)
        self._banner.set_visibility(True)

    async def _close(self, view: Json, *, everything: bool = False) -> None:
        seat = self._seat
        await seat.sandbox.actions.close(seat.user, view["id"], everything=everything)

    async def _submit(self, view: Json, button: ui.button) -> None:
        seat = self._seat
        self._banner.set_visibility(False)
        button.props("loading aria-busy=true").disable()
        try:
            typed = self._keep({**view, "blocks": self._blocks})
            sent = await seat.sandbox.actions.submit(seat.user, view["id"], typed)
        except SlackError as refused:
            self._say(f"Slack refuses the app's answer: {refused.code}")
            return
        finally:
            if not button.is_deleted:
                button.props(remove="loading aria-busy").enable()
        if not sent.acknowledged and sent.status != NOT_SENT:
            self._say(_TROUBLE)

    def _draw_foot(self, view: Json, card: ui.card) -> None:
        with ui.element("div").classes("modal-foot"):
            ui.button(
                named(view.get("close") or {"text": "Close"}),
                on_click=lambda: self._close(view),
                color=None,
            ).props("no-caps dense unelevated").classes("block-button plain")
            if view.get("submit"):
                button = ui.button(named(view["submit"]), color=None)
                button.props("no-caps dense unelevated data-testid=modal-submit")
                button.classes("block-button primary")
                button.on_click(lambda: self._submit(view, button))
                card.on(
                    "keydown.enter", lambda: self._submit(view, button), args=[], js_handler=_ENTER
                )
