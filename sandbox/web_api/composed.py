"""What an app writes and where: the content of a message, its metadata, its place."""

import json

from sandbox.forms import named
from sandbox.posting import fits_in
from sandbox.refusal import SlackError
from sandbox.validate import check_blocks
from sandbox.web_api.call import Call, Json
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Channel

MARKDOWN_MOST = 12_000  # characters
ATTACHMENTS_MOST = 100


def content(call: Call) -> tuple[str, list[Json]]:
    """The text and the blocks; refused where there is neither, or Slack would not show them."""
    text, blocks = call.get("text"), call.data("blocks") or []
    markdown = call.get("markdown_text")
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_MOST:
            raise SlackError("msg_too_long")
        return markdown, named([{"type": "markdown", "text": markdown}])
    if not text and not blocks and not call.data("attachments"):
        raise SlackError("no_text")
    fits_in(text)
    check_blocks(blocks, "message")
    return text, named(blocks)


def attachments(call: Call) -> Json:
    """What a message has besides, where it has attachments."""
    sent = call.data("attachments") or []
    if not isinstance(sent, list) or not all(isinstance(each, dict) for each in sent):
        raise SlackError("invalid_attachments")
    if len(sent) > ATTACHMENTS_MOST:
        raise SlackError("too_many_attachments")
    numbered = [
        {"id": number, "fallback": "[no preview available]", **each}
        for number, each in enumerate(sent, 1)
    ]
    return {"attachments": numbered} if numbered else {}


def metadata(call: Call) -> Json | None:
    """What the app attaches for itself: a type and a payload."""
    sent = call.data("metadata")
    if sent and not (
        isinstance(sent, dict)
        and isinstance(sent.get("event_type"), str)
        and isinstance(sent.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    if not sent:
        return None
    plain: Json = json.loads(json.dumps(sent))
    return plain


def place_to_post(call: Call) -> Channel:
    """A conversation the bot is in, or a person's messages with it; public ones also by name."""
    space, target = call.space, call.need("channel")
    if target in space.users:
        home = call.sandbox.manifest["features"].get("app_home", {})
        if not home.get("messages_tab_enabled", True):
            raise SlackError("messages_tab_disabled")
        return space.direct([space.bot.id, target])
    by_name = target.removeprefix("#")
    found = (each for each in space.channels.values() if each.kind == "channel")
    called = next((each for each in found if each.name == by_name), None)
    if called:
        call.arguments["channel"] = called.id
    # Private ones an app that is not in does not even know of.
    return channel_of(call, joined="chat:write.public" not in call.sandbox.scopes)
