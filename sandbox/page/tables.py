"""Tables on the page: plain ones, and those that one can sort and leaf through."""

import html
from typing import Any

from nicegui import ui

from sandbox.page import rich_text
from sandbox.page.mrkdwn import Reader, escaped

Json = dict[str, Any]

_PAGE = 5  # rows, where a data table does not say


def cell(part: Json, reader: Reader) -> str:
    """A cell as HTML."""
    kind = part.get("type")
    if kind == "rich_text":
        return rich_text.to_html(part, reader)
    if kind == "action":
        return escaped(str(part.get("element", {}).get("text", {}).get("text", "")))
    return escaped(str(part.get("text", part.get("value", ""))))


def plain_table(block: Json, reader: Reader) -> str:
    """A table block as HTML; its first row is the header."""
    settings = block.get("column_settings") or []
    looks = [
        f' class="{each.get("align", "left")}{" wrapped" if each.get("is_wrapped") else ""}"'
        for each in settings
    ]
    looks += [""] * 20
    header, *rows = block["rows"]
    shown = "".join(
        f'<th scope="col"{look}>{cell(each, reader)}</th>'
        for each, look in zip(header, looks, strict=False)
    )
    body = "".join(f"<tr>{_cells(row, looks, reader)}</tr>" for row in rows)
    table = f"<table><thead><tr>{shown}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="table" tabindex="0" role="region" aria-label="Table">{table}</div>'


def _cells(row: list[Json], looks: list[str], reader: Reader) -> str:
    found = zip(row, looks, strict=False)
    return "".join(f"<td{look}>{cell(each, reader)}</td>" for each, look in found)


class DataTable:
    """A data table of one browser: a page of its rows, in the order of one of its columns."""

    def __init__(self, block: Json, reader: Reader) -> None:
        self._block = block
        self._reader = reader
        rows: list[list[Json]] = block["rows"]
        self._header, *self._rows = rows
        self._size = int(block.get("page_size", _PAGE))
        self._page = 0
        self._by: int | None = None
        self._down = False
        self._place = ui.element("div").classes("data-table")
        self._draw()

    def _ordered(self) -> list[list[Json]]:
        if self._by is None:
            return self._rows
        by = self._by
        return sorted(self._rows, key=lambda row: _key(row[by]), reverse=self._down)

    def _draw(self) -> None:
        pages = -(-len(self._rows) // self._size)
        begin = self._page * self._size
        self._place.clear()
        with self._place:
            with ui.element("table"):
                with ui.element("caption"):
                    ui.html(html.escape(self._block["caption"]), sanitize=False, tag="span")
                with ui.element("thead"), ui.element("tr"):
                    for number, each in enumerate(self._header):
                        self._draw_head(number, cell(each, self._reader))
                with ui.element("tbody"):
                    for row in self._ordered()[begin : begin + self._size]:
                        self._draw_row(row)
            if pages > 1:
                self._draw_pages(pages)

    def _draw_head(self, number: int, name: str) -> None:
        sign = ("▾" if self._down else "▴") if number == self._by else ""
        sorting = "descending" if self._down else "ascending"
        head = ui.element("th").props("scope=col")
        head.props["aria-sort"] = sorting if number == self._by else "none"
        with head:
            button = (
                ui.element("button").props("type=button").on("click", lambda: self._sort(number))
            )
            with button:
                ui.html(f"{name} {sign}", sanitize=False, tag="span")

    def _draw_row(self, row: list[Json]) -> None:
        named = int(self._block.get("row_header_column_index", 0))
        with ui.element("tr"):
            for number, each in enumerate(row):
                right = "right" if each.get("type") == "raw_number" else ""
                tag = "th" if number == named else "td"
                made = ui.html(cell(each, self._reader), sanitize=False, tag=tag).classes(right)
                if number == named:
                    made.props("scope=row")

    def _draw_pages(self, pages: int) -> None:
        with ui.row().classes("items-center gap-2 pages"):
            for words, step, on in (
                ("Previous", -1, self._page > 0),
                ("Next", 1, self._page < pages - 1),
            ):
                button = ui.button(
                    words, on_click=lambda _, step=step: self._turn(step), color=None
                )
                button.props("no-caps dense unelevated").classes("block-button plain")
                button.set_enabled(on)
            ui.label(f"Page {self._page + 1} of {pages}").classes("hint")

    def _sort(self, by: int) -> None:
        self._down = not self._down if by == self._by else False
        self._by, self._page = by, 0
        self._draw()

    def _turn(self, step: int) -> None:
        self._page += step
        self._draw()


def _key(part: Json) -> tuple[int, float, str]:
    """What a cell is sorted by: numbers before words."""
    value = part.get("value")
    if isinstance(value, int | float):
        return (0, float(value), "")
    return (1, 0.0, str(part.get("text", "")) or str(part.get("elements", "")))
