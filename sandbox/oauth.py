"""Installing by OAuth v2: the page on which somebody lets the app in, and the code it gives."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sandbox import consent
from sandbox.clock import SandboxClock
from sandbox.refusal import SlackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.app import Sandbox

CODE_GOOD_FOR = 10 * 60  # seconds


@dataclass(slots=True)
class Grant:
    """What somebody allowed: in which workspace, which scopes. `used`: its code was exchanged."""

    team: str
    user: str
    scopes: list[str]
    redirect_uri: str
    until: float
    used: bool = False


class Grants:
    """The codes handed out, each good for one exchange within ten minutes."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._given: dict[str, Grant] = {}

    def new(self, team: str, user: str, scopes: list[str], redirect_uri: str) -> str:
        """A code for what somebody allowed."""
        code = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        until = self._clock.time() + CODE_GOOD_FOR
        self._given[code] = Grant(team, user, scopes, redirect_uri, until)
        return code

    def use(self, code: str, redirect_uri: str) -> Grant:
        """What a code stands for; refused as Slack refuses."""
        grant = self._given.get(code)
        if grant is None:
            raise SlackError("invalid_code")
        if grant.used:
            raise SlackError("code_already_used")
        if grant.until < self._clock.time():
            raise SlackError("invalid_code")
        if redirect_uri and redirect_uri != grant.redirect_uri:
            raise SlackError("bad_redirect_uri")
        grant.used = True
        return grant


def router(sandbox: "Sandbox") -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/oauth/v2")

    @routes.get("/authorize")
    async def ask(request: Request) -> Response:
        asked = request.query_params
        try:
            redirect, scopes = _checked(sandbox, asked)
        except SlackError as refused:
            return HTMLResponse(consent.refusal(_WORDS[refused.code]), 400)
        kept = {
            "client_id": asked["client_id"],
            "redirect_uri": redirect,
            "scope": ",".join(scopes),
            "state": asked.get("state", ""),
        }
        return HTMLResponse(consent.question(sandbox, kept, asked.get("team", "")))

    @routes.post("/authorize")
    async def answer(request: Request) -> Response:
        """Allow or cancel; both lead back to the app, with the `state` it sent."""
        form = parse_qs((await request.body()).decode(), keep_blank_values=True)
        said = {name: values[0] for name, values in form.items()}
        try:
            redirect, scopes = _checked(sandbox, said)
            told = _answered(sandbox, said, redirect, scopes)
        except SlackError as refused:
            return HTMLResponse(consent.refusal(_WORDS[refused.code]), 400)
        told["state"] = said.get("state", "")
        joint = "&" if "?" in redirect else "?"
        return RedirectResponse(f"{redirect}{joint}{urlencode(told)}", 302)

    return routes


_WORDS = {
    "invalid_client_id": "No app has this client_id.",
    "bad_redirect_uri": "The redirect_uri is none of those in the app's manifest.",
    "invalid_scope": "A scope is asked for that the app's manifest does not have.",
    "team_not_found": "There is no such workspace.",
    "user_is_restricted": "Guests and people who have left can't install apps.",
}


def _checked(sandbox: "Sandbox", asked: "Mapping[str, str]") -> tuple[str, list[str]]:
    """Where the answer goes and the scopes asked for; refused where Slack shows an error."""
    registration = sandbox.registration
    if asked.get("client_id") != registration.client_id:
        raise SlackError("invalid_client_id")
    known: list[str] = registration.manifest["oauth_config"].get("redirect_urls", [])
    redirect = asked.get("redirect_uri") or next(iter(known), "")
    if not any(redirect.startswith(each) for each in known):
        raise SlackError("bad_redirect_uri")
    scopes = [each for each in asked.get("scope", "").replace(" ", ",").split(",") if each]
    if not scopes or not set(scopes) <= set(registration.scopes):
        raise SlackError("invalid_scope")
    return redirect, scopes


def _answered(
    sandbox: "Sandbox", said: "Mapping[str, str]", redirect: str, scopes: list[str]
) -> dict[str, str]:
    if said.get("answer") != "allow":
        return {"error": "access_denied"}
    team, _, who = said.get("who", "").partition("/")
    place = sandbox.registration.places.get(team)
    if place is None:
        raise SlackError("team_not_found")
    user = place.workspace.users.get(who)
    if user is None or not consent.may_install(user):
        raise SlackError("user_is_restricted")
    code = sandbox.registration.grants.new(place.workspace.id, user.id, scopes, redirect)
    return {"code": code}
