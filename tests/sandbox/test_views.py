"""Forms and Home as the API takes them: what is refused, the stack, triggers, hashes, closing."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.block_kit.views import VIEWS
from sandbox.validate import problems_of_view
from tests.sandbox import examples
from tests.sandbox.answers import refused
from tests.sandbox.conftest import Control
from tests.sandbox.examples import HOME, MODAL, plain
from tests.sandbox.trying import broken, most

Json = dict[str, Any]
INPUT = examples.BLOCKS["input"]


def of_views() -> list[Any]:
    found = []
    for kind, shape in VIEWS.items():
        whole = {name: held for name, held in examples.VIEWS[kind].items() if name != "type"}
        for sentence, value, words, at in broken(shape, whole):
            view = {"type": kind, **value}
            wanted = f"{words} [json-pointer:/view{at}]"
            found.append(pytest.param(view, kind, wanted, id=f"{kind} {sentence}"))
    return found


@pytest.mark.parametrize(("view", "kind", "wanted"), of_views())
def test_what_is_not_as_declared_is_refused_in_its_place(
    view: Json, kind: str, wanted: str
) -> None:
    assert wanted in problems_of_view(view, kind)


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        pytest.param({**examples.VIEWS[kind], name: value}, kind, id=f"{kind} {name}: {sentence}")
        for kind, shape in VIEWS.items()
        for name, held in shape.fields.items()
        for sentence, value in most(held)
    ],
)
def test_as_much_as_is_declared_is_taken(view: Json, kind: str) -> None:
    assert problems_of_view(view, kind) == []


@pytest.mark.parametrize(
    ("field", "limit"),
    [("title", 24), ("submit", 24), ("close", 24), ("private_metadata", 3000),
     ("callback_id", 255), ("external_id", 255)],
)  # fmt: skip
def test_the_limits_are_slacks(field: str, limit: int) -> None:
    text = field in ("title", "submit", "close")
    for length in (limit, limit + 1):
        value: Any = plain("x" * length) if text else "x" * length
        found = problems_of_view(MODAL | {field: value})
        at = f"/view/{field}{'/text' if text else ''}"
        wrong = f"must be less than {limit + 1} characters [json-pointer:{at}]"
        assert found == ([] if length == limit else [wrong])


async def answer_to(call: Any) -> Json:
    with pytest.raises(SlackApiError) as error:
        await call
    return dict(error.value.response.data)


async def test_a_message_is_refused_with_the_fault_and_its_place(api: AsyncWebClient) -> None:
    blocks = [examples.BLOCKS["section"], {"type": "section", "text": plain("x" * 3001)}]
    told = await answer_to(api.chat_postMessage(channel="U0BEN", text="x", blocks=blocks))
    faults = [
        "failed to match all allowed schemas [json-pointer:/blocks/1/text]",
        "must be less than 3001 characters [json-pointer:/blocks/1/text/text]",
    ]
    assert told["error"] == "invalid_blocks"
    assert told["errors"] == faults
    assert told["response_metadata"] == {"messages": [f"[ERROR] {each}" for each in faults]}


async def test_a_view_is_refused_with_the_fault_and_its_place_and_keeps_its_trigger(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    trigger = wide.triggers.new("U0BEN")
    bad = MODAL | {"private_metadata": "x" * 3001}
    told = await answer_to(api.views_open(trigger_id=trigger, view=bad))
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"] == {
        "messages": [
            "[ERROR] failed to match all allowed schemas [json-pointer:/view]",
            "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ]
    }
    assert (await api.views_open(trigger_id=trigger, view=MODAL))["ok"]


async def test_a_form_to_fill_in_needs_a_way_to_send_it(wide: Sandbox, api: AsyncWebClient) -> None:
    view = MODAL | {"blocks": [INPUT]}
    told = await answer_to(api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view))
    wrong = "must define `submit` to use an `input` block in modals"
    assert told["response_metadata"]["messages"][1:] == [
        f"[ERROR] {wrong} [json-pointer:/view/blocks/0/input]"
    ]
    assert (await api.views_publish(user_id="U0BEN", view=HOME | {"blocks": [INPUT]}))["ok"]


async def test_a_view_over_250_kilobytes_is_refused(wide: Sandbox, api: AsyncWebClient) -> None:
    section = {"type": "section", "text": plain("x" * 2900)}
    view = MODAL | {"blocks": [section] * 90}
    opening = api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=view)
    assert await refused(opening) == "view_too_large"


async def test_no_more_than_three_forms_lie_upon_one_another(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    first = (await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=MODAL))["view"]
    for _ in range(2):
        pushed = await api.views_push(trigger_id=wide.triggers.new("U0BEN"), view=MODAL)
        assert pushed["view"]["root_view_id"] == first["id"]
    fourth = api.views_push(trigger_id=wide.triggers.new("U0BEN"), view=MODAL)
    assert await refused(fourth) == "push_limit_reached"
    before = [each["previous_view_id"] for each in wide.workspace.modals["U0BEN"]]
    ids = [each["id"] for each in wide.workspace.modals["U0BEN"]]
    assert before == [None, *ids[:2]]


async def test_a_trigger_opens_one_view_within_three_seconds(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    trigger = wide.triggers.new("U0BEN")
    assert (await api.views_open(trigger_id=trigger, view=MODAL))["ok"]
    again = api.views_open(trigger_id=trigger, view=MODAL)
    assert await refused(again) == "exchanged_trigger_id"
    made_up = api.views_open(trigger_id="1.2.3", view=MODAL)
    assert await refused(made_up) == "invalid_trigger_id"
    late = wide.triggers.new("U0BEN")
    wide.triggers.good_for = -1.0
    assert await refused(api.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"


async def test_a_view_that_changed_meanwhile_is_not_written_over(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    old = (await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=MODAL))["view"]
    assert (await api.views_update(view_id=old["id"], hash=old["hash"], view=MODAL))["ok"]
    stale = api.views_update(view_id=old["id"], hash=old["hash"], view=MODAL)
    assert await refused(stale) == "hash_conflict"
    home = (await api.views_publish(user_id="U0BEN", view=HOME))["view"]
    await api.views_publish(user_id="U0BEN", view=HOME, hash=home["hash"])
    stale = api.views_publish(user_id="U0BEN", view=HOME, hash=home["hash"])
    assert await refused(stale) == "hash_conflict"


async def test_a_name_of_the_apps_own_is_no_other_views(wide: Sandbox, api: AsyncWebClient) -> None:
    named = {"external_id": "pair-7"}
    await api.views_publish(user_id="U0BEN", view=HOME | named)
    assert (await api.views_publish(user_id="U0BEN", view=HOME | named))["ok"]
    opening = api.views_open(trigger_id=wide.triggers.new("U0EVA"), view=MODAL | named)
    assert await refused(opening) == "duplicate_external_id"


TELLS = MODAL | {"notify_on_close": True}


async def stacked(wide: Sandbox, api: AsyncWebClient, *views: Json) -> list[str]:
    """The ids of forms upon one another."""
    first, *rest = views
    opened = await api.views_open(trigger_id=wide.triggers.new("U0BEN"), view=first)
    ids = [opened["view"]["id"]]
    for view in rest:
        pushed = await api.views_push(trigger_id=wide.triggers.new("U0BEN"), view=view)
        ids.append(pushed["view"]["id"])
    return ids


def closed(wide: Sandbox) -> list[tuple[str, bool]]:
    told = [each.payload for each in wide.ledger.deliveries]
    return [(each["view"]["id"], each["is_cleared"]) for each in told]


async def test_closing_leads_back_to_the_form_below(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    below, above = await stacked(wide, api, TELLS, TELLS)
    await control.act("close", user="U0BEN", view_id=above)
    assert [each["id"] for each in wide.workspace.modals["U0BEN"]] == [below]
    assert closed(wide) == [(above, False)]


async def test_a_form_that_clears_on_closing_closes_those_below(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    below, above = await stacked(wide, api, TELLS, TELLS | {"clear_on_close": True})
    await control.act("close", user="U0BEN", view_id=above)
    assert wide.workspace.modals["U0BEN"] == []
    assert closed(wide) == [(above, True), (below, True)]


async def test_somebody_dismisses_all_forms_at_once(
    wide: Sandbox, api: AsyncWebClient, control: Control
) -> None:
    quiet, above = await stacked(wide, api, MODAL, TELLS)
    await control.act("close", user="U0BEN", view_id=above, everything=True)
    assert wide.workspace.modals["U0BEN"] == []
    assert closed(wide) == [(above, True)], f"nobody asked about {quiet}"
