"""The page on which one acts as anybody in the workspace."""

from typing import TYPE_CHECKING

from fastapi import Request
from nicegui import ui

from sandbox.page.beside import draw_halves
from sandbox.page.client import Client
from sandbox.page.inspector import show_inspector

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def show(sandbox: "Sandbox") -> None:
    """Serve the page beside the Web API, at `/`.

    `?as=` in the address says who one is, `?place=` and `?thread=` where one looks, `?team=` in
    which workspace; `?beside=` is a second person, in the other half of the page, who looks at
    `?beside_place=`.
    """

    @ui.page("/", title="Local workspace", dark=None, language="en-US")
    def page(request: Request) -> None:
        asked = dict(request.query_params)
        if asked.get("beside"):
            draw_halves(asked)
            return
        team = asked.get("team", "")
        where = sandbox.of(team if team in sandbox.registration.places else "")
        wanted = [asked.get(each, "") for each in ("as", "place", "thread")]
        Client(where, *wanted).draw()

    show_inspector(sandbox)
    ui.run_with(sandbox.asgi, show_welcome_message=False, reconnect_timeout=10)
