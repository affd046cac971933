"""The page on which one acts as anybody in the workspace."""

from typing import TYPE_CHECKING

from fastapi import Request
from nicegui import ui

from sandbox.page.client import Client
from sandbox.page.uploads import router

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def show(sandbox: "Sandbox") -> None:
    """Serve the page beside the Web API, at `/`.

    `?as=` in the address says who one is, `?place=` and `?thread=` where one looks.
    """

    @ui.page("/", title="Local workspace")
    def page(request: Request) -> None:
        asked = request.query_params
        wanted = [asked.get(each, "") for each in ("as", "place", "thread")]
        Client(sandbox, *wanted).draw()

    sandbox.asgi.include_router(router(sandbox))
    ui.run_with(sandbox.asgi, show_welcome_message=False, reconnect_timeout=10)
