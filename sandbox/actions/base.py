"""What all that people do has in common."""

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.membership import check_present
from sandbox.refusal import SlackError
from sandbox.workspace import SLACKBOT, Channel, Message, User

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

Picked = Mapping[str, str] | None

# Not within a word, an entity or a reference.
_TYPED = re.compile(r"(?<![\w&<])([@#])([\w-]+(?:\.[\w-]+)*)")
_EVERYBODY = re.compile(r"(?<![\w&<])@(channel|here|everyone)\b")


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

    def _said(self, user: str, channel: str, ts: str) -> tuple[Channel, Message]:
        """A message that everybody in a conversation sees, this person too."""
        place = self._inside(user, channel)
        message = place.find(ts)
        if message is None:
            raise SlackError("message_not_found")
        return place, message

    def _escaped(self, text: str, picked: Picked = None, *, labelled: bool = False) -> str:
        """Text as Slack sends it on: entities escaped, names as references.

        `picked`: ids by the names as which people and channels were picked, as `@Ben Castillo`.
        `labelled`: people with their names, as in a command's text; messages have them without.
        """
        escaped = html.escape(text, quote=False)
        for shown, which in _longest_first(picked):
            reference = self._reference(which, labelled=labelled)
            escaped = escaped.replace(html.escape(shown, quote=False), reference)
        if not labelled:
            escaped = _EVERYBODY.sub(r"<!\1>", escaped)
        return _TYPED.sub(lambda found: self._of_name(found, labelled=labelled), escaped)

    def _unescaped(self, text: str, picked: Picked = None) -> str:
        """Text as an app gets it that did not ask for references: with plain names."""
        for shown, which in _longest_first(picked):
            text = text.replace(shown, f"{shown[0]}{self._named(which)}")
        return text

    def _of_name(self, found: re.Match[str], *, labelled: bool) -> str:
        """What a name that was typed stands for; itself, if for nothing."""
        sign, name = found.groups()
        if sign == "@":
            known = [each.id for each in self._space.users.values() if each.name == name]
        else:
            public = [each for each in self._space.channels.values() if each.kind == "channel"]
            known = [each.id for each in public if each.name == name]
        return self._reference(known[0], labelled=labelled) if known else found[0]

    def _reference(self, which: str, *, labelled: bool) -> str:
        if which in self._space.channels:
            return f"<#{which}|{self._named(which)}>"
        return f"<@{which}|{self._named(which)}>" if labelled else f"<@{which}>"

    def _named(self, which: str) -> str:
        channel = self._space.channels.get(which)
        return channel.name if channel else self._person(which).name

    def _tell(self, user: str, channel: str, text: str, *, thread_ts: str = "") -> None:
        """Let Slack say something to one person."""
        message = Message(self._space.next_ts(), SLACKBOT, text)
        message.only_for, message.thread_ts = user, thread_ts or None
        self._space.post(self._space.channels[channel], message)


def _longest_first(picked: Picked) -> list[tuple[str, str]]:
    """So that no name is taken for a longer one that begins with it."""
    return sorted((picked or {}).items(), key=lambda each: -len(each[0]))
