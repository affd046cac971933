"""What people say: messages, replies, reactions, files."""

from sandbox import changes, reactions, reading
from sandbox.actions.base import Acting, Picked
from sandbox.files import share
from sandbox.posting import fits_in, post
from sandbox.refusal import SlackError
from sandbox.workspace import Message


class Talking(Acting):
    """Saying things as one person."""

    async def post(self, user: str, channel: str, text: str, *, picked: Picked = None) -> Message:
        """Say something in a conversation. `picked`: ids by the names shown in the text."""
        return await self._say(channel, Message("", user, self._escaped(text, picked)))

    async def reply(  # noqa: PLR0913 - what a person says of a reply
        self,
        user: str,
        channel: str,
        ts: str,
        text: str,
        *,
        broadcast: bool = False,
        picked: Picked = None,
    ) -> Message:
        """Answer in the thread of the message `ts`; `broadcast`: also in the channel."""
        words = self._escaped(text, picked)
        return await self._say(channel, Message("", user, words, thread_ts=ts, broadcast=broadcast))

    async def edit(
        self, user: str, channel: str, ts: str, text: str, *, picked: Picked = None
    ) -> Message:
        """Change what one said."""
        place, message = self._said(user, channel, ts)
        words = self._escaped(text.strip(), picked)
        if not (words or message.files):
            raise SlackError("no_text")
        changes.change(self._sandbox, place, message, user, words)
        await self._sandbox.events.settled()
        return message

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Take a message away that one said."""
        place, message = self._said(user, channel, ts)
        changes.delete(self._sandbox, place, message, user)
        await self._sandbox.events.settled()

    async def dismiss(self, user: str, channel: str, ts: str) -> None:
        """Take away what only oneself sees; no app hears of it."""
        place = self._space.channels[channel]
        place.messages[:] = [
            each for each in place.messages if not (each.ts == ts and each.only_for == user)
        ]
        self._space.changed()

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
        self._inside(user, channel)
        sent = content.encode() if isinstance(content, str) else content
        file = self._sandbox.files.keep(name, sent, user)
        return await self.share(user, channel, [file.id], text=text, ts=ts)

    async def share(  # noqa: PLR0913 - what a person says of files
        self,
        user: str,
        channel: str,
        files: list[str],
        *,
        text: str = "",
        ts: str = "",
        broadcast: bool = False,
        picked: Picked = None,
    ) -> Message:
        """Share files that one has uploaded, in one message."""
        place = self._inside(user, channel)
        fits_in(text)
        mine = [self._space.files[each] for each in files]
        if any(each.user != user for each in mine):
            raise SlackError("file_not_found")
        message = Message(self._space.next_ts(), user, self._escaped(text, picked))
        message.thread_ts, message.broadcast = ts or None, broadcast
        share(self._sandbox, place, message, mine)
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
        if not message.text.strip():
            raise SlackError("no_text")
        fits_in(message.text)
        message.ts = self._space.next_ts()
        post(self._sandbox, self._inside(message.user, channel), message)
        await self._sandbox.events.settled()
        return message
