"""What was said is changed or taken away, and the app hears of it where it listens."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from tests.sandbox.answers import refused, unknown
from tests.sandbox.conftest import Control, Heard
from tests.sandbox.test_shapes import sample


@pytest.fixture
def room(wide: Sandbox) -> str:
    """A channel the app is in."""
    return wide.workspace.find_channel("oncology-questions").id


async def changes(heard: Heard, subtype: str) -> list[dict[str, Any]]:
    """What the app heard of changes of a kind."""
    return [each for each in await heard.of("message") if each.get("subtype") == subtype]


async def test_an_edit_is_marked_and_told_with_what_was_said_before(
    control: Control, heard: Heard, room: str
) -> None:
    said = await control.act("post", user="U0BEN", channel=room, text="How mcuh?")
    await control.act("edit", user="U0BEN", channel=room, ts=said["ts"], text="How much, @eva?")
    seen = (await control.sees("U0EVA", room))["messages"][-1]
    assert (seen["text"], seen["edited"]["user"]) == ("How much, <@U0EVA>?", "U0BEN")
    told = (await changes(heard, "message_changed"))[0]
    assert told["message"]["text"] == "How much, <@U0EVA>?"
    assert told["message"]["ts"] == told["previous_message"]["ts"] == said["ts"]
    assert told["previous_message"]["text"] == "How mcuh?"
    assert (told["channel"], told["hidden"]) == (room, True)
    assert told["message"]["edited"]["ts"] > said["ts"]


async def test_a_message_taken_away_is_gone_and_told(
    control: Control, heard: Heard, room: str
) -> None:
    said = await control.act("post", user="U0BEN", channel=room, text="Oops")
    await control.act("delete", user="U0BEN", channel=room, ts=said["ts"])
    assert (await control.sees("U0EVA", room))["messages"] == []
    told = (await changes(heard, "message_deleted"))[0]
    assert (told["deleted_ts"], told["previous_message"]["text"]) == (said["ts"], "Oops")


async def test_a_message_with_replies_leaves_a_tombstone_until_the_last_reply_is_gone(
    control: Control, heard: Heard, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="How?"))["ts"]
    reply = (await control.act("reply", user="U0EVA", channel=room, ts=said, text="So"))["ts"]
    await control.act("delete", user="U0BEN", channel=room, ts=said)
    left = (await control.sees("U0EVA", room))["messages"][0]
    assert (left["subtype"], left["text"]) == ("tombstone", "This message was deleted.")
    assert left["user"] == "USLACKBOT"
    told = (await changes(heard, "message_changed"))[0]
    assert told["message"]["subtype"] == "tombstone"
    assert await control.refused("delete", user="U0ADA", channel=room, ts=said) == (
        "cant_delete_message"
    )
    await control.act("delete", user="U0EVA", channel=room, ts=reply)
    assert (await control.sees("U0EVA", room))["messages"] == []
    assert len(await changes(heard, "message_deleted")) == 2


async def test_only_ones_own_words_can_be_changed_and_admins_can_take_any_away(
    wide: Sandbox, control: Control, api: AsyncWebClient, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="Mine"))["ts"]
    edit: dict[str, Any] = {"channel": room, "ts": said, "text": "Yours"}
    assert await control.refused("edit", user="U0EVA", **edit) == "cant_update_message"
    assert await refused(api.chat_update(**edit)) == "cant_update_message"
    gone = {"channel": room, "ts": said}
    assert await control.refused("delete", user="U0EVA", **gone) == "cant_delete_message"
    assert await refused(api.chat_delete(channel=room, ts=said)) == "cant_delete_message"
    assert await control.refused("edit", user="U0BEN", **edit | {"text": " "}) == "no_text"
    assert await control.refused("edit", user="U0BEN", **edit | {"ts": "1.0"}) == (
        "message_not_found"
    )
    wide.workspace.edit_within = 0
    wide.clock.skip(60)
    assert await control.refused("edit", user="U0BEN", **edit) == "edit_window_closed"
    wide.workspace.edit_within = None
    wide.workspace.channels[room].archived = True
    assert await control.refused("edit", user="U0BEN", **edit) == "is_inactive"
    await control.act("delete", user="U0ADA", **gone)


async def test_the_app_hears_of_its_own_changes_as_in_slack(
    api: AsyncWebClient, heard: Heard, room: str
) -> None:
    said = (await api.chat_postMessage(channel=room, text="One"))["ts"]
    await api.chat_update(channel=room, ts=str(said), text="Two")
    await api.chat_delete(channel=room, ts=str(said))
    told = (await changes(heard, "message_changed"))[0]
    assert (told["message"]["text"], told["previous_message"]["text"]) == ("Two", "One")
    assert told["message"]["bot_id"]
    assert len(await changes(heard, "message_deleted")) == 1


async def test_events_of_changes_have_the_shape_of_slacks(
    control: Control, heard: Heard, room: str
) -> None:
    said = (await control.act("post", user="U0BEN", channel=room, text="How?"))["ts"]
    await control.act("reply", user="U0EVA", channel=room, ts=said, text="So")
    await control.act("react", user="U0EVA", channel=room, ts=said, name="eyes")
    await control.act("edit", user="U0BEN", channel=room, ts=said, text="How then?")
    alone = (await control.act("post", user="U0BEN", channel=room, text="Oops"))["ts"]
    await control.act("delete", user="U0BEN", channel=room, ts=alone)
    for subtype, name in (("message_changed", "Changed"), ("message_deleted", "Deleted")):
        slacks = sample(f"events/Message{name}Payload.json")["event"]
        assert [unknown(each, slacks) for each in await changes(heard, subtype)] == [[]]


async def test_what_only_one_sees_can_be_put_away(
    api: AsyncWebClient, control: Control, room: str
) -> None:
    shown = await api.chat_postEphemeral(channel=room, user="U0BEN", text="Psst")
    where = {"channel": room, "ts": shown["message_ts"]}
    await control.act("dismiss", user="U0EVA", **where)
    assert (await control.sees("U0BEN", room))["messages"][-1]["text"] == "Psst"
    assert await control.refused("edit", user="U0BEN", **where, text="x") == "message_not_found"
    await control.act("dismiss", user="U0BEN", **where)
    assert (await control.sees("U0BEN", room))["messages"] == []
