"""One open browser: the conversation or tab of the app that is looked at, and what is around it."""

import asyncio
import json
from typing import TYPE_CHECKING

from nicegui import ui

from sandbox.page.app_tabs import AppTabs
from sandbox.page.beside import stand_beside
from sandbox.page.composer import draw_composer
from sandbox.page.dialogs import Dialogs
from sandbox.page.header import Header
from sandbox.page.members import Members
from sandbox.page.messages import Messages
from sandbox.page.modal import Modal
from sandbox.page.mrkdwn import to_text
from sandbox.page.notice import Notice
from sandbox.page.rail import draw_rail
from sandbox.page.seat import ABOUT, HOME, MESSAGES, Seat
from sandbox.page.side import Side
from sandbox.page.stream import Stream
from sandbox.page.style import CSS, JS
from sandbox.page.tags import Live, Scroll, Tag
from sandbox.page.thread import Thread
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from sandbox.app import Sandbox

SOON = 0.02  # seconds in which changes gather before they are drawn together


class Client:
    """The page of one browser."""

    def __init__(self, sandbox: "Sandbox", user: str, place: str = "", thread: str = "") -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace
        self._seat = Seat(sandbox, user, place, thread)
        self._waiting = False
        self._address = ""
        self._heading = ""

    def draw(self) -> None:
        """Build the page, and keep it up to date while it is open."""
        ui.add_css(CSS)
        ui.add_head_html(f"<script>{JS}</script>")
        self._browser = ui.context.client
        Tag("a", "Skip to the messages", "skip", href="#messages")
        self._layer = ui.element()
        dialogs = self._dialogs = Dialogs(self._seat, self._go)
        members = Members(self._seat, dialogs, self._leave)
        messages = Messages(self._seat, self._layer, self._again)
        with ui.element("div").classes("page"):
            draw_rail(self._seat, lambda: stand_beside(self._seat))
            self._side = Side(self._seat, self._go, dialogs)
            with ui.element("div").classes("main").props('id="messages"'):
                self._header = Header(self._seat, self._go, members, self._side.toggle)
                scroll = Scroll()
                self._notice = Notice(self._seat, self._go)
                self._composer = draw_composer(self._seat, thread=False)
            self._thread = Thread(self._seat, messages)
        self._stream = Stream(self._seat, messages, scroll)
        self._tabs = AppTabs(self._seat, scroll, self._layer, self._again)
        self._modal = Modal(self._seat, self._layer)
        self._live = Live()
        self._follow()

    def _follow(self) -> None:
        """Draw what there is, and then whatever changes."""
        self._seat.told = self._soon
        self._space.subscribe(self._note)
        self._browser.on_delete(lambda: self._space.unsubscribe(self._note))
        ui.on("went", lambda event: self._went(str(event.args)))
        ui.on("switch", self._dialogs.switch, args=[])
        ui.timer(0.5, self._side.tick)
        self._refresh()
        if self._seat.place == HOME:
            ui.timer(0.1, lambda: self._sandbox.actions.open_home(self._seat.user), once=True)

    def _note(self) -> None:
        self._seat.changed = True

    def _soon(self) -> None:
        if not self._waiting:
            self._waiting = True
            asyncio.get_running_loop().call_later(SOON, self._draw_now)

    def _draw_now(self) -> None:
        self._waiting = False
        if not self._browser.is_deleted:
            self._browser.safe_invoke(self._refresh)

    def _again(self) -> None:
        """Draw what has not changed too: something was picked, and then not sent."""
        self._stream.forget()
        self._tabs.forget()
        self._thread.forget()
        self._seat.changed = True

    def _refresh(self) -> None:
        if not self._seat.changed:
            return
        self._seat.changed = False
        channel = self._seat.channel
        self._header.refresh(channel)
        # As in Slack, nothing is said on the app's Home.
        self._composer.set_visibility(self._notice.refresh(channel))
        came = self._draw_place(channel)
        unread = self._side.refresh()
        self._thread.refresh()
        self._modal.refresh()
        self._dialogs.refresh()
        self._tell(came)
        self._tell_address(channel, unread)

    def _draw_place(self, channel: Channel | None) -> list[Message]:
        if channel:
            self._tabs.leave()
            return self._stream.refresh(channel)
        self._stream.leave()
        (self._tabs.about if self._seat.place == ABOUT else self._tabs.home)()
        return []

    def _tell(self, came: list[Message]) -> None:
        """Have a screen reader say what others wrote just now."""
        if came:
            users, reader = self._space.users, self._seat.reader()
            said = [(users[each.user].real_name, to_text(each.text, reader)) for each in came[-3:]]
            self._live.say("; ".join(f"{name}: {words}" for name, words in said))

    def _tell_address(self, channel: Channel | None, unread: int) -> None:
        seat = self._seat
        name = seat.name(channel) if channel else self._space.bot.real_name
        count = f"({unread}) " if unread else ""
        heading = f"{count}{name} · {self._space.name}"
        if (seat.address, heading) == (self._address, self._heading):
            return
        first, self._address, self._heading = not self._address, seat.address, heading
        ui.run_javascript(f"placed({json.dumps(self._address)}, {json.dumps(heading)}, {first!r})")

    def _went(self, address: str) -> None:
        """Somebody went back, or forward, in their browser."""
        self._seat.follow(address)
        self._address = self._seat.address

    async def _leave(self) -> None:
        await self._go(self._seat.start())

    async def _go(self, place: str) -> None:
        seat, bot = self._seat, self._space.bot.id
        seat.look(self._space.direct([seat.user, bot]).id if place == MESSAGES else place)
        self._side.close()
        ui.run_javascript("settle()")
        app = seat.app_messages
        if seat.place == HOME or (app and seat.place == app.id):
            tab = "home" if seat.place == HOME else "messages"
            await self._sandbox.actions.open_home(seat.user, tab=tab)
