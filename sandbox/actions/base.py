"""What all that people do has in common."""

import html
import re
from typing import TYPE_CHECKING, Any

from sandbox.membership import check_present
from sandbox.refusal import SlackError
from sandbox.workspace import Channel, Message, User

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

_REFERENCE = re.compile(r"(?<![\w&])([@#])([\w-]+(?:\.[\w-]+)*)")


class Acting:
    """Somebody in the workspace, about to do something."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace

    def _person(self, user: str) -> User:
        """Who acts."""
        return self._space.users[user]

    def _inside(self, user: str, channel: str) -> Channel:
        """A conversation that this person is in."""
        place = self._space.channels[channel]
        check_present(self._person(user))
        if user not in place.members:
            raise SlackError("not_in_channel")
        return place

    def _message(self, channel: str, ts: str) -> Message:
        return next(each for each in self._space.channels[channel].messages if each.ts == ts)

    def _escaped(self, text: str, *, labelled: bool = False) -> str:
        """Text as Slack sends it on: entities escaped, names as references.

        `labelled`: people with their names, as in a command's text; messages have them without.
        """
        people = {each.name: each.id for each in self._space.users.values()}
        public = [each for each in self._space.channels.values() if each.kind == "channel"]
        rooms = {each.name: each.id for each in public}

        def as_reference(found: re.Match[str]) -> str:
            sign, name = found.groups()
            known = (people if sign == "@" else rooms).get(name)
            if known is None:
                return found[0]
            return f"<{sign}{known}|{name}>" if labelled or sign == "#" else f"<@{known}>"

        return _REFERENCE.sub(as_reference, html.escape(text, quote=False))

    def _tell(self, user: str, channel: str, text: str, *, thread_ts: str = "") -> None:
        """Let Slack say something to one person."""
        message = Message(self._space.next_ts(), self._space.bot.id, text, by_app=True)
        message.only_for, message.thread_ts = user, thread_ts or None
        self._space.post(self._space.channels[channel], message)
