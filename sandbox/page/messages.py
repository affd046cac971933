"""The messages on the page, and what one does with them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from sandbox.page.blocks import draw
from sandbox.page.elements import Surface
from sandbox.page.emoji import SIGNS
from sandbox.page.names import people, rooms
from sandbox.page.seat import Seat
from sandbox.page.shown import shown
from sandbox.page.toast import say
from sandbox.workspace import Channel, Message

Json = dict[str, Any]

_JS = Path(__file__).parent / "js"


class Talk(ui.element, component=_JS / "talk.js"):
    """What opens above messages: emoji, a message's menu, a question, a picture.

    It also has the names that composers complete, once for all of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.props["emoji"] = list(SIGNS.items())

    def offer(self, seat: Seat) -> None:
        """Have the names at hand that somebody may write now."""
        known = {"people": people(seat), "channels": rooms(seat)}
        if any(self.props.get(name) != value for name, value in known.items()):
            for name, value in known.items():
                self.props[name] = value
            self.update()


class Shown(ui.element, component=_JS / "message.js"):
    """One message as it stands on the page; its blocks stand in it."""

    def __init__(self, shortcuts: list[Json]) -> None:
        super().__init__()
        self.props["shortcuts"] = shortcuts
        self._blocks = repr([])

    def show(self, told: Json) -> None:
        """Show this of it."""
        if told != self.props.get("m"):
            self.props["m"] = told
            self.update()

    def hold(self, blocks: list[Json], surface: Surface, told: str) -> None:
        """Hold these blocks, `told` in plain text; those it holds already stay as they are."""
        if repr(blocks) != self._blocks:
            self._blocks = repr(blocks)
            self.clear()
            with self:
                draw(blocks, surface, told=told)


class Messages:
    """Draws messages for one browser; `layer` holds dialogs, `again` draws all anew."""

    def __init__(self, seat: Seat, layer: ui.element, again: Callable[[], None]) -> None:
        self._seat = seat
        self._layer = layer
        self._again = again
        self._shortcuts = _shortcuts(seat)
        with layer:
            self._talk = Talk()
        self._talk.offer(seat)
        ui.on("talk", self._heard)

    def draw(self, channel: Channel, message: Message, *, in_thread: bool) -> Shown:
        """Draw one; in the channel with a link to its thread."""
        made = Shown(self._shortcuts)
        self.renew(made, channel, message, in_thread=in_thread)
        return made

    def renew(self, made: Shown, channel: Channel, message: Message, *, in_thread: bool) -> None:
        """Show what has become of one where it stands: what is being done with it goes on."""
        told = shown(self._seat, channel, message, in_thread=in_thread)
        made.show(told)
        attached = [
            block
            for each in message.more.get("attachments", [])
            for block in each.get("blocks", [])
        ]
        blocks = [*message.blocks, *attached]
        made.hold(blocks, self._surface(channel, message), message.text)

    def _surface(self, channel: Channel, message: Message) -> Surface:
        return Surface.at(self._seat, self._layer, self._again, channel=channel.id, ts=message.ts)

    async def _heard(self, event: GenericEventArguments) -> None:
        """Do what was chosen of a message, be it drawn anew meanwhile or gone."""
        what, channel, ts, extra, *more = event.args
        seat, act = self._seat, self._seat.sandbox.actions
        if what == "names":
            self._talk.offer(seat)
        elif what == "thread":
            seat.thread, seat.changed = extra, True
        elif what == "copied":
            say("Link copied")
        elif what in ("react", "toggle"):
            await self._react(channel, ts, extra, toggle=what == "toggle")
        elif what == "edit":
            await seat.attempt(act.edit(seat.user, channel, ts, extra, picked=more[0]))
        elif what == "shortcut":
            await act.message_shortcut(seat.user, channel, ts, extra)
        else:
            doing = {"delete": act.delete, "unread": act.mark_unread, "dismiss": act.dismiss}
            await seat.attempt(doing[what](seat.user, channel, ts))

    async def _react(self, channel: str, ts: str, name: str, *, toggle: bool) -> None:
        """Put an emoji there; `toggle`: take one's own away."""
        seat, act = self._seat, self._seat.sandbox.actions
        message = seat.space.channels[channel].find(ts)
        mine = message is not None and seat.user in message.reactions.get(name, [])
        if mine and not toggle:
            return
        await seat.attempt((act.unreact if mine else act.react)(seat.user, channel, ts, name))


def _shortcuts(seat: Seat) -> list[Json]:
    """The app's shortcuts for messages."""
    listed = seat.sandbox.manifest["features"].get("shortcuts", [])
    found = [each for each in listed if each["type"] == "message"]
    return [
        {
            "id": each["callback_id"],
            "name": each["name"],
            "about": each.get("description", ""),
            "first": number == 0,
        }
        for number, each in enumerate(found)
    ]
