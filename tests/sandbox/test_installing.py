"""A plain Bolt app is installed by OAuth, in two workspaces, and taken out of them again."""

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard
from tests.sandbox.places import OTHER, hospital

# slack_sdk names the app with a class that aiohttp wants to be rid of.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

SCOPES = ["chat:write", "commands", "im:write"]
HOME = "http://127.0.0.1/slack/oauth_redirect"


@pytest.fixture
def other(wide: Sandbox) -> Sandbox:
    """A second workspace, in which the app is not yet."""
    wide.manifest["oauth_config"]["redirect_urls"] = ["http://127.0.0.1"]
    return wide.add_workspace(hospital(wide.clock), installed=False)


def hidden(page: str) -> dict[str, str]:
    """The fields of a form that nobody sees."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


class Person:
    """Somebody in front of the page that asks whether the app may come in."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._session = aiohttp.ClientSession(sandbox.address)

    def asked(self, **more: str) -> dict[str, str]:
        """What an app asks with."""
        usual = {
            "client_id": self._sandbox.registration.client_id,
            "scope": ",".join(SCOPES),
            "state": "s-1",
            "redirect_uri": HOME,
        }
        return usual | more

    async def sees(self, **more: str) -> tuple[int, str]:
        async with self._session.get("/oauth/v2/authorize", params=self.asked(**more)) as page:
            return page.status, await page.text()

    async def answers(self, answer: str, **more: str) -> tuple[int, dict[str, str]]:
        """What goes back to the app."""
        said = self.asked() | {"answer": answer, "who": f"{OTHER}/U0ADA"} | more
        async with self._session.post(
            "/oauth/v2/authorize", data=said, allow_redirects=False
        ) as page:
            query = parse_qs(urlsplit(page.headers.get("location", "")).query)
            return page.status, {name: values[0] for name, values in query.items()}

    async def close(self) -> None:
        await self._session.close()


@pytest.fixture
async def person(wide: Sandbox, other: Sandbox) -> AsyncIterator[Person]:
    assert other.bot_token == ""
    asked = Person(wide)
    yield asked
    await asked.close()


def exchange(wide: Sandbox, code: str, **more: str) -> Any:
    """Exchange a code, with a client that has no token."""
    client = AsyncWebClient(base_url=f"{wide.address}/api/")
    app = wide.registration
    known = {"client_id": app.client_id, "client_secret": app.client_secret}
    return client.oauth_v2_access(**{**known, "code": code, **more})


async def test_the_page_names_the_app_and_what_it_wants(person: Person) -> None:
    status, page = await person.sees(team=OTHER)
    assert status == 200
    assert "Mentor asks to be let into a workspace" in page
    assert all(f"<code>{scope}</code>" in page for scope in SCOPES)
    assert "Ada Brandt" in page
    assert hidden(page)["state"] == "s-1"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("client_id", "1.2", "No app has this client_id"),
        ("redirect_uri", "https://elsewhere.example", "redirect_uri is none of those"),
        ("scope", "admin", "does not have"),
    ],
)
async def test_a_wrong_question_gets_no_answer(
    person: Person, name: str, value: str, words: str
) -> None:
    status, page = await person.sees(**{name: value})
    assert status == 400
    assert words in page


async def test_who_cancels_sends_the_app_away_with_its_state(person: Person) -> None:
    status, told = await person.answers("cancel")
    assert (status, told) == (302, {"error": "access_denied", "state": "s-1"})


async def test_guests_and_those_who_left_install_nothing(wide: Sandbox, person: Person) -> None:
    for user in ("U0MIA", "U0NED"):
        status, told = await person.answers("allow", who=f"{wide.workspace.id}/{user}")
        assert (status, told) == (400, {})


async def test_a_code_is_exchanged_once_for_a_token_with_the_scopes_asked_for(
    wide: Sandbox, other: Sandbox, person: Person
) -> None:
    _, told = await person.answers("allow")
    assert told["state"] == "s-1"
    answer = await exchange(wide, told["code"], redirect_uri=HOME)
    assert answer["access_token"] == other.bot_token
    assert answer["team"] == {"id": OTHER, "name": "Lakeside Hospital"}
    assert answer["authed_user"] == {"id": "U0ADA"}
    assert answer["scope"] == ",".join(SCOPES)
    assert await refused(exchange(wide, told["code"])) == "code_already_used"
    api = AsyncWebClient(token=answer["access_token"], base_url=f"{wide.address}/api/")
    assert (await api.auth_test())["team_id"] == OTHER
    assert await refused(api.users_list()) == "missing_scope"


async def test_codes_and_secrets_that_are_none_are_refused(wide: Sandbox, person: Person) -> None:
    _, told = await person.answers("allow")
    code = told["code"]
    assert await refused(exchange(wide, "made-up")) == "invalid_code"
    assert await refused(exchange(wide, code, client_secret="x")) == "bad_client_secret"
    assert await refused(exchange(wide, code, client_id="1.2")) == "invalid_client_id"
    assert await refused(exchange(wide, code, redirect_uri="http://x.example")) == (
        "bad_redirect_uri"
    )
    wide.clock.skip(11 * 60)
    assert await refused(exchange(wide, code)) == "invalid_code"


