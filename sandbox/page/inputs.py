"""Inputs, pickers and things to tick on the page, wherever they stand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nicegui import events, ui

from sandbox.block_kit.elements import TYPED_MOST
from sandbox.page.mrkdwn import escaped, to_html
from sandbox.page.place import Changed, Control, Place, attributes

if TYPE_CHECKING:
    from sandbox.page.elements import Surface

Json = dict[str, Any]

TYPED = (
    "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input",
)  # fmt: skip
PICKERS = {"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local"}
_KEYBOARDS = {
    "number_input": "decimal",
    "email_text_input": "email",
    "url_text_input": "url",
}
_SOON = 0.3  # seconds after which a character that was typed is told


def draw_typed(element: Json, value: Any, place: Place, changed: Changed | None) -> Control:
    """Something to type into: a line, or several."""
    kind = element["type"]
    rich = kind == "rich_text_input"
    shown = _as_words(value) if rich else value or ""
    made: Any
    if element.get("multiline") or rich:
        made = ui.textarea(value=shown).props('autogrow input-style="min-height: 4.5em"')
    else:
        made = ui.input(value=shown)
    made.props("dense outlined").classes("w-full")
    made.props.update(attributes(place))
    made.props["placeholder"] = (element.get("placeholder") or {}).get("text", "")
    _bound(element, made)
    if kind in _KEYBOARDS:
        made.props["inputmode"] = _KEYBOARDS[kind]
    if changed:
        _tell(element, made, changed)
    return Control(lambda: made.value)


def _bound(element: Json, made: Any) -> None:
    """No more is typed than may be, and one sees how much it is."""
    if element["type"] != "plain_text_input":
        return
    made.props["maxlength"] = element.get("max_length", TYPED_MOST)
    if "max_length" in element or "min_length" in element:
        made.props("counter")
    if element.get("min_length"):
        made.props["hint"] = f"At least {element['min_length']} characters"


def _tell(element: Json, made: Any, changed: Changed) -> None:
    """Tell the app when it wants to be told: of Enter, of each character, or of both."""
    config = element.get("dispatch_action_config") or {}
    wanted = config.get("trigger_actions_on", ["on_enter_pressed"])
    if "on_enter_pressed" in wanted:
        made.on("keydown.enter", changed, args=[])
    if "on_character_entered" in wanted:
        made.on("update:model-value", changed, args=[], throttle=_SOON, leading_events=False)


def _as_words(value: Any) -> str:
    """A rich text as the words in it."""
    if not isinstance(value, dict):
        return str(value or "")
    return "\n".join(
        "".join(str(each.get("text", "")) for each in part.get("elements", []))
        for part in value.get("elements", [])
    )


def draw_picker(kind: str, zone: str, value: Any, place: Place, changed: Changed | None) -> Control:
    """A date, a time, or an instant in the reader's zone, picked as the browser has it."""
    dated = kind == "datetimepicker"
    shown = (
        f"{datetime.fromtimestamp(value, ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
        if dated and value
        else value
    )
    made = ui.input(value=shown or "").props(f"dense outlined type={PICKERS[kind]}")
    made.props.update(attributes(place))
    latest: list[str] = []
    if changed:

        async def whole(event: events.GenericEventArguments) -> None:
            # The browser may tell that it changed before what it changed to; setting the
            # value from here would race with that.
            latest.append(str(event.args or ""))
            await changed()

        made.on("change", whole)

    def read() -> Any:
        held = latest[-1] if latest else made.value
        if not dated or not held:
            return held or None
        return int(datetime.fromisoformat(held).replace(tzinfo=ZoneInfo(zone)).timestamp())

    return Control(read)


def draw_ticks(
    element: Json, surface: "Surface", value: Any, place: Place, changed: Changed | None
) -> Control:
    """Boxes or buttons to tick, each with its words and what is said of it."""
    several = element["type"] == "checkboxes"
    ticked: list[str] = list(value or []) if several else [value] * bool(value)
    group = ui.element("div").props(f"role={'group' if several else 'radiogroup'}").classes("ticks")
    group.props.update(attributes(place, group=True))

    async def tick(option: str, *, on: bool) -> None:
        if not several:
            ticked.clear()
        elif option in ticked:
            ticked.remove(option)
        if on:
            ticked.append(option)
        if changed:
            await changed()

    with group:
        for number, option in enumerate(element["options"]):
            _tick(option, surface, f"{place.id}-{number}", several=several, place=place).bind(
                ticked, tick
            )

    def read() -> Any:
        order = [option["value"] for option in element["options"]]
        found = [each for each in order if each in ticked]
        return found if several else next(iter(found), None)

    return Control(read)


@dataclass(frozen=True, slots=True)
class _Tick:
    box: ui.element
    value: str

    def bind(self, ticked: list[str], tick: Callable[..., Awaitable[None]]) -> None:
        """Show whether it is ticked, and tell when that changes."""
        if self.value in ticked:
            self.box.props("checked")

        async def changed(event: events.GenericEventArguments) -> None:
            await tick(self.value, on=bool(event.args))

        self.box.on("change", changed, js_handler="(event) => emit(event.target.checked)")


def _tick(option: Json, surface: "Surface", box_id: str, *, several: bool, place: Place) -> _Tick:
    with ui.element("label").classes("tick").props(f"for={box_id}"):
        box = ui.element("input").props(f"type={'checkbox' if several else 'radio'} id={box_id}")
        box.props["name"] = place.id
        if place.wrong:
            box.props["aria-invalid"] = "true"
        with ui.element("span"):
            ui.html(_shown(option["text"], surface), sanitize=False, tag="span")
            if option.get("description"):
                about = _shown(option["description"], surface)
                ui.html(about, sanitize=False).classes("hint")
    return _Tick(box, option["value"])


def _shown(text: Json, surface: "Surface") -> str:
    if text.get("type") == "mrkdwn":
        return to_html(text["text"], surface.reader, verbatim=bool(text.get("verbatim")))
    return escaped(text["text"], emoji=text.get("emoji", True))


def draw_files(element: Json, surface: "Surface", value: Any, place: Place) -> Control:
    """A place to put files; each is in the workspace as soon as it is put there."""
    files: list[Json] = list(value or [])
    kinds = element.get("filetypes")

    async def came(event: events.UploadEventArguments) -> None:
        if surface.keep:
            files.append(surface.keep(event.file.name, await event.file.read()))
            listed.refresh()
        made.reset()

    @ui.refreshable
    def listed() -> None:
        for file in files:
            with ui.row().classes("items-center gap-2 put"):
                ui.label(f"{file['name']}, {file['size']} bytes")
                button = ui.button("×", on_click=lambda _, file=file: drop(file), color=None)
                button.props("flat dense")
                button.props["aria-label"] = f"Take {file['name']} out"

    def drop(file: Json) -> None:
        files.remove(file)
        listed.refresh()

    with ui.element("div").props("role=group").classes("files") as group:
        group.props.update(attributes(place, group=True))
        listed()
        # The browser's own field is out of sight: the button opens it.
        made = ui.upload(on_upload=came, auto_upload=True, multiple=True).classes("out-of-sight")
        button = ui.button(
            "Choose files", color=None, on_click=lambda: made.run_method("pickFiles")
        )
        button.props("no-caps dense unelevated").classes("block-button plain")
        if place.about:
            button.props["aria-describedby"] = place.about
        if kinds:
            made.props["accept"] = ",".join(f".{kind}" for kind in kinds)
            ui.label(f"Of these types: {', '.join(kinds)}").classes("hint")
    return Control(lambda: list(files))
