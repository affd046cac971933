"""Block Kit drawn on the page."""

import html
from collections.abc import Callable
from typing import Any

from nicegui import ui

from sandbox.page.elements import Surface, draw_element, words
from sandbox.page.fields import draw_field
from sandbox.page.mrkdwn import Reader, escaped, link, mention, to_html

Json = dict[str, Any]

_TAGS = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


def draw(blocks: list[Json], surface: Surface) -> None:
    """Draw blocks; one the page does not know is named."""
    for block in blocks:
        drawer = _DRAWERS.get(block.get("type", ""))
        if drawer:
            drawer(block, surface)
        else:
            ui.label(f"[{block.get('type')}: not drawn here]").classes("unknown")


def _section(block: Json, surface: Surface) -> None:
    if block.get("text"):
        ui.html(words(block["text"], surface.reader), sanitize=False).classes("section")
    if block.get("fields"):
        with ui.element().classes("fields"):
            for text in block["fields"]:
                ui.html(words(text, surface.reader), sanitize=False).classes("section")
    if block.get("accessory"):
        draw_element(block["accessory"], surface)


def _header(block: Json, surface: Surface) -> None:
    ui.html(words(block["text"], surface.reader), sanitize=False).classes("header")


def _context(block: Json, surface: Surface) -> None:
    for element in block["elements"]:
        if element.get("type") == "image":
            draw_element(element, surface)
        else:
            ui.html(words(element, surface.reader), sanitize=False).classes("context")


def _divider(_block: Json, _surface: Surface) -> None:
    ui.separator()


def _actions(block: Json, surface: Surface) -> None:
    with ui.row().classes("items-center gap-2"):
        for element in block["elements"]:
            draw_element(element, surface)


def _rich_text(block: Json, surface: Surface) -> None:
    for part in block["elements"]:
        ui.html(_part(part, surface.reader), sanitize=False).classes(
            "quote" if part.get("type") == "rich_text_quote" else "section"
        )


def _part(part: Json, reader: Reader) -> str:
    """A part of a rich text: a section, a quotation, code, or a list of sections."""
    inner = [_inline(each, reader) for each in part.get("elements", [])]
    if part.get("type") == "rich_text_list":
        signs = [f"{number}." for number in range(1, len(inner) + 1)]
        signs = signs if part.get("style") == "ordered" else ["•"] * len(inner)
        return "<br>".join(f"{sign} {each}" for sign, each in zip(signs, inner, strict=True))
    whole = "".join(inner)
    return f"<pre>{whole}</pre>" if part.get("type") == "rich_text_preformatted" else whole


def _inline(part: Json, reader: Reader) -> str:
    kind = part.get("type")
    if kind == "rich_text_section":
        return _part(part, reader)
    if kind == "user":
        return mention("@", reader.people.get(str(part["user_id"]), ""))
    if kind == "channel":
        return mention("#", reader.channels.get(str(part["channel_id"]), ""))
    if kind == "link":
        return link(str(part["url"]), str(part.get("text", "")))
    if kind == "emoji":
        return escaped(f":{part.get('name')}:")
    shown = escaped(str(part.get("text", "")))
    for style, tag in _TAGS.items():
        if (part.get("style") or {}).get(style):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def _input(block: Json, surface: Surface) -> None:
    element = block["element"]

    async def changed() -> None:
        await surface.use(element.get("action_id", ""), read(), None)

    read = draw_field(block, surface.menus, surface.typed, changed=changed)


def _image(block: Json, _surface: Surface) -> None:
    # Nothing is fetched from elsewhere: what the picture shows is told.
    ui.label(f"[image: {block['alt_text']}]").classes("context")


def _markdown(block: Json, surface: Surface) -> None:
    shown = html.escape(block["text"], quote=False)
    ui.html(to_html(shown, surface.reader), sanitize=False).classes("section")


_DRAWERS: dict[str, Callable[[Json, Surface], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "rich_text": _rich_text,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
}
