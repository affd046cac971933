"""The shapes of Block Kit that the bot uses, within Slack's limits; the one place that escapes.

Limits are Slack's documented ones: section text 3000, header 150, button text 75, option text 75,
modal title 24, message text 4000 (`chat.update` refuses more).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from bot.rules.words import clean

Block = dict[str, Any]

SECTION_MAX = 3000
TEXT_MAX = 3900
BUTTON_MAX = 75
OPTION_MAX = 75
OPTIONS_MAX = 100
INPUT_MAX = 3000

# Slack reads mentions and links from `<…>` and a quotation from `>` at the start of a line; a
# zero-width space after a sign of formatting, of an emoji or an address leaves it a mere sign.
_DISARMED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "\u200b&gt;"} | {sign: f"{sign}\u200b" for sign in "*_~`@#:"}
)


@dataclass(frozen=True, slots=True)
class Message:
    """What stands in a conversation. `text` carries all of it: screen readers read nothing else."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Modal:
    """A form, or a page of words where `submit` is None. `ids` come back with what is submitted."""

    title: str
    blocks: list[Block]
    callback_id: str = "notice"
    submit: str | None = None
    ids: str = ""

    def to_api(self) -> Block:
        """The view as Slack takes it."""
        view: Block = {
            "type": "modal",
            "callback_id": self.callback_id,
            "title": plain(self.title, 24),
            "close": plain("Close" if self.submit is None else "Cancel", 24),
            "private_metadata": self.ids,
            "blocks": self.blocks,
        }
        if self.submit is not None:
            view["submit"] = plain(self.submit, 24)
        return view


@dataclass(frozen=True, slots=True)
class Home:
    """What the Home tab shows one person."""

    blocks: list[Block] = field(default_factory=list)

    def to_api(self) -> Block:
        """The view as Slack takes it; a hundred blocks at most."""
        return {"type": "home", "blocks": self.blocks[:100]}


def safe(text: str, limit: int | None = None) -> str:
    """Typed words for a message's `text` or a mrkdwn block: they mention, link and format nothing.

    Escaped, they are at most `limit` characters, with an ellipsis where they were longer.
    """
    words = clean(text)
    whole = words.translate(_DISARMED)
    if limit is None or len(whole) <= limit:
        return whole
    signs = [each.translate(_DISARMED) for each in words]
    ends = list(accumulate(map(len, signs)))
    return "".join(signs[: bisect_right(ends, limit - 1)]).rstrip() + "…"


def typed(text: str) -> Block:
    """Typed words as a quotation, in a block where Slack formats nothing."""
    return all_typed([text])


def all_typed(texts: Sequence[str]) -> Block:
    """Words of several people, each as a quotation, in one block."""
    return {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_quote",
                "elements": [{"type": "text", "text": cut(clean(text) or "…", INPUT_MAX)}],
            }
            for text in texts
        ],
    }


def cut(text: str, limit: int) -> str:
    """The text, shortened to `limit` characters with an ellipsis where it is longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut_marked(words: str, limit: int) -> str:
    """Words that hold mentions, dates or disarmed signs, shortened without leaving half of one."""
    if len(words) <= limit:
        return words
    return re.sub(r"(<[^>]*|&\w{0,4}|[*_~`@#:])\Z", "", words[: limit - 1]).rstrip() + "…"


def plain(text: str, limit: int = 150) -> Block:
    """A plain_text object; codes like `:tada:` stay what they are."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def section(words: str) -> Block:
    """A paragraph of our own words; typed ones have been through `safe`."""
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": cut_marked(words, SECTION_MAX), "verbatim": True},
    }


def context(words: str) -> Block:
    """A line in small print."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut_marked(words, 2000), "verbatim": True}],
    }


def header(words: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(words)}


def actions(*elements: Block) -> Block:
    """A row of buttons or selects."""
    return {"type": "actions", "elements": list(elements)}


def button(words: str, action_id: str, value: str, *, style: str | None = None) -> Block:
    """A button. `style`: primary or danger."""
    made: Block = {
        "type": "button",
        "text": plain(words, BUTTON_MAX),
        "action_id": action_id,
        "value": value,
    }
    return made | ({"style": style} if style else {})


def asks_first(pressed: Block, title: str, words: str, yes: str, no: str) -> Block:
    """The same button, which asks once more before anything happens."""
    asked = {"title": plain(title), "text": plain(words), "confirm": plain(yes), "deny": plain(no)}
    return {**pressed, "confirm": asked | {"style": "danger"}}


def option(words: str, value: str) -> Block:
    """One choice."""
    return {"text": plain(words, OPTION_MAX), "value": value}


def users_select(action_id: str, words: str, initial: str | None = None) -> Block:
    """A choice of one person."""
    made: Block = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain(words),
    }
    return made | ({"initial_user": initial} if initial else {})


def field_of(
    name: str, label: str, element: Block, *, optional: bool = False, hint: str = ""
) -> Block:
    """An input; its block and its element both go by the field's name, so state survives."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "optional": optional,
        "element": element | {"action_id": name},
    }
    return made | ({"hint": plain(hint, 2000)} if hint else {})


def text_input(
    initial: str = "", *, multiline: bool = False, longest: int = INPUT_MAX, example: str = ""
) -> Block:
    """A field to type in."""
    made: Block = {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": longest,
    }
    if initial:
        made["initial_value"] = cut(initial, longest)
    return made | ({"placeholder": plain(example)} if example else {})


def choice_of(kind: str, options: Sequence[Block], chosen: Sequence[str] = ()) -> Block:
    """Radio buttons, checkboxes or a select of this `kind` (Slack's element type).

    A select of more than a hundred options comes in groups of a hundred, a hundred at most.
    """
    made: Block = {"type": kind}
    if len(options) <= OPTIONS_MAX:
        made["options"] = list(options)
    else:
        starts = range(0, min(len(options), OPTIONS_MAX**2), OPTIONS_MAX)
        made["option_groups"] = [_group(options[at : at + OPTIONS_MAX]) for at in starts]
    initial = [each for each in options if each["value"] in chosen]
    if initial and kind in ("radio_buttons", "static_select"):
        made["initial_option"] = initial[0]
    elif initial:
        made["initial_options"] = initial
    return made


def _group(options: Sequence[Block]) -> Block:
    first, last = (cut(options[end]["text"]["text"], 30) for end in (0, -1))
    return {"label": plain(f"{first} to {last}", OPTION_MAX), "options": list(options)}


def user(user_id: str | None) -> str:
    """A person, by the name each reader knows."""
    return f"<@{user_id}>" if user_id else "somebody"


def channel(channel_id: str) -> str:
    """A channel, as a link."""
    return f"<#{channel_id}>"


def date(instant: int) -> str:
    """An instant in each reader's own time; the fallback is in UTC."""
    fallback = datetime.fromtimestamp(instant, UTC).strftime("%d %B %Y, %H:%M UTC")
    return f"<!date^{instant}^{{date_short_pretty}} at {{time}}|{fallback}>"


def counted(number: int, noun: str) -> str:
    """A number with its noun: one question, two questions."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def joined(names: Sequence[str]) -> str:
    """Names as in a sentence: one, two and three."""
    if len(names) < 2:  # noqa: PLR2004 - one stands alone
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
