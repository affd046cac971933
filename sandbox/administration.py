"""What the owners of a workspace and of the app do: for tests and scripts, under `/control/admin`.

Each is a `POST`, its arguments a JSON object; names in brackets may be left out.

* people: `add_person` id name real_name and more of a `User`, tells the app (`team_join`)
* channels: `share_channel` and `unshare_channel` channel team, `delete_channel` channel,
  `change_channel_id` channel, the answer has the new one
* preferences: `admins_only` method on: what it does is for admins, so neither for apps
* the app here: `install` [scopes], `uninstall`, `revoke` its token, `limits` on, `events` on
* its links: `warn_links`, `renew_links`, `silence_links` [most], `cut_links`, `socket_mode` on
"""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse, Response

from sandbox.installation import Token, install, uninstall
from sandbox.links import LINKS_MOST
from sandbox.people import User
from sandbox.refusal import SlackError

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]


class Administration:
    """Each does one thing and gives what there is to know of it."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace

    async def add_person(self, **person: Any) -> Json:
        """Let somebody into the workspace."""
        user = self._space.add_user(User(**person))
        self._space.changed()
        self._sandbox.events.soon({"type": "team_join", "user": self._sandbox.person(user)})
        return self._sandbox.person(user)

    async def share_channel(self, channel: str, team: str) -> Json:
        """Let another organisation into a channel."""
        self._sandbox.channels.share(self._space.channels[channel], team)
        return {}

    async def unshare_channel(self, channel: str, team: str) -> Json:
        """Let it out again, and its people with it."""
        self._sandbox.channels.unshare(self._space.channels[channel], team)
        return {}

    async def delete_channel(self, channel: str, user: str = "") -> Json:
        """Delete a channel with all that was said in it."""
        self._sandbox.channels.delete(self._space.channels[channel], user)
        return {}

    async def change_channel_id(self, channel: str) -> Json:
        """Give a channel another id, as happens when it is shared or moved."""
        return {"channel": self._sandbox.channels.change_id(self._space.channels[channel])}

    async def admins_only(self, method: str, *, on: bool = True) -> Json:
        """Leave what a method does to admins, or to everybody."""
        kept = self._sandbox.admins_only
        (kept.add if on else kept.discard)(method)
        return {"admins_only": sorted(kept)}

    async def install(self, scopes: list[str] | None = None) -> Json:
        """Install the app without the page that asks; by default with all that it wants."""
        wanted = self._sandbox.registration.scopes if scopes is None else scopes
        return {"token": install(self._sandbox, wanted)}

    async def uninstall(self) -> Json:
        """Take the app out."""
        uninstall(self._sandbox)
        return {}

    async def revoke(self) -> Json:
        """Revoke the app's token, which takes it out too."""
        uninstall(self._sandbox, left=Token.REVOKED)
        return {}

    async def limits(self, *, on: bool) -> Json:
        """Keep Slack's rate limits, or none."""
        self._sandbox.limits.on = on
        return {}

    async def events(self, *, on: bool) -> Json:
        """Switch event deliveries on again, or off, as too many failures do."""
        self._sandbox.events.enable()
        self._sandbox.events.disabled = not on
        return {}

    async def warn_links(self) -> Json:
        """Say that links will be renewed soon."""
        await self._sandbox.socket.warn()
        return {"links": len(self._sandbox.socket)}

    async def renew_links(self) -> Json:
        """Close links, for the app to open new ones."""
        await self._sandbox.socket.drop()
        return {"links": len(self._sandbox.socket)}

    async def silence_links(self, most: int = LINKS_MOST) -> Json:
        """Let links die without anybody being told."""
        return {"links": self._sandbox.socket.silence(most)}

    async def cut_links(self) -> Json:
        """Break links off."""
        return {"links": self._sandbox.socket.cut()}

    async def socket_mode(self, *, on: bool) -> Json:
        """Switch Socket Mode on or off in the app's settings."""
        if on:
            self._sandbox.socket.enabled = True
        else:
            await self._sandbox.socket.disable()
        return {}


ACTS = (
    "add_person", "admins_only", "change_channel_id", "cut_links", "delete_channel", "events",
    "install", "limits", "renew_links", "revoke", "share_channel", "silence_links", "socket_mode",
    "uninstall", "unshare_channel", "warn_links",
)  # fmt: skip


def router(sandbox: "Sandbox") -> APIRouter:
    """The route."""
    routes = APIRouter(prefix="/control/admin")
    administration = Administration(sandbox)

    @routes.post("/{what}")
    async def act(what: str, arguments: Json) -> Response:
        if what not in ACTS:
            raise HTTPException(404, f"one of {', '.join(ACTS)}")
        try:
            answer: Json = await getattr(administration, what)(**arguments)
        except SlackError as refused:
            return JSONResponse({"error": refused.code, **refused.more}, 409)
        except (KeyError, TypeError) as error:
            raise HTTPException(422, f"{type(error).__name__}: {error}") from error
        await sandbox.events.settled()
        return JSONResponse(answer)

    return routes
