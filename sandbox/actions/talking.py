"""What people say: messages, replies, reactions, files."""

from typing import TYPE_CHECKING

from sandbox import reactions, reading
from sandbox.actions.base import Acting
from sandbox.files import share
from sandbox.posting import post
from sandbox.workspace import Message

if TYPE_CHECKING:
    from sandbox.workspace import File


class Talking(Acting):
    """Saying things as one person."""

    async def post(self, user: str, channel: str, text: str) -> Message:
        """Say something in a conversation."""
        return await self._say(channel, Message("", user, self._escaped(text)))

    async def reply(
        self, user: str, channel: str, ts: str, text: str, *, broadcast: bool = False
    ) -> Message:
        """Answer in the thread of the message `ts`; `broadcast`: also in the channel."""
        said = Message("", user, self._escaped(text), thread_ts=ts, broadcast=broadcast)
        return await self._say(channel, said)

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put an emoji, such as `thumbsup`, under a message."""
        reactions.add(self._sandbox, self._inside(user, channel), ts, user, name)
        await self._sandbox.events.settled()

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take it away again."""
        reactions.remove(self._sandbox, self._inside(user, channel), ts, user, name)
        await self._sandbox.events.settled()

    async def upload(  # noqa: PLR0913 - what a person says of a file
        self,
        user: str,
        channel: str,
        name: str,
        content: str | bytes,
        *,
        text: str = "",
        ts: str = "",
    ) -> Message:
        """Share a file with this text in it, in the thread of the message `ts` if there is one."""
        place = self._inside(user, channel)
        sent = content.encode() if isinstance(content, str) else content
        file: File = self._sandbox.files.keep(name, sent, user)
        message = Message(self._space.next_ts(), user, self._escaped(text), thread_ts=ts or None)
        share(self._sandbox, place, message, [file])
        await self._sandbox.events.settled()
        return message

    async def mark_read(self, user: str, channel: str, ts: str = "") -> None:
        """Have read a conversation up to the message `ts`, by default all of it."""
        if reading.mark_read(self._inside(user, channel), user, ts):
            self._space.changed()

    async def mark_unread(self, user: str, channel: str, ts: str) -> None:
        """Have the message `ts`, and all after it, to read yet."""
        reading.mark_unread(self._inside(user, channel), user, ts)
        self._space.changed()

    async def _say(self, channel: str, message: Message) -> Message:
        message.ts = self._space.next_ts()
        post(self._sandbox, self._inside(message.user, channel), message)
        await self._sandbox.events.settled()
        return message
