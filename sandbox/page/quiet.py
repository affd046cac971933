"""Do not disturb: somebody's wish for quiet, set and seen on the page."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from nicegui import ui

from sandbox.page.seat import Seat
from sandbox.page.tags import Tag

_HOUR = 3600  # seconds
_MORNING = time(8)


def draw_quiet(seat: Seat) -> Callable[[], None]:
    """Draw the menu; gives a function that shows how it stands now."""

    async def until(end: int) -> None:
        now = seat.sandbox.clock.now()
        await seat.attempt(seat.sandbox.actions.set_dnd(seat.user, now if end else 0, end))

    with (
        Tag(
            "button", "", "foot-button quiet",
            type="button", aria_haspopup="menu", data_testid="dnd",
        ) as button,
        ui.menu(),
    ):  # fmt: skip
        ui.menu_item("For an hour", on_click=lambda: until(seat.sandbox.clock.now() + _HOUR))
        ui.menu_item("Until tomorrow, 08:00", on_click=lambda: until(_tomorrow(seat)))
        ui.menu_item("Off", on_click=lambda: until(0))

    def show() -> None:
        button.text = _stands(seat)

    show()
    return show


def _tomorrow(seat: Seat) -> int:
    zone = ZoneInfo(seat.people[seat.user].tz)
    today = datetime.fromtimestamp(seat.sandbox.clock.now(), zone).date()
    return int(datetime.combine(today + timedelta(days=1), _MORNING, zone).timestamp())


def _stands(seat: Seat) -> str:
    person, now = seat.people[seat.user], seat.sandbox.clock.now()
    if not person.dnd or person.dnd[1] <= now:
        return "Do not disturb: off"
    start, end = (datetime.fromtimestamp(each, ZoneInfo(person.tz)) for each in person.dnd)
    begins = f"from {start:%a %H:%M} " if person.dnd[0] > now else ""
    return f"Do not disturb: {begins}until {end:%a %H:%M}"
