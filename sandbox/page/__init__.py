"""The page on which one acts as anybody in the workspace."""

from typing import TYPE_CHECKING

from fastapi import Request
from nicegui import ui

from sandbox.page.client import Client

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def show(sandbox: "Sandbox") -> None:
    """Serve the page beside the Web API, at `/`.

    `?as=` in the address says who one is, `?place=` and `?thread=` where one looks, `?team=` in
    which workspace, where there are several.
    """

    @ui.page("/", title="Local workspace")
    def page(request: Request) -> None:
        asked = request.query_params
        wanted = [asked.get(each, "") for each in ("as", "place", "thread")]
        team = sandbox.registration.places.get(asked.get("team", ""), sandbox)
        Client(team, *wanted).draw()

    ui.run_with(sandbox.asgi, show_welcome_message=False, reconnect_timeout=10)
