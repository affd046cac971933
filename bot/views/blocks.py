"""The shapes of Block Kit that the bot uses, within Slack's limits; the one place that escapes.

Limits are Slack's documented ones: section text 3000, header 150, button text 75, option text 75,
modal title 24, message text 4000.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.rules.words import clean

Block = dict[str, Any]

SECTION_MAX = 3000
TEXT_MAX = 3900
BUTTON_MAX = 75
OPTION_MAX = 75
OPTIONS_MAX = 100
INPUT_MAX = 3000


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


def safe(text: str) -> str:
    """Typed words for a message's `text` or a mrkdwn block: they mention, link and format nothing.

    Slack reads mentions and links from `<…>`, so escaping its three characters disarms them; a
    zero-width space after each character of formatting, and after `@`, disarms the rest.
    """
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "*_~`@#":
        escaped = escaped.replace(sign, f"{sign}\u200b")
    return escaped.replace("://", ":\u200b//")


def typed(text: str) -> Block:
    """Typed words as a quotation, in a block where Slack formats nothing."""
    return {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_quote",
                "elements": [{"type": "text", "text": cut(clean(text) or "…", INPUT_MAX)}],
            }
        ],
    }


def cut(text: str, limit: int) -> str:
    """The text, shortened to `limit` characters with an ellipsis where it is longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = 150) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def section(words: str) -> Block:
    """A paragraph of our own words; typed ones have been through `safe`."""
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": cut(words, SECTION_MAX), "verbatim": True},
    }


def context(words: str) -> Block:
    """A line in small print."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut(words, 2000), "verbatim": True}],
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
    """Radio buttons, checkboxes or a select of this `kind` (Slack's element type)."""
    shown = list(options)[:OPTIONS_MAX]
    made: Block = {"type": kind, "options": shown}
    initial = [each for each in shown if each["value"] in chosen]
    if initial and kind in ("radio_buttons", "static_select"):
        made["initial_option"] = initial[0]
    elif initial:
        made["initial_options"] = initial
    return made


def user(user_id: str) -> str:
    """A person, by the name each reader knows."""
    return f"<@{user_id}>"


def channel(channel_id: str) -> str:
    """A channel, as a link."""
    return f"<#{channel_id}>"


def date(instant: int) -> str:
    """An instant in each reader's own time; the fallback is in UTC."""
    fallback = datetime.fromtimestamp(instant, UTC).strftime("%d %B %Y, %H:%M UTC")
    return f"<!date^{instant}^{{date_short_pretty}} at {{time}}|{fallback}>"


def joined(names: Sequence[str]) -> str:
    """Names as in a sentence: one, two and three."""
    if len(names) < 2:  # noqa: PLR2004 - one stands alone
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
