"""The thread beside a conversation: what was replied, and a line to reply in."""

from nicegui import ui

from sandbox.page.composer import draw_composer
from sandbox.page.messages import Messages
from sandbox.page.seat import Seat


class Thread:
    """The pane; it is there while a thread is open."""

    def __init__(self, seat: Seat, messages: Messages) -> None:
        self._seat = seat
        self._messages = messages
        self._opened = ""
        self._drawn = ""
        self._pane = ui.column().classes("thread no-wrap gap-0")
        self._pane.set_visibility(False)
        self._list: ui.scroll_area | None = None

    def forget(self) -> None:
        """Draw anew, whatever has changed."""
        self._drawn = ""

    def refresh(self) -> None:
        """Show what has changed."""
        seat, channel = self._seat, self._seat.channel
        opened = f"{seat.user}/{seat.place}/{seat.thread}" if seat.thread and channel else ""
        if opened != self._opened:
            self._opened, self._drawn = opened, ""
            self._build(opened)
        if channel is None or not opened or self._list is None:
            return
        messages = seat.space.thread(channel.id, seat.thread, seat.user)
        # What has not changed is left alone: a click on something being redrawn is lost.
        if repr(messages) == self._drawn:
            return
        self._drawn = repr(messages)
        self._list.clear()
        with self._list:
            for message in messages:
                self._messages.draw(channel, message, in_thread=True)
        self._list.scroll_to(percent=1.0)

    def _build(self, opened: str) -> None:
        """The frame, which stays while messages come: a reply half typed is kept."""
        self._pane.clear()
        self._pane.set_visibility(bool(opened))
        if not opened:
            return
        with (
            self._pane,
            ui.column().classes("h-full w-full no-wrap gap-0").props("data-testid=thread"),
        ):
            with ui.row().classes("bar items-center justify-between"):
                ui.label("Thread")
                ui.button("Close", on_click=self._close, color=None).props(
                    "flat no-caps dense data-testid=thread-close"
                )
            self._list = ui.scroll_area().classes("stream")
            draw_composer(self._seat, thread=True)

    def _close(self) -> None:
        self._seat.thread = ""
        self._seat.changed = True
