"""*What would Slack say?*: blocks, a message or a view pasted, judged, and shown."""

import json
from typing import TYPE_CHECKING, Any

from nicegui import ui

from sandbox.page.blocks import draw
from sandbox.page.elements import Surface
from sandbox.page.seat import Seat
from sandbox.page.tags import Tag, button
from sandbox.verdict import SURFACES, Verdict, verdict

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

_EXAMPLE = [
    {"type": "header", "text": {"type": "plain_text", "text": "What would Slack say?"}},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "Paste *blocks*, a message or a view."},
        "accessory": {
            "type": "button",
            "action_id": "go",
            "text": {"type": "plain_text", "text": "Go"},
        },
    },
    {"type": "actions", "elements": []},
]


class VerdictPanel:
    """The field to paste into, the verdict, and what it looks like."""

    def __init__(self, sandbox: "Sandbox") -> None:
        # Whoever comes first looks: names and times are as they know them.
        self._seat = Seat(sandbox, "", "", "")
        self._layer = ui.element()
        self._pasted = ui.textarea(
            "Blocks, a message or a view, as JSON", value=json.dumps(_EXAMPLE, indent=2)
        ).props("outlined data-testid=verdict-json spellcheck=false")
        self._pasted.classes("verdict-json")
        with ui.element("div").classes("inspector-row"):
            self._surface = ui.select(list(SURFACES), value=SURFACES[0], label="Where").props(
                "dense outlined options-dense data-testid=verdict-surface"
            )
            self._surface.classes("verdict-surface")
            button("Ask", self._ask, "block-button primary", data_testid="verdict-ask")
        self._said = Tag("div", "", "verdict", role="status", data_testid="verdict")
        Tag("h3", "Preview")
        self._preview = ui.element("div").classes("preview").props("data-testid=preview")

    def _ask(self) -> None:
        self._said.clear()
        self._preview.clear()
        try:
            said = verdict(str(self._pasted.value or ""), str(self._surface.value))
        except ValueError as error:
            with self._said:
                Tag("p", str(error), "inspector-wrong")
            return
        with self._said:
            self._tell(said)
        with self._preview:
            self._show(said)

    @staticmethod
    def _tell(said: Verdict) -> None:
        if not said.error:
            Tag("p", "Slack would take it.", "verdict-well")
            return
        with Tag("p", "Slack would refuse it: "):
            Tag("code", said.error)
        with Tag("ul", "", "problems"):
            for problem in said.problems:
                with Tag("li"):
                    Tag("code", problem.pointer or "/", "pointer")
                    Tag("span", f" {problem.words}")

    def _show(self, said: Verdict) -> None:
        if not said.drawable:
            Tag("p", "There is nothing to show.", "hint")
            return

        async def used(action_id: str, _pick: Any, _value: str | None) -> None:
            ui.notify(f"In a workspace the app would hear of {action_id or 'this'}.")

        reader, menus = self._seat.reader(), self._seat.menus()
        surface = Surface(reader, menus, {}, used, self._layer, self._ask)
        draw(list(said.blocks), surface)
