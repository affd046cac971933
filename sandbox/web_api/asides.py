"""Lesser ways of saying things: of oneself, and of links that others posted."""

from sandbox.posting import fits_in, post
from sandbox.refusal import SlackError
from sandbox.validate import check_blocks
from sandbox.web_api.call import Call, Json, Method
from sandbox.web_api.composed import place_to_post
from sandbox.web_api.conversations import channel_of
from sandbox.workspace import Message


def _me(call: Call) -> Json:
    channel, text = place_to_post(call), call.get("text")
    if not text:
        raise SlackError("no_text")
    fits_in(text)
    message = Message(call.space.next_ts(), call.space.bot.id, text, by_app=True)
    message.subtype = "me_message"
    post(call.sandbox, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def _unfurl(call: Call) -> Json:
    """Show previews under somebody's message, of links in it."""
    channel = channel_of(call)
    message = channel.find(call.need("ts"))
    if message is None:
        raise SlackError("cannot_find_message")
    unfurls = call.data("unfurls")
    if not isinstance(unfurls, dict) or not unfurls:
        raise SlackError("missing_unfurls")
    if not all(link in message.text for link in unfurls):
        raise SlackError("cannot_unfurl_url")
    for shown in unfurls.values():
        check_blocks(shown.get("blocks") or [], "message")
    message.more["attachments"] = [
        {
            "id": number,
            "from_url": link,
            "app_unfurl_url": link,
            "is_app_unfurl": True,
            "bot_id": call.sandbox.bot_id,
            **shown,
        }
        for number, (link, shown) in enumerate(unfurls.items(), 1)
    ]
    call.space.changed()
    return {}


METHODS = {
    "chat.meMessage": Method(_me, "chat:write", 3),
    "chat.unfurl": Method(_unfurl, "links:write", 3),
}
