"""Addresses besides the API: for responses, for files, and where permalinks lead."""

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def router(sandbox: "Sandbox") -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.post("/response/{token}")
    async def response(token: str, request: Request) -> Response:
        return sandbox.responses.take(token, await request.body())

    @routes.post("/upload/{ticket}")
    async def upload(ticket: str, request: Request) -> Response:
        content = await _content(request)
        if not sandbox.files.receive(ticket, content):
            return Response("no such upload, or not of the length announced", 400)
        return Response(f"OK - {len(content)}")

    @routes.post("/sent-ahead")
    async def sent_ahead(request: Request) -> Response:
        """A file that somebody on the page is about to share."""
        # Browsers let no other site send headers of its own, so only the page gets here.
        name, user = (request.headers.get(each, "") for each in ("x-file-name", "x-as"))
        content = await request.body()
        if user not in sandbox.workspace.users or not name or not content:
            return Response("a file needs a name, content and somebody who sends it", 400)
        return JSONResponse({"id": sandbox.files.keep(unquote(name), content, user).id})

    @routes.get("/files/{file_id}")
    @routes.get("/files/{file_id}/download")
    async def file(file_id: str, request: Request) -> Response:
        """The content: for the app with its token, and for this machine's page by its link."""
        found = sandbox.workspace.files.get(file_id)
        token = request.headers.get("authorization", "")
        if (
            found is None
            or found.content is None
            or token not in ("", f"Bearer {sandbox.bot_token}")
        ):
            return Response("no such file", 404)
        # Never shown in the page's own name: a file may be a page that somebody wrote.
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"}
        return Response(found.content, 200, headers, found.mimetype)

    @routes.get("/archives/{channel}/p{digits}")
    async def permalink(channel: str, digits: str, thread_ts: str = "") -> Response:
        """The page, open at a message."""
        wanted = {"place": channel, "thread": thread_ts} if thread_ts else {"place": channel}
        if sandbox.of("") is not sandbox:
            wanted["team"] = sandbox.workspace.id
        return RedirectResponse(f"/?{urlencode(wanted)}#{digits}")

    return routes


async def _content(request: Request) -> bytes:
    """The bytes sent, as they are or as the file of a form."""
    if "multipart/form-data" not in request.headers.get("content-type", ""):
        return await request.body()
    async with request.form() as form:
        sent = [each for each in form.values() if not isinstance(each, str)]
        return await sent[0].read() if sent else b""
