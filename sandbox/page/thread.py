"""The thread beside a conversation: what was replied, and a line to reply in."""

from nicegui import ui

from sandbox.page.composer import draw_composer
from sandbox.page.messages import Messages
from sandbox.page.seat import Seat
from sandbox.workspace import Channel, Message


class Thread:
    """The pane; it is there while a thread is open."""

    def __init__(self, seat: Seat, messages: Messages) -> None:
        self._seat = seat
        self._messages = messages
        self._opened = ""
        self._slots: dict[str, tuple[ui.element, object]] = {}
        self._pane = ui.column().classes("thread no-wrap gap-0")
        self._pane.set_visibility(False)
        self._list: ui.element | None = None

    def forget(self) -> None:
        """Draw anew, whatever has changed."""
        self._slots = {ts: (slot, None) for ts, (slot, _) in self._slots.items()}

    def refresh(self) -> None:
        """Show what has changed."""
        seat, channel = self._seat, self._seat.channel
        opened = f"{seat.user}/{seat.place}/{seat.thread}" if seat.thread and channel else ""
        if opened != self._opened:
            self._opened = opened
            self._build(channel if opened else None)
        if channel is None or not opened or self._list is None:
            return
        messages = seat.space.thread(channel.id, seat.thread, seat.user)
        if not messages:
            # Its message is gone, and no reply is left.
            self._close()
            return
        self._draw(channel, messages)

    def _draw(self, channel: Channel, messages: list[Message]) -> None:
        came = [each for each in messages if each.ts not in self._slots]
        for ts in self._slots.keys() - {each.ts for each in messages}:
            self._slots.pop(ts)[0].delete()
        replies = len(messages) - 1
        self._count.set_text(f"{replies} {'reply' if replies == 1 else 'replies'}")
        self._count.set_visibility(replies > 0)
        before = ""
        for message in messages:
            self._draw_one(channel, message, before)
            before = message.ts
        if came:
            self._scroll.scroll_to(percent=1.0)

    def _draw_one(self, channel: Channel, message: Message, before: str) -> None:
        slot, stood = self._slots.get(message.ts, (None, None))
        stands = (repr(message), before, channel.archived)
        # What has not changed is left alone: a click on something being redrawn is lost.
        if slot and stood == stands:
            return
        if slot is None:
            with self._first if message.ts == self._seat.thread else self._list_of():
                slot = ui.element("div").props(f'data-slot="thread-{message.ts}"')
        slot.clear()
        with slot:
            self._messages.draw(channel, message, in_thread=True)
        self._slots[message.ts] = (slot, stands)

    def _list_of(self) -> ui.element:
        assert self._list is not None  # noqa: S101 - built before anything is drawn
        return self._list

    def _build(self, channel: Channel | None) -> None:
        """The frame, which stays while messages come: a reply half typed is kept."""
        self._pane.clear()
        self._slots.clear()
        self._pane.set_visibility(channel is not None)
        if channel is None:
            return
        with (
            self._pane,
            ui.element("section")
            .classes("thread-frame")
            .props('data-testid=thread aria-label="Thread"'),
        ):
            with ui.element("div").classes("bar thread-bar"):
                with ui.element("div"):
                    ui.label("Thread").classes("thread-title")
                    ui.label(self._seat.name(channel)).classes("when")
                ui.button("✕", on_click=self._close, color=None).props(
                    'flat dense aria-label="Close the thread" data-testid=thread-close'
                )
            self._scroll = ui.scroll_area().classes("stream")
            with self._scroll, ui.element("div").classes("messages"):
                self._first = ui.element("div")
                self._count = ui.label().classes("thread-line")
                self._list = ui.element("div")
            draw_composer(self._seat, thread=True)

    def _close(self) -> None:
        self._seat.thread = ""
        self._seat.changed = True
