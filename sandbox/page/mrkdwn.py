"""Slack's mrkdwn as harmless HTML: everything is escaped, then our own tags are put in."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"<([^<>]+)>")
_TAG = re.compile(r"<[^<>]+>")
_FENCED = re.compile(r"```(.+?)```", re.DOTALL)
# Lines that begin with the sign for a quotation, once it is escaped.
_QUOTED = re.compile(r"(?:^&gt;.*(?:\n|$))+", re.MULTILINE)
_MARK = re.compile(r"^&gt; ?")
_ADDRESSES = ("https://", "http://", "mailto:")
_CODE = re.compile(r"`([^`\n]+)`")
_STYLES = (
    (re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])"), "b"),
    (re.compile(r"(?<![\w_])_([^_\n]+)_(?![\w_])"), "i"),
    (re.compile(r"(?<![\w~])~([^~\n]+)~(?![\w~])"), "s"),
)
_FORMATS = {
    "date_num": "%Y-%m-%d",
    "date_short_pretty": "%b %-d, %Y",
    "date_short": "%b %-d, %Y",
    "date_long": "%A, %B %-d, %Y",
    "date": "%B %-d, %Y",
    "time_secs": "%H:%M:%S",
    "time": "%H:%M",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the names they know, and their zone."""

    people: Mapping[str, str]
    channels: Mapping[str, str]
    zone: str


def to_html(text: str, reader: Reader) -> str:
    """The text as this reader sees it."""
    shown = ""
    # What stands between two fences is code, the rest is formatted.
    for number, part in enumerate(_FENCED.split(text)):
        shown += f"<pre>{_code(part)}</pre>" if number % 2 else _formatted(part, reader)
    return shown


def to_text(text: str, reader: Reader) -> str:
    """The same as plain words, to be read out."""
    return html.unescape(_TAG.sub("", to_html(text, reader).replace("<br>", " ")))


def _formatted(text: str, reader: Reader) -> str:
    parts = []
    end = 0
    for found in _TOKEN.finditer(text):
        parts += [_plain(text[end : found.start()]), _token(found[1], reader)]
        end = found.end()
    parts.append(_plain(text[end:]))
    shown = _QUOTED.sub(_as_quote, "".join(parts))
    return shown.replace("\n", "<br>")


def _as_quote(found: re.Match[str]) -> str:
    lines = found[0].strip("\n").split("\n")
    return f"<blockquote>{'<br>'.join(_MARK.sub('', line) for line in lines)}</blockquote>"


def _code(text: str) -> str:
    return html.escape(html.unescape(text), quote=False).strip("\n")


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return html.escape(text).replace("\n", "<br>")


def mention(sign: str, name: str) -> str:
    """A person or channel, as a name that stands out."""
    return f'<span class="mention">{sign}{html.escape(name)}</span>'


def _plain(text: str) -> str:
    # Slack's own three entities are what the text holds; whatever else is there is shown as it is.
    shown = html.escape(html.unescape(text), quote=False)
    shown = _CODE.sub(r"<code>\1</code>", shown)
    for pattern, tag in _STYLES:
        shown = pattern.sub(rf"<{tag}>\1</{tag}>", shown)
    return shown


def _token(inside: str, reader: Reader) -> str:
    body, _, label = inside.partition("|")
    if body.startswith("@"):
        return f'<span class="mention">@{html.escape(reader.people.get(body[1:], body[1:]))}</span>'
    if body.startswith("#"):
        return (
            f'<span class="mention">#{html.escape(reader.channels.get(body[1:], body[1:]))}</span>'
        )
    if body.startswith("!date^"):
        return html.escape(_date(body, label, reader.zone))
    if body.startswith("!"):
        return mention("@", label or body[1:])
    return link(html.unescape(body), html.unescape(label))


def link(address: str, label: str = "") -> str:
    """An address one can follow, if it is of a kind that does no harm."""
    shown = html.escape(label or address)
    if not address.startswith(_ADDRESSES):
        return f"<u>{shown}</u>"
    to = html.escape(address)
    return f'<a href="{to}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def _date(body: str, fallback: str, zone: str) -> str:
    parts = body.split("^")
    if len(parts) < 3 or not parts[1].isdigit():  # noqa: PLR2004 - instant and form
        return fallback
    at = datetime.fromtimestamp(int(parts[1]), ZoneInfo(zone))
    shown = parts[2]
    for name, form in _FORMATS.items():
        shown = shown.replace(f"{{{name}}}", at.strftime(form))
    return shown
