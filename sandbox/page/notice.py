"""What stands where one would write, in places where one can't, and how one could."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from sandbox.page.places import is_silent
from sandbox.page.seat import Seat
from sandbox.page.tags import Tag, button
from sandbox.workspace import Channel


class Notice:
    """The line of one browser; `go` opens a place."""

    def __init__(self, seat: Seat, go: Callable[[str], Awaitable[None]]) -> None:
        self._seat = seat
        self._go = go
        self._shown: tuple[str, str] = ("", "")
        self._line = ui.element("div").classes("notice")

    def refresh(self, channel: Channel | None) -> bool:
        """Show what has changed; whether one can write here."""
        words = self._why_not(channel) if channel else ""
        shown = (channel.id if channel else "", words)
        if shown != self._shown or not words:
            self._shown = shown
            self._line.clear()
            self._line.set_visibility(bool(words))
            if channel and words:
                self._draw(channel, words)
        return channel is not None and not words

    def _why_not(self, channel: Channel) -> str:
        if channel.archived:
            return "This channel is archived: what was said stays, nothing can be added."
        if self._seat.user not in channel.members:
            return f"You are looking at # {channel.name} from outside."
        if channel is self._seat.app_messages and is_silent(self._seat):
            return "Sending messages to this app has been turned off."
        return ""

    def _draw(self, channel: Channel, words: str) -> None:
        seat, act = self._seat, self._seat.sandbox.actions

        async def join() -> None:
            if await seat.attempt(act.join(seat.user, channel.id)):
                await self._go(channel.id)

        with self._line:
            Tag("p", words)
            if not channel.archived and seat.user not in channel.members:
                button("Join channel", join, "block-button primary", data_testid="join")
