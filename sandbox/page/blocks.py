"""Block Kit drawn on the page; what the page does not know is named and folded."""

import html
import json
from collections.abc import Callable
from typing import Any

from nicegui import ui

from sandbox.page import charts, rich_text, tables
from sandbox.page.elements import Surface, draw_element, named, words
from sandbox.page.fields import draw_field
from sandbox.page.mrkdwn import link, to_text
from sandbox.page.pictures import draw_picture

Json = dict[str, Any]

_SIGNS = {"default": "•", "info": "ℹ", "warning": "⚠", "error": "✖", "success": "✔"}
# What pasted blocks make of a drawer that counts on their form.
_MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError)
_STATES = {"pending": "○", "in_progress": "◔", "complete": "✔", "error": "✖"}


def draw(blocks: list[Json], surface: Surface, *, told: str = "") -> None:
    """Draw blocks. `told`: the message's own text, which screen readers read in their place."""
    with ui.element("div").classes("blocks") as whole:
        if told:
            whole.props["role"] = "group"
            whole.props["aria-description"] = to_text(told, surface.reader)
        for block in blocks:
            draw_block(block, surface)


def draw_block(block: Json, surface: Surface) -> None:
    """Draw one block; one that is not as Slack has it is named, and folded."""
    drawer = _DRAWERS.get(str(block.get("type")))
    with ui.element("div").classes("block") as place:
        if drawer is None:
            _unknown(block, "isn't known here")
            return
        try:
            drawer(block, surface)
        except _MISSHAPEN:
            place.clear()
            _unknown(block, "is known, but not in this form")


def _unknown(block: Json, why: str) -> None:
    kind = html.escape(str(block.get("type")))
    held = html.escape(json.dumps(block, indent=2, ensure_ascii=False))
    ui.html(
        f"<details><summary>This block's type, <code>{kind}</code>, {why}."
        f"</summary><pre>{held}</pre></details>",
        sanitize=False,
    ).classes("unknown")


def _text(text: Json, surface: Surface, look: str) -> ui.html:
    return ui.html(words(text, surface.reader), sanitize=False).classes(look)


def _section(block: Json, surface: Surface) -> None:
    with ui.element("div").classes("with-accessory"):
        with ui.element("div").classes("grow"):
            if block.get("text"):
                _text(block["text"], surface, "section")
            if block.get("fields"):
                with ui.element("div").classes("fields"):
                    for text in block["fields"]:
                        _text(text, surface, "section")
        if block.get("accessory"):
            with ui.element("div").classes("accessory"):
                draw_element(block["accessory"], surface, block)


def _header(block: Json, surface: Surface) -> None:
    _text(block["text"], surface, "header").props("role=heading aria-level=3")


def _context(block: Json, surface: Surface) -> None:
    with ui.element("div").classes("context-line"):
        for element in block["elements"]:
            if element.get("type") == "image":
                draw_picture(element, "icon")
            else:
                _text(element, surface, "context")


def _divider(_block: Json, _surface: Surface) -> None:
    ui.separator()


def _actions(block: Json, surface: Surface) -> None:
    with ui.row().classes("items-center gap-2"):
        for element in block["elements"]:
            draw_element(element, surface, block)


def _rich_text(block: Json, surface: Surface) -> None:
    ui.html(rich_text.to_html(block, surface.reader), sanitize=False).classes("section rich")


def _input(block: Json, surface: Surface) -> None:
    async def changed() -> None:
        await surface.tell(block, block["element"], read())

    read = draw_field(block, surface, changed=changed)


def _image(block: Json, _surface: Surface) -> None:
    with ui.element("figure").classes("figure"):
        if block.get("title"):
            with ui.element("figcaption"):
                ui.label(named(block["title"])).classes("context")
        draw_picture(block, "wide")


def _markdown(block: Json, _surface: Surface) -> None:
    # What could do harm in it is taken out by the browser.
    ui.markdown(block["text"]).classes("section markdown")


def _video(block: Json, _surface: Surface) -> None:
    title, address = named(block["title"]), str(block.get("title_url") or "")
    with ui.element("div").classes("framed video"):
        by = [str(block[each]) for each in ("provider_name", "author_name") if block.get(each)]
        if by:
            ui.label(" · ".join(by)).classes("context")
        shown = link(address, title) if address else html.escape(title)
        ui.html(shown, sanitize=False).classes("section strong")
        if block.get("description"):
            ui.label(named(block["description"])).classes("section")
        draw_picture({"alt_text": block["alt_text"], "image_url": block["thumbnail_url"]}, "wide")
        ui.label("A video; nothing is played here.").classes("hint")


