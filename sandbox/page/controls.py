"""Inputs, selects, pickers and choices on the page, wherever they stand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from nicegui import events, ui

from sandbox.forms import TYPED_MOST, is_several
from sandbox.page.seat import Menus

Json = dict[str, Any]
Changed = Callable[[], Awaitable[None]]

_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
_NATIVE = {"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local"}


@dataclass(frozen=True, slots=True)
class Control:
    """One thing to put in or pick: `read` gives it as a plain value."""

    read: Callable[[], Any]


def draw_control(
    element: Json, menus: Menus, value: Any, label: str, changed: Changed | None = None
) -> Control:
    """Draw an element that holds `value`; `changed` is called after each change."""
    kind = element["type"]
    named = f'aria-label="{label.replace(chr(34), "")}" dense outlined'
    if kind in _TYPED:
        return _typed(element, value, named, changed)
    if kind in _NATIVE:
        return _picker(kind, menus.zone, value, named, changed)
    if kind == "radio_buttons":
        made = ui.radio(_options(element), value=value, on_change=changed)
        return Control(lambda: made.value)
    if kind == "checkboxes":
        return _checkboxes(element, value or [], changed)
    return _select(element, menus, value, named, changed)


def _typed(element: Json, value: Any, named: str, changed: Changed | None) -> Control:
    made: Any
    if element.get("multiline"):
        made = ui.textarea(value=value or "").props(
            f'{named} autogrow input-style="min-height: 4.5em"'
        )
    else:
        made = ui.input(value=value or "").props(named)
    made.props["placeholder"] = (element.get("placeholder") or {}).get("text", "")
    if element["type"] == "plain_text_input":
        made.props["maxlength"] = element.get("max_length", TYPED_MOST)
    if element["type"] == "number_input":
        made.props["inputmode"] = "decimal"
    if changed:
        made.on("keydown.enter", changed)
    made.classes("w-full")
    return Control(lambda: made.value)


def _picker(kind: str, zone: str, value: Any, named: str, changed: Changed | None) -> Control:
    dated = kind == "datetimepicker"
    shown = (
        f"{datetime.fromtimestamp(value, ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
        if dated and value
        else value
    )
    made = ui.input(value=shown or "").props(f"{named} type={_NATIVE[kind]}")
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


def _checkboxes(element: Json, value: list[str], changed: Changed | None) -> Control:
    boxes = {}
    with ui.column().classes("gap-0"):
        for each, words in _options(element).items():
            boxes[each] = ui.checkbox(words, value=each in value, on_change=changed).props("dense")
    return Control(lambda: [each for each, box in boxes.items() if box.value])


def _select(
    element: Json, menus: Menus, value: Any, named: str, changed: Changed | None
) -> Control:
    kind = element["type"]
    options = _offered(element, menus)
    several = is_several(kind)
    known = [each for each in value or [] if each in options] if several else value
    known = known if several or known in options else None
    made = ui.select(
        options,
        value=known,
        multiple=several,
        with_input=not several,
        clearable=True,
        on_change=changed,
    )
    placeholder = (element.get("placeholder") or {}).get("text", "")
    made.props(f"{named} use-chips" if several else named).classes("w-full min-w-56")
    if placeholder and not known:
        made.props["label"] = placeholder
    return Control(lambda: made.value)


def _offered(element: Json, menus: Menus) -> dict[str, str]:
    kind = str(element["type"])
    for word, offered in (
        ("users", menus.people),
        ("channels", menus.channels),
        ("conversations", menus.conversations),
    ):
        if word in kind:
            return dict(offered)
    return _options(element)


def _options(element: Json) -> dict[str, str]:
    """The options, those of a group with its name before them."""
    offered = {each["value"]: _option(each) for each in element.get("options", [])}
    for group in element.get("option_groups", []):
        label = group["label"]["text"]
        offered |= {each["value"]: f"{label}: {_option(each)}" for each in group["options"]}
    return offered


def _option(option: Json) -> str:
    about = (option.get("description") or {}).get("text", "")
    return f"{option['text']['text']} ({about})" if about else str(option["text"]["text"])
