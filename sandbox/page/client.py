"""One open browser: the conversation or Home that is looked at, and what is around it."""

from typing import TYPE_CHECKING

from nicegui import ui

from sandbox.page.blocks import draw
from sandbox.page.composer import draw_composer
from sandbox.page.elements import Surface
from sandbox.page.messages import Messages
from sandbox.page.modal import Modal
from sandbox.page.seat import HOME, Seat
from sandbox.page.side import Side
from sandbox.page.style import CSS
from sandbox.page.thread import Thread
from sandbox.workspace import Channel

if TYPE_CHECKING:
    from sandbox.app import Sandbox


class Client:
    """The page of one browser."""

    def __init__(self, sandbox: "Sandbox", user: str, place: str = "", thread: str = "") -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace
        self._seat = Seat(sandbox, user, place, thread)
        self._streamed = ""
        self._home_of = ""
        self._barred = ""

    def draw(self) -> None:
        """Build the page, and keep it up to date while it is open."""
        ui.add_css(CSS)
        self._layer = ui.element()
        messages = Messages(self._seat, self._layer, self._again)
        self._messages = messages
        with ui.row().classes("w-full no-wrap gap-0"):
            self._side = Side(self._seat, self._go)
            with ui.column().classes("main no-wrap gap-0"):
                self._bar = ui.row().classes("bar items-center justify-between")
                self._stream = ui.scroll_area().classes("stream")
                self._composer = draw_composer(self._seat, thread=False)
            self._thread = Thread(self._seat, messages)
        self._modal = Modal(self._seat, self._layer)
        self._space.subscribe(self._note)
        ui.context.client.on_disconnect(lambda: self._space.unsubscribe(self._note))
        ui.timer(0.15, self._refresh)

    def _note(self) -> None:
        self._seat.changed = True

    def _again(self) -> None:
        """Draw what has not changed too: something was picked, and then not sent."""
        self._streamed = ""
        self._thread.forget()
        self._seat.changed = True

    def _refresh(self) -> None:
        self._side.tick()
        if not self._seat.changed:
            return
        self._seat.changed = False
        channel = self._seat.channel
        self._side.refresh()
        # As in Slack, nothing is said on the app's Home.
        self._composer.set_visibility(channel is not None)
        self._draw_bar(channel)
        self._draw_stream(channel)
        self._thread.refresh()
        self._modal.refresh()

    async def _go(self, place: str) -> None:
        self._seat.place, self._seat.thread = place, ""
        self._seat.changed = True
        self._side.close()
        if place == HOME:
            await self._sandbox.actions.open_home(self._seat.user)

    def _draw_bar(self, channel: Channel | None) -> None:
        seat = self._seat
        state = (channel.archived, channel.topic, channel.members) if channel else ()
        shown = repr((seat.user, seat.place, channel and channel.name, state))
        if shown == self._barred:
            return
        self._barred = shown
        self._bar.clear()
        with self._bar:
            ui.button("☰", on_click=self._side.toggle, color=None).props(
                'flat dense aria-label="Places" data-testid=places'
            ).classes("narrow-only")
            with ui.column().classes("gap-0"):
                ui.label(seat.name(channel) if channel else self._space.bot.real_name)
                topic = channel.topic if channel else ""
                ui.label("archived" if channel and channel.archived else topic).classes("when")
            with ui.row():
                if channel and not channel.is_direct:
                    self._draw_members(channel)
                self._draw_shortcuts()

    def _draw_shortcuts(self) -> None:
        for each in self._sandbox.manifest["features"].get("shortcuts", []):
            if each["type"] == "global":
                ui.button(
                    f"⚡ {each['name']}",
                    on_click=lambda _, each=each: self._sandbox.actions.shortcut(
                        self._seat.user, each["callback_id"]
                    ),
                    color=None,
                ).props("flat no-caps dense")

    def _draw_members(self, channel: Channel) -> None:
        seat, act = self._seat, self._sandbox.actions
        names = {each.id: each.real_name for each in self._space.users.values()}
        words = f"{len(channel.members)} members"
        with (
            ui.button(words, color=None).props("flat no-caps dense data-testid=members"),
            ui.menu(),
        ):
            for each in channel.members:
                ui.item(names[each])
            with ui.menu_item("Invite…", auto_close=False), ui.menu():
                for each, name in names.items():
                    if each not in channel.members and not self._space.users[each].deleted:
                        ui.menu_item(
                            name,
                            on_click=lambda _, each=each: seat.attempt(
                                act.invite(seat.user, channel.id, each)
                            ),
                        )
            ui.menu_item("Leave", on_click=lambda: seat.attempt(act.leave(seat.user, channel.id)))

    def _draw_stream(self, channel: Channel | None) -> None:
        # What has not changed is left alone: a click on something being redrawn is lost.
        shown = repr((self._seat.user, self._seat.place, self._content(channel)))
        if shown == self._streamed:
            return
        self._streamed = shown
        self._stream.clear()
        with self._stream:
            if channel is None:
                self._draw_home()
                self._begin_at_the_top()
                return
            for message in self._space.stream(channel.id, self._seat.user):
                self._messages.draw(channel, message, in_thread=False)
        self._home_of = ""
        self._stream.scroll_to(percent=1.0)

    def _begin_at_the_top(self) -> None:
        """Who comes to Home sees its beginning; who is there stays where they read."""
        if self._home_of != self._seat.user:
            self._home_of = self._seat.user
            self._stream.scroll_to(percent=0.0)

    def _content(self, channel: Channel | None) -> object:
        if channel is None:
            return self._space.homes.get(self._seat.user)
        seen = self._space.stream(channel.id, self._seat.user)
        return seen, [len(channel.replies(each.ts)) for each in seen]

    def _draw_home(self) -> None:
        seat, home = self._seat, self._space.homes.get(self._seat.user)
        if home is None:
            ui.label("Nothing here yet.")
            return

        surface = Surface.at(seat, self._layer, self._again, view_id=home["id"])
        draw(home["blocks"], surface)
