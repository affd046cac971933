"""What is to go wrong: asked for, listed, taken back."""

from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui import ui

from sandbox.faults import CALL_KINDS, KINDS, LINK_KINDS, from_json
from sandbox.page.tags import Tag, button
from sandbox.web_api import METHODS

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]

_ANY = "*"
_RETRY_AFTER = ["1", "30", "0", "-3", "1e9", "soon", "nan", "Wed, 21 Oct 2099 07:28:00 GMT"]
_MISSING = "missing"
_STATUSES = [500, 502, 503, 504]
_FIELD = "dense outlined options-dense"


class FaultsPanel:
    """A form for one more, the list of those that are coming, and what strikes at once."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._listed: object = None
        self._draw_form()
        self._told = Tag("p", "", "inspector-wrong", role="alert", data_testid="fault-wrong")
        Tag("h3", "Coming")
        self._list = Tag("ul", "", "faults", data_testid="faults")
        with ui.element("div").classes("inspector-row"):
            button("Clear all", sandbox.faults.clear, "block-button", data_testid="faults-clear")
        self._draw_at_once()
        self.refresh()

    def refresh(self) -> None:
        """Show what is coming now."""
        coming = [each.told() for each in self._sandbox.faults.coming]
        if coming == self._listed:
            return
        self._listed = coming
        self._list.clear()
        with self._list:
            for fault in coming:
                with Tag("li", data_testid="fault"):
                    Tag("span", _described(fault), "fault-words")
                    button(
                        "Take back", partial(self._drop, fault["number"]), "block-button small",
                        aria_label=f"Take back {fault['method']} {fault['kind']}",
                    )  # fmt: skip
            if not coming:
                Tag("li", "Nothing will go wrong.", "hint")

    def _draw_form(self) -> None:
        with Tag("form", "", "fault-form", aria_label="Let something go wrong"):
            self._kind = ui.select(
                {kind: f"{kind}: {words.replace('`', '')}" for kind, words in KINDS.items()},
                value="reset_after", label="What goes wrong", on_change=self._fit,
            ).props(f"{_FIELD} data-testid=fault-kind").classes("wide")  # fmt: skip
            self._method = ui.select(
                [_ANY], value=_ANY, label="With what (a method, a kind of delivery)",
                with_input=True, new_value_mode="add-unique",
            ).props(f"{_FIELD} data-testid=fault-method").classes("wide")  # fmt: skip
            self._count = _number("How often", 1, "fault-count")
            self._ever = ui.checkbox("Until it is taken back").props("dense")
            self._after = _number("Spare the first", 0, "fault-after")
            self._chance = _number("Chance in %", 100, "fault-chance")
            self._seed = _number("Seed of the chance", 0, "fault-seed")
            self._retry_after = ui.select(
                [*_RETRY_AFTER, _MISSING], value="1", label="Retry-After", with_input=True,
                new_value_mode="add-unique",
            ).props(_FIELD)  # fmt: skip
            self._status = ui.select(_STATUSES, value=503, label="Status").props(_FIELD)
            self._seconds = _number("Seconds", 5, "fault-seconds")
            self._error = ui.input("Slack's error", value="channel_not_found").props(_FIELD)
            button("Let it go wrong", self._add, "block-button primary", data_testid="fault-add")
        self._fit()

    def _fit(self) -> None:
        """Offer what this kind can happen to, and ask only what it has."""
        kind = str(self._kind.value)
        offered = ["link"] if kind in LINK_KINDS else [_ANY, *self._offered(kind)]
        value = self._method.value
        self._method.set_options(offered, value=value if value in offered else offered[0])
        self._retry_after.set_visibility(kind == "rate_limited")
        self._status.set_visibility(kind in ("error_before", "error_after"))
        self._seconds.set_visibility(kind in ("slow", "delay", "disorder"))
        self._error.set_visibility(kind == "slack_error")

    def _offered(self, kind: str) -> list[str]:
        if kind in CALL_KINDS:
            return [*sorted(METHODS), "response_url", "upload"]
        manifest = self._sandbox.manifest
        commands = [each["command"] for each in manifest["features"].get("slash_commands", [])]
        events = manifest["settings"].get("event_subscriptions", {}).get("bot_events", [])
        names = dict.fromkeys(str(each).partition(".")[0] for each in events)
        interactions = ["block_actions", "view_submission", "view_closed", "shortcut"]
        return ["events_api", "slash_commands", "interactive", *commands, *names, *interactions]

    def _add(self) -> None:
        try:
            fault = from_json(self._wanted())
        except (TypeError, ValueError) as error:
            self._told.text = str(error)
            return
        self._told.text = ""
        self._sandbox.faults.add(fault)
        self.refresh()

    def _wanted(self) -> Json:
        said = str(self._retry_after.value or "")
        return {
            "method": str(self._method.value or ""),
            "kind": str(self._kind.value),
            "count": None if self._ever.value else int(self._count.value or 0),
            "after": int(self._after.value or 0),
            "chance": float(self._chance.value or 0) / 100,
            "seed": int(self._seed.value or 0),
            "retry_after": None if said == _MISSING else said,
            "status": int(self._status.value),
            "seconds": float(self._seconds.value or 0) if self._is_late() else None,
            "error": str(self._error.value),
        }

    def _is_late(self) -> bool:
        return self._kind.value in ("slow", "delay", "disorder")

    def _drop(self, number: int) -> None:
        self._sandbox.faults.drop(number)
        self.refresh()

    def _draw_at_once(self) -> None:
        socket = self._sandbox.socket
        Tag("h3", "At once")
        with ui.element("div").classes("inspector-row"):
            button(
                "All links half open", lambda: _tell(socket.deafen(), "half open"), "block-button"
            )
            button("Reset all links", lambda: _tell(socket.reset(), "reset"), "block-button")
            button("Renew all links", self._renew, "block-button")
            if self._sandbox.program:
                button("Start the app again", self._restart, "block-button", data_testid="restart")

    async def _renew(self) -> None:
        many = len(self._sandbox.socket)
        await self._sandbox.socket.drop()
        _tell(many, "renewed")

    async def _restart(self) -> None:
        if self._sandbox.program:
            await self._sandbox.program.start()
            ui.notify("The app is started again")


def _tell(many: int, what: str) -> None:
    ui.notify(f"{many} {'link' if many == 1 else 'links'} {what}")


def _number(label: str, value: int, name: str) -> ui.number:
    made = ui.number(label, value=value, min=0, precision=0)
    return made.props(f"{_FIELD} data-testid={name}")


def _described(fault: Json) -> str:
    """A fault in words: what, with what, how often."""
    often = "until it is taken back" if fault["count"] is None else f"{fault['count']} more"
    words = [f"{fault['method']} {fault['kind']}", often]
    words += [f"after {fault['after']}"] if fault["after"] else []
    if fault["chance"] < 1:
        words.append(f"with a chance of {fault['chance']:.0%}, seed {fault['seed']}")
    for name, kinds in _TOLD.items():
        if fault["kind"] in kinds:
            words.append(f"{name.replace('_', ' ')} {fault[name]}")
    return ", ".join(words)


_TOLD = {
    "retry_after": ("rate_limited",),
    "status": ("error_before", "error_after"),
    "seconds": ("slow", "delay", "disorder"),
    "error": ("slack_error",),
}
