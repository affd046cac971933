"""The side of the page: who one is, where one can go, what time it is."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from sandbox.page.clock_panel import ClockPanel
from sandbox.page.dialogs import Dialogs
from sandbox.page.places import APP, Unread, app_place, sections
from sandbox.page.quiet import draw_quiet
from sandbox.page.seat import Seat
from sandbox.page.tags import Places, Tag, button
from sandbox.workspace import User

Go = Callable[[str], Awaitable[None]]


class Side:
    """Places and clock of one browser; `go` opens a place.

    What is there stays and changes its words: a click on something being redrawn is lost.
    """

    def __init__(self, seat: Seat, go: Go, dialogs: Dialogs) -> None:
        self._seat = seat
        self._go = go
        self._dialogs = dialogs
        self._unread = Unread(seat)
        self._listed = ""
        self._offered: dict[str, str] = {}
        self._pane = ui.element("div").classes("sidebar").props('id="places"')
        with self._pane:
            with ui.element("div").classes("side-head"):
                Tag("p", seat.space.name, "title")
                button(
                    "✕", self.close, "icon-button narrow-only",
                    aria_label="Close the list of places", data_testid="places-close",
                )  # fmt: skip
            button(
                "Jump to…", partial(self._do, "jump"), "jump",
                aria_label="Jump to a place, Control K", aria_keyshortcuts="Control+K Meta+K",
            )  # fmt: skip
            self._draw_people()
            self._list = Places(self._chosen, self._do)
            with ui.element("section").classes("side-foot"):
                self._quiet = draw_quiet(seat)
                self._clock = ClockPanel(seat)

    def toggle(self) -> None:
        """Show or hide it, where the window is too narrow to show it always."""
        self._pane.classes(toggle="open")

    def close(self) -> None:
        """Hide it there."""
        self._pane.classes(remove="open")

    def refresh(self) -> int:
        """Show what has changed; gives how much is unread that is meant for this person."""
        shown = sections(self._seat, self._unread)
        if repr(shown) != self._listed:
            self._listed = repr(shown)
            self._list.show(shown)
        self._offer_people()
        self.tick()
        return sum(each["count"] for section in shown for each in section["items"])

    def tick(self) -> None:
        """Say what time it is."""
        self._quiet()
        self._clock.tick()

    async def _chosen(self, place: str) -> None:
        await self._go(app_place(self._seat, self._unread) if place == APP else place)

    async def _do(self, what: str) -> None:
        open_dialog = {
            "jump": self._dialogs.switch,
            "browse": self._dialogs.browse,
            "new-channel": self._dialogs.create,
            "write-to": self._dialogs.write,
        }[what]
        self.close()
        await open_dialog()

    def _draw_people(self) -> None:
        seat = self._seat

        async def become(user: str | None) -> None:
            if user in (None, seat.user):
                return
            seat.become(str(user))
            await self._go(seat.place)

        self._act_as = ui.select(
            {},
            label="Acting as",
            with_input=True,
            on_change=lambda event: become(event.value),
        )
        self._act_as.props('dense outlined options-dense aria-label="Acting as" data-testid=act-as')
        self._act_as.classes("act-as w-full")
        self._about = Tag("p", "", "side-about")
        self._offer_people()

    def _offer_people(self) -> None:
        seat = self._seat
        offered = {each.id: _described(each) for each in seat.people.values()}
        if offered != self._offered or self._act_as.value != seat.user:
            self._offered = offered
            value = seat.user if seat.user in offered else None
            self._act_as.set_options(offered, value=value)
        self._about.text = f"{_role(seat.person)}, {_city(seat.person.tz)}"


def _described(user: User) -> str:
    """Somebody as the switch lists them: who they are, what they may, where their clock stands."""
    return f"{user.real_name} ({_role(user)}, {_city(user.tz)})"


def _role(user: User) -> str:
    marks = (
        (user.is_owner, "owner"),
        (user.is_admin and not user.is_owner, "admin"),
        (user.is_ultra_restricted, "guest of one channel"),
        (user.is_restricted and not user.is_ultra_restricted, "guest"),
        (user.is_stranger, "from outside"),
    )
    return ", ".join([user.title or user.name, *(words for true, words in marks if true)])


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
