"""Messages and views refused as Slack refuses them, by the tables in `block_kit`."""

import json
from typing import Any

from sandbox.block_kit import views, whole
from sandbox.block_kit.kinds import told
from sandbox.refusal import SlackError

Json = dict[str, Any]

_VIEW_MOST = 250_000  # bytes


def problems(blocks: Any, surface: str = "message") -> list[str]:
    """What Slack would refuse of blocks on a `message`, `modal` or `home`, in its words.

    Each names its place, as `… [json-pointer:/blocks/0/text]`; none means that Slack takes them.
    """
    return whole.faults(blocks, surface, "/blocks")


def problems_of_view(view: Any, kind: str = "modal") -> list[str]:
    """What Slack would refuse of a whole `modal` or `home`, in its words."""
    return views.faults(view, kind)


def check_view(view: Any, kind: str = "modal") -> None:
    """Refuse a view that Slack would refuse where a `modal` or `home` is wanted."""
    if found := problems_of_view(view, kind):
        _refuse("invalid_arguments", [told("failed to match all allowed schemas", "/view"), *found])
    if len(json.dumps(view).encode()) > _VIEW_MOST:
        raise SlackError("view_too_large")


def check_blocks(blocks: Any, surface: str = "message") -> None:
    """Refuse blocks that Slack would refuse, saying where."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    if found := problems(blocks, surface):
        _refuse("invalid_blocks", found, errors=found)


def _refuse(code: str, found: list[str], **more: Any) -> None:
    messages = [f"[ERROR] {each}" for each in found]
    raise SlackError(code, **more, response_metadata={"messages": messages})
