"""External selects: the app is asked for options, and what it answers is checked and kept."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.conftest import Control
from tests.sandbox.examples import ELEMENTS, MODAL, option, plain

Json = dict[str, Any]


class Librarian:
    """A plain Bolt app that offers what it is told to offer."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.client = AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.address}/api/")
        self.app = AsyncApp(client=self.client, signing_secret="unused")
        self.asked: list[Json] = []
        self.sent: list[Json] = []
        self.offer: Json = {"options": [option("pain"), option("sleep")]}
        self.app.options("topic")(self.offers)
        self.app.action("topic")(self.picked)
        self.app.view("form")(self.submitted)

    async def offers(self, ack: AsyncAck, body: Json) -> None:
        self.asked.append(body)
        await ack(**self.offer)

    async def picked(self, ack: AsyncAck, body: Json) -> None:
        self.sent.append(body)
        await ack()

    async def submitted(self, ack: AsyncAck, body: Json) -> None:
        self.sent.append(body)
        await ack()


@pytest.fixture
async def librarian(wide: Sandbox) -> AsyncIterator[Librarian]:
    made = Librarian(wide)
    handler = AsyncSocketModeHandler(made.app, wide.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt's own
    yield made
    await handler.close_async()  # type: ignore[no-untyped-call] # Bolt's own


TOPIC = {
    "type": "input",
    "block_id": "of",
    "label": plain("Topic"),
    "element": {**ELEMENTS["external_select"], "action_id": "topic"},
}
FORM = MODAL | {"submit": plain("Send"), "callback_id": "form", "blocks": [TOPIC]}


async def opened(wide: Sandbox, api: AsyncWebClient, view: Json = FORM) -> Json:
    view = (await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view))["view"]
    return {"user": "U0BEN", "view_id": view["id"]}


async def test_what_the_app_offers_is_picked_and_sent_whole(
    wide: Sandbox, api: AsyncWebClient, control: Control, librarian: Librarian
) -> None:
    where = await opened(wide, api)
    told = await control.act("suggest", action_id="topic", query="pa", **where)
    assert [each["value"] for each in told["body"]["options"]] == ["pain", "sleep"]
    asked = librarian.asked[-1]
    assert (asked["type"], asked["action_id"], asked["block_id"]) == (
        "block_suggestion", "topic", "of",
    )  # fmt: skip
    assert asked["value"] == "pa"
    assert asked["container"] == {"type": "view", "view_id": where["view_id"]}
    assert {"team", "user", "api_app_id", "view"} <= set(asked)
    assert not {"trigger_id", "response_url"} & set(asked)
    await control.act("submit", values={"of": option("pain")}, **where)
    values = librarian.sent[-1]["view"]["state"]["values"]
    assert values["of"]["topic"]["selected_option"] == option("pain")


async def test_groups_are_offered_too_and_an_offer_of_nothing_is_one(
    wide: Sandbox, api: AsyncWebClient, control: Control, librarian: Librarian
) -> None:
    where = await opened(wide, api)
    librarian.offer = {"option_groups": [{"label": plain("Care"), "options": [option("pain")]}]}
    told = await control.act("suggest", action_id="topic", query="pa", **where)
    assert told["body"]["option_groups"][0]["options"] == [option("pain")]
    librarian.offer = {"options": []}
    told = await control.act("suggest", action_id="topic", query="xx", **where)
    assert told["body"] == {"options": []}


@pytest.mark.parametrize(
    "offer",
    [
        pytest.param({"options": [{"text": plain("x" * 76), "value": "x"}]}, id="a long text"),
        pytest.param({"options": [option(f"o{n}") for n in range(101)]}, id="101 options"),
        pytest.param({"options": [{"text": plain("x")}]}, id="an option without a value"),
        pytest.param({}, id="no options"),
    ],
)
async def test_an_offer_that_slack_refuses_is_refused(
    wide: Sandbox, api: AsyncWebClient, control: Control, librarian: Librarian, offer: Json
) -> None:
    where = await opened(wide, api)
    librarian.offer = offer
    refused = await control.refused("suggest", action_id="topic", query="pa", **where)
    assert refused == "invalid_arguments"


async def test_in_a_message_several_are_picked_by_what_was_offered(
    api: AsyncWebClient, control: Control, librarian: Librarian
) -> None:
    element = {**ELEMENTS["multi_external_select"], "action_id": "topic"}
    posted = await api.chat_postMessage(
        channel="U0BEN", text="x", blocks=[{"type": "actions", "elements": [element]}]
    )
    where = {"user": "U0BEN", "channel": posted["channel"], "ts": posted["ts"]}
    await control.act("suggest", action_id="topic", query="pa", **where)
    await control.act("click", action_id="topic", pick=["sleep", "pain"], **where)
    action = librarian.sent[-1]["actions"][0]
    assert action["selected_options"] == [option("sleep"), option("pain")]
    assert librarian.asked[-1]["message"]["ts"] == posted["ts"]


async def test_an_app_that_does_not_answer_offers_nothing(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    where = await opened(wide, api)
    told = await control.act("suggest", action_id="topic", query="pa", **where)
    assert told["status"] != 200


async def test_files_and_rich_text_are_sent_in_slacks_shapes(
    wide: Sandbox, api: AsyncWebClient, control: Control, librarian: Librarian
) -> None:
    def field(kind: str, **more: Any) -> Json:
        element = {**ELEMENTS[kind], "action_id": "it", **more}
        return {"type": "input", "block_id": kind, "label": plain(kind), "element": element}

    put = field("file_input", filetypes=["pdf"], max_files=1)
    where = await opened(wide, api, FORM | {"blocks": [field("rich_text_input"), put]})
    file = {"id": "F1", "name": "cv.txt", "filetype": "txt", "size": 3}
    typed = {"rich_text_input": "My aims"}
    held = await control.act("submit", values={**typed, "file_input": [file]}, **where)
    assert held["body"]["errors"] == {"file_input": "Please add files of these types only: pdf."}
    file |= {"name": "cv.pdf", "filetype": "pdf"}
    held = await control.act("submit", values={**typed, "file_input": [file] * 2}, **where)
    assert held["body"]["errors"] == {"file_input": "Please add at most 1 files."}
    await control.act("submit", values={**typed, "file_input": [file]}, **where)
    values = librarian.sent[-1]["view"]["state"]["values"]
    assert values["file_input"]["it"]["files"] == [file]
    words = values["rich_text_input"]["it"]["rich_text_value"]["elements"][0]["elements"]
    assert words == [{"type": "text", "text": "My aims"}]


async def test_two_of_one_action_are_told_apart_by_their_blocks(
    api: AsyncWebClient, control: Control, librarian: Librarian
) -> None:
    def day(name: str) -> Json:
        element = {"type": "datepicker", "action_id": "topic"}
        return {"type": "actions", "block_id": name, "elements": [element]}

    posted = await api.chat_postMessage(
        channel="U0BEN", text="x", blocks=[day("first"), day("second")]
    )
    where = {"user": "U0BEN", "channel": posted["channel"], "ts": posted["ts"]}
    pick = {"action_id": "topic", "pick": "2026-12-01", "block_id": "second"}
    await control.act("click", **pick, **where)
    for _ in range(100):
        if librarian.sent:
            break
        await asyncio.sleep(0.02)
    assert librarian.sent[-1]["actions"][0]["block_id"] == "second"
    values = librarian.sent[-1]["state"]["values"]
    assert values["second"]["topic"]["selected_date"] == "2026-12-01"
    assert values["first"]["topic"]["selected_date"] is None
