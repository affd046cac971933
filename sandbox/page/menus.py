"""Menus to pick from: of options, people, channels, conversations, and of what the app offers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nicegui import events, ui

from sandbox.forms import is_several
from sandbox.page.place import Changed, Control, Place, attributes
from sandbox.page.signs import with_signs

if TYPE_CHECKING:
    from sandbox.page.elements import Surface
    from sandbox.page.seat import Menus

Json = dict[str, Any]

_QUERY_LEAST = 3  # characters, where an external select does not say
_KINDS = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class Pick(ui.select, component=Path(__file__).parent / "js" / "pick.js"):
    """A menu with headings and with what is said of an option.

    Where the app is asked for what there is, options are not narrowed here by what is typed.
    """

    def tell(self, abouts: dict[str, Json], words: str) -> None:
        """What is said of the options, and where there are none."""
        self.props["abouts"] = abouts
        self.props["nothing"] = words
        self.props["answered"] = self.props.get("answered", 0) + 1

    def ask_from(self, least: int, words: str) -> None:
        """Ask the app once so many characters are typed; `words` are said until then."""
        self.props["least"] = least
        self.props["until"] = words


def draw_menu(
    element: Json, surface: "Surface", value: Any, place: Place, changed: Changed | None
) -> Control:
    """Draw a select of any kind."""
    if "external" in element["type"]:
        return _asked(element, surface, value, place, changed)
    options = offered(element, surface.menus)
    if value in (None, []) and element.get("default_to_current_conversation"):
        here = [surface.menus.here] * (surface.menus.here in options)
        value = here if is_several(element["type"]) else next(iter(here), None)
    several = is_several(element["type"])
    known = [each for each in value or [] if each in options] if several else value
    known = known if several or known in options else None
    made = _made(element, options, known, place, changed)
    made.tell(_abouts(element), "Nothing here goes by that name.")
    return Control(lambda: made.value)


def _made(
    element: Json, options: dict[str, str], value: Any, place: Place, changed: Changed | None
) -> Pick:
    several = is_several(element["type"])

    async def picked() -> None:
        if changed:
            await changed()

    made = Pick(
        options,
        value=value,
        multiple=several,
        with_input=True,
        clearable=True,
        on_change=picked,
    )
    made.props(f"dense outlined options-dense {'use-chips' if several else ''}").classes("pick")
    made.props.update(attributes(place))
    # A name that is on the label already need not stand in the field too.
    placeholder = with_signs((element.get("placeholder") or {}).get("text", ""))
    made.props["placeholder"] = placeholder or ("" if place.labelled else place.name)
    if element.get("max_selected_items"):
        made.props["max-values"] = element["max_selected_items"]
    return made


def offered(element: Json, menus: "Menus") -> dict[str, str]:
    """What a select offers: names by id, or by value."""
    kind = str(element["type"])
    if "users" in kind:
        return dict(menus.people)
    if "channels" in kind:
        return dict(menus.channels)
    if "conversations" in kind:
        return _filtered(menus, element.get("filter") or {})
    return {option["value"]: _name(option) for _, option in _grouped(element)}


def _filtered(menus: "Menus", wanted: Json) -> dict[str, str]:
    kinds = [_KINDS[each] for each in wanted.get("include", _KINDS)]
    without_outside = wanted.get("exclude_external_shared_channels")
    without_bots = wanted.get("exclude_bot_users")
    return {
        each: name
        for each, name in menus.conversations.items()
        if menus.kinds.get(each, kinds[0]) in kinds
        and not (without_outside and each in menus.outside)
        and not (without_bots and each in menus.with_bots)
    }


def _grouped(offer: Json) -> list[tuple[str, Json]]:
    """Options, each with the name of its group if it is in one."""
    found = [("", option) for option in offer.get("options") or []]
    for group in offer.get("option_groups") or []:
        label = with_signs(group["label"]["text"])
        found += [(label, option) for option in group["options"]]
    return found


def _name(option: Json) -> str:
    text = option["text"]
    return with_signs(text["text"]) if text.get("emoji", True) else str(text["text"])


def _abouts(offer: Json) -> dict[str, Json]:
    return {
        _name(option): {"group": group, "about": (option.get("description") or {}).get("text", "")}
        for group, option in _grouped(offer)
        if group or option.get("description")
    }


def _asked(
    element: Json, surface: "Surface", value: Any, place: Place, changed: Changed | None
) -> Control:
    """A select whose options the app offers to what is typed into it."""
    several = is_several(element["type"])
    chosen = list(value or []) if several else [value] * bool(value)
    known: dict[str, Json] = {each["value"]: each for each in chosen if isinstance(each, dict)}
    least = int(element.get("min_query_length", _QUERY_LEAST))
    told = f"Type {least} character{'s' if least > 1 else ''} or more." if least else ""
    shown = list(known) if several else next(iter(known), None)
    names = {each: _name(option) for each, option in known.items()}
    made = _made(element, names, shown, place, changed)
    made.ask_from(least, told)

    async def asked(event: events.GenericEventArguments) -> None:
        answer = await _options(element, surface, place, str(event.args or ""))
        if made.is_deleted:
            return
        words = "Nothing found." if answer is not None else "The app did not respond in time."
        held = made.value if several else [made.value] * bool(made.value)
        keep = {each: known[each] for each in held if each in known}
        found = {option["value"]: option for _, option in _grouped(answer or {})}
        known.update(found)
        made.set_options({each: _name(option) for each, option in (keep | found).items()})
        made.tell(_abouts(answer or {}), words)

    made.on("asked", asked)
    return Control(_reading(made, known, several=several))


async def _options(element: Json, surface: "Surface", place: Place, query: str) -> Json | None:
    if surface.ask is None:
        return {}
    return await surface.ask(place.block_id, str(element.get("action_id", "")), query)


def _reading(made: Pick, known: dict[str, Json], *, several: bool) -> Callable[[], Any]:
    def read() -> Any:
        if several:
            return [known[each] for each in made.value or [] if each in known]
        return known.get(made.value)

    return read
