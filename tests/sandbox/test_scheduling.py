"""Messages for later come when their time has, unless they are withdrawn."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import Sandbox
from sandbox.control import DAY, HOUR
from tests.sandbox.answers import refused


async def test_a_message_comes_at_its_time(wide: Sandbox, api: AsyncWebClient) -> None:
    room = wide.workspace.find_channel("oncology-questions")
    at = wide.clock.now() + HOUR
    made = await api.chat_scheduleMessage(channel=room.id, text="later", post_at=at)
    assert (made["post_at"], made["message"]["type"]) == (at, "delayed_message")
    listed = (await api.chat_scheduledMessages_list())["scheduled_messages"]
    assert [each["id"] for each in listed] == [made["scheduled_message_id"]]
    await wide.advance(HOUR - 1)
    assert not room.messages
    await wide.advance(2)
    assert [each.text for each in room.messages] == ["later"]
    assert float(room.messages[0].ts) == at
    assert (await api.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_one_that_is_withdrawn_never_comes(wide: Sandbox, api: AsyncWebClient) -> None:
    room = wide.workspace.find_channel("oncology-questions")
    made = await api.chat_scheduleMessage(
        channel=room.id, text="later", post_at=wide.clock.now() + HOUR
    )
    number = made["scheduled_message_id"]
    withdraw = api.chat_deleteScheduledMessage
    await withdraw(channel=room.id, scheduled_message_id=number)
    again = withdraw(channel=room.id, scheduled_message_id=number)
    assert await refused(again) == "invalid_scheduled_message_id"
    await wide.advance(DAY)
    assert not room.messages


async def test_in_its_last_minute_it_can_no_longer_be_withdrawn(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    room = wide.workspace.find_channel("oncology-questions")
    at = wide.clock.now() + HOUR
    made = await api.chat_scheduleMessage(channel=room.id, text="later", post_at=at)
    await wide.advance(HOUR - 30)
    late = api.chat_deleteScheduledMessage(
        channel=room.id, scheduled_message_id=made["scheduled_message_id"]
    )
    assert await refused(late) == "invalid_scheduled_message_id"
    await wide.advance(30)
    assert [each.text for each in room.messages] == ["later"]


async def test_times_that_slack_does_not_take(wide: Sandbox, api: AsyncWebClient) -> None:
    now = wide.clock.now()
    for at, code in ((now - 1, "time_in_past"), (now + 121 * DAY, "time_too_far")):
        asked = api.chat_scheduleMessage(channel="U0BEN", text="x", post_at=at)
        assert await refused(asked) == code
    words = api.chat_scheduleMessage(channel="U0BEN", text="x", post_at="tomorrow")
    assert await refused(words) == "invalid_time"
    for _ in range(30):
        await api.chat_scheduleMessage(channel="U0BEN", text="x", post_at=now + HOUR)
    one_more = api.chat_scheduleMessage(channel="U0BEN", text="x", post_at=now + HOUR)
    assert await refused(one_more) == "restricted_too_many"


async def test_one_with_metadata_is_taken_and_never_comes_as_in_slack(
    wide: Sandbox, api: AsyncWebClient
) -> None:
    metadata = {"event_type": "x", "event_payload": {}}
    at = wide.clock.now() + HOUR
    await api.api_call(
        "chat.scheduleMessage",
        json={"channel": "U0BEN", "text": "x", "post_at": at, "metadata": metadata},
    )
    await wide.advance(DAY)
    assert not wide.workspace.direct(["U0BEN", wide.workspace.bot.id]).messages
