"""Files: an address to send one to, its content, and the message that shares it."""

import mimetypes
import secrets
from typing import TYPE_CHECKING

from sandbox.posting import fit, post
from sandbox.refusal import SlackError
from sandbox.workspace import Channel, File, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox


class Files:
    """The files of the workspace and the addresses that wait for one."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._space = sandbox.workspace
        self._awaited: dict[str, File] = {}

    def expect(self, name: str, size: int, user: str) -> tuple[File, str]:
        """A file still to come, and the address to send its content to."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        created = self._space.clock.now()
        file = File(self._space.new_id("F"), name, user, size, created, mimetype=kind)
        ticket = secrets.token_urlsafe(12)
        self._awaited[ticket] = file
        return file, f"{self._space.address}/upload/{ticket}"

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take the content for an address; False if none is waited for there or the size differs.

        The file is there only once the upload has been completed.
        """
        file = self._awaited.get(ticket)
        if file is None or len(content) != file.size:
            return False
        file.content = content
        return True

    def complete(self, file_id: str, title: str | None = None) -> File:
        """The file whose content has come, now one of the workspace's."""
        for ticket, file in self._awaited.items():
            if file.id == file_id and file.content is not None:
                del self._awaited[ticket]
                file.title = title or ""
                self._space.files[file.id] = file
                return file
        raise SlackError("file_not_found")

    def keep(self, name: str, content: bytes, user: str) -> File:
        """A file that comes at once, as people's do."""
        file, address = self.expect(name, len(content), user)
        self.receive(address.rpartition("/")[2], content)
        return self.complete(file.id)


def share(sandbox: "Sandbox", channel: Channel, message: Message, files: list[File]) -> None:
    """Post a message with files, and tell the app of each."""
    message.subtype = "file_share"
    message.files = [file.id for file in files]
    fit(channel, message)
    for file in files:
        file.shared.append(channel.id)
    post(sandbox, channel, message)
    for file in files:
        event = {"type": "file_shared", "file_id": file.id, "user_id": message.user}
        more = {"file": {"id": file.id}, "channel_id": channel.id}
        sandbox.events.soon(event | more, channel)