def _file(block: Json, _surface: Surface) -> None:
    with ui.element("div").classes("framed"):
        ui.label("A file kept elsewhere").classes("section strong")
        ui.label(f"{block.get('source')}: {block.get('external_id')}").classes("context")


def _call(block: Json, _surface: Surface) -> None:
    with ui.element("div").classes("framed"):
        ui.label("A call").classes("section strong")
        ui.label(str(block.get("call_id"))).classes("context")


def _table(block: Json, surface: Surface) -> None:
    ui.html(tables.plain_table(block, surface.reader), sanitize=False).classes("w-full")


def _data_table(block: Json, surface: Surface) -> None:
    tables.DataTable(block, surface.reader)


def _chart(block: Json, _surface: Surface) -> None:
    with ui.element("figure").classes("figure chart-frame"):
        with ui.element("figcaption"):
            ui.label(block["title"]).classes("strong")
        ui.html(charts.to_svg(block), sanitize=False)


def _alert(block: Json, surface: Surface) -> None:
    level = block.get("level", "default")
    with ui.element("div").classes(f"alert {level}").props("role=note"):
        ui.label(_SIGNS.get(level, "•")).props("aria-hidden=true").classes("sign")
        if level != "default":
            ui.label(f"{level}:").classes("unseen")
        _text(block["text"], surface, "section")


def _card(block: Json, surface: Surface) -> None:
    with ui.element("div").classes("framed show-card"):
        if block.get("hero_image"):
            draw_picture(block["hero_image"], "hero")
        with ui.element("div").classes("card-head"):
            if block.get("icon"):
                draw_picture(block["icon"], "thumb small")
            with ui.element("div"):
                for field, look in (("title", "section strong"), ("subtitle", "context")):
                    if block.get(field):
                        _text(block[field], surface, look)
        if block.get("body"):
            _text(block["body"], surface, "section")
        if block.get("actions"):
            with ui.row().classes("gap-2 card-foot"):
                for element in block["actions"]:
                    draw_element(element, surface, block)


def _carousel(block: Json, surface: Surface) -> None:
    with ui.element("div").classes("carousel").props("tabindex=0 role=region") as made:
        made.props["aria-label"] = f"{len(block['elements'])} cards"
        for card in block["elements"]:
            draw_block(card, surface)


def _container(block: Json, surface: Surface) -> None:
    folded = bool(block.get("is_collapsible"))
    tag, head = ("details", "summary") if folded else ("div", "div")
    with ui.element(tag).classes(f"framed box {block.get('width', 'standard')}") as made:
        if folded and not block.get("default_collapsed"):
            made.props("open")
        line = " line" * bool(block.get("has_header_divider"))
        with ui.element(head).classes(f"box-head{line}"):
            _container_title(block, surface)
        for child in block["child_blocks"]:
            draw_block(child, surface)


def _container_title(block: Json, surface: Surface) -> None:
    with ui.element("span").classes("card-head"):
        if block.get("icon"):
            draw_picture(block["icon"], "thumb small")
        with ui.element("span"):
            if block.get("rich_text_title"):
                shown = rich_text.to_html(block["rich_text_title"], surface.reader)
                ui.html(shown, sanitize=False).classes("section strong")
            else:
                _text(block["title"], surface, "section strong")
            if block.get("subtitle"):
                _text(block["subtitle"], surface, "context")


def _task(block: Json, surface: Surface) -> None:
    with ui.element("div").classes("framed task"):
        status = str(block.get("status"))
        with ui.element("div").classes("card-head"):
            ui.label(_STATES.get(status, "○")).props("aria-hidden=true")
            ui.label(block["title"]).classes("section strong")
            ui.label(status.replace("_", " ")).classes("context")
        for field in ("details", "output"):
            if block.get(field):
                _rich_text(block[field], surface)
        for source in block.get("sources") or []:
            shown = link(str(source["url"]), str(source.get("text", "")))
            ui.html(shown, sanitize=False).classes("section")


def _plan(block: Json, surface: Surface) -> None:
    ui.label(block["title"]).classes("section strong")
    for task in block.get("tasks") or []:
        _task(task, surface)


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
    "video": _video,
    "file": _file,
    "call": _call,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _chart,
    "alert": _alert,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "context_actions": _actions,
    "task_card": _task,
    "plan": _plan,
}
