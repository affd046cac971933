"""Two people side by side: two whole pages in one, each acting as somebody."""

from urllib.parse import parse_qs, urlencode

from nicegui import ui

from sandbox.page.seat import Seat
from sandbox.page.style import CSS

HALVES = ("left", "right")
# What the address says of the second person begins with this.
_SECOND = "beside"

# The halves tell where they are; the address of the whole then says both.
_FOLLOW = """
const halves = {};
addEventListener("message", (event) => {
    if (event.origin !== location.origin || !event.data?.half) return;
    halves[event.data.half] = new URLSearchParams(event.data.place);
    if (event.data.leave) {
        const stays = halves[event.data.half === "left" ? "right" : "left"];
        location.assign("/?" + stays);
        return;
    }
    const whole = new URLSearchParams(halves.left);
    for (const [name, value] of halves.right ?? [])
        whole.set(name === "as" ? "beside" : "beside_" + name, value);
    if (halves.left && halves.right) history.replaceState(null, "", "?" + whole);
});
"""


def draw_halves(asked: dict[str, str]) -> None:
    """Draw two pages for an address with `beside=`."""
    second = {
        name.removeprefix(f"{_SECOND}_"): value
        for name, value in asked.items()
        if name.startswith(f"{_SECOND}_")
    }
    second["as"] = asked[_SECOND]
    first = {name: value for name, value in asked.items() if not name.startswith(_SECOND)}
    ui.add_css(CSS)
    ui.add_head_html(f"<script>{_FOLLOW}</script>")
    with ui.element("div").classes("halves"):
        for name, part in zip(HALVES, (first, second), strict=True):
            ui.element("iframe").classes("half").props(
                f'name={name} title="{name.title()} half" src="/?{urlencode(part)}"'
            )


def stand_beside(seat: Seat) -> None:
    """Open a second person beside this one, or, in a half, close this half."""
    others = [each for each in seat.people if each != seat.user]
    asked = {name: values[0] for name, values in parse_qs(seat.address.lstrip("?")).items()}
    both = f"/?{urlencode(asked | {_SECOND: others[0] if others else seat.user})}"
    ui.run_javascript(
        "parent === window"
        f" ? location.assign({both!r})"
        " : parent.postMessage({half: window.name, leave: true, place: location.search},"
        " location.origin)"
    )
