"""Elements in messages, forms and Home, used through the control API; Slack's limits on them."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control

Json = dict[str, Any]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, **more: Any) -> Json:
    return {"text": words(value.title()), "value": value, **more}


def group(*values: str, label: str = "Care") -> Json:
    return {"label": words(label), "options": [option(each) for each in values]}


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": words("Go"), **more}


PICKED = [
    pytest.param({"type": "datepicker"}, "2026-12-01", "selected_date", "2026-12-01", id="date"),
    pytest.param({"type": "timepicker"}, "09:30", "selected_time", "09:30", id="time"),
    pytest.param(
        {"type": "datetimepicker"}, 1796135400, "selected_date_time", 1796135400, id="instant"
    ),
    pytest.param(
        {"type": "static_select", "option_groups": [group("pain", "sleep")]},
        "sleep", "selected_option", option("sleep"), id="option of a group",
    ),
    pytest.param(
        {"type": "multi_static_select", "options": [option("a"), option("b")]},
        ["b"], "selected_options", [option("b")], id="several options",
    ),
    pytest.param({"type": "users_select"}, "U0EVA", "selected_user", "U0EVA", id="person"),
    pytest.param(
        {"type": "multi_users_select"}, ["U0EVA", "U0LEO"], "selected_users", ["U0EVA", "U0LEO"],
        id="people",
    ),
    pytest.param(
        {"type": "conversations_select"}, "C1", "selected_conversation", "C1", id="conversation"
    ),
    pytest.param(
        {"type": "multi_channels_select"}, ["C1"], "selected_channels", ["C1"], id="channels"
    ),
    pytest.param(
        {"type": "radio_buttons", "options": [option("a"), option("b")]},
        "a", "selected_option", option("a"), id="radio buttons",
    ),
    pytest.param(
        {"type": "checkboxes", "options": [option("a"), option("b")]},
        ["a", "b"], "selected_options", [option("a"), option("b")], id="checkboxes",
    ),
    pytest.param(
        {"type": "overflow", "options": [option("archive")]},
        "archive", "selected_option", option("archive"), id="overflow menu",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("element", "pick", "field", "value"), PICKED)
async def test_what_is_picked_in_a_message_is_told_and_remembered(  # noqa: PLR0913, PLR0917
    wide: Sandbox, api: AsyncWebClient, control: Control,
    element: Json, pick: Any, field: str, value: Any,
) -> None:  # fmt: skip
    posted = await api.chat_postMessage(
        channel="U0BEN", text="x", blocks=actions(element | {"action_id": "pick"}, button())
    )
    where = {"user": "U0BEN", "channel": posted["channel"], "ts": posted["ts"]}
    await control.act("click", action_id="pick", pick=pick, **where)
    action = wide.ledger.deliveries[-1].payload["actions"][0]
    assert (action["type"], action[field]) == (element["type"], value)
    await control.act("click", action_id="go", **where)
    (state,) = wide.ledger.deliveries[-1].payload["state"]["values"].values() or [{}]
    assert state.get("pick", {}).get(field) == (None if element["type"] == "overflow" else value)


async def test_a_form_tells_what_stands_in_it_and_keeps_it_when_it_is_updated(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    field = {
        "type": "input", "block_id": "words", "label": words("Words"),
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }  # fmt: skip
    day = {"type": "datepicker", "action_id": "day"}
    section = {"type": "section", "text": words("When?"), "accessory": day}
    view = {
        "type": "modal", "title": words("Form"), "submit": words("Send"),
        "blocks": [field, section], "notify_on_close": True,
    }  # fmt: skip
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    form = {"user": "U0BEN", "view_id": opened["view"]["id"]}
    typed = {"words": "half a sentence"}
    await control.act("click", action_id="day", pick="2026-12-01", values=typed, **form)
    told = wide.ledger.deliveries[-1].payload["view"]["state"]["values"]
    assert told["words"]["typed"]["value"] == "half a sentence"
    await api.views_update(view_id=form["view_id"], view=view)
    await control.act("submit", **form)
    sent = wide.ledger.deliveries[-1].payload["view"]["state"]["values"]
    assert sent["words"]["typed"]["value"] == "half a sentence"
    days = [each["day"]["selected_date"] for each in sent.values() if "day" in each]
    assert days == [None], "a block without a name of its own is another one after the update"


async def test_an_app_that_asks_is_told_when_a_form_is_closed(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    view = {"type": "modal", "title": words("Form"), "blocks": [], "notify_on_close": True}
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    await control.act("close", user="U0BEN", view_id=opened["view"]["id"])
    assert wide.ledger.deliveries[-1].payload["type"] == "view_closed"
    assert wide.workspace.modals["U0BEN"] == []


async def test_home_takes_inputs_and_pickers(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    view = {"type": "home", "blocks": actions({"type": "datepicker", "action_id": "day"})}
    home = (await api.views_publish(user_id="U0BEN", view=view))["view"]
    await control.act("click", user="U0BEN", action_id="day", view_id=home["id"], pick="2026-12-01")
    payload = wide.ledger.deliveries[-1].payload
    assert payload["actions"][0]["selected_date"] == "2026-12-01"
    assert payload["view"]["type"] == "home"


CONFIRM = {"title": words("Sure?"), "text": words("It can't be undone.")}
MANY = [option(f"o{number}") for number in range(101)]
BAD = [
    pytest.param(button(confirm={"title": words("Sure?")}), id="a question without its text"),
    pytest.param(button(confirm=CONFIRM | {"title": words("x" * 101)}), id="a long question"),
    pytest.param(button(confirm=CONFIRM | {"text": words("x" * 301)}), id="a long explanation"),
    pytest.param(button(confirm=CONFIRM | {"deny": words("x" * 31)}), id="a long no"),
    pytest.param(button(style="blue"), id="a style that is none"),
    pytest.param(button(action_id="x" * 256), id="a long action_id"),
    pytest.param({"type": "static_select", "action_id": "s"}, id="a select without options"),
    pytest.param({"type": "static_select", "options": MANY}, id="101 options"),
    pytest.param({"type": "static_select", "options": [option("x" * 151)]}, id="a long value"),
    pytest.param(
        {"type": "static_select", "options": [option("a", description=words("x" * 76))]},
        id="a long description",
    ),
    pytest.param({"type": "static_select", "option_groups": [group()]}, id="an empty group"),
    pytest.param(
        {"type": "static_select", "option_groups": [group("a", label="x" * 76)]},
        id="a long label of a group",
    ),
    pytest.param(
        {"type": "static_select", "option_groups": [group("a")], "options": [option("b")]},
        id="groups and options",
    ),
    pytest.param(
        {"type": "static_select", "options": [option("a")], "initial_option": option("b")},
        id="an initial option that is none",
    ),
    pytest.param(
        {"type": "users_select", "placeholder": words("x" * 151)}, id="a long placeholder"
    ),
    pytest.param({"type": "radio_buttons", "options": MANY[:11]}, id="11 radio buttons"),
    pytest.param({"type": "checkboxes", "options": MANY[:11]}, id="11 checkboxes"),
    pytest.param({"type": "overflow", "options": MANY[:6]}, id="6 in an overflow menu"),
    pytest.param({"type": "datepicker", "initial_date": "1.12.2026"}, id="a date of another form"),
    pytest.param({"type": "timepicker", "initial_time": "9:30"}, id="a time of another form"),
    pytest.param({"type": "plain_text_input", "action_id": "t"}, id="an input among the actions"),
]


@pytest.mark.parametrize("element", BAD)
async def test_an_element_that_slack_refuses_is_refused(api: AsyncWebClient, element: Json) -> None:
    bad = api.chat_postMessage(channel="U0BEN", text="x", blocks=actions(element))
    assert await refused(bad) == "invalid_blocks"


async def test_elements_at_their_limits_are_taken(api: AsyncWebClient) -> None:
    confirm = {
        "title": words("x" * 100), "text": words("x" * 300),
        "confirm": words("x" * 30), "deny": words("x" * 30), "style": "danger",
    }  # fmt: skip
    elements = [
        button(confirm=confirm, value="x" * 2000),
        {"type": "static_select", "action_id": "s", "options": MANY[:100]},
        {"type": "radio_buttons", "action_id": "r", "options": MANY[:10]},
        {"type": "overflow", "action_id": "o", "options": MANY[:5]},
        {"type": "static_select", "action_id": "g", "option_groups": [group("a", label="x" * 75)]},
    ]
    assert (await api.chat_postMessage(channel="U0BEN", text="x", blocks=actions(*elements)))["ok"]


async def test_two_of_one_name_in_a_block_are_refused(api: AsyncWebClient) -> None:
    twice = api.chat_postMessage(channel="U0BEN", text="x", blocks=actions(button(), button()))
    assert await refused(twice) == "invalid_blocks"


async def test_the_control_api_lists_what_can_be_done(wide: Sandbox) -> None:
    async with (
        aiohttp.ClientSession(wide.address) as session,
        session.post("/control/act/dance", json={}) as answer,
    ):
        told = (await answer.json())["detail"]
    for what in ("create_channel", "invite", "reply", "react", "upload", "set_dnd"):
        assert what in told
