"""Buttons, menus and the rest as they stand in messages, Home and forms."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from sandbox.delivery import Outcome
from sandbox.forms import initial, key_of
from sandbox.page.controls import draw_control
from sandbox.page.mrkdwn import Reader, escaped, to_html
from sandbox.page.pictures import draw_picture
from sandbox.page.place import Place, slug
from sandbox.page.seat import Menus, Seat
from sandbox.page.signs import with_signs
from sandbox.refusal import SlackError
from sandbox.shapes import file_object

Json = dict[str, Any]
# The element's action, what was picked, and a button's value: several buttons may share an action.
Use = Callable[[str, Any, str | None], Awaitable[object]]
# The same, with the block it stands in first.
Act = Callable[[str, str, Any, str | None], Awaitable[object]]
# The options that the app offers to what was typed, and whether it answered; block and action.
Ask = Callable[[str, str, str], Awaitable[Json | None]]
Keep = Callable[[str, bytes], Json]
# What elements are called that have neither a label nor a placeholder.
_NAMES = {
    "datepicker": "Date",
    "timepicker": "Time",
    "datetimepicker": "Date and time",
    "checkboxes": "Options",
    "radio_buttons": "Options",
}


@dataclass(frozen=True, slots=True)
class Surface:
    """Where blocks stand: who reads them, what they picked before, what a used element does.

    `layer` is the page's own, where dialogs outlive what is redrawn; `again` draws the blocks
    anew, for what was picked and then not sent. `act` is used rather than `use` where both are;
    `ask` asks the app for options, `keep` takes a file. `before` begins the ids of fields.
    """

    reader: Reader
    menus: Menus
    typed: Mapping[str, Any]
    use: Use
    layer: ui.element
    again: Callable[[], None]
    act: Act | None = None
    ask: Ask | None = None
    keep: Keep | None = None
    before: str = "f"

    @classmethod
    def at(
        cls, seat: Seat, layer: ui.element, again: Callable[[], None], **where: Any
    ) -> "Surface":
        """Where somebody sits; `where` is `view_id`, or `channel` and `ts`."""
        acts = seat.sandbox.actions
        user = seat.user

        async def act(block_id: str, action_id: str, pick: Any, value: str | None) -> Outcome:
            return await acts.click(
                user, action_id, value=value, pick=pick, block_id=block_id, **where
            )

        async def use(action_id: str, pick: Any, value: str | None) -> Outcome:
            return await act("", action_id, pick, value)

        async def ask(block_id: str, action_id: str, query: str) -> Json | None:
            try:
                told = await acts.suggest(user, action_id, query, block_id=block_id, **where)
            except SlackError:
                return None
            return told.body if told.acknowledged else None

        def keep(name: str, content: bytes) -> Json:
            return file_object(seat.space, seat.sandbox.files.keep(name, content, user))

        key = where.get("view_id") or f"{user}/{where.get('channel')}/{where.get('ts')}"
        typed = seat.space.typed.get(key, {})
        surface = cls(seat.reader(), seat.menus(), typed, use, layer, again)
        return surface.with_more(act, ask, keep, slug(key))

    def with_more(self, act: Act, ask: Ask, keep: Keep, before: str) -> "Surface":
        """The same, with all that elements can do."""
        return Surface(
            self.reader, self.menus, self.typed, self.use, self.layer, self.again,
            act, ask, keep, before,
        )  # fmt: skip

    async def tell(self, block: Json, element: Json, pick: Any) -> object:
        """Let the app know that an element was used; gives what came of it."""
        action, value = str(element.get("action_id", "")), element.get("value")
        if self.act:
            return await self.act(str(block.get("block_id", "")), action, pick, value)
        return await self.use(action, pick, value)


def words(text: Json, reader: Reader) -> str:
    """A text object as HTML."""
    if text.get("type") == "mrkdwn":
        return to_html(text["text"], reader, verbatim=bool(text.get("verbatim")))
    return escaped(text.get("text", ""), emoji=text.get("emoji", True))


def named(text: Json) -> str:
    """A plain text object as it is read, without HTML."""
    shown = str(text.get("text", ""))
    return with_signs(shown) if text.get("emoji", True) else shown


def draw_element(element: Json, surface: Surface, block: Json | None = None) -> None:
    """Draw one element of a block."""
    kind = element["type"]
    drawer = {
        "button": _button,
        "workflow_button": _workflow,
        "icon_button": _icon,
        "feedback_buttons": _feedback,
        "overflow": _overflow,
    }.get(kind, _other)
    if kind == "image":
        draw_picture(element, "thumb")
    else:
        drawer(element, surface, block or {})


def _visible(element: Json, surface: Surface) -> bool:
    """Whether a button that only some see is for this reader."""
    wanted = element.get("visible_to_user_ids")
    return not wanted or surface.menus.me in wanted


def _button(element: Json, surface: Surface, block: Json) -> None:
    if not _visible(element, surface):
        return
    address = str(element.get("url") or "")

    async def clicked() -> None:
        if address.startswith(("https://", "http://")):
            ui.navigate.to(address, new_tab=True)
        await _use(element, None, surface, block, made)

    made = _pressed(named(element["text"]), element, clicked)


def _pressed(
    shown: str, element: Json, clicked: Callable[[], Awaitable[None]], icon: str = ""
) -> ui.button:
    style = {"primary": "primary", "danger": "danger"}.get(element.get("style", ""), "plain")
    made = ui.button(shown, on_click=clicked, color=None, icon=icon or None)
    made.props("no-caps dense unelevated").classes(f"block-button {style}")
    if element.get("accessibility_label"):
        made.props["aria-label"] = element["accessibility_label"]
    return made


def _workflow(element: Json, _surface: Surface, _block: Json) -> None:
    async def clicked() -> None:
        ui.notify("This would start a workflow, of which there are none here.")

    _pressed(named(element["text"]), element, clicked)


def _icon(element: Json, surface: Surface, block: Json) -> None:
    if not _visible(element, surface):
        return

    async def clicked() -> None:
        await _use(element, None, surface, block, made)

    label = {"accessibility_label": element.get("accessibility_label") or named(element["text"])}
    made = _pressed("", label, clicked, icon="delete")


def _feedback(element: Json, surface: Surface, block: Json) -> None:
    for field, sign in (("positive_button", "thumb_up"), ("negative_button", "thumb_down")):
        part = element[field]
        _feedback_half(element, part, sign, surface, block)


def _feedback_half(element: Json, part: Json, sign: str, surface: Surface, block: Json) -> None:
    async def clicked() -> None:
        await _use({**element, "value": part["value"]}, None, surface, block, made)

    label = {"accessibility_label": part.get("accessibility_label") or named(part["text"])}
    made = _pressed("", label, clicked, icon=sign)


def _overflow(element: Json, surface: Surface, block: Json) -> None:
    with (
        ui.button("…", color=None)
        .props('no-caps dense unelevated aria-label="More actions" aria-haspopup=menu')
        .classes("block-button") as made,
        ui.menu().props("role=menu"),
    ):
        for option in element["options"]:

            async def picked(option: Json = option) -> None:
                if str(option.get("url") or "").startswith(("https://", "http://")):
                    ui.navigate.to(option["url"], new_tab=True)
                await _use(element, option["value"], surface, block, made)

            with ui.menu_item(named(option["text"]), on_click=picked).props("role=menuitem"):
                if option.get("description"):
                    ui.label(named(option["description"])).classes("hint")


def _other(element: Json, surface: Surface, block: Json) -> None:
    action = str(element.get("action_id", ""))
    keys = (key_of(str(block.get("block_id", action)), action), action)
    held = [surface.typed[key] for key in keys if key in surface.typed]
    value = held[0] if held else initial(element)
    label = named(element.get("placeholder") or {}) or _NAMES.get(element["type"], "Choose")

    async def changed() -> None:
        await _use(element, control.read(), surface, block, None)

    field = f"{surface.before}-{slug(str(block.get('block_id', '')))}-{slug(action)}"
    place = Place(field, label, block_id=str(block.get("block_id", "")))
    control = draw_control(element, surface, value, place, changed)


async def _use(
    element: Json, pick: Any, surface: Surface, block: Json, made: ui.button | None
) -> None:
    if element.get("confirm") and not await _confirmed(element["confirm"], surface):
        surface.again()
        return
    # Until the app has answered, one sees that it is asked.
    if made:
        made.props("loading aria-busy=true")
    try:
        await surface.tell(block, element, pick)
    finally:
        if made and not made.is_deleted:
            made.props(remove="loading aria-busy")


async def _confirmed(confirm: Json, surface: Surface) -> bool:
    """What somebody answers to the question before it is done."""
    with (
        surface.layer,
        ui.dialog() as dialog,
        ui.card()
        .props("role=alertdialog aria-modal=true aria-labelledby=confirm-title")
        .props("aria-describedby=confirm-text data-testid=confirm")
        .classes("confirm"),
    ):
        ui.label(named(confirm["title"])).classes("header").props("id=confirm-title")
        told = ui.html(words(confirm["text"], surface.reader), sanitize=False)
        told.classes("section").props("id=confirm-text")
        style = "danger" if confirm.get("style") == "danger" else "primary"
        with ui.row().classes("w-full justify-end"):
            for field, otherwise, answer, look in (
                ("deny", "Cancel", False, "plain"),
                ("confirm", "Confirm", True, style),
            ):
                ui.button(
                    named(confirm.get(field) or {"text": otherwise}),
                    on_click=lambda _, answer=answer: dialog.submit(answer),
                    color=None,
                ).props(f"no-caps dense unelevated {'autofocus' if answer else ''}").classes(
                    f"block-button {look}"
                )
    answered = await dialog
    dialog.delete()
    return bool(answered)
