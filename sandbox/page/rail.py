"""The edge of the page: the workspaces there are, and how the page itself looks."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from sandbox.page.seat import Seat
from sandbox.page.tags import Tag, Theme, button
from sandbox.workspace import Workspace


def draw_rail(seat: Seat, beside: Callable[[], None]) -> None:
    """Draw it; `beside` lets a second person stand beside this one, or sends them away."""
    with Tag("nav", "", "rail", aria_label="Workspaces"):
        for each in _workspaces(seat):
            here = each.id == seat.space.id
            tile = button(
                _initials(each.name), partial(_go, each), "workspace",
                title=each.name, aria_label=f"Workspace {each.name}", data_testid="workspace",
            )  # fmt: skip
            if here:
                tile.props["aria-current"] = "true"
        ui.element("div").classes("rail-space")
        button(
            "◫", beside, "rail-button", title="Two people side by side",
            aria_label="Two people side by side", data_testid="beside",
        )  # fmt: skip
        Theme()


def _workspaces(seat: Seat) -> list[Workspace]:
    """Those that the sandbox holds."""
    return [seat.space]


def _go(space: Workspace) -> None:
    ui.navigate.to(f"{space.address}/")


def _initials(name: str) -> str:
    return "".join(each[0] for each in name.split()[:2]).upper()
