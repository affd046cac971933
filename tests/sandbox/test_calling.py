"""How a call is made and answered, whichever method it is: bodies, tokens, cursors, headers."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.web_api import METHODS
from tests.sandbox.answers import refused

Json = dict[str, Any]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Raw:
    """Calls made without an SDK."""

    def __init__(self, session: aiohttp.ClientSession, token: str) -> None:
        self._session = session
        self._token = token

    async def post(self, method: str, kind: str, body: str, **more: Any) -> Json:
        headers = {"content-type": kind, "authorization": f"Bearer {self._token}"}
        async with self._session.post(
            f"/api/{method}", data=body.encode(), headers=headers, **more
        ) as answer:
            self.headers = dict(answer.headers)
            return dict(await answer.json())

    async def bare(self, method: str, **asked: Any) -> Json:
        async with self._session.request("POST", f"/api/{method}", **asked) as answer:
            return dict(await answer.json())


@pytest.fixture
async def raw(wide: Sandbox) -> AsyncIterator[Raw]:
    async with aiohttp.ClientSession(wide.address) as session:
        yield Raw(session, wide.bot_token)


@pytest.mark.parametrize(
    ("kind", "warnings"),
    [
        (f"{JSON}; charset=utf-8", []),
        (JSON, ["missing_charset"]),
        (FORM, []),
        (f"{FORM}; charset=utf-8", ["superfluous_charset"]),
    ],
)
async def test_a_charset_belongs_to_json_and_not_to_forms(
    raw: Raw, kind: str, warnings: list[str]
) -> None:
    body = '{"channel": "U0BEN", "text": "x"}' if JSON in kind else "channel=U0BEN&text=x"
    answer = await raw.post("chat.postMessage", kind, body)
    assert answer["ok"]
    assert answer.get("warning", "") == ",".join(warnings)
    assert answer.get("response_metadata", {}).get("warnings", []) == warnings


@pytest.mark.parametrize(
    ("kind", "code"),
    [("application/xml", "invalid_post_type"), (f"{JSON}; charset=klingon", "invalid_charset")],
)
async def test_a_body_of_another_kind_is_refused(raw: Raw, kind: str, code: str) -> None:
    assert (await raw.post("chat.postMessage", kind, "{}"))["error"] == code


async def test_what_only_looks_something_up_reads_no_json(raw: Raw) -> None:
    as_json = await raw.post("users.info", f"{JSON}; charset=utf-8", '{"user": "U0BEN"}')
    assert as_json["error"] == "invalid_arguments"
    assert "user" in as_json["response_metadata"]["messages"][0]
    assert (await raw.post("users.info", FORM, "user=U0BEN"))["user"]["id"] == "U0BEN"


async def test_a_token_comes_in_the_header_or_the_form_and_not_in_the_address(
    wide: Sandbox, raw: Raw
) -> None:
    token = {"token": wide.bot_token}
    assert (await raw.bare("auth.test", data=token))["ok"]
    assert (await raw.bare("auth.test", params=token))["error"] == "not_authed"
    assert (await raw.bare("auth.test"))["error"] == "not_authed"
    assert (await raw.bare("auth.test", data={"token": "xoxb-x"}))["error"] == "invalid_auth"


async def test_headers_say_what_is_granted_and_what_is_needed(wide: Sandbox, raw: Raw) -> None:
    await raw.post("reactions.get", FORM, "")
    assert raw.headers["x-accepted-oauth-scopes"] == "reactions:read"
    assert raw.headers["x-oauth-scopes"] == ",".join(wide.scopes)
    first = raw.headers["x-slack-req-id"]
    await raw.post("conversations.history", FORM, "")
    assert raw.headers["x-accepted-oauth-scopes"] == (
        "channels:history,groups:history,im:history,mpim:history"
    )
    assert raw.headers["x-slack-req-id"] != first


async def test_a_cursor_is_opaque_and_one_that_is_made_up_is_refused(
    api: AsyncWebClient,
) -> None:
    seen: list[str] = []
    async for page in await api.users_list(limit=4):
        seen += [each["id"] for each in page["members"]]
    assert len(seen) == len(set(seen)) > 12
    for made_up in ("at:5", "!!", "aGVsbG8="):
        assert await refused(api.users_list(cursor=made_up)) == "invalid_cursor"


async def test_only_people_snooze_and_the_app_has_no_such_token(api: AsyncWebClient) -> None:
    assert await refused(api.dnd_setSnooze(num_minutes=5)) == "not_allowed_token_type"


async def test_a_method_takes_the_kind_of_token_it_is_for(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    assert await refused(api.apps_connections_open(app_token=wide.bot_token)) == (
        "not_allowed_token_type"
    )
    assert (await api.apps_connections_open(app_token=wide.app_token))["url"].startswith("ws://")


async def test_api_test_gives_back_what_it_is_given(api: AsyncWebClient) -> None:
    assert (await api.api_test(foo="bar"))["args"]["foo"] == "bar"
    assert await refused(api.api_test(error="my_error")) == "my_error"


async def test_a_preference_keeps_any_method_from_the_app(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    wide.restricted.add("chat.postMessage")
    assert await refused(api.chat_postMessage(channel="U0BEN", text="x")) == "restricted_action"


NAMED = sorted(name for name, each in METHODS.items() if each.scope and not each.app_level)


@pytest.mark.parametrize("method", NAMED)
async def test_each_method_names_the_scope_that_is_missing(
    wide: Sandbox, api: AsyncWebClient, method: str
) -> None:
    wanted = METHODS[method]
    wide.scopes = []
    code = "not_allowed_token_type" if wanted.for_people else "missing_scope"
    answer = await refused_with(api, method)
    assert answer["error"] == code
    assert answer.get("needed", wanted.scope) == wanted.scope


async def refused_with(api: AsyncWebClient, method: str) -> Json:
    try:
        await api.api_call(method, params={})
    except Exception as error:  # noqa: BLE001 - Slack's own error
        return dict(error.response.data)  # type: ignore[attr-defined]
    return {}
