"""What passes between app and workspace is written down, with tokens hidden, and found again."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.clock import SandboxClock
from sandbox.faults import Fault
from sandbox.outcome import Outcome
from sandbox.trail import CALL, CHARACTERS_KEPT, DELIVERY, KEPT, Trail, Wanted, hidden
from sandbox.verdict import verdict
from tests.support.world import TUESDAY

POST = "chat.postMessage"
EVERYTHING = Wanted()
# What the bot posts comes back to it as an event; that is another delivery.
CALLS = Wanted(way=CALL)


async def test_a_call_is_there_with_its_arguments_and_its_answer(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="U0BEN", text="hello")
    (call,) = sandbox.trail.matching(CALLS)
    assert (call.way, call.kind, call.status, call.took_effect) == (CALL, POST, 200, True)
    assert json.loads(call.sent)["text"] == "hello"
    assert json.loads(call.answer)["message"]["text"] == "hello"
    assert call.people == ("U0BEN",)
    assert call.place == ""
    assert not call.failed
    assert call.at == sandbox.clock.time()


async def test_a_call_is_about_whom_its_direct_message_is_with(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    channel = sandbox.workspace.direct(["U0BEN", "U0MENTOR"]).id
    await client.chat_postMessage(channel=channel, text="hello")
    (call,) = sandbox.trail.matching(Wanted(way=CALL, person="U0BEN"))
    assert (call.people, call.place) == (("U0BEN",), channel)


async def test_a_refused_call_is_there_with_slacks_word(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0NOWHERE", text="hello")
    (call,) = sandbox.trail.matching(Wanted(way=CALL, failed=True))
    assert (call.error, call.took_effect) == ("channel_not_found", False)


async def test_a_call_that_took_effect_and_was_lost_says_both(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    client.retry_handlers = []
    sandbox.faults.add(Fault(POST, "reset_after"))
    with pytest.raises(aiohttp.ClientOSError):
        await client.chat_postMessage(channel="U0BEN", text="hello")
    (call,) = sandbox.trail.matching(Wanted(way=CALL, failed=True))
    assert (call.fault, call.took_effect, call.status) == ("reset_after", True, 0)


async def test_no_token_is_shown(sandbox: Sandbox) -> None:
    form = {"token": sandbox.bot_token, "channel": "U0BEN", "text": f"mine: {sandbox.app_token}"}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{sandbox.address}/api/{POST}", data=form)
    (call,) = sandbox.trail.matching(CALLS)
    assert sandbox.bot_token not in f"{call.sent}{call.answer}"
    assert sandbox.app_token not in f"{call.sent}{call.answer}"
    assert json.loads(call.sent)["text"] == "mine: xapp-(hidden)"


def test_secrets_are_hidden_however_deep() -> None:
    given = {"a": [{"access_token": "x", "text": "xoxb-1-2"}], "token": ""}
    assert hidden(given) == {
        "a": [{"access_token": "(hidden)", "text": "xoxb-(hidden)"}],
        "token": "",
    }


async def test_a_delivery_is_there_with_what_came_of_it(sandbox: Sandbox) -> None:
    general = sandbox.workspace.find_channel("general").id
    await sandbox.actions.command("U0BEN", general, "/mentor", "help")
    (sent,) = sandbox.trail.matching(EVERYTHING)
    assert (sent.way, sent.kind, sent.what) == (DELIVERY, "slash_commands", "/mentor")
    assert sent.people == ("U0BEN",)
    assert sent.failed
    assert json.loads(sent.sent)["text"] == "help"


async def test_one_finds_by_way_kind_person_failure_and_words(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="U0BEN", text="for Ben")
    await client.chat_postMessage(channel="U0ADA", text="for Ada")
    await client.conversations_open(users="U0ADA")
    general = sandbox.workspace.find_channel("general").id
    await sandbox.actions.command("U0BEN", general, "/mentor", "help")

    def found(**wanted: Any) -> list[str]:
        kinds = [each.kind for each in sandbox.trail.matching(Wanted(**wanted))]
        return [kind for kind in kinds if kind != "events_api"]

    assert len(found()) == 4
    assert found(way=DELIVERY) == ["slash_commands"]
    assert found(kind="mentor") == ["slash_commands"]
    assert found(kind="chat.") == [POST, POST]
    assert found(person="U0ADA") == ["conversations.open", POST]
    assert found(failed=True) == ["slash_commands"]
    assert found(words="for ada") == [POST]
    assert [each.kind for each in sandbox.trail.matching(EVERYTHING, 1)] == ["slash_commands"]


def trail() -> Trail:
    return Trail(SandboxClock(TUESDAY), lambda _: [])


def note(made: Trail, text: str = "x") -> None:
    made.call(
        POST, {"text": text}, {}, took_effect=True, error="", fault="", status=200, seconds=0.1
    )


def test_it_keeps_so_many_and_no_more() -> None:
    made = trail()
    for _ in range(KEPT + 50):
        note(made)
    assert len(made) == KEPT
    assert made.matching(EVERYTHING)[0].number == KEPT + 50


def test_it_keeps_so_much_and_no_more() -> None:
    made = trail()
    for _ in range(400):
        note(made, "x" * 100_000)
    kept = made.matching(EVERYTHING)
    assert sum(len(each.sent) + len(each.answer) for each in kept) <= CHARACTERS_KEPT
    assert len(kept) > 100
    assert "more" in kept[0].sent[-20:]


def test_an_event_that_comes_again_is_a_retry() -> None:
    made = trail()
    for _ in range(2):
        made.delivery(
            "events_api", ("message",), {"event_id": "Ev1"}, Outcome(200, {}, 0.1), to="", fault=""
        )
    assert [each.retry for each in made.matching(EVERYTHING)] == [1, 0]


async def test_the_control_api_shows_it(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="U0BEN", text="for Ben")
    async with aiohttp.ClientSession(sandbox.address) as session:
        async with session.get("/control/trail?kind=chat&person=U0BEN&most=5") as answer:
            (call,) = await answer.json()
        assert (call["kind"], call["failed"]) == (POST, False)
        await session.delete("/control/trail")
        async with session.get("/control/trail") as answer:
            assert await answer.json() == []


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
TOO_LONG = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": [SECTION]}


@pytest.mark.parametrize(
    "pasted", [[SECTION], SECTION, {"blocks": [SECTION]}, {"text": "x", "blocks": [SECTION]}]
)
def test_slack_takes_blocks_however_they_are_pasted(pasted: Any) -> None:
    said = verdict(json.dumps(pasted), "message")
    assert (said.error, said.problems, said.blocks) == ("", (), (SECTION,))


def test_what_slack_refuses_is_said_with_where_it_is() -> None:
    said = verdict(json.dumps([SECTION, TOO_LONG]), "message")
    assert said.error == "invalid_blocks"
    assert said.problems[0].pointer == "/blocks/1/text/text"
    assert said.problems[0].words
    assert len(said.blocks) == 2


def test_the_surface_counts() -> None:
    chart = [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}]
    assert verdict(json.dumps(chart), "home").error == "invalid_blocks"


@pytest.mark.parametrize("pasted", [MODAL, {"trigger_id": "1.2", "view": MODAL}])
def test_a_view_is_judged_as_a_view(pasted: Any) -> None:
    assert verdict(json.dumps(pasted), "modal").error == ""
    assert verdict(json.dumps(pasted), "home").error == "invalid_arguments"
    wrong = {**MODAL, "title": {"type": "plain_text", "text": "x" * 25}}
    said = verdict(json.dumps(wrong), "modal")
    assert said.error == "invalid_arguments"
    assert any(each.pointer == "/view/title/text" for each in said.problems)


@pytest.mark.parametrize(
    ("pasted", "words"),
    [("{", "no JSON"), ("7", "no blocks"), ('{"text": "x"}', "no blocks"), ('""', "no blocks")],
)
def test_what_is_no_blocks_at_all_is_said_in_one_line(pasted: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as wrong:
        verdict(pasted, "message")
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("blocks", [[7], "x", {"a": 1}, [{"type": []}], [{"no": "type"}]])
def test_whatever_is_pasted_gets_a_verdict(blocks: Any) -> None:
    assert verdict(json.dumps({"blocks": blocks}), "message").error == "invalid_blocks"


async def test_the_control_api_judges(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession(sandbox.address) as session:
        asked: dict[str, Any] = {"surface": "message", "json": [TOO_LONG]}
        async with session.post("/control/verdict", json=asked) as answer:
            said = await answer.json()
        assert (said["ok"], said["error"]) == (False, "invalid_blocks")
        assert said["problems"][0]["pointer"] == "/blocks/0/text/text"
        async with session.post("/control/verdict", json={"json": "{"}) as answer:
            assert answer.status == 422
