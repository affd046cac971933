"""Modals and Home: what a view holds besides its blocks."""

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit import whole
from sandbox.block_kit.kinds import Flag, Json, Kind, Shape, String, plain, told
from sandbox.block_kit.objects import NAME

# The blocks are looked at by themselves.
_BOTH: dict[str, Kind] = {
    "type": Kind(),
    "blocks": Kind(),
    "private_metadata": String(3000),
    "callback_id": NAME,
    "external_id": NAME,
}
VIEWS: dict[str, Shape] = {
    "modal": Shape(
        _BOTH
        | {
            "title": plain(24),
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
        needs=("title", "blocks"),
    ),
    "home": Shape(_BOTH, needs=("blocks",)),
}


def faults(view: Any, kind: str) -> list[str]:
    """What Slack refuses of a view where a `modal` or `home` is wanted; `/view` is its place."""
    if not isinstance(view, dict):
        return [told("must provide an object", "/view")]
    if view.get("type") != kind:
        missing = "type" not in view
        return [
            told("missing required field: type", "/view")
            if missing
            else told("must be a valid enum value", "/view/type")
        ]
    found = list(VIEWS[kind].faults(view, "/view", kind))
    if "blocks" in view:
        found += whole.faults(view["blocks"], kind, "/view/blocks")
    return [*found, *(_without_submit(view) if kind == "modal" else [])]


def _without_submit(view: Json) -> Iterator[str]:
    blocks = view.get("blocks")
    if "submit" in view or not isinstance(blocks, list):
        return
    for number, block in enumerate(blocks):
        if isinstance(block, dict) and block.get("type") == "input":
            words = "must define `submit` to use an `input` block in modals"
            yield told(words, f"/view/blocks/{number}/input")
