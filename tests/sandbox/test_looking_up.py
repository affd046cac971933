"""Conversations and people are found, a page at a time, as far as scopes reach."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control, Heard


async def test_channels_come_in_pages_and_archived_ones_can_be_left_out(
    api: AsyncWebClient,
) -> None:
    for number in range(3):
        made = await api.conversations_create(name=f"circle-{number}")
    await api.conversations_archive(channel=made["channel"]["id"])
    names = []
    cursor = ""
    while True:
        answer = await api.conversations_list(limit=2, cursor=cursor)
        names += [each["name"] for each in answer["channels"]]
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(names) == len(set(names)) == 6
    living = await api.conversations_list(exclude_archived=True)
    assert set(names) - {each["name"] for each in living["channels"]} == {"circle-2"}
    assert await refused(api.conversations_list(cursor="made up")) == "invalid_cursor"
    assert await refused(api.conversations_list(limit=5000)) == "invalid_limit"
    assert await refused(api.conversations_list(types="secret")) == "invalid_types"


async def test_private_channels_are_listed_only_where_the_app_is_in(api: AsyncWebClient) -> None:
    mine = await api.conversations_create(name="mine", is_private=True)
    answer = await api.conversations_list(types="private_channel")
    assert [each["id"] for each in answer["channels"]] == [mine["channel"]["id"]]


async def test_the_conversations_of_a_person_are_those_the_app_may_know_of(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    answer = await api.users_conversations(user="U0ADA", types="public_channel,private_channel")
    assert {each["name"] for each in answer["channels"]} == {"general", "oncology-questions"}
    own = await api.users_conversations()
    assert [each["name"] for each in own["channels"]] == ["oncology-questions"]
    wide.scopes.remove("groups:read")
    private = api.users_conversations(user="U0ADA", types="private_channel")
    assert await refused(private) == "missing_scope"


async def test_members_are_counted_if_asked_for(wide: Sandbox, api: AsyncWebClient) -> None:
    general = wide.workspace.find_channel("general")
    plain = await api.conversations_info(channel=general.id)
    assert "num_members" not in plain["channel"]
    counted = await api.conversations_info(channel=general.id, include_num_members=True)
    assert counted["channel"]["num_members"] == len(general.members)
    page = await api.conversations_members(channel=general.id, limit=5)
    assert page["members"] == general.members[:5]


async def test_a_persons_zone_is_told_and_their_address_only_with_its_scope(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    eva = (await api.users_info(user="U0EVA"))["user"]
    assert (eva["tz"], eva["tz_offset"]) == ("Europe/Berlin", 3600)
    assert eva["profile"]["email"] == "eva@riverside.example"
    wide.scopes.remove("users:read.email")
    assert "email" not in (await api.users_info(user="U0EVA"))["user"]["profile"]
    listed = (await api.users_list())["members"]
    assert not any("email" in each["profile"] for each in listed)
    ned = next(each for each in listed if each["id"] == "U0NED")
    assert ned["deleted"]
    assert "tz" not in ned


async def test_do_not_disturb_is_told_while_it_lasts(
    wide: Sandbox, api: AsyncWebClient, control: Control, heard: Heard
) -> None:
    start = wide.clock.now()
    await control.act("set_dnd", user="U0BEN", start=start, end=start + 3600)
    ben = await api.dnd_info(user="U0BEN")
    assert (ben["dnd_enabled"], ben["next_dnd_end_ts"]) == (True, start + 3600)
    both = (await api.dnd_teamInfo(users=["U0BEN", "U0EVA"]))["users"]
    assert {name: each["dnd_enabled"] for name, each in both.items()} == {
        "U0BEN": True,
        "U0EVA": False,
    }
    told = (await heard.of("dnd_updated_user"))[0]
    assert (told["user"], told["dnd_status"]["dnd_enabled"]) == ("U0BEN", True)
    await control.post("clock/skip?hours=2")
    assert not (await api.dnd_info(user="U0BEN"))["dnd_enabled"]
    assert await refused(api.dnd_info(user="U0NOBODY")) == "user_not_found"
    many = [f"U{number}" for number in range(51)]
    assert await refused(api.dnd_teamInfo(users=many)) == "too_many_users"


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("team.info", "team:read"),
        ("dnd.info", "dnd:read"),
        ("reactions.get", "reactions:read"),
        ("reactions.add", "reactions:write"),
        ("files.info", "files:read"),
        ("files.getUploadURLExternal", "files:write"),
        ("conversations.create", "channels:manage"),
        ("conversations.archive", "channels:manage"),
        ("conversations.replies", "channels:history"),
    ],
)
async def test_a_scope_that_is_missing_is_named(
    wide: Sandbox, api: AsyncWebClient, method: str, scope: str
) -> None:
    wide.scopes[:] = ["chat:write"]
    with pytest.raises(SlackApiError) as error:
        await api.api_call(method, params={"name": "circle"})
    assert error.value.response["needed"] == scope
    assert error.value.response["provided"] == "chat:write"


async def test_the_workspace_tells_its_name(api: AsyncWebClient) -> None:
    team = (await api.team_info())["team"]
    assert (team["id"], team["domain"]) == ("T0SANDBOX", "riverside-cancer-centre")
    assert await refused(api.team_info(team="T0OTHER")) == "team_not_found"
