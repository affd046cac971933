"""The thread beside a conversation: what was replied, and a line to reply in."""

from nicegui import ui

from sandbox.page.composer import draw_composer
from sandbox.page.messages import Messages, Shown
from sandbox.page.seat import Seat
from sandbox.page.tags import Scroll, Tag, button
from sandbox.workspace import Channel, Message


class Thread:
    """The pane; it is there while a thread is open."""

    def __init__(self, seat: Seat, messages: Messages) -> None:
        self._seat = seat
        self._messages = messages
        self._opened = ""
        self._drawn: dict[str, tuple[Shown, object]] = {}
        self._pane = ui.element("aside").classes("thread").props('aria-label="Thread"')
        self._pane.set_visibility(False)

    def forget(self) -> None:
        """Draw anew, whatever has changed."""
        for made, _ in self._drawn.values():
            made.delete()
        self._drawn.clear()

    def refresh(self) -> None:
        """Show what has changed."""
        seat, channel = self._seat, self._seat.channel
        opened = f"{seat.user}/{seat.place}/{seat.thread}" if seat.thread and channel else ""
        if opened != self._opened:
            self._opened = opened
            self._build(channel if opened else None)
        if channel is None or not opened:
            return
        messages = seat.space.thread(channel.id, seat.thread, seat.user)
        if messages:
            self._draw(channel, messages)
        else:
            # Its message is gone, and no reply is left.
            self._close()

    def _draw(self, channel: Channel, messages: list[Message]) -> None:
        for ts in self._drawn.keys() - {each.ts for each in messages}:
            self._drawn.pop(ts)[0].delete()
        replies = len(messages) - 1
        self._count.text = f"{replies} {'reply' if replies == 1 else 'replies'}"
        self._count.set_visibility(replies > 0)
        before = ""
        for message in messages:
            self._draw_one(channel, message, (repr(message), before, channel.archived))
            before = message.ts

    def _draw_one(self, channel: Channel, message: Message, stands: object) -> None:
        made, stood = self._drawn.get(message.ts, (None, None))
        if made and stood == stands:
            return
        if made:
            self._messages.renew(made, channel, message, in_thread=True)
        else:
            with self._first if message.ts == self._seat.thread else self._list:
                made = self._messages.draw(channel, message, in_thread=True)
        self._drawn[message.ts] = (made, stands)

    def _build(self, channel: Channel | None) -> None:
        """The frame, which stays while messages come: a reply half typed is kept."""
        self._pane.clear()
        self._drawn.clear()
        self._pane.set_visibility(channel is not None)
        if channel is None:
            return
        name = self._seat.name(channel)
        with (
            self._pane,
            ui.element("section").classes("thread-frame").props("data-testid=thread"),
        ):
            with ui.element("div").classes("bar thread-bar"):
                with ui.element("div").classes("bar-name"):
                    Tag("h2", "Thread", "thread-title")
                    Tag("p", name, "thread-place")
                button(
                    "✕",
                    self._close,
                    "icon-button",
                    aria_label="Close the thread",
                    data_testid="thread-close",
                )
            with Scroll() as scroll, ui.element("div").classes("messages"):
                self._first = ui.element("div")
                self._count = Tag("h3", "", "thread-line")
                self._list = ui.element("div")
            scroll.begin(f"Thread in {name}", "bottom")
            draw_composer(self._seat, thread=True)

    def _close(self) -> None:
        self._seat.thread = ""
        self._seat.changed = True
