"""Block Kit's elements and texts: what Slack refuses of them, as a list of faults with places."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from sandbox.forms import TYPED_MOST, is_several, options_of

Json = dict[str, Any]

_SELECTS = frozenset(
    f"{many}{what}_select"
    for many in ("", "multi_")
    for what in ("static", "users", "conversations", "channels", "external")
)
_PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
_CHOICES = frozenset({"radio_buttons", "checkboxes"})
_INPUTS = frozenset(
    {
        "plain_text_input", "number_input", "email_text_input", "url_text_input",
        "rich_text_input", "file_input",
    }
)  # fmt: skip
_STANDING = _SELECTS | _PICKERS | _CHOICES | {"button", "overflow", "workflow_button"}
# Which elements may stand in which block.
ALLOWED = {
    "actions": _STANDING | {"rich_text_input"},
    "section": _STANDING | {"image"},
    "input": _SELECTS | _PICKERS | _CHOICES | _INPUTS,
}
_OPTIONS_MOST = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_FORMS = {
    "initial_date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "initial_time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "initial_date_time": re.compile(r"\d{10}"),
}
NAME_MOST = 255  # of block_id, action_id, callback_id


def check_element(element: Json, at: str, block: str) -> list[str]:
    """What Slack refuses of an element of a block of this kind."""
    kind = str(element.get("type"))
    if kind not in ALLOWED[block]:
        return [f"{kind} can't stand here [json-pointer:{at}/type]"]
    return list(
        chain(
            name(element, "action_id", at),
            plain(element.get("placeholder"), f"{at}/placeholder", 150),
            _button(element, at) if kind == "button" else [],
            _typed(element, at) if kind == "plain_text_input" else [],
            picture(element, at) if kind == "image" else [],
            _options(element, at),
            _initial(element, at),
            _confirm(element["confirm"], f"{at}/confirm") if element.get("confirm") else [],
        )
    )


def name(part: Json, field: str, at: str) -> list[str]:
    """A name that is too long."""
    long = len(part.get(field) or "") > NAME_MOST
    return [f"{field} is too long [json-pointer:{at}/{field}]"] if long else []


def picture(part: Json, at: str) -> list[str]:
    """An image that says nothing to those who can't see it."""
    told = part.get("alt_text") or ""
    faults = [] if 1 <= len(told) <= 2000 else [f"alt_text needed [json-pointer:{at}/alt_text]"]  # noqa: PLR2004 - Slack's limit
    if not (part.get("image_url") or part.get("slack_file")):
        faults.append(f"image_url needed [json-pointer:{at}/image_url]")
    return faults


def _button(element: Json, at: str) -> Iterator[str]:
    yield from plain(element.get("text"), f"{at}/text", 75, needed=True)
    if len(element.get("value") or "") > 2000:  # noqa: PLR2004 - Slack's limit
        yield f"value is too long [json-pointer:{at}/value]"
    if element.get("style") not in (None, "primary", "danger"):
        yield f"primary or danger [json-pointer:{at}/style]"
    if len(element.get("url") or "") > 3000:  # noqa: PLR2004 - Slack's limit
        yield f"url is too long [json-pointer:{at}/url]"


def _typed(element: Json, at: str) -> Iterator[str]:
    least, most = element.get("min_length", 0), element.get("max_length", TYPED_MOST)
    if not 0 <= least <= most <= TYPED_MOST or most < 1:
        yield f"lengths from 0 to {TYPED_MOST} [json-pointer:{at}/max_length]"
    if len(element.get("initial_value") or "") > most:
        yield f"initial_value is too long [json-pointer:{at}/initial_value]"


def _options(element: Json, at: str) -> Iterator[str]:
    kind, groups = element["type"], element.get("option_groups")
    if kind not in {"static_select", "multi_static_select", *_OPTIONS_MOST}:
        return
    if groups is None:
        yield from _listed(element.get("options"), f"{at}/options", _OPTIONS_MOST.get(kind, 100))
        return
    if element.get("options") is not None or kind in _OPTIONS_MOST:
        yield f"options or groups of them [json-pointer:{at}/option_groups]"
    if not 1 <= len(groups) <= 100:  # noqa: PLR2004 - Slack's limit
        yield f"1 to 100 groups [json-pointer:{at}/option_groups]"
    for number, group in enumerate(groups):
        yield from plain(group.get("label"), f"{at}/option_groups/{number}/label", 75, needed=True)
        yield from _listed(group.get("options"), f"{at}/option_groups/{number}/options", 100)


def _listed(options: Any, at: str, most: int) -> Iterator[str]:
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        yield f"1 to {most} options [json-pointer:{at}]"
        return
    for number, option in enumerate(options):
        if option.get("text") is None:
            yield f"missing required field [json-pointer:{at}/{number}/text]"
        else:
            yield from text(option["text"], f"{at}/{number}/text", 75)
        if option.get("description") is not None:
            yield from text(option["description"], f"{at}/{number}/description", 75)
        if not 1 <= len(option.get("value") or "") <= 150:  # noqa: PLR2004 - Slack's limit
            yield f"value of 1 to 150 characters [json-pointer:{at}/{number}/value]"


def _initial(element: Json, at: str) -> Iterator[str]:
    """What is shown at first must be one of the options, or have a date's form."""
    values = {option.get("value") for option in options_of(element)}
    shown = [element["initial_option"]] if element.get("initial_option") else []
    shown += element.get("initial_options") or []
    field = "initial_options" if is_several(element["type"]) else "initial_option"
    if values and any(option.get("value") not in values for option in shown):
        yield f"not one of the options [json-pointer:{at}/{field}]"
    if "initial_options" in element and not element["initial_options"]:
        yield f"at least one [json-pointer:{at}/initial_options]"
    for dated, form in _FORMS.items():
        if element.get(dated) is not None and form.fullmatch(str(element[dated])) is None:
            yield f"not of the form wanted [json-pointer:{at}/{dated}]"
    most = element.get("max_selected_items")
    if most is not None and most < 1:
        yield f"at least 1 [json-pointer:{at}/max_selected_items]"


def _confirm(confirm: Json, at: str) -> Iterator[str]:
    """The question before something is done; only its buttons may be left out."""
    for field, most in _CONFIRM.items():
        needed = field in ("title", "text")
        if field == "text" and confirm.get("text"):
            yield from text(confirm["text"], f"{at}/text", most)
        else:
            yield from plain(confirm.get(field), f"{at}/{field}", most, needed=needed)
    if confirm.get("style") not in (None, "primary", "danger"):
        yield f"primary or danger [json-pointer:{at}/style]"


def plain(words: Any, at: str, most: int, *, needed: bool = False) -> list[str]:
    """What Slack refuses of a plain text."""
    if words is None:
        return [f"missing required field [json-pointer:{at}]"] if needed else []
    if not isinstance(words, dict) or words.get("type") != "plain_text":
        return [f"must be plain_text [json-pointer:{at}]"]
    return text(words, at, most)


def text(words: Any, at: str, most: int) -> list[str]:
    """What Slack refuses of a text of either kind."""
    if not isinstance(words, dict) or not isinstance(words.get("text", ""), str):
        return [f"must be a text object [json-pointer:{at}]"]
    if words.get("type") not in ("plain_text", "mrkdwn"):
        return [f"must be plain_text or mrkdwn [json-pointer:{at}/type]"]
    if not 1 <= len(words.get("text", "")) <= most:
        return [f"must be 1 to {most} characters [json-pointer:{at}/text]"]
    return []
