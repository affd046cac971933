"""Slack's rate limits, where they are switched on."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.limits import PER_MINUTE, POSTS_AT_ONCE
from tests.sandbox.conftest import Control


async def limited(call: object) -> int:
    """The seconds to wait, of a call that comes too soon."""
    with pytest.raises(SlackApiError) as error:
        await call  # type: ignore[misc] # a call of the SDK's
    assert error.value.response.status_code == 429
    assert error.value.response["error"] == "ratelimited"
    return int(error.value.response.headers["retry-after"])


async def test_nobody_counts_unless_asked_to(api: AsyncWebClient) -> None:
    for _ in range(POSTS_AT_ONCE + 3):
        await api.chat_postMessage(channel="U0BEN", text="x")


async def test_a_method_may_be_called_as_often_as_its_tier_says(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    await control.post("admin/limits", on=True)
    for _ in range(PER_MINUTE[2]):
        await api.users_list()
    assert await limited(api.users_list()) == 3
    await api.users_info(user="U0BEN")
    wide.clock.skip(2)
    assert await limited(api.users_list()) == 1
    wide.clock.skip(1)
    await api.users_list()
    await control.post("admin/limits", on=False)
    await api.users_list()


async def test_one_post_a_second_and_channel_after_a_short_burst(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    wide.limits.on = True
    for _ in range(POSTS_AT_ONCE):
        await api.chat_postMessage(channel="U0BEN", text="x")
    assert await limited(api.chat_postMessage(channel="U0BEN", text="x")) == 1
    await api.chat_postMessage(channel="U0EVA", text="x")
    wide.clock.skip(1)
    await api.chat_postMessage(channel="U0BEN", text="x")
    assert await limited(api.chat_postMessage(channel="U0BEN", text="x")) == 1


async def test_a_call_that_is_refused_for_now_has_no_effect(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    wide.limits.on = True
    await api.apps_connections_open(app_token=wide.app_token)
    assert await limited(api.apps_connections_open(app_token=wide.app_token)) == 60
    assert len(wide.ledger.accepted("apps.connections.open")) == 1
