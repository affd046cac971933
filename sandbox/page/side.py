"""The side of the page: who one is, where one can go, what time it is."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from sandbox.control import DAY, HOUR, seconds_to_next
from sandbox.page.quiet import draw_quiet
from sandbox.page.seat import HOME, Seat

Go = Callable[[str], Awaitable[None]]


class Side:
    """Places and clock of one browser; `go` opens a place.

    What is there stays and changes its words: a click on something being redrawn is lost.
    """

    def __init__(self, seat: Seat, go: Go) -> None:
        self._seat = seat
        self._go = go
        self._seen: dict[str, int] = {}
        self._listed = ""
        self._buttons: dict[str, tuple[ui.button, str]] = {}
        self._pane = ui.column().classes("side no-wrap gap-1")
        with self._pane:
            ui.label(seat.space.name).classes("title")
            self._draw_people()
            self._quiet = draw_quiet(seat)
            self._list = ui.column().classes("w-full no-wrap gap-1")
            self._draw_clock()

    def toggle(self) -> None:
        """Show or hide it, where the window is too narrow to show it always."""
        self._pane.classes(toggle="open")

    def close(self) -> None:
        """Hide it there."""
        self._pane.classes(remove="open")

    def refresh(self) -> None:
        """Show what has changed."""
        seat = self._seat
        mine = [(each.id, seat.name(each)) for each in seat.space.channels_of(seat.user)]
        shown = repr((seat.user, mine, self._others()))
        if shown != self._listed:
            self._listed = shown
            self._draw_list()
        for place in self._buttons:
            self._mark(place)

    def tick(self) -> None:
        """Say what time it is."""
        now, zone = self._seat.sandbox.clock.now(), self._seat.people[self._seat.user].tz
        self._quiet()
        self._clock.set_text(f"{datetime.fromtimestamp(now, ZoneInfo(zone)):%a %d %b %Y, %H:%M}")

    def _draw_list(self) -> None:
        seat = self._seat
        self._list.clear()
        self._buttons.clear()
        with self._list:
            for title, kinds in (
                ("Channels", ("channel", "group")),
                ("Direct messages", ("mpim", "im")),
            ):
                ui.label(title).classes("group")
                for channel in seat.space.channels_of(seat.user):
                    if channel.kind in kinds:
                        self._draw_place(channel.id, seat.name(channel))
                if "channel" in kinds:
                    self._draw_more()
                else:
                    ui.button("Write to…", on_click=self._write, color=None).props(
                        "flat no-caps dense data-testid=write-to"
                    ).classes("more")
            ui.label("Apps").classes("group")
            self._draw_place(HOME, f"{seat.space.bot.real_name}: Home")

    def _draw_people(self) -> None:
        seat = self._seat

        async def become(user: str) -> None:
            seat.become(user)
            await self._go(seat.place)

        ui.select(
            {each.id: f"{each.real_name}, {each.title}" for each in seat.people.values()},
            label="Acting as",
            value=seat.user,
            on_change=lambda event: become(event.value),
        ).props('dense outlined aria-label="Acting as" data-testid=act-as').classes("w-full")

    def _draw_place(self, place: str, name: str) -> None:
        button = ui.button(name, on_click=lambda: self._go(place), color=None)
        button.props("flat no-caps dense align=left").classes("place")
        self._buttons[place] = (button, name)

    def _mark(self, place: str) -> None:
        """Say whether one is there, and how much one has not seen yet."""
        seat, (button, name) = self._seat, self._buttons[place]
        shown = 0 if place == HOME else len(seat.space.stream(place, seat.user))
        here = place == seat.place
        if here:
            self._seen[f"{seat.user}/{place}"] = shown
        unread = shown - self._seen.get(f"{seat.user}/{place}", 0)
        button.set_text(f"{name} ({unread})" if unread > 0 else name)
        if here != ("here" in button.classes):
            button.classes(toggle="here")

    def _others(self) -> dict[str, str]:
        """The channels one could join."""
        seat = self._seat
        return {
            each.id: f"# {each.name}"
            for each in seat.space.channels.values()
            if each.kind == "channel" and seat.user not in each.members and not each.archived
        }

    def _draw_more(self) -> None:
        """Channels one is not in yet, and new ones."""
        with ui.row().classes("gap-0"):
            if others := self._others():
                button = ui.button("Join…", color=None).props("flat no-caps dense")
                with button.classes("more"), ui.menu():
                    for each, name in others.items():
                        ui.menu_item(name, on_click=lambda _, each=each: self._join(each))
            ui.button("New…", on_click=self._create, color=None).props(
                "flat no-caps dense data-testid=new-channel"
            ).classes("more")

    async def _join(self, channel: str) -> None:
        seat = self._seat
        if await seat.attempt(seat.sandbox.actions.join(seat.user, channel)):
            await self._go(channel)

    async def _create(self) -> None:
        seat = self._seat
        with ui.context.client.content, ui.dialog() as dialog, ui.card().props("role=dialog"):
            ui.label("A new channel").classes("header")
            name = ui.input("Name").props('dense outlined aria-label="Channel name"')
            private = ui.checkbox("Private")
            ui.button("Create", on_click=lambda: dialog.submit(True), color=None).props(
                "no-caps dense unelevated"
            ).classes("block-button primary")
        if await dialog:
            doing = seat.sandbox.actions.create_channel(
                seat.user, name.value, private=private.value
            )
            if await seat.attempt(doing):
                await self._go(seat.space.find_channel(name.value).id)
        dialog.delete()

    async def _write(self) -> None:
        """A direct message to somebody, or to several."""
        seat = self._seat
        others = {each.id: each.real_name for each in seat.people.values() if each.id != seat.user}
        with ui.context.client.content, ui.dialog() as dialog, ui.card().props("role=dialog"):
            ui.label("A direct message").classes("header")
            chosen = ui.select(others, multiple=True, value=[])
            chosen.props('dense outlined use-chips aria-label="To"').classes("w-full min-w-56")
            ui.button("Open", on_click=lambda: dialog.submit(True), color=None).props(
                "no-caps dense unelevated"
            ).classes("block-button primary")
        if await dialog:
            doing = seat.sandbox.actions.open_direct(seat.user, guests=chosen.value)
            if await seat.attempt(doing):
                with_all = [seat.user, *chosen.value]
                await self._go(seat.space.direct(with_all).id)
        dialog.delete()

    def _draw_clock(self) -> None:
        ui.label("Time here").classes("group")
        self._clock = ui.label().props("data-testid=clock")
        for words, seconds in (
            ("Skip an hour", HOUR),
            ("Skip a day", DAY),
            ("To the next thing due", None),
        ):
            ui.button(
                words, on_click=lambda _, seconds=seconds: self._skip(seconds), color=None
            ).props("flat no-caps dense align=left").classes("place")

    async def _skip(self, seconds: int | None) -> None:
        sandbox = self._seat.sandbox
        await sandbox.advance(await seconds_to_next(sandbox) if seconds is None else seconds)
        self._seat.changed = True
