"""The inspector: what passes, what goes wrong, and what Slack would say; a page, and a drawer."""

from functools import partial
from typing import TYPE_CHECKING

from fastapi import Request
from nicegui import ui

from sandbox.page.inspector_faults import FaultsPanel
from sandbox.page.inspector_trail import TrailPanel
from sandbox.page.inspector_verdict import VerdictPanel
from sandbox.page.style import CSS
from sandbox.page.tags import Tag, Theme, button

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.app import Sandbox

_OFTEN = 0.5  # seconds between two looks at what has passed


def show_inspector(sandbox: "Sandbox") -> None:
    """Serve it at `/inspector`; `?show=faults` or `verdict` opens there."""

    @ui.page("/inspector", title="Inspector", dark=None, language="en-US")
    def page(request: Request) -> None:
        ui.add_css(CSS)
        with ui.element("div").classes("inspector-page"):
            with Tag("header", "", "inspector-head"):
                Tag("h1", "Inspector")
                Tag("a", "To the workspace", "inspector-link", href="/")
                Theme()
            with Tag("main", "", "inspector-main"):
                Inspector(sandbox, request.query_params.get("show", "trail"))


class Inspector:
    """Its three parts, one of them shown; kept up to date while the page is open."""

    def __init__(self, sandbox: "Sandbox", shown: str = "trail") -> None:
        parts: tuple[tuple[str, str, Callable[[Sandbox], object]], ...] = (
            ("trail", "Traffic", TrailPanel),
            ("faults", "Misbehaviour", FaultsPanel),
            ("verdict", "What would Slack say?", VerdictPanel),
        )
        self._tabs: dict[str, Tag] = {}
        self._panes: dict[str, Tag] = {}
        self._timers: list[ui.timer] = []
        with Tag("nav", "", "inspector-tabs", aria_label="Parts of the inspector"):
            for name, words, _ in parts:
                self._tabs[name] = button(
                    words, partial(self.show, name), "tab", data_testid=f"inspector-{name}"
                )
        for name, words, draw in parts:
            with Tag("section", "", "inspector-pane", aria_label=words) as pane:
                self._panes[name] = pane
                made = draw(sandbox)
            if isinstance(made, TrailPanel | FaultsPanel):
                self._timers.append(ui.timer(_OFTEN, made.refresh))
        self.show(shown if shown in self._panes else "trail")

    def follow(self, *, on: bool) -> None:
        """Keep up with what passes, or rest while nobody looks."""
        for timer in self._timers:
            timer.active = on

    def show(self, shown: str) -> None:
        """Show one of its parts."""
        for name, tab in self._tabs.items():
            if name == shown:
                tab.props["aria-current"] = "true"
            else:
                tab.props.pop("aria-current", None)
            tab.update()
            self._panes[name].set_visibility(name == shown)


class Drawer:
    """The inspector at the edge of the workspace's page, drawn once somebody opens it."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._drawn: tuple[Tag, Inspector] | None = None
        self._open = False

    def toggle(self) -> None:
        """Open or close it."""
        pane, inspector = self._drawn = self._drawn or self._draw()
        self._open = not self._open
        pane.set_visibility(self._open)
        inspector.follow(on=self._open)
        focus = "[data-testid=drawer] .tab" if self._open else "[data-testid=inspector-open]"
        ui.run_javascript(f"setTimeout(() => document.querySelector({focus!r})?.focus(), 50)")

    def _draw(self) -> tuple[Tag, Inspector]:
        with (
            ui.context.client.content,
            Tag("aside", "", "drawer", aria_label="Inspector", data_testid="drawer") as pane,
        ):
            with ui.element("div").classes("inspector-head"):
                Tag("h2", "Inspector")
                Tag("a", "A page of its own", "inspector-link", href="/inspector", target="_blank")
                button("✕", self.toggle, "icon-button", aria_label="Close the inspector")
            inspector = Inspector(self._sandbox)
        pane.on("keydown.escape", self.toggle, args=[])
        return pane, inspector