async def test_installing_again_keeps_the_token_and_adds_scopes(
    wide: Sandbox, other: Sandbox, person: Person
) -> None:
    _, first = await person.answers("allow")
    token = (await exchange(wide, first["code"]))["access_token"]
    _, second = await person.answers("allow", scope="users:read")
    again = await exchange(wide, second["code"])
    assert again["access_token"] == token
    assert other.scopes == [*SCOPES, "users:read"]


async def test_an_app_that_is_taken_out_hears_so_and_its_token_is_dead(
    wide: Sandbox, api: AsyncWebClient, heard: Heard
) -> None:
    app = wide.registration
    known = {"client_id": app.client_id, "client_secret": app.client_secret}
    assert await refused(api.apps_uninstall(**{**known, "client_secret": "x"})) == (
        "bad_client_secret"
    )
    await api.apps_uninstall(**known)
    assert await refused(api.auth_test()) == "account_inactive"
    assert (await heard.of("tokens_revoked"))[0]["tokens"] == {"oauth": [], "bot": ["U0MENTOR"]}
    assert len(await heard.of("app_uninstalled")) == 1
    said = len(heard.events)
    await wide.actions.change_user("U0BEN", title="Fellow")
    assert len(heard.events) == said
    assert wide.workspace.bot.deleted
    assert not wide.socket.enabled


async def test_a_revoked_token_says_so_and_a_trial_revokes_nothing(
    wide: Sandbox, api: AsyncWebClient, heard: Heard
) -> None:
    assert not (await api.auth_revoke(test=True))["revoked"]
    assert (await api.auth_revoke())["revoked"]
    assert await refused(api.auth_test()) == "token_revoked"
    assert len(await heard.of("tokens_revoked")) == 1
    assert wide.bot_token == ""


async def test_who_comes_back_gets_another_token(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    before = wide.bot_token
    await control.post("admin/uninstall")
    after = (await control.post("admin/install"))["token"]
    assert after not in ("", before)
    assert await refused(api.auth_test()) == "account_inactive"
    api.token = after
    assert (await api.auth_test())["ok"]
    assert not wide.workspace.bot.deleted
    assert wide.socket.enabled


class Installable:
    """A plain Bolt app with Bolt's own OAuth pages; it greets who types its command."""

    def __init__(self, wide: Sandbox, folder: Path, address: str) -> None:
        registration, base = wide.registration, f"{wide.address}/api/"
        settings = AsyncOAuthSettings(
            client_id=registration.client_id,
            client_secret=registration.client_secret,
            scopes=SCOPES,
            redirect_uri=f"{address}/slack/oauth_redirect",
            authorization_url=f"{wide.address}/oauth/v2/authorize",
            install_page_rendering_enabled=False,
            installation_store=FileInstallationStore(base_dir=str(folder / "installed")),
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder / "s")),
        )
        flow = AsyncOAuthFlow(client=AsyncWebClient(base_url=base), settings=settings)
        client = AsyncWebClient(base_url=base)
        self.bolt = AsyncApp(client=client, signing_secret=wide.signing_secret, oauth_flow=flow)
        self.bolt.command("/mentor")(self.typed)

    async def typed(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user_id"], text=f"hello {body['team_id']}")


async def test_bolts_own_pages_install_it_and_it_speaks_in_the_right_workspace(
    wide: Sandbox, other: Sandbox, tmp_path: Path, unused_tcp_port: int
) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    wide.manifest["oauth_config"]["redirect_urls"] = [address]
    wide.sender.url, wide.sender.signs_at = f"{address}/slack/events", machine_time
    app = Installable(wide, tmp_path, address)
    runner = web.AppRunner(app.bolt.web_app(path="/slack/events"))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
        # Bolt's cookie is for https alone.
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=address)
        async with aiohttp.ClientSession(cookie_jar=jar) as browser:
            async with browser.get(f"{address}/slack/install") as page:
                asked = hidden(await page.text())
            said = asked | {"answer": "allow", "who": f"{OTHER}/U0ADA"}
            async with browser.post(f"{wide.address}/oauth/v2/authorize", data=said) as page:
                assert "Thank you" in await page.text()
        general = other.workspace.find_channel("general").id
        assert (await other.actions.command("U0BEN", general, "/mentor", "")).status == 200
        direct = other.workspace.direct(["U0BEN", "U0MENTOR"])
        assert [each.text for each in direct.messages] == [f"hello {OTHER}"]
        assert not wide.workspace.direct(["U0BEN", "U0MENTOR"]).messages
    finally:
        await runner.cleanup()


def machine_time() -> int:
    """Bolt reads the machine's clock."""
    import time  # noqa: PLC0415 - nothing else here may

    return int(time.time())
