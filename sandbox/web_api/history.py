"""What was said: a conversation's messages, and those of a thread."""

from sandbox.refusal import SlackError
from sandbox.shapes import message_object
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.conversations import channel_of, scopes_to
from sandbox.workspace import Channel, Message

_REPLIES = 1000  # on a page, unless asked otherwise


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Those of the time asked for; the ends only with `inclusive`."""
    oldest, latest = _instant(call, "oldest", 0), _instant(call, "latest", float("inf"))
    ends = call.flag("inclusive")
    return [
        each
        for each in messages
        if oldest < float(each.ts) < latest or (ends and float(each.ts) in (oldest, latest))
    ]


def _instant(call: Call, end: str, default: float) -> float:
    try:
        return float(call.get(end) or default)
    except ValueError as error:
        raise SlackError(f"invalid_ts_{end}") from error


def _shapes(call: Call, channel: Channel, messages: list[Message]) -> list[Json]:
    seen = call.flag("include_all_metadata")
    return [message_object(call.space, channel, each, with_metadata=seen) for each in messages]


def _history(call: Call) -> Json:
    channel = channel_of(call, to="history")
    stream = [each for each in call.space.stream(channel.id, "") if each.only_for is None]
    newest_first = _between(call, stream[::-1])
    page, metadata = call.page(_shapes(call, channel, newest_first))
    more = bool(metadata["next_cursor"])
    return {"messages": page, "has_more": more, "response_metadata": metadata}


def _replies(call: Call) -> Json:
    channel = channel_of(call, to="history")
    first = channel.find(call.need("ts"))
    if first is None:
        raise SlackError("thread_not_found")
    # The message the thread hangs on comes with each part of it.
    rest = _between(call, channel.replies(first.ts))
    page, metadata = call.page(_shapes(call, channel, rest), default=_REPLIES)
    more = bool(metadata["next_cursor"])
    messages = [*_shapes(call, channel, [first]), *page]
    return {"messages": messages, "has_more": more, "response_metadata": metadata}


_HISTORY = scopes_to("history")
METHODS = {
    "conversations.history": Method(_history, scopes=_HISTORY, takes_json=False),
    "conversations.replies": Method(_replies, scopes=_HISTORY, takes_json=False),
}
