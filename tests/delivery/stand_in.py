"""A server that gives one answer to everything, for answers no workspace would give."""

import contextlib
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient


@contextlib.asynccontextmanager
async def answering(
    status: int, body: str, headers: dict[str, str] | None = None
) -> AsyncIterator[AsyncWebClient]:
    """A client of that server."""

    async def answer(_: web.Request) -> web.Response:
        kind = "text/html" if body.startswith("<") else "application/json"
        return web.Response(
            text=body, status=status, headers={"content-type": kind, **(headers or {})}
        )

    app = web.Application()
    app.router.add_route("*", "/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(base_url=f"http://127.0.0.1:{port}/", session=session)
            client.retry_handlers = []
            yield client
    finally:
        await runner.cleanup()
