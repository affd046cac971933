"""Dialogs about places: jumping to one, browsing channels, making one, writing to somebody."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from sandbox.membership import can_see
from sandbox.page.places import APP, label
from sandbox.page.seat import ABOUT, HOME, Seat
from sandbox.page.tags import Finder, Tag, button, dialog
from sandbox.workspace import Channel

Json = dict[str, Any]


class Dialogs:
    """Each opens one dialog; `go` opens a place."""

    def __init__(self, seat: Seat, go: Callable[[str], Awaitable[None]]) -> None:
        self._seat = seat
        self._go = go
        self._follow: Callable[[], None] | None = None

    def refresh(self) -> None:
        """Let the dialog that is open show what has changed."""
        if self._follow:
            self._follow()

    def following(self, made: ui.dialog, show: Callable[[], None]) -> None:
        """Have `show` called after each change until the dialog is closed."""

        def left() -> None:
            self._follow = None

        self._follow = show
        made.on("hide", left, args=[])
        show()

    async def switch(self) -> None:
        """Jump to a conversation, a person or the app by typing a few letters."""
        with dialog("Jump to", "slim") as made:
            finder = Finder(
                "A channel, a person or the app",
                lambda place, _: self._jump(made, place),
                none="Nothing of that name",
                picks=True,
            )
            finder.show(_everywhere(self._seat))

    async def _jump(self, made: ui.dialog, place: str) -> None:
        made.close()
        if place in self._seat.people:
            await self.open_direct([place])
        else:
            await self._go(place)

    async def browse(self) -> None:
        """All public channels and one's own private ones: join, leave, look in."""
        seat, act = self._seat, self._seat.sandbox.actions

        async def picked(channel: str, what: str) -> None:
            if what == "open" or (
                what == "join" and await seat.attempt(act.join(seat.user, channel))
            ):
                made.close()
                await self._go(channel)
            elif what == "leave":
                await seat.attempt(act.leave(seat.user, channel))

        with dialog("Channels") as made:
            finder = Finder("Search channels", picked, none="No channel of that name")
            button("Create a channel", lambda: self._instead(made), "block-button")
        self.following(made, lambda: finder.show(_channels(seat)))

    async def _instead(self, made: ui.dialog) -> None:
        made.close()
        await self.create()

    async def create(self) -> None:
        """A new channel, public or private."""
        seat = self._seat
        with dialog("A new channel", "slim") as made:
            name = ui.input("Name").props('dense outlined aria-label="Channel name" autofocus')
            name.classes("w-full")
            private = ui.checkbox("Private")
            Tag("p", "Only who is invited sees a private channel.", "hint")

            async def go_on() -> None:
                doing = seat.sandbox.actions.create_channel(
                    seat.user, name.value, private=private.value
                )
                if await seat.attempt(doing):
                    made.close()
                    await self._go(seat.space.find_channel(name.value).id)

            name.on("keydown.enter", go_on, args=[])
            button("Create", go_on, "block-button primary")

    async def write(self) -> None:
        """A direct message to somebody, or to several."""
        seat = self._seat
        others = {each.id: each.real_name for each in seat.acquaintances() if each.id != seat.user}
        others[seat.space.bot.id] = f"{seat.space.bot.real_name} (app)"
        with dialog("A direct message", "slim") as made:
            chosen = ui.select(others, multiple=True, value=[])
            chosen.props('dense outlined use-chips aria-label="To"').classes("w-full min-w-56")

            async def go_on() -> None:
                if await self.open_direct(chosen.value):
                    made.close()

            button("Open", go_on, "block-button primary")

    async def open_direct(self, guests: list[str]) -> bool:
        """Go to the conversation with these people."""
        seat = self._seat
        if guests == [seat.user]:
            return False
        if not await seat.attempt(seat.sandbox.actions.open_direct(seat.user, guests=guests)):
            return False
        await self._go(seat.space.direct([seat.user, *guests]).id)
        return True


def _everywhere(seat: Seat) -> list[Json]:
    app = seat.app_messages
    mine = [each for each in seat.space.channels_of(seat.user) if each is not app]
    others = _joinable(seat)
    bot = seat.space.bot.real_name
    tabs = [{"id": HOME, "name": f"{bot}: Home"}, {"id": ABOUT, "name": f"{bot}: About"}]
    tabs += [{"id": app.id, "name": f"{bot}: Messages"}] if app else []
    people = [
        {"id": each.id, "name": each.real_name, "about": each.title, "sign": each.real_name[:1],
         "kind": "one"}
        for each in seat.acquaintances() if each.id != seat.user
    ]  # fmt: skip
    return [
        *(_named(seat, each) for each in mine if each.kind != "im"),
        *({**each, "sign": bot[:1], "kind": APP} for each in tabs),
        *people,
        *(_named(seat, each) | {"marks": ["not joined"]} for each in others),
    ]


def _channels(seat: Seat) -> list[Json]:
    """Each with how many are in it, what it is for, and what can be done."""
    mine = [each for each in seat.space.channels_of(seat.user) if not each.is_direct]
    shown = []
    for each in [*mine, *_joinable(seat, archived=True)]:
        inside = seat.user in each.members
        count = len(each.members)
        about = [f"{count} {'member' if count == 1 else 'members'}", each.purpose or each.topic]
        acts = [_act("open", "Open")]
        if not each.archived:
            acts.append(_act("leave", "Leave") if inside else _act("join", "Join", "primary"))
        marks = [*["joined"] * inside, *["archived"] * each.archived]
        shown.append(
            _named(seat, each)
            | {"about": " · ".join(filter(None, about)), "marks": marks, "acts": acts}
        )
    return sorted(shown, key=lambda each: str(each["name"]))


def _joinable(seat: Seat, *, archived: bool = False) -> list[Channel]:
    return [
        each
        for each in seat.space.channels.values()
        if each.kind == "channel"
        and seat.user not in each.members
        and can_see(seat.space, each, seat.user)
        and (archived or not each.archived)
    ]


def _named(seat: Seat, channel: Channel) -> Json:
    sign, kind, name, _ = label(seat, channel)
    return {"id": channel.id, "sign": sign, "kind": kind, "name": name}


def _act(what: str, words: str, look: str = "") -> Json:
    return {"id": what, "label": words, "look": look}
