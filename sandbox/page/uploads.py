"""How the page sends files ahead of the message that will share them."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def router(sandbox: "Sandbox") -> APIRouter:
    """The route."""
    routes = APIRouter()

    @routes.post("/page/files")
    async def upload(request: Request) -> Response:
        # Browsers let no other site send headers of its own, so only this page gets here.
        name, user = (request.headers.get(each, "") for each in ("x-file-name", "x-as"))
        content = await request.body()
        if user not in sandbox.workspace.users or not name or not content:
            return Response("a file needs a name, content and somebody who sends it", 400)
        return JSONResponse({"id": sandbox.files.keep(unquote(name), content, user).id})

    return routes
