"""One open browser: who one acts as, where one looks, and what is drawn of it."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nicegui import ui

from sandbox.control import DAY, HOUR, seconds_to_next
from sandbox.page.blocks import Surface, draw
from sandbox.page.fields import draw_field
from sandbox.page.mrkdwn import Reader, to_html
from sandbox.page.style import CSS
from sandbox.workspace import Channel, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.app import Sandbox

Json = dict[str, Any]

HOME = "home"
SKIPS = (("Skip an hour", HOUR), ("Skip a day", DAY), ("To the next thing due", None))


class Client:
    """The page of one browser."""

    def __init__(self, sandbox: "Sandbox", user: str) -> None:
        self._sandbox = sandbox
        self._space = sandbox.workspace
        people = [each for each in self._space.users.values() if not each.is_bot]
        self._people = {each.id: each for each in people if not each.deleted}
        self.user = user if user in self._people else next(iter(self._people))
        self.place = self._space.find_channel("general").id
        self._skipping = asyncio.Lock()
        self._seen: dict[str, int] = {}
        self._changed = True
        self._modal: tuple[str, str, str] | None = None
        self._streamed = ""
        self._listed = ""

    def draw(self) -> None:
        """Build the page, and keep it up to date while it is open."""
        ui.add_css(CSS)
        with ui.row().classes("w-full no-wrap gap-0"):
            with ui.column().classes("side no-wrap gap-1"):
                self._side = ui.column().classes("w-full no-wrap gap-1")
                self._draw_clock()
            with ui.column().classes("main no-wrap gap-0"):
                self._bar = ui.row().classes("bar items-center justify-between")
                self._stream = ui.scroll_area().classes("stream")
                self._composer()
        self._dialog = ui.dialog().props("persistent")
        self._space.subscribe(self._note)
        ui.context.client.on_disconnect(lambda: self._space.unsubscribe(self._note))
        ui.timer(0.15, self._refresh)

    def _note(self) -> None:
        self._changed = True

    def _refresh(self) -> None:
        if not self._changed:
            return
        self._changed = False
        self._draw_side()
        self._now.text = self._time_here()
        self._draw_bar()
        self._draw_stream()
        self._draw_modal()

    def _reader(self) -> Reader:
        return Reader(
            {each.id: each.real_name for each in self._space.users.values()},
            {each.id: each.name for each in self._space.channels.values() if each.name},
            self._people[self.user].tz,
        )

    def _draw_side(self) -> None:
        places = self._space.channels_of(self.user)
        counts = [len(self._space.messages(each.id, self.user)) for each in places]
        shown = repr((self.user, self.place, counts))
        if shown == self._listed:
            return
        self._listed = shown
        self._side.clear()
        with self._side:
            ui.label(self._space.name).classes("title")
            ui.select(
                {each.id: f"{each.real_name}, {each.title}" for each in self._people.values()},
                label="Acting as",
                value=self.user,
                on_change=lambda event: self._become(event.value),
            ).props('dense outlined aria-label="Acting as" data-testid=act-as').classes("w-full")
            for title, kinds in (
                ("Channels", ("channel", "group")),
                ("Direct messages", ("mpim", "im")),
            ):
                ui.label(title).classes("group")
                for channel in self._space.channels_of(self.user):
                    if channel.kind in kinds:
                        self._draw_place(channel.id, self._name(channel))
            ui.label("Apps").classes("group")
            self._draw_place(HOME, "Mentor: Home")

    def _draw_place(self, place: str, name: str) -> None:
        shown = 0 if place == HOME else len(self._space.messages(place, self.user))
        if place == self.place:
            self._seen[f"{self.user}/{place}"] = shown
        unread = shown - self._seen.get(f"{self.user}/{place}", 0)
        words = f"{name} ({unread})" if unread > 0 else name
        button = ui.button(words, on_click=lambda: self._go(place), color=None)
        here = " here" if place == self.place else ""
        button.props("flat no-caps dense align=left").classes(f"place{here}")

    def _draw_clock(self) -> None:
        """Drawn once, so that a click while time moves on finds its button."""
        ui.label("Time here").classes("group")
        self._now = ui.label(self._time_here()).props("data-testid=clock")
        for words, seconds in SKIPS:
            ui.button(
                words, on_click=lambda _, seconds=seconds: self._skip(seconds), color=None
            ).props("flat no-caps dense align=left").classes("place")

    def _time_here(self) -> str:
        at = datetime.fromtimestamp(self._sandbox.clock.now(), ZoneInfo(self._reader().zone))
        return f"{at:%a %d %b %Y, %H:%M}"

    async def _skip(self, seconds: int | None) -> None:
        async with self._skipping:  # one leap after the other, however fast one clicks
            ahead = await seconds_to_next(self._sandbox) if seconds is None else seconds
            await self._sandbox.advance(ahead)
        self._changed = True

    def _name(self, channel: Channel) -> str:
        if channel.kind == "channel":
            return f"# {channel.name}"
        if channel.kind == "group":
            return f"(private) {channel.name}"
        others = [
            self._space.users[each].real_name for each in channel.members if each != self.user
        ]
        return ", ".join(others)

    async def _become(self, user: str) -> None:
        self.user = user
        if self.place != HOME and user not in self._space.channels[self.place].members:
            self.place = self._space.find_channel("general").id
        await self._go(self.place)

    async def _go(self, place: str) -> None:
        self.place = place
        self._changed = True
        if place == HOME:
            await self._sandbox.actions.open_home(self.user)

    def _draw_bar(self) -> None:
        self._bar.clear()
        shortcuts = self._sandbox.manifest["features"].get("shortcuts", [])
        with self._bar:
            at_home = self.place == HOME
            ui.label("Mentor" if at_home else self._name(self._space.channels[self.place]))
            with ui.row():
                for each in shortcuts:
                    if each["type"] == "global":
                        ui.button(
                            f"⚡ {each['name']}",
                            on_click=lambda _, each=each: self._sandbox.actions.shortcut(
                                self.user, each["callback_id"]
                            ),
                            color=None,
                        ).props("flat no-caps dense")

    def _draw_stream(self) -> None:
        # What has not changed is left alone: a click on something being redrawn is lost.
        shown = repr((self.user, self.place, self._content()))
        if shown == self._streamed:
            return
        self._streamed = shown
        self._stream.clear()
        with self._stream:
            if self.place == HOME:
                self._draw_home()
                return
            for message in self._space.messages(self.place, self.user):
                self._draw_message(message)
        self._stream.scroll_to(percent=1.0)

    def _content(self) -> object:
        if self.place == HOME:
            return self._space.homes.get(self.user)
        return self._space.messages(self.place, self.user)

    def _draw_home(self) -> None:
        home = self._space.homes.get(self.user)
        if home is None:
            ui.label("Nothing here yet.")
            return

        async def use(action_id: str, chosen: Json) -> None:
            await self._sandbox.actions.click(
                self.user, action_id, view_id=home["id"], chosen=chosen
            )

        draw(home["blocks"], Surface(self._reader(), use))

    def _draw_message(self, message: Message) -> None:
        author = self._space.users[message.user]
        reader = self._reader()
        at = datetime.fromtimestamp(float(message.ts), ZoneInfo(reader.zone))

        async def use(action_id: str, chosen: Json) -> None:
            await self._sandbox.actions.click(
                self.user, action_id, channel=self.place, ts=message.ts, chosen=chosen
            )

        private = " private" if message.only_for else ""
        with ui.column().classes(f"message{private}").props("data-testid=message"):
            with ui.row().classes("items-baseline gap-2"):
                ui.label(author.real_name).classes("who")
                ui.label(f"{at:%d %b, %H:%M}{' (edited)' * message.edited}").classes("when")
                if message.only_for:
                    ui.label("Only visible to you").classes("only")
                self._draw_shortcuts(message)
            if message.blocks:
                draw(message.blocks, Surface(reader, use))
            else:
                ui.html(to_html(message.text, reader), sanitize=False).classes("section")

    def _draw_shortcuts(self, message: Message) -> None:
        channel = self.place
        for each in self._sandbox.manifest["features"].get("shortcuts", []):
            if each["type"] == "message" and not message.by_app:
                ui.button(
                    each["name"],
                    on_click=lambda _, each=each: self._sandbox.actions.message_shortcut(
                        self.user, channel, message.ts, each["callback_id"]
                    ),
                    color=None,
                ).props("flat no-caps dense size=sm")

    def _composer(self) -> None:
        commands = self._sandbox.manifest["features"].get("slash_commands", [])
        hints = "; ".join(f"{each['command']} {each.get('usage_hint', '')}" for each in commands)
        with ui.row().classes("composer items-center no-wrap"):
            field = ui.input(placeholder=f"A message, or {hints}").classes("flex-1")
            field.props('dense outlined aria-label="Message" data-testid=composer')

            async def send() -> None:
                text, field.value = field.value.strip(), ""
                if text and self.place != HOME:
                    await self._say(text)

            field.on("keydown.enter", send)
            ui.button("Send", on_click=send, color=None).props(
                "no-caps dense unelevated data-testid=send"
            ).classes("block-button primary")

    async def _say(self, text: str) -> None:
        first, _, rest = text.partition(" ")
        known = [each["command"] for each in self._sandbox.manifest["features"]["slash_commands"]]
        if first in known:
            await self._sandbox.actions.command(self.user, self.place, first, rest)
        elif first.startswith("/"):
            ui.notify(f"{first} is not a command here")
        else:
            await self._sandbox.actions.post(self.user, self.place, text)

    def _draw_modal(self) -> None:
        stack = self._space.modals.get(self.user, [])
        if not stack:
            self._modal = None
            self._dialog.clear()
            self._dialog.close()
            return
        view = stack[-1]
        errors = view.get("errors", {})
        shown = (view["id"], view["hash"], str(errors))
        if shown == self._modal:
            return  # drawn already: drawing it anew would lose what is being typed
        self._modal = shown
        self._dialog.clear()
        reads: dict[str, Callable[[], Any]] = {}

        async def use(action_id: str, chosen: Json) -> None:
            await self._sandbox.actions.click(
                self.user, action_id, view_id=view["id"], chosen=chosen
            )

        async def submit() -> None:
            values = {name: read() for name, read in reads.items()}
            view["typed"] = values
            outcome = await self._sandbox.actions.submit(self.user, view["id"], values)
            if not outcome.acknowledged:
                ui.notify("We had some trouble connecting. Try again?")

        with self._dialog, ui.card().classes("w-full").props("role=dialog data-testid=modal"):
            ui.label(view["title"]["text"]).classes("header")
            for block in view["blocks"]:
                if block["type"] == "input":
                    filled = _as_typed(block, view.get("typed", {}))
                    reads[block["block_id"]] = draw_field(
                        filled, self._reader(), errors.get(block["block_id"])
                    )
                else:
                    draw([block], Surface(self._reader(), use))
            with ui.row().classes("w-full justify-end"):
                ui.button(
                    view.get("close", {}).get("text", "Close"),
                    on_click=lambda: self._sandbox.actions.close(self.user, view["id"]),
                    color=None,
                ).props("no-caps dense unelevated").classes("block-button")
                if view.get("submit"):
                    ui.button(view["submit"]["text"], on_click=submit, color=None).props(
                        "no-caps dense unelevated data-testid=modal-submit"
                    ).classes("block-button primary")
        self._dialog.open()


def _as_typed(block: Json, typed: Json) -> Json:
    """The block with what was typed before it came back with a fault."""
    name = block["block_id"]
    if name not in typed or block["element"]["type"] not in ("plain_text_input", "number_input"):
        return block
    return block | {"element": block["element"] | {"initial_value": typed[name]}}
