"""What people have typed, as any payload carries it: a command's words, every field of a form."""

import html
import re
from collections.abc import Iterator
from typing import Any

from bot.identifiers import Typed
from bot.rules.words import clean
from bot.views.identifiers import CONFIRM, OURS

Body = dict[str, Any]

COMMAND = "command"
_REFERENCE = re.compile(r"<[@#!][^<>]*>")


def typed(body: Body) -> Typed | None:
    """All of it; None where nobody typed anything. `confirmed` is for the caller to tell."""
    if "command" in body:
        # Whom a mention names is a colleague.
        words = clean(html.unescape(_REFERENCE.sub("@", str(body.get("text") or ""))))
        return Typed({"text": words}, COMMAND)
    if body.get("type") == "view_submission":
        view = body["view"]
        values = (view.get("state") or {}).get("values") or {}
        return Typed(dict(_fields(values)), str(view.get("callback_id")))
    if body.get("type") == "block_actions":
        actions = {str(each.get("block_id")): {"": each} for each in body.get("actions") or ()}
        return Typed(dict(_fields(actions)), "action")
    return None


def confirmation(body: Body) -> str | None:
    """By what the box to confirm is known, if it is ticked."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    for name, elements in values.items():
        if name.startswith(CONFIRM) and any(
            each.get("selected_options") for each in elements.values()
        ):
            return str(name.removeprefix(CONFIRM))
    return None


def _fields(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field in which words were typed, whatever kind of field Slack makes of it."""
    for name, elements in values.items():
        words = [_words(each) for each in elements.values()]
        if not name.startswith(OURS) and any(words):
            yield name, "\n".join(each for each in words if each)


def _words(element: Body) -> str:
    if "rich_text_value" in element or element.get("type") == "rich_text_input":
        return "".join(_rich(element.get("rich_text_value") or element.get("value") or {}))
    value = element.get("value")
    # A button's value is ours; what is typed has the type of an input.
    return value if isinstance(value, str) and str(element.get("type")).endswith("_input") else ""


def _rich(part: Any) -> Iterator[str]:
    """The words of rich text, a line for each of its sections."""
    if isinstance(part, list):
        for each in part:
            yield from _rich(each)
    elif isinstance(part, dict):
        yield str(part.get("text") or "")
        if part.get("type") == "link":
            yield f" {part.get('url')} "
        yield from _rich(part.get("elements") or [])
        if str(part.get("type")).startswith("rich_text"):
            yield "\n"
