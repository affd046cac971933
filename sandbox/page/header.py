"""What stands above a conversation or the app: its name, what it is for, who is in it."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from sandbox.page.members import Members
from sandbox.page.places import has_home, has_messages, label
from sandbox.page.seat import ABOUT, HOME, MESSAGES, Seat
from sandbox.page.tags import Tag, button
from sandbox.workspace import Channel

Go = Callable[[str], Awaitable[None]]


class Header:
    """The bar of one browser; `go` opens a place, `places` shows the side where it is hidden."""

    def __init__(self, seat: Seat, go: Go, members: Members, places: Callable[[], None]) -> None:
        self._seat = seat
        self._go = go
        self._members = members
        self._places = places
        self._shown = ""
        self._bar = ui.element("header").classes("bar")

    def refresh(self, channel: Channel | None) -> None:
        """Show what has changed."""
        seat = self._seat
        shown = repr(
            (seat.user, seat.place, seat.name(channel) if channel else "", _state(channel))
        )
        if shown == self._shown:
            return
        self._shown = shown
        self._bar.clear()
        with self._bar:
            button(
                "☰", self._places, "icon-button narrow-only",
                aria_label="Places", data_testid="places",
            )  # fmt: skip
            app = seat.app_messages
            if channel is None or channel is app:
                self._draw_app(channel, app)
            else:
                self._draw_channel(channel)
            with ui.element("div").classes("bar-more"):
                # Where the side is hidden, nothing else says who one is.
                button(
                    seat.person.real_name.partition(" ")[0], self._places, "acting narrow-only",
                    aria_label=f"Acting as {seat.person.real_name}; places",
                )  # fmt: skip
                if channel and channel is not app:
                    self._draw_members(channel)
                self._draw_shortcuts()

    def _draw_channel(self, channel: Channel) -> None:
        sign, kind, name, spoken = label(self._seat, channel)
        with ui.element("div").classes("bar-name"):
            with Tag("h1", "", "bar-title", aria_label=spoken):
                Tag("span", sign, f"sign {kind}", aria_hidden="true")
                Tag("span", name, "name")
                if channel.archived:
                    Tag("span", "archived", "mark")
            about = channel.topic or channel.purpose
            if about:
                Tag("p", about, "bar-topic", title=channel.purpose or about)

    def _draw_app(self, channel: Channel | None, app: Channel | None) -> None:
        bot = self._seat.space.bot
        with ui.element("div").classes("bar-name"), Tag("h1", "", "bar-title"):
            Tag("span", bot.real_name[:1], "sign app", aria_hidden="true")
            Tag("span", bot.real_name, "name")
            Tag("span", "app", "mark")
        tabs = [(HOME, "Home")] if has_home(self._seat) else []
        if has_messages(self._seat):
            tabs.append((app.id if app else MESSAGES, "Messages"))
        tabs.append((ABOUT, "About"))
        here = channel.id if channel else self._seat.place
        with Tag("nav", "", "tabs", aria_label=f"Parts of {bot.real_name}"):
            for place, words in tabs:
                tab = button(
                    words, partial(self._turn, place, here), "tab",
                    data_testid=f"tab-{words.lower()}",
                )  # fmt: skip
                if place == here:
                    tab.props["aria-current"] = "page"

    async def _turn(self, place: str, here: str) -> None:
        # The app is told of a tab that is opened, not of a click on the one that is.
        if place != here:
            await self._go(place)

    def _draw_members(self, channel: Channel) -> None:
        count = len(channel.members)
        words = f"{count} {'member' if count == 1 else 'members'}"
        button(
            words, lambda: self._members.show(channel), "block-button small",
            aria_haspopup="dialog", data_testid="members",
        )  # fmt: skip

    def _draw_shortcuts(self) -> None:
        for each in self._seat.sandbox.manifest["features"].get("shortcuts", []):
            if each["type"] == "global":
                button(
                    f"⚡ {each['name']}",
                    partial(self._use, each["callback_id"]),
                    "block-button small shortcut",
                    title=each.get("description", ""),
                )

    async def _use(self, callback_id: str) -> None:
        await self._seat.sandbox.actions.shortcut(self._seat.user, callback_id)


def _state(channel: Channel | None) -> object:
    if channel is None:
        return None
    return channel.archived, channel.topic, channel.purpose, channel.members
