"""Files: sent in three steps, and looked up."""

from sandbox.files import share
from sandbox.forms import named
from sandbox.posting import fit
from sandbox.refusal import SlackError
from sandbox.shapes import file_object
from sandbox.validate import check_blocks
from sandbox.web_api.call import Call, Json, Method
from sandbox.workspace import Channel, Message


def _address(call: Call) -> Json:
    size = call.get("length")
    if not call.get("filename") or not size.isdigit() or int(size) == 0:
        raise SlackError("invalid_arguments")
    file, address = call.sandbox.files.expect(call.get("filename"), int(size), call.space.bot.id)
    file.alt = call.get("alt_txt")
    return {"upload_url": address, "file_id": file.id}


def _complete(call: Call) -> Json:
    wanted = call.data("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments")
    channel = _place(call) if call.get("channel_id") else None
    message = _message(call)
    if channel:
        fit(channel, message)
    files = [call.sandbox.files.complete(each.get("id", ""), each.get("title")) for each in wanted]
    if channel:
        share(call.sandbox, channel, message, files)
    return {"files": [file_object(call.space, each) for each in files]}


def _place(call: Call) -> Channel:
    channel = call.space.channels.get(call.get("channel_id"))
    inside = channel is not None and call.space.bot.id in channel.members
    if channel is None or (channel.kind != "channel" and not inside):
        raise SlackError("channel_not_found")
    if not inside:
        raise SlackError("not_in_channel")
    return channel


def _message(call: Call) -> Message:
    blocks = call.data("blocks") or []
    check_blocks(blocks, "message")
    ts, text, thread = call.space.next_ts(), call.get("initial_comment"), call.get("thread_ts")
    return Message(ts, call.space.bot.id, text, named(blocks), thread or None, by_app=True)


def _info(call: Call) -> Json:
    file = call.space.files.get(call.need("file"))
    bot = call.space.bot.id
    seen = file is not None and (
        file.user == bot or any(bot in call.space.channels[each].members for each in file.shared)
    )
    if file is None or not seen:
        raise SlackError("file_not_found")
    return {"file": file_object(call.space, file), "comments": []}


METHODS = {
    "files.getUploadURLExternal": Method(_address, "files:write"),
    "files.completeUploadExternal": Method(_complete, "files:write"),
    "files.info": Method(_info, "files:read"),
}
