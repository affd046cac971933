"""Who one browser acts as, where they look, and what they may choose from."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from sandbox.membership import can_see, knows
from sandbox.page.mrkdwn import Reader
from sandbox.page.toast import refused
from sandbox.refusal import SlackError
from sandbox.workspace import Channel, User

if TYPE_CHECKING:
    from sandbox.app import Sandbox

# Tabs of the app. Messages stands for the conversation with it, before there is one.
HOME, MESSAGES, ABOUT = "home", "messages", "about"


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
    """One open browser. Setting `changed` has it drawn anew soon."""

    def __init__(self, sandbox: "Sandbox", user: str, place: str, thread: str) -> None:
        self.sandbox = sandbox
        self.space = sandbox.workspace
        self.told: Callable[[], None] = lambda: None
        self._changed = True
        self._people: dict[str, User] = {}
        self._reader: Reader | None = None
        self._menus: Menus | None = None
        self.user = user if user in self.people else next(iter(self.people))
        self.place = place if self.may_see(place) else self.start()
        self.thread = thread if self.place == place else ""

    @property
    def changed(self) -> bool:
        """Whether something may look different now."""
        return self._changed

    @changed.setter
    def changed(self, value: bool) -> None:
        self._changed = value
        if value:
            self._reader = self._menus = None
            self._people = {}
            self.told()

    @property
    def people(self) -> dict[str, User]:
        """Everybody one can act as, by id."""
        if not self._people:
            living = [each for each in self.space.users.values() if not each.deleted]
            self._people = {each.id: each for each in living if not each.is_bot}
        return self._people

    @property
    def person(self) -> User:
        """Who one acts as."""
        return self.space.users[self.user]

    @property
    def is_guest(self) -> bool:
        """Whether they see no more than what they were let into."""
        return self.person.is_restricted or self.person.is_ultra_restricted

    def start(self) -> str:
        """Where everybody can look."""
        mine = [each for each in self.space.channels_of(self.user) if not each.is_direct]
        mine.sort(key=lambda each: not each.general)
        return mine[0].id if mine else HOME

    def become(self, user: str) -> None:
        """Act as somebody else, in the same place if it is theirs too."""
        self.user = user
        channel = self.space.channels.get(self.place)
        if channel and user not in channel.members:
            self.place, self.thread = self.start(), ""
        self.changed = True

    def look(self, place: str, thread: str = "") -> None:
        """Look at another place."""
        self.place = place if self.may_see(place) else self.start()
        self.thread = thread if self.place == place else ""
        self.changed = True

    @property
    def address(self) -> str:
        """The address that leads here again."""
        first = self.sandbox.of("") is self.sandbox
        team = "" if first else self.space.id
        asked = {"team": team, "as": self.user, "place": self.place, "thread": self.thread}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"

    def follow(self, address: str) -> None:
        """Be who and where an address says."""
        asked = {name: values[0] for name, values in parse_qs(address.lstrip("?")).items()}
        if asked.get("as", self.user) in self.people:
            self.user = asked.get("as", self.user)
        self.look(asked.get("place", ""), asked.get("thread", ""))

    def may_see(self, place: str) -> bool:
        """Whether this person can look there; at public channels also without being in them."""
        if place in (HOME, ABOUT):
            return True
        channel = self.space.channels.get(place)
        return channel is not None and can_see(self.space, channel, self.user)

    @property
    def channel(self) -> Channel | None:
        """The conversation looked at; None at the app's Home."""
        if not self.may_see(self.place):
            self.place, self.thread = self.start(), ""
        return self.space.channels.get(self.place)

    @property
    def app_messages(self) -> Channel | None:
        """The conversation with the app, once there is one."""
        pair = {self.user, self.space.bot.id}
        return next(
            (
                each
                for each in self.space.channels.values()
                if each.kind == "im" and set(each.members) == pair
            ),
            None,
        )

    def acquaintances(self) -> list[User]:
        """Whom this person can find: a guest only those in one of their channels."""
        return [each for each in self.people.values() if knows(self.space, self.user, each.id)]

    def reader(self) -> Reader:
        """The names this person knows."""
        self._reader = self._reader or Reader(
            {each.id: each.real_name for each in self.space.users.values()},
            {each.id: each.name for each in self._known() if each.name},
            self.person.tz,
            now=self.sandbox.clock.now,
        )
        return self._reader

    def menus(self) -> Menus:
        """What this person can choose from."""
        self._menus = self._menus or Menus(
            {each.id: each.real_name for each in self.people.values()},
            {each.id: f"# {each.name}" for each in self._known() if each.kind == "channel"},
            {each.id: self.name(each) for each in self.space.channels_of(self.user)},
            self.person.tz,
            **self._of_conversations(),
        )
        return self._menus

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
        return ", ".join(self.space.users[each].real_name for each in others) or "Notes to self"

    async def attempt(self, doing: Awaitable[object]) -> bool:
        """Do something; what Slack would not let them do is told. False then."""
        try:
            await doing
        except SlackError as error:
            refused(error.code)
            return False
        return True
