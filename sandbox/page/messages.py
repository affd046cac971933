"""One message on the page: its words or blocks, files, reactions, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from sandbox.page.blocks import draw
from sandbox.page.elements import Surface
from sandbox.page.mrkdwn import to_html
from sandbox.page.seat import Seat
from sandbox.workspace import Channel, Message

_EMOJI = {
    "thumbsup": "👍",
    "eyes": "👀",
    "tada": "🎉",
    "heart": "❤️",
    "white_check_mark": "✅",
    "raised_hands": "🙌",
}


class Messages:
    """Draws messages for one browser; `layer` holds dialogs, `again` draws all anew."""

    def __init__(self, seat: Seat, layer: ui.element, again: Callable[[], None]) -> None:
        self._seat = seat
        self._layer = layer
        self._again = again

    def draw(self, channel: Channel, message: Message, *, in_thread: bool) -> None:
        """Draw one; in the channel with a link to its thread."""
        private = " private" if message.only_for else ""
        with ui.column().classes(f"message{private}").props("data-testid=message"):
            self._draw_head(channel, message)
            if message.blocks:
                draw(message.blocks, self._surface(channel, message), told=message.text)
            elif message.text:
                quiet = "section" if message.subtype in (None, "file_share") else "context"
                shown = "section" if message.broadcast else quiet
                ui.html(to_html(message.text, self._seat.reader()), sanitize=False).classes(shown)
            self._draw_files(message)
            if message.only_for is None:
                self._draw_foot(channel, message, in_thread=in_thread)

    def _surface(self, channel: Channel, message: Message) -> Surface:
        return Surface.at(self._seat, self._layer, self._again, channel=channel.id, ts=message.ts)

    def _draw_head(self, channel: Channel, message: Message) -> None:
        at = datetime.fromtimestamp(float(message.ts), ZoneInfo(self._seat.reader().zone))
        with ui.row().classes("items-baseline gap-2"):
            ui.label(self._seat.space.users[message.user].real_name).classes("who")
            ui.label(f"{at:%d %b, %H:%M}{' (edited)' * message.edited}").classes("when")
            if message.only_for:
                ui.label("Only visible to you").classes("only")
            if message.broadcast:
                ui.label("replied to a thread").classes("only")
            self._draw_shortcuts(channel, message)

    def _draw_shortcuts(self, channel: Channel, message: Message) -> None:
        seat = self._seat
        for each in seat.sandbox.manifest["features"].get("shortcuts", []):
            if each["type"] == "message" and not message.by_app and message.subtype is None:
                ui.button(
                    each["name"],
                    on_click=lambda _, each=each: seat.sandbox.actions.message_shortcut(
                        seat.user, channel.id, message.ts, each["callback_id"]
                    ),
                    color=None,
                ).props("flat no-caps dense size=sm")

    def _draw_files(self, message: Message) -> None:
        for each in message.files:
            file = self._seat.space.files[each]
            with ui.row().classes("items-center gap-2 file").props("data-testid=file"):
                ui.label(file.title or file.name).classes("who")
                ui.label(f"{file.name}, {file.size} bytes").classes("when")
                ui.link("Download", f"/files/{file.id}/download").props(f'download="{file.id}"')

    def _draw_foot(self, channel: Channel, message: Message, *, in_thread: bool) -> None:
        replies = len(channel.replies(message.ts))
        with ui.row().classes("items-center gap-1"):
            for name, users in message.reactions.items():
                self._draw_reaction(channel, message, name, len(users))
            self._draw_choice(channel, message)
            if not in_thread:
                words = (
                    f"{replies} {'reply' if replies == 1 else 'replies'}" if replies else "Reply"
                )
                ui.button(
                    words,
                    on_click=lambda: self._open(message.thread_ts or message.ts),
                    color=None,
                ).props("flat no-caps dense size=sm data-testid=replies").classes("foot")

    def _draw_reaction(self, channel: Channel, message: Message, name: str, count: int) -> None:
        ui.button(
            f"{_EMOJI.get(name, f':{name}:')} {count}",
            on_click=lambda: self._toggle(channel, message, name),
            color=None,
        ).props(f'flat no-caps dense size=sm data-testid=reaction aria-label="{name}"').classes(
            "foot reaction"
        )

    def _draw_choice(self, channel: Channel, message: Message) -> None:
        with (
            ui.button("React", color=None)
            .props("flat no-caps dense size=sm data-testid=react")
            .classes("foot"),
            ui.menu(),
            ui.row().classes("p-1 gap-1"),
        ):
            for name, sign in _EMOJI.items():
                ui.button(
                    sign,
                    on_click=lambda _, name=name: self._toggle(channel, message, name),
                    color=None,
                ).props(f'flat dense aria-label="{name}"')

    async def _toggle(self, channel: Channel, message: Message, name: str) -> None:
        seat = self._seat
        mine = seat.user in message.reactions.get(name, [])
        doing = seat.sandbox.actions.unreact if mine else seat.sandbox.actions.react
        await seat.attempt(doing(seat.user, channel.id, message.ts, name))

    def _open(self, ts: str) -> None:
        self._seat.thread = ts
        self._seat.changed = True
