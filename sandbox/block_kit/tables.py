"""Tables of both kinds: their cells, and what must fit together in them."""

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.elements import ELEMENTS
from sandbox.block_kit.kinds import (
    Flag,
    Items,
    Json,
    Kind,
    Number,
    One,
    Shape,
    String,
    Tagged,
    told,
)
from sandbox.block_kit.rich_text import RICH_TEXT_FIELDS

CHARACTERS_MOST = 10_000  # over all cells of one table
_COLUMNS_MOST = 20

CELLS: dict[str, Shape] = {
    "raw_text": Shape({"text": String(least=1)}, needs=("text",)),
    "raw_number": Shape(
        {"value": Number(whole=False), "text": String(least=1)}, needs=("value", "text")
    ),
    "rich_text": Shape(RICH_TEXT_FIELDS, needs=("elements",)),
    "action": Shape(
        {"element": Tagged(ELEMENTS, lambda _kind, shape: "data_table" in shape.stands)},
        needs=("element",),
    ),
}


def characters(part: Any) -> int:
    """How many characters of text a part of a block holds."""
    if isinstance(part, list):
        return sum(characters(each) for each in part)
    if isinstance(part, dict):
        words = part.get("text")
        own = len(words) if isinstance(words, str) else 0
        return own + sum(characters(each) for each in part.values())
    return 0


def _size(value: Json, at: str) -> Iterator[str]:
    if characters(value["rows"]) > CHARACTERS_MOST:
        yield told(f"must be less than {CHARACTERS_MOST + 1} characters", f"{at}/rows")


def _square(value: Json, at: str) -> Iterator[str]:
    header, *rows = value["rows"]
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            yield told(f"must have {len(header)} cells like the header", f"{at}/rows/{number}")
    for number, cell in enumerate(header):
        if cell["type"] not in ("raw_text", "raw_number"):
            yield told(f"unsupported type: {cell['type']}", f"{at}/rows/0/{number}/type")
    if value.get("row_header_column_index", 0) >= len(header):
        yield told(f"must be less than {len(header)}", f"{at}/row_header_column_index")


def _rows(least: int, most: int, *cells: str) -> Items:
    cell = Tagged({kind: CELLS[kind] for kind in cells})
    return Items(Items(cell, least=1, most=_COLUMNS_MOST), least=least, most=most)


def table(named: dict[str, Kind]) -> Shape:
    """The table block, with what every block has."""
    column = Shape({"align": One(("left", "center", "right")), "is_wrapped": Flag()})
    return Shape(
        named
        | {
            "rows": _rows(1, 100, "raw_text", "raw_number", "rich_text"),
            "column_settings": Items(column, most=_COLUMNS_MOST),
        },
        needs=("rows",),
        rules=(_size,),
        on=frozenset({"message"}),
    )


def data_table(named: dict[str, Kind]) -> Shape:
    """The data table block, with what every block has."""
    return Shape(
        named
        | {
            "rows": _rows(2, 101, *CELLS),
            "caption": String(least=1),
            "page_size": Number(1, 100),
            "row_header_column_index": Number(0),
        },
        needs=("rows", "caption"),
        rules=(_square, _size),
        on=frozenset({"message"}),
    )
