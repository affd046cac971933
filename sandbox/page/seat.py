"""Who one browser acts as, where they look, and what they may choose from."""

from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nicegui import ui

from sandbox.page.mrkdwn import Reader
from sandbox.refusal import SlackError
from sandbox.workspace import Channel

if TYPE_CHECKING:
    from sandbox.app import Sandbox

HOME = "home"


@dataclass(frozen=True, slots=True)
class Menus:
    """What selects offer, name by id, and to whom.

    Of conversations there is their kind, which are shared with others outside and which are with
    a bot; `here` is the one that is looked at.
    """

    people: Mapping[str, str]
    channels: Mapping[str, str]
    conversations: Mapping[str, str]
    zone: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    outside: Collection[str] = ()
    with_bots: Collection[str] = ()
    here: str = ""
    me: str = ""


class Seat:
    """One open browser."""

    def __init__(self, sandbox: "Sandbox", user: str, place: str, thread: str) -> None:
        self.sandbox = sandbox
        self.space = sandbox.workspace
        living = [each for each in self.space.users.values() if not each.deleted]
        self.people = {each.id: each for each in living if not each.is_bot}
        self.user = user if user in self.people else next(iter(self.people))
        self.place = place if self._may_see(place) else self.start()
        self.thread = thread if self.place == place else ""
        self.changed = True

    def start(self) -> str:
        """Where everybody can look."""
        mine = [each for each in self.space.channels_of(self.user) if each.general]
        return mine[0].id if mine else HOME

    def become(self, user: str) -> None:
        """Act as somebody else, in the same place if they can see it."""
        self.user = user
        if not self._may_see(self.place):
            self.place, self.thread = self.start(), ""
        self.changed = True

    def _may_see(self, place: str) -> bool:
        if place == HOME:
            return True
        channel = self.space.channels.get(place)
        return channel is not None and self.user in channel.members

    @property
    def channel(self) -> Channel | None:
        """The conversation looked at; None at the app's Home."""
        if not self._may_see(self.place):
            self.place, self.thread = self.start(), ""
        return self.space.channels.get(self.place)

    def reader(self) -> Reader:
        """The names this person knows."""
        return Reader(
            {each.id: each.real_name for each in self.space.users.values()},
            {each.id: each.name for each in self._known() if each.name},
            self.people[self.user].tz,
            now=self.sandbox.clock.now,
        )

    def menus(self) -> Menus:
        """What this person can choose from."""
        return Menus(
            {each.id: each.real_name for each in self.people.values()},
            {each.id: f"# {each.name}" for each in self._known() if each.kind == "channel"},
            {each.id: self.name(each) for each in self.space.channels_of(self.user)},
            self.people[self.user].tz,
            **self._of_conversations(),
        )

    def _of_conversations(self) -> dict[str, Any]:
        """What selects of conversations go by."""
        mine, users = self.space.channels_of(self.user), self.space.users
        return {
            "kinds": {each.id: each.kind for each in mine},
            "outside": {each.id for each in mine if each.shared_outside},
            "with_bots": {
                each.id
                for each in mine
                if each.kind == "im" and any(users[member].is_bot for member in each.members)
            },
            "here": self.place if self.place in self.space.channels else "",
            "me": self.user,
        }

    def _known(self) -> list[Channel]:
        return [
            each
            for each in self.space.channels.values()
            if each.kind == "channel" or self.user in each.members
        ]

    def name(self, channel: Channel) -> str:
        """A conversation as this person calls it."""
        if channel.kind == "channel":
            return f"# {channel.name}"
        if channel.kind == "group":
            return f"(private) {channel.name}"
        others = [each for each in channel.members if each != self.user]
        return ", ".join(self.space.users[each].real_name for each in others)

    async def attempt(self, doing: Awaitable[object]) -> bool:
        """Do something; what Slack would not let them do is told. False then."""
        try:
            await doing
        except SlackError as refused:
            ui.notify(f"Slack would not let you: {refused.code.replace('_', ' ')}")
            return False
        return True
