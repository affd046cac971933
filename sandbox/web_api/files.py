"""Files: sent in three steps, listed, looked up, deleted."""

from sandbox.files import share
from sandbox.forms import named
from sandbox.posting import fit
from sandbox.refusal import SlackError
from sandbox.shapes import file_object
from sandbox.validate import check_blocks
from sandbox.web_api.call import Call, Json, Method
from sandbox.workspace import Channel, File, Message


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
    return {"file": file_object(call.space, _file(call)), "comments": []}


def _file(call: Call) -> File:
    """A file that the app may see: its own, or one shared where it is in."""
    file = call.space.files.get(call.need("file"))
    if file is None or not _seen(call, file):
        raise SlackError("file_not_found")
    return file


def _seen(call: Call, file: File) -> bool:
    bot, channels = call.space.bot.id, call.space.channels
    return file.user == bot or any(bot in channels[each].members for each in file.shared)


def _delete(call: Call) -> Json:
    file = _file(call)
    if file.user != call.space.bot.id:
        raise SlackError("cant_delete_file")
    del call.space.files[file.id]
    for channel in (call.space.channels[each] for each in file.shared):
        for message in channel.messages:
            message.files = [each for each in message.files if each != file.id]
    call.space.changed()
    event = {"type": "file_deleted", "file_id": file.id, "channel_ids": list(file.shared)}
    call.sandbox.events.soon(event)
    return {}


def _list(call: Call) -> Json:
    """Files, the newest first, in numbered pages as this family of methods has them."""
    channel, user = call.get("channel"), call.get("user")
    if channel and channel not in call.space.channels:
        raise SlackError("channel_not_found")
    if user and user not in call.space.users:
        raise SlackError("user_not_found")
    since, until = float(call.get("ts_from") or 0), float(call.get("ts_to") or "inf")
    types = call.names("types") or ["all"]
    if not set(types) <= set(_TYPES):
        raise SlackError("unknown_type")
    found = [
        each
        for each in call.space.files.values()
        if _seen(call, each)
        and (not channel or channel in each.shared)
        and user in ("", each.user)
        and since <= each.created <= until
        and ("all" in types or any(each.mimetype.startswith(_TYPES[kind]) for kind in types))
    ]
    count, page = call.number("count", 100, most=1000), call.number("page", 1, most=10**6)
    rows = found[::-1][(page - 1) * count : page * count]
    pages = max(-(-len(found) // count), 1)
    paging = {"count": count, "total": len(found), "page": page, "pages": pages}
    return {"files": [file_object(call.space, each) for each in rows], "paging": paging}


_TYPES = {
    "all": "",
    "gdocs": "application/vnd.google",
    "images": "image/",
    "pdfs": "application/pdf",
    "snippets": "text/",
    "spaces": "application/vnd.slack",
    "zips": "application/zip",
}
METHODS = {
    "files.getUploadURLExternal": Method(_address, "files:write", 4, takes_json=False),
    "files.completeUploadExternal": Method(_complete, "files:write", 4),
    "files.info": Method(_info, "files:read", 4, takes_json=False),
    "files.list": Method(_list, "files:read", 3, takes_json=False),
    "files.delete": Method(_delete, "files:write", 3),
}
