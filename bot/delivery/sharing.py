"""A file in somebody's messages: announced to Slack, sent, and shared in one visible step."""

import json
from typing import TYPE_CHECKING

from bot.delivery.answers import Failure, Meaning
from bot.delivery.call import NOTHING, CallFailed, Shown
from bot.delivery.target import Shared

if TYPE_CHECKING:
    from bot.delivery.showing import Showing

ANNOUNCE, UPLOAD, COMPLETE = (
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
)
OK = 200


async def share(showing: "Showing", file: Shared, channel: str) -> Shown | None:
    """Share it once; None if the row is another process's by now. Raises CallFailed.

    Until the last call nobody sees anything: what fails before it is tried again as a whole. Slack
    shares a file after it has answered and does not say at which `ts`, so the file's id is noted as
    where it stands.
    """
    slack, mark = showing.slack, showing.row.mark
    name = _named(file.name, mark)
    await showing.turn(ANNOUNCE)
    announced = await showing.asked(
        ANNOUNCE, slack.send_form(ANNOUNCE, filename=name, length=len(file.content))
    )
    address, file_id = str(announced["upload_url"]), str(announced["file_id"])
    status = await showing.asked(UPLOAD, slack.upload(address, file.content))
    if status != OK:
        raise CallFailed(UPLOAD, Failure(Meaning.NOT_SENT, f"http_{status}"))
    target = await showing.take_up(COMPLETE, channel)
    if not isinstance(target, Shared):
        return None if target is None else NOTHING
    values = {
        "files": json.dumps([{"id": file_id, "title": file.name}]),
        "channel_id": channel,
        "initial_comment": target.words,
    }
    await showing.once(COMPLETE, slack.send_form, **values)
    return Shown(channel, file_id)


def _named(name: str, mark: str) -> str:
    """The file's name with the row's mark in it."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{mark}.{ending}"
