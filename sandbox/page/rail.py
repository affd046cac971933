"""The edge of the page: the workspaces there are, and how the page itself looks."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from nicegui import ui

from sandbox.page.seat import Seat
from sandbox.page.tags import Tag, Theme, button


def draw_rail(seat: Seat, beside: Callable[[], None]) -> None:
    """Draw it; `beside` lets a second person stand beside this one, or sends them away."""
    with Tag("nav", "", "rail", aria_label="Workspaces"):
        for each in seat.sandbox.registration.places:
            name = seat.sandbox.of(each).workspace.name
            tile = button(
                _initials(name), partial(ui.navigate.to, f"/?{urlencode({'team': each})}"),
                "workspace", title=name, aria_label=f"Workspace {name}", data_testid="workspace",
            )  # fmt: skip
            if each == seat.space.id:
                tile.props["aria-current"] = "true"
        ui.element("div").classes("rail-space")
        button(
            "◫", beside, "rail-button", title="Two people side by side",
            aria_label="Two people side by side", data_testid="beside",
        )  # fmt: skip
        Theme()


def _initials(name: str) -> str:
    return "".join(each[0] for each in name.split()[:2]).upper()
