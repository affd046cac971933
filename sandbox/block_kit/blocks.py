"""Block Kit's blocks as one table: what each holds, its limits, and the surfaces it may be on."""

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.charts import CHART
from sandbox.block_kit.elements import ELEMENTS
from sandbox.block_kit.kinds import (
    Flag,
    Items,
    Json,
    Kind,
    One,
    Shape,
    String,
    Tagged,
    Text,
    either,
    not_both,
    plain,
    told,
)
from sandbox.block_kit.objects import ADDRESS, NAME, SLACK_FILE
from sandbox.block_kit.rich_text import RICH_TEXT, RICH_TEXT_FIELDS
from sandbox.block_kit.tables import data_table, table

_MESSAGE = frozenset({"message"})
_NAMED: dict[str, Kind] = {"block_id": NAME}
_LINE: Kind = Text(2000)
_INSIDE_CONTAINERS = frozenset(
    {
        "actions", "context", "divider", "file", "header", "image", "input", "rich_text",
        "section", "table", "video",
    }
)  # fmt: skip


def _standing(block: str) -> Tagged:
    """The elements that may stand in this block."""
    return Tagged(ELEMENTS, lambda _kind, shape: block in shape.stands)


_IMAGE = Tagged({"image": ELEMENTS["image"]})


class _TextOr(Tagged):
    """A text, or one of the rows."""

    def faults(self, value: Any, at: str, on: str) -> Iterator[str]:
        """What Slack refuses of it."""
        kind = value.get("type") if isinstance(value, dict) else None
        if kind in ("plain_text", "mrkdwn"):
            yield from _LINE.faults(value, at, on)
        else:
            yield from Tagged.faults(self, value, at, on)


_IN_CONTEXT = _TextOr(ELEMENTS, lambda _kind, shape: "context" in shape.stands)


def _folded(value: Json, at: str) -> Iterator[str]:
    if value.get("is_collapsible") and value.get("has_header_divider"):
        words = "`has_header_divider` cannot be set when `is_collapsible` is true"
        yield told(words, f"{at}/has_header_divider")
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield told("requires `is_collapsible` to be true", f"{at}/default_collapsed")


BLOCKS: dict[str, Shape] = {}
BLOCKS |= {
    "section": Shape(
        _NAMED
        | {
            "text": Text(3000),
            "fields": Items(_LINE, least=1, most=10),
            "accessory": _standing("section"),
            "expand": Flag(),
        },
        rules=(either("text", "fields", pointing="/type"),),
    ),
    "divider": Shape(_NAMED),
    "header": Shape(_NAMED | {"text": plain(150)}, needs=("text",)),
    "context": Shape(
        _NAMED | {"elements": Items(_IN_CONTEXT, least=1, most=10)}, needs=("elements",)
    ),
    "actions": Shape(
        _NAMED | {"elements": Items(_standing("actions"), least=1, most=25)}, needs=("elements",)
    ),
    "image": Shape(
        _NAMED
        | {
            "alt_text": String(2000, least=1),
            "image_url": ADDRESS,
            "slack_file": SLACK_FILE,
            "title": plain(2000),
        },
        needs=("alt_text",),
        rules=(either("image_url", "slack_file"), not_both("image_url", "slack_file")),
    ),
    "input": Shape(
        _NAMED
        | {
            "label": plain(2000),
            "element": _standing("input"),
            "hint": plain(2000),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        needs=("label", "element"),
    ),
    "rich_text": Shape(RICH_TEXT_FIELDS, needs=("elements",)),
    "video": Shape(
        _NAMED
        | {
            "alt_text": String(least=1),
            "title": plain(199),
            "title_url": String(form="https://.*"),
            "description": plain(199),
            "author_name": String(49),
            "provider_name": String(),
            "provider_icon_url": String(),
            "thumbnail_url": String(least=1),
            "video_url": String(form="https://.*"),
        },
        needs=("alt_text", "title", "thumbnail_url", "video_url"),
    ),
    "file": Shape(
        _NAMED | {"external_id": String(least=1), "source": One(("remote",))},
        needs=("external_id", "source"),
        on=_MESSAGE,
    ),
    "call": Shape(
        _NAMED | {"call_id": String(least=1), "api_decoration_available": Flag(), "call": Kind()},
        needs=("call_id",),
        on=_MESSAGE,
    ),
    # So many characters over all of a message, too: see `whole.py`.
    "markdown": Shape(_NAMED | {"text": String(12_000, least=1)}, needs=("text",), on=_MESSAGE),
    "table": table(_NAMED),
    "data_table": data_table(_NAMED),
    "data_visualization": Shape(
        _NAMED | {"title": String(50, least=1), "chart": CHART},
        needs=("title", "chart"),
        on=_MESSAGE,
    ),
    "alert": Shape(
        _NAMED
        | {"text": Text(200), "level": One(("default", "info", "warning", "error", "success"))},
        needs=("text",),
        on=frozenset({"modal"}),
    ),
    "card": Shape(
        _NAMED
        | {
            "hero_image": _IMAGE,
            "icon": _IMAGE,
            "slack_icon": Shape({"type": String(), "name": String(least=1)}, needs=("name",)),
            "title": Text(150),
            "subtitle": Text(150),
            "body": Text(200),
            "actions": Items(_standing("card"), least=1, most=3),
        },
        rules=(either("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")),
    ),
    "carousel": Shape(
        _NAMED
        | {"elements": Items(Tagged(BLOCKS, lambda kind, _: kind == "card"), least=1, most=10)},
        needs=("elements",),
        on=frozenset({"message", "home"}),
    ),
    "container": Shape(
        _NAMED
        | {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": Text(150),
            "child_blocks": Items(
                Tagged(BLOCKS, lambda kind, _: kind in _INSIDE_CONTAINERS), least=1, most=10
            ),
            "width": One(("narrow", "standard", "wide", "full")),
            "icon": _IMAGE,
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
        needs=("child_blocks",),
        rules=(either("title", "rich_text_title"), _folded),
        on=_MESSAGE,
    ),
    "context_actions": Shape(
        _NAMED | {"elements": Items(_standing("context_actions"), least=1, most=5)},
        needs=("elements",),
        on=_MESSAGE,
    ),
    "task_card": Shape(
        _NAMED
        | {
            "task_id": String(least=1),
            "title": String(least=1),
            "details": RICH_TEXT,
            "output": RICH_TEXT,
            "sources": Items(
                Tagged({"url": Shape({"url": ADDRESS, "text": String()}, needs=("url",))})
            ),
            "status": One(("pending", "in_progress", "complete", "error")),
        },
        needs=("task_id", "title", "status"),
        on=_MESSAGE,
    ),
    "plan": Shape(
        _NAMED
        | {
            "title": String(least=1),
            "tasks": Items(Tagged(BLOCKS, lambda kind, _: kind == "task_card"), most=50),
        },
        needs=("title",),
        on=_MESSAGE,
    ),
}
