"""The app's Home and what is said of it under About."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sandbox.page.blocks import draw
from sandbox.page.elements import Surface
from sandbox.page.seat import ABOUT, Seat
from sandbox.page.tags import Scroll, Tag

Json = dict[str, Any]


class AppTabs:
    """Home and About of one browser, drawn into `scroll`.

    `layer` and `again`: see Surface.
    """

    def __init__(
        self, seat: Seat, scroll: Scroll, layer: ui.element, again: Callable[[], None]
    ) -> None:
        self._seat = seat
        self._scroll = scroll
        self._layer = layer
        self._again = again
        self._shown = ""
        self._of = ""

    def leave(self) -> None:
        """Forget what was drawn: something else is there now."""
        self._shown = self._of = ""

    def forget(self) -> None:
        """Draw it anew, whatever has changed."""
        self._shown = ""

    def home(self) -> None:
        """Show what has changed of Home."""
        # What has not changed is left alone: a click on something being redrawn is lost.
        view = self._seat.space.homes.get(self._seat.user)
        if repr(view) == self._shown:
            return
        self._shown = repr(view)
        self._scroll.clear()
        with self._scroll, ui.element("div").classes("home"):
            if view is None:
                Tag("p", "Nothing here yet: the app has not published a Home.", "hint")
            else:
                draw(view["blocks"], self._surface(view))
        self._begin("Home")

    def _surface(self, view: Json) -> Surface:
        return Surface.at(self._seat, self._layer, self._again, view_id=view["id"])

    def about(self) -> None:
        """What the manifest says of the app."""
        if self._shown == ABOUT:
            return
        self._shown = ABOUT
        manifest = self._seat.sandbox.manifest
        told = manifest.get("display_information") or {}
        self._scroll.clear()
        with self._scroll, ui.element("div").classes("about"):
            Tag("h2", str(told.get("name", self._seat.space.bot.real_name)))
            Tag("p", str(told.get("description", "The manifest describes nothing.")))
            if told.get("long_description"):
                Tag("p", str(told["long_description"]), "long")
            _draw_commands(manifest.get("features") or {})
            _draw_scopes(self._seat.sandbox.scopes)
        self._begin("About")

    def _begin(self, tab: str) -> None:
        """Who comes to a tab sees its beginning; who is there stays where they read."""
        if self._of != f"{self._seat.user}/{tab}":
            self._of = f"{self._seat.user}/{tab}"
            self._scroll.begin(f"{self._seat.space.bot.real_name}: {tab}", "top")


def _draw_commands(features: Json) -> None:
    commands = [
        (f"{each['command']} {each.get('usage_hint', '')}".strip(), each.get("description", ""))
        for each in features.get("slash_commands", [])
    ]
    where = {"global": "anywhere", "message": "on a message"}
    shortcuts = [
        (f"{each['name']} ({where[each['type']]})", each.get("description", ""))
        for each in features.get("shortcuts", [])
    ]
    for title, listed in (("Commands", commands), ("Shortcuts", shortcuts)):
        if listed:
            Tag("h3", title)
            with Tag("dl"):
                for name, about in listed:
                    Tag("dt", name)
                    Tag("dd", str(about))


def _draw_scopes(scopes: list[str]) -> None:
    Tag("h3", "What it may do here")
    with Tag("ul", "", "scopes"):
        for each in scopes:
            Tag("li", each)
