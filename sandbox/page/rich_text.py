"""Rich text as harmless HTML: sections, nested lists, quotations, code, and all within a line."""

import contextlib
import html
import re
from typing import Any

from sandbox.page.mrkdwn import Reader, date, escaped, link, mention
from sandbox.page.signs import toned

Json = dict[str, Any]

_TAGS = {"code": "code", "bold": "b", "italic": "i", "strike": "s", "underline": "u"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_NUMBERS = ("1", "a", "i")  # how ordered lists count, by depth


def to_html(block: Json, reader: Reader) -> str:
    """A rich text block as this reader sees it."""
    return "".join(_part(part, reader) for part in block.get("elements", []))


def _part(part: Json, reader: Reader) -> str:
    kind = part.get("type")
    if kind == "rich_text_list":
        return _list(part, reader)
    inner = "".join(inline(each, reader) for each in part.get("elements", []))
    if kind == "rich_text_preformatted":
        return f"<pre>{inner.replace('<br>', chr(10))}</pre>"
    if kind == "rich_text_quote":
        return f"<blockquote>{inner}</blockquote>"
    return f'<div class="line">{inner}</div>'


def _list(part: Json, reader: Reader) -> str:
    """A list; Slack tells of nesting by how far it is moved in."""
    depth = min(max(int(part.get("indent", 0)), 0), 8)
    items = "".join(
        f"<li>{''.join(inline(each, reader) for each in item.get('elements', []))}</li>"
        for item in part.get("elements", [])
    )
    edge = " border" if part.get("border") else ""
    look = f'class="depth-{depth}{edge}"'
    if part.get("style") != "ordered":
        return f"<ul {look}>{items}</ul>"
    start = int(part.get("offset", 0)) + 1
    return f'<ol {look} type="{_NUMBERS[depth % 3]}" start="{start}">{items}</ol>'


def inline(part: Json, reader: Reader) -> str:
    """What stands in a line, in its style."""
    shown = _plain(part, reader)
    style = part.get("style")
    for name, tag in _TAGS.items():
        if isinstance(style, dict) and style.get(name):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def _plain(part: Json, reader: Reader) -> str:  # noqa: PLR0911 - one a kind
    match part.get("type"):
        case "user":
            return mention("@", _known(reader.people, part.get("user_id")))
        case "channel":
            return mention("#", _known(reader.channels, part.get("channel_id")))
        case "usergroup":
            return mention("@", _known(reader.groups, part.get("usergroup_id")))
        case "team":
            return mention("@", str(part.get("team_id")))
        case "broadcast":
            return mention("@", str(part.get("range")))
        case "link":
            return link(str(part.get("url")), str(part.get("text", "")))
        case "emoji":
            return _emoji(part)
        case "color":
            return _colour(str(part.get("value")))
        case "date":
            form = f"{part.get('timestamp')}^{part.get('format')}^{part.get('url', '')}"
            return date(form, str(part.get("fallback", "")), reader)
    return escaped(str(part.get("text", "")))


def _known(names: Any, wanted: Any) -> str:
    return str(names.get(str(wanted)) or wanted)


def _emoji(part: Json) -> str:
    tone = part.get("skin_tone")
    shown = toned(str(part.get("name")), tone if isinstance(tone, int) else 0)
    code = part.get("unicode")
    if shown.startswith(":") and isinstance(code, str):
        with contextlib.suppress(ValueError, OverflowError):
            shown = "".join(chr(int(point, 16)) for point in code.split("-"))
    name = html.escape(str(part.get("name")))
    return f'<span role="img" aria-label="{name}">{escaped(shown)}</span>'


def _colour(value: str) -> str:
    shown = html.escape(value)
    if _COLOUR.fullmatch(value) is None:
        return shown
    return f'<span class="swatch" style="background:{value}"></span>{shown}'
