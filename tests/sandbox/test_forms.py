"""Forms as people fill them in: what Slack holds back, what the app refuses, what it then does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.forms import held_back
from tests.sandbox.conftest import Control, Heard
from tests.sandbox.test_elements import actions, button, option, words

Json = dict[str, Any]


def field(name: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": words(name.title()),
        "element": {"action_id": name, **element},
        **more,
    }


def form(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal", "callback_id": "form", "title": words("Form"), "submit": words("Send"),
        "blocks": list(blocks), **more,
    }  # fmt: skip


TEXT = {"type": "plain_text_input"}
KIND = {"type": "static_select", "options": [option("weekly"), option("monthly")]}


async def test_a_field_that_must_be_filled_in_is_and_the_app_hears_nothing_before(
    wide: Sandbox, api: AsyncWebClient, control: Control, heard: Heard
) -> None:
    view = form(field("goal", TEXT), field("notes", TEXT, optional=True))
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    where = {"user": "U0BEN", "view_id": opened["view"]["id"]}
    held = await control.act("submit", **where)
    assert held["body"]["errors"] == {"goal": "Please complete this required field."}
    assert heard.interactions == []
    await control.act("submit", values={"goal": "Write a grant"}, **where)
    assert len(heard.interactions) == 1
    assert wide.workspace.modals["U0BEN"] == []


async def test_somebody_who_passes_the_client_by_sends_it_all_the_same(
    wide: Sandbox, api: AsyncWebClient, control: Control, heard: Heard
) -> None:
    view = form(field("goal", TEXT))
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    await control.act("submit", user="U0BEN", view_id=opened["view"]["id"], forged=True)
    assert len(heard.interactions) == 1


@pytest.mark.parametrize(
    ("element", "content", "fits"),
    [
        pytest.param(TEXT | {"max_length": 3}, "four", False, id="too long"),
        pytest.param(TEXT | {"min_length": 5}, "four", False, id="too short"),
        pytest.param(TEXT | {"min_length": 4, "max_length": 4}, "four", True, id="just right"),
        pytest.param({"type": "number_input"}, "2.5", False, id="a part of a number"),
        pytest.param(
            {"type": "number_input", "is_decimal_allowed": True}, "2.5", True, id="a decimal"
        ),
        pytest.param({"type": "number_input", "min_value": "3"}, "2", False, id="too few"),
        pytest.param({"type": "number_input", "max_value": "3"}, "4", False, id="too many"),
        pytest.param({"type": "number_input"}, "two", False, id="no number"),
        pytest.param({"type": "email_text_input"}, "ada@home", False, id="no address"),
        pytest.param({"type": "email_text_input"}, "ada@a.example", True, id="an address"),
        pytest.param({"type": "url_text_input"}, "a.example", False, id="no link"),
        pytest.param({"type": "url_text_input"}, "https://a.example", True, id="a link"),
    ],
)
def test_what_is_typed_fits_its_field(element: Json, content: str, *, fits: bool) -> None:
    state = {"it": {"it": {"type": element["type"], "value": content}}}
    assert (held_back([field("it", element)], state) == {}) is fits


def test_no_more_is_picked_than_may_be() -> None:
    element = {"type": "multi_users_select", "max_selected_items": 1}
    state = {"it": {"it": {"type": element["type"], "selected_users": ["U0ADA", "U0BEN"]}}}
    assert held_back([field("it", element)], state) == {"it": "Please choose at most 1."}


class Pairs:
    """A plain Bolt app: its form grows when a kind is picked, and answers as it is told to."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.client = AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")
        self.app = AsyncApp(client=self.client, signing_secret="unused")
        self.answer: Json = {}
        self.seen: list[Json] = []
        self.kind = field("kind", KIND, dispatch_action=True)
        self.app.command("/mentor")(self.typed)
        self.app.action("kind")(self.picked)
        self.app.action("go")(self.pressed)
        self.app.view("form")(self.submitted)

    async def typed(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        view = form(self.kind, field("goal", TEXT))
        await self.client.views_open(trigger_id=body["trigger_id"], view=view)

    async def picked(self, ack: AsyncAck, body: Json) -> None:
        self.seen.append(body)
        await ack()
        more = field("starts", {"type": "datetimepicker"}, optional=True)
        view = form(self.kind, more, field("goal", TEXT))
        old = body["view"]
        await self.client.views_update(view_id=old["id"], hash=old["hash"], view=view)

    async def pressed(self, ack: AsyncAck, respond: AsyncRespond, body: Json) -> None:
        self.seen.append(body)
        await ack()
        await respond("noted", replace_original=False, thread_ts=body["container"]["thread_ts"])

    async def submitted(self, ack: AsyncAck, body: Json) -> None:
        self.seen.append(body)
        if self.answer.pop("update_first", False):
            view = form(self.kind, field("goal", TEXT))
            await self.client.views_update(view_id=body["view"]["id"], view=view)
        await ack(**self.answer)


@pytest.fixture
async def pairs(wide: Sandbox) -> AsyncIterator[Pairs]:
    made = Pairs(wide)
    handler = AsyncSocketModeHandler(made.app, wide.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
    yield made
    await handler.close_async()  # type: ignore[no-untyped-call] # Bolt's own


async def opened(wide: Sandbox, control: Control) -> Json:
    """The form that the command opens, and whose it is."""
    general = wide.workspace.find_channel("general").id
    typed = {"command": "/mentor", "text": "pair"}
    await control.act("command", user="U0BEN", channel=general, **typed)
    for _ in range(100):
        if wide.workspace.modals.get("U0BEN"):
            break
        await asyncio.sleep(0.02)
    return {"user": "U0BEN", "view_id": wide.workspace.modals["U0BEN"][-1]["id"]}


async def test_a_form_grows_with_what_is_picked_and_keeps_what_was_typed(
    wide: Sandbox, control: Control, pairs: Pairs
) -> None:
    where = await opened(wide, control)
    typed = {"goal": "Write a grant"}
    await control.act("click", action_id="kind", pick="monthly", values=typed, **where)
    for _ in range(100):
        if len(wide.workspace.modals["U0BEN"][-1]["blocks"]) > 2:
            break
        await asyncio.sleep(0.02)
    assert pairs.seen[-1]["actions"][0]["selected_option"]["value"] == "monthly"
    await control.act("submit", values={"starts": 1796135400}, **where)
    values = pairs.seen[-1]["view"]["state"]["values"]
    assert values["starts"]["starts"]["selected_date_time"] == 1796135400
    assert values["goal"]["goal"]["value"] == "Write a grant"
    assert values["kind"]["kind"]["selected_option"]["value"] == "monthly"
    assert wide.workspace.modals["U0BEN"] == []


async def test_an_error_at_a_field_stands_there_and_one_at_no_field_is_refused(
    wide: Sandbox, control: Control, pairs: Pairs
) -> None:
    where = await opened(wide, control)
    filled = {"kind": "weekly", "goal": "x"}
    pairs.answer = {"response_action": "errors", "errors": {"goal": "Say more."}}
    await control.act("submit", values=filled, **where)
    assert wide.workspace.modals["U0BEN"][-1]["errors"] == {"goal": "Say more."}
    pairs.answer = {"response_action": "errors", "errors": {"nothing": "Say more."}}
    assert await control.refused("submit", values=filled, **where) == "invalid_arguments"
    assert len(wide.workspace.modals["U0BEN"]) == 1


async def test_a_form_that_is_updated_while_it_is_submitted_closes_all_the_same(
    wide: Sandbox, control: Control, pairs: Pairs
) -> None:
    where = await opened(wide, control)
    pairs.answer = {"update_first": True}
    await control.act("submit", values={"kind": "weekly", "goal": "x"}, **where)
    assert wide.workspace.modals["U0BEN"] == []


async def test_a_message_for_one_person_is_not_in_the_payload_and_an_answer_goes_to_its_thread(
    wide: Sandbox, api: AsyncWebClient, control: Control, pairs: Pairs
) -> None:
    room = wide.workspace.find_channel("oncology-questions").id
    said = (await api.chat_postMessage(channel=room, text="Case"))["ts"]
    told = await api.chat_postEphemeral(
        channel=room, user="U0BEN", text="Only you", blocks=actions(button()), thread_ts=said
    )
    where = {"user": "U0BEN", "channel": room, "ts": told["message_ts"]}
    await control.act("click", action_id="go", **where)
    assert "message" not in pairs.seen[-1]
    assert pairs.seen[-1]["container"]["is_ephemeral"]
    for _ in range(100):
        if len(seen := wide.workspace.thread(room, said, "U0BEN")) > 2:
            break
        await asyncio.sleep(0.02)
    assert (seen[-1].text, seen[-1].only_for) == ("noted", "U0BEN")


async def test_names_are_references_as_the_manifest_wants_them(
    wide: Sandbox, control: Control, heard: Heard
) -> None:
    room = wide.workspace.find_channel("oncology-questions").id
    text = "ask @ada. in #oncology-questions about #pain"
    typed = {"user": "U0BEN", "channel": room, "command": "/mentor", "text": text}
    await control.act("command", **typed)
    in_command = f"ask <@U0ADA|ada>. in <#{room}|oncology-questions> about #pain"
    assert heard.interactions[-1]["text"] == in_command
    posted = await control.act("post", user="U0BEN", channel=room, text=text)
    assert posted["text"] == in_command.replace("|ada", "")
    wide.manifest["features"]["slash_commands"][0]["should_escape"] = False
    await control.act("command", **typed)
    assert heard.interactions[-1]["text"] == text


async def test_who_opens_home_again_is_told_with_what_stands_there(
    api: AsyncWebClient, control: Control, heard: Heard
) -> None:
    await control.act("open_home", user="U0BEN")
    assert "view" not in heard.events[-1]
    home = await api.views_publish(user_id="U0BEN", view={"type": "home", "blocks": []})
    await control.act("open_home", user="U0BEN")
    assert heard.events[-1]["view"]["id"] == home["view"]["id"]


async def test_the_app_sends_a_file_to_somebodys_direct_messages(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    direct = (await api.conversations_open(users="U0BEN"))["channel"]["id"]
    await api.files_upload_v2(  # type: ignore[no-untyped-call, unused-ignore]
        channel=direct, filename="meeting.ics", content="BEGIN:VCALENDAR", title="Invitation"
    )
    (file,) = (await control.sees("U0BEN", direct))["messages"][-1]["files"]
    assert (file["name"], file["title"]) == ("meeting.ics", "Invitation")
    async with aiohttp.ClientSession() as session, session.get(file["url_private"]) as answer:
        assert await answer.text() == "BEGIN:VCALENDAR"
    assert wide.workspace.files[file["id"]].user == wide.workspace.bot.id
