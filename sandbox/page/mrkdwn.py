"""Slack's mrkdwn as harmless HTML: everything is escaped, then our own tags are put in."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox.page import dates
from sandbox.page.signs import with_signs

_TOKEN = re.compile(r"<([^<>\n]+)>")
_TAG = re.compile(r"<[^<>]+>")
# What stands between fences or back-ticks is code, and nothing in it is formatted.
_CODE = re.compile(r"```(.+?)```|`([^`\n]+)`", re.DOTALL)
# Lines that begin with the sign for a quotation, once it is escaped; three of it quote the rest.
_QUOTED = re.compile(r"(?:^&gt;(?!&gt;&gt;).*(?:\n|$))+", re.MULTILINE)
_QUOTED_ON = re.compile(r"^&gt;&gt;&gt; ?(.*)", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"^&gt; ?")
_ADDRESSES = ("https://", "http://", "mailto:")
_BARE = re.compile(r"https?://[^\s<>\ue000\ue001]*[^\s<>\ue000\ue001.,;:!?)'\"]")
# A sign of formatting has a word at its inner side and none at its outer one; a zero-width space
# is no word.
_STYLES = tuple(
    (
        re.compile(
            rf"(?<![\w{sign}])[{sign}](?![\s\u200b])([^{sign}\n]+?)(?<!\s)[{sign}](?![\w{sign}])"
        ),
        tag,
    )
    for sign, tag in (("*", "b"), ("_", "i"), ("~", "s"))
)
# What has been made already is kept aside under a number between two signs that nobody types.
_KEPT = re.compile("\ue000(\\d+)\ue001")
_OURS = str.maketrans("", "", "\ue000\ue001")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the names they know, their zone, and what time it is, in UTC seconds."""

    people: Mapping[str, str]
    channels: Mapping[str, str]
    zone: str
    groups: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], float | None] = lambda: None


def to_html(text: str, reader: Reader, *, verbatim: bool = False) -> str:
    """The text as this reader sees it; `verbatim`: addresses without brackets are no links."""
    kept: list[str] = []

    def keep(made: str) -> str:
        kept.append(made)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _CODE.sub(lambda found: keep(_code(found, reader)), text.translate(_OURS))
    text = _TOKEN.sub(lambda found: keep(_token(found[1], reader)), text)
    if not verbatim:
        text = _BARE.sub(lambda found: keep(link(_typed(found[0]))), text)
    shown = _lines(_styled(text))
    while _KEPT.search(shown):
        shown = _KEPT.sub(lambda found: kept[int(found[1])], shown)
    return shown


def _typed(text: str) -> str:
    """Text without Slack's entities, of which there are three."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def to_text(text: str, reader: Reader) -> str:
    """The same as plain words, to be read out."""
    return html.unescape(_TAG.sub("", to_html(text, reader).replace("<br>", " ")))


def _styled(text: str) -> str:
    # Slack's own three entities are what the text holds; whatever else is there is shown as it is.
    shown = with_signs(html.escape(_typed(text), quote=False))
    for pattern, tag in _STYLES:
        shown = pattern.sub(rf"<{tag}>\1</{tag}>", shown)
    return shown


def _lines(shown: str) -> str:
    shown = _QUOTED_ON.sub(lambda found: f"<blockquote>{found[1].strip()}</blockquote>", shown)
    return _QUOTED.sub(_as_quote, shown).replace("\n", "<br>")


def _as_quote(found: re.Match[str]) -> str:
    lines = found[0].strip("\n").split("\n")
    return f"<blockquote>{'<br>'.join(_MARK.sub('', line) for line in lines)}</blockquote>"


def _code(found: re.Match[str], reader: Reader) -> str:
    """Code, in which links and mentions are but their words."""
    fenced, inline = found.groups()
    words = _TOKEN.sub(lambda token: _words(token[1], reader), fenced or inline)
    shown = html.escape(_typed(words), quote=False)
    return f"<pre>{shown.strip(chr(10))}</pre>" if fenced else f"<code>{shown}</code>"


def _words(inside: str, reader: Reader) -> str:
    if inside.startswith(("@", "#", "!")):
        return _TAG.sub("", _token(inside, reader))
    body, _, label = inside.partition("|")
    return label or body


def escaped(text: str, *, emoji: bool = False) -> str:
    """Plain text as HTML; `emoji`: names of emoji are their signs."""
    return html.escape(with_signs(text) if emoji else text).replace("\n", "<br>")


def mention(sign: str, name: str) -> str:
    """A person or channel, as a name that stands out."""
    return f'<span class="mention">{sign}{html.escape(name)}</span>'


def _token(inside: str, reader: Reader) -> str:
    body, _, label = inside.partition("|")
    if body.startswith("@"):
        return mention("@", reader.people.get(body[1:]) or _typed(label) or body[1:])
    if body.startswith("#"):
        return mention("#", reader.channels.get(body[1:]) or _typed(label) or body[1:])
    if body.startswith("!date^"):
        return date(body.removeprefix("!date^"), _typed(label), reader)
    if body.startswith("!subteam^"):
        group = body.removeprefix("!subteam^")
        name = reader.groups.get(group) or _typed(label).removeprefix("@") or group
        return mention("@", name)
    if body.startswith("!"):
        return mention("@", _typed(label).removeprefix("@") or body[1:])
    return link(_typed(body), _typed(label))


def link(address: str, label: str = "") -> str:
    """An address one can follow, if it is of a kind that does no harm."""
    shown = html.escape(label or address.removeprefix("mailto:"))
    if not address.startswith(_ADDRESSES):
        return f"<u>{shown}</u>"
    to = html.escape(address)
    return f'<a href="{to}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def date(form: str, fallback: str, reader: Reader) -> str:
    """An instant, from `seconds^form` or `seconds^form^link`, in the reader's zone."""
    seconds, _, rest = form.partition("^")
    wanted, _, to = rest.partition("^")
    words = None
    if seconds.lstrip("-").isdigit() and wanted:
        words = dates.shown(int(seconds), _typed(wanted), reader.zone, reader.now())
    if words is None:
        return html.escape(fallback)
    return link(_typed(to), words) if to else html.escape(words)
