"""The parts of a rich text: sections, lists, quotations, code, and what stands in a line."""

from sandbox.block_kit.kinds import Flag, Items, Kind, Number, One, Shape, String, Tagged

_STYLE = Shape(
    {
        name: Flag()
        for name in (
            "bold", "italic", "strike", "code", "underline", "highlight", "client_highlight",
            "unlink",
        )
    }
)  # fmt: skip
_BORDER: dict[str, Kind] = {"border": Number(0, 1)}
_ID = String(least=1)


def _inline(needs: tuple[str, ...], **fields: Kind) -> Shape:
    return Shape(fields | {"style": _STYLE}, needs=needs)


INLINE: dict[str, Shape] = {
    "text": _inline(("text",), text=String(least=1)),
    "link": _inline(("url",), url=String(3000, least=1), text=String(), unsafe=Flag()),
    "emoji": _inline(
        ("name",), name=_ID, unicode=String(), skin_tone=Number(1, 6), display_url=String()
    ),
    "user": _inline(("user_id",), user_id=_ID),
    "usergroup": _inline(("usergroup_id",), usergroup_id=_ID),
    "team": _inline(("team_id",), team_id=_ID),
    "channel": _inline(("channel_id",), channel_id=_ID),
    "broadcast": _inline(("range",), range=One(("here", "channel", "everyone"))),
    "color": _inline(("value",), value=String(least=1)),
    "date": _inline(
        ("timestamp", "format"),
        timestamp=Number(),
        format=String(least=1),
        timezone=String(),
        url=String(3000),
        fallback=String(),
    ),
}
_LINE = Items(Tagged(INLINE))
SECTION = Shape({"elements": _LINE}, needs=("elements",))
PARTS: dict[str, Shape] = {
    "rich_text_section": SECTION,
    "rich_text_quote": Shape(_BORDER | {"elements": _LINE}, needs=("elements",)),
    "rich_text_preformatted": Shape(
        _BORDER | {"elements": _LINE, "language": String()}, needs=("elements",)
    ),
    "rich_text_list": Shape(
        _BORDER
        | {
            "style": One(("bullet", "ordered")),
            "elements": Items(Tagged({"rich_text_section": SECTION})),
            "indent": Number(0, 8),
            "offset": Number(0),
        },
        needs=("style", "elements"),
    ),
}
RICH_TEXT_FIELDS: dict[str, Kind] = {"elements": Items(Tagged(PARTS)), "block_id": String(255)}
# A rich text in a field of something else, such as a cell of a table.
RICH_TEXT = Tagged({"rich_text": Shape(RICH_TEXT_FIELDS, needs=("elements",))})
