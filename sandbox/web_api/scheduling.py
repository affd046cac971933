"""Messages for later: scheduled, listed, withdrawn."""

from typing import TYPE_CHECKING

from sandbox.conversations import Scheduled
from sandbox.posting import fit, post
from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.composed import content, place_to_post
from sandbox.workspace import Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

DAY = 24 * 3600
AHEAD_MOST = 120 * DAY
# Slack takes no more than thirty to post in a channel within five minutes.
MOST, WITHIN = 30, 5 * 60
_SOON = 60  # seconds before its time from which a message can't be withdrawn any more


def _schedule(call: Call) -> Json:
    space, channel = call.space, place_to_post(call)
    text, blocks = content(call)
    at, now = call.get("post_at").partition(".")[0], space.clock.now()
    if not at.isdigit():
        raise SlackError("invalid_time")
    post_at = int(at)
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + AHEAD_MOST:
        raise SlackError("time_too_far")
    near = [each for each in space.scheduled.values() if each.channel == channel.id]
    if sum(abs(each.post_at - post_at) < WITHIN for each in near) >= MOST:
        raise SlackError("restricted_too_many")
    message = Message("", space.bot.id, text, blocks, by_app=True)
    message.thread_ts = call.get("thread_ts") or None
    message.broadcast = call.flag("reply_broadcast")
    fit(channel, message)
    waiting = Scheduled(space.new_id("Q"), channel.id, message, post_at, now)
    space.scheduled[waiting.id] = waiting

    message.metadata = call.data("metadata") or None
    _wait(call, waiting)
    told = {
        "text": text,
        "user": space.bot.id,
        "bot_id": call.sandbox.bot_id,
        "app_id": call.sandbox.app_id,
        "team": space.id,
        "type": "delayed_message",
    }
    return {
        "channel": channel.id,
        "scheduled_message_id": waiting.id,
        "post_at": post_at,
        "message": told | ({"blocks": blocks} if blocks else {}),
    }


def resume(sandbox: "Sandbox") -> None:
    """Wait again for what was scheduled in a run before."""
    for waiting in sandbox.workspace.scheduled.values():
        _wait(Call(sandbox, {}), waiting)


def _wait(call: Call, waiting: Scheduled) -> None:
    async def send() -> None:
        _send(call, waiting)

    # A documented fault of Slack's: one with metadata is taken, and never comes.
    if not waiting.message.metadata:
        call.sandbox.timers.at(waiting.post_at, send)


def _send(call: Call, waiting: Scheduled) -> None:
    """Post what waited, unless it was withdrawn or cannot be posted any more."""
    space = call.space
    channel = space.channels.get(waiting.channel)
    if space.scheduled.pop(waiting.id, None) is None or channel is None:
        return
    if channel.archived or space.bot.id not in channel.members:
        return
    waiting.message.ts = space.next_ts()
    post(call.sandbox, channel, waiting.message)


def _list(call: Call) -> Json:
    wanted = call.get("channel")
    if wanted and wanted not in call.space.channels:
        raise SlackError("invalid_channel")
    oldest, latest = call.get("oldest") or "0", call.get("latest") or "inf"
    rows = [
        {
            "id": each.id,
            "channel_id": each.channel,
            "post_at": each.post_at,
            "date_created": each.created,
            "text": each.message.text,
        }
        for each in sorted(call.space.scheduled.values(), key=lambda each: each.post_at)
        if wanted in ("", each.channel) and float(oldest) <= each.post_at <= float(latest)
    ]
    page, metadata = call.page(rows)
    return {"scheduled_messages": page, "response_metadata": metadata}


def _delete(call: Call) -> Json:
    channel, wanted = place_to_post(call), call.need("scheduled_message_id")
    waiting = call.space.scheduled.get(wanted)
    late = waiting is not None and waiting.post_at - call.space.clock.now() < _SOON
    if waiting is None or waiting.channel != channel.id or late:
        raise SlackError("invalid_scheduled_message_id")
    del call.space.scheduled[wanted]
    return {}


METHODS = {
    "chat.scheduleMessage": Method(_schedule, "chat:write", 3),
    "chat.scheduledMessages.list": Method(_list, tier=3),
    "chat.deleteScheduledMessage": Method(_delete, "chat:write", 3),
}
