"""Two workspaces with the same ids and names know nothing of one another."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard
from tests.sandbox.places import OTHER, hospital


@pytest.fixture
def other(wide: Sandbox) -> Sandbox:
    return wide.add_workspace(hospital(wide.clock))


@pytest.fixture
def there(wide: Sandbox, other: Sandbox) -> AsyncWebClient:
    """A client with the second workspace's token."""
    return AsyncWebClient(token=other.bot_token, base_url=f"{wide.address}/api/")


async def test_a_token_says_which_workspace_a_call_is_about(
    api: AsyncWebClient, there: AsyncWebClient
) -> None:
    assert (await api.auth_test())["team_id"] == "T0SANDBOX"
    assert (await there.auth_test())["team_id"] == OTHER
    names = [(await each.users_info(user="U0BEN"))["user"]["real_name"] for each in (api, there)]
    assert names == ["Ben Castillo", "Benno Kraft"]
    assert len((await there.users_list())["members"]) == 4


async def test_what_is_posted_in_one_is_not_in_the_other(
    wide: Sandbox, other: Sandbox, there: AsyncWebClient
) -> None:
    ids = [each.workspace.find_channel("oncology-questions").id for each in (wide, other)]
    assert ids[0] == ids[1]
    await there.chat_postMessage(channel=ids[1], text="only here")
    assert not wide.workspace.channels[ids[0]].messages
    assert [each.text for each in other.workspace.channels[ids[1]].messages] == ["only here"]


async def test_events_and_commands_say_where_they_come_from(
    other: Sandbox, wide: Sandbox, heard: Heard
) -> None:
    room = other.workspace.find_channel("oncology-questions").id
    await other.actions.post("U0BEN", room, "hello")
    told = heard.payloads[-1]
    assert (told["team_id"], told["authorizations"][0]["team_id"]) == (OTHER, OTHER)
    await other.actions.command("U0BEN", room, "/mentor", "x")
    await wide.actions.command("U0BEN", room, "/mentor", "x")
    assert [each["team_id"] for each in heard.interactions] == [OTHER, "T0SANDBOX"]


async def test_response_addresses_files_and_links_lead_into_their_own(
    other: Sandbox, there: AsyncWebClient, heard: Heard
) -> None:
    room = other.workspace.find_channel("oncology-questions").id
    await other.actions.command("U0BEN", room, "/mentor", "x")
    address = heard.interactions[-1]["response_url"]
    async with aiohttp.ClientSession() as session:
        async with session.post(address, json={"text": "for Benno"}) as answer:
            assert answer.status == 200
        assert other.workspace.messages(room, "U0BEN")[-1].text == "for Benno"
        sent = await there.files_upload_v2(channel=room, filename="a.txt", content="hello")
        async with session.get(sent["file"]["url_private"]) as file:
            assert await file.text() == "hello"
        said = sent["file"]["id"]
        assert said in other.workspace.files
        ts = (await there.chat_postMessage(channel=room, text="x"))["ts"]
        link = (await there.chat_getPermalink(channel=room, message_ts=ts))["permalink"]
        async with session.get(link, allow_redirects=False) as moved:
            assert f"team={OTHER}" in moved.headers["location"]


async def test_the_control_api_is_asked_for_a_team(other: Sandbox, control: Control) -> None:
    room = other.workspace.find_channel("oncology-questions").id
    await control.post(f"act/post?team={OTHER}", user="U0BEN", channel=room, text="hello")
    assert [each.text for each in other.workspace.channels[room].messages] == ["hello"]
    assert not (await control.sees("U0BEN", room))["messages"]


async def test_a_trigger_of_one_opens_nothing_in_the_other(
    wide: Sandbox, there: AsyncWebClient
) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": []}
    opening = there.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    assert await refused(opening) == "invalid_trigger_id"


async def test_what_one_forbids_and_lacks_the_other_does_not(
    wide: Sandbox, other: Sandbox, api: AsyncWebClient, there: AsyncWebClient
) -> None:
    other.restricted.add("conversations.create")
    other.scopes = [each for each in other.scopes if each != "users:read"]
    assert await refused(there.conversations_create(name="circle")) == "restricted_action"
    assert await refused(there.users_list()) == "missing_scope"
    assert (await api.conversations_create(name="circle"))["ok"]
    wide.limits.on = True
    assert (await api.users_list())["ok"]


async def test_taken_out_of_one_the_app_stays_in_the_other(
    other: Sandbox, wide: Sandbox, api: AsyncWebClient, there: AsyncWebClient, heard: Heard
) -> None:
    app = wide.registration
    await there.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    await other.events.settled()
    assert {each["event"]["type"]: each["team_id"] for each in heard.payloads} == {
        "tokens_revoked": OTHER,
        "app_uninstalled": OTHER,
    }
    assert await refused(there.auth_test()) == "account_inactive"
    assert (await api.auth_test())["ok"]
    assert wide.socket.enabled


async def test_two_workspaces_share_a_clock_and_no_id(wide: Sandbox, other: Sandbox) -> None:
    assert wide.of(OTHER) is other
    assert wide.of("") is wide
    for wrong in (hospital(wide.clock), hospital(SandboxClock())):
        with pytest.raises(ValueError, match="share a clock"):
            wide.add_workspace(wrong)
