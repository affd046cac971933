"""Block Kit's limits on views, messages and blocks, refused as Slack refuses them."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.elements import check_element, name, picture, plain, text
from sandbox.refusal import SlackError

Json = dict[str, Any]

_BLOCKS_MOST = {"message": 50, "modal": 100, "home": 100}
_VIEW_MOST = 250_000  # bytes
_MARKDOWN_MOST = 12_000  # characters over all of a message
# Blocks of which a message holds only so many.
_FEW = {"table": 1, "data_visualization": 2}
_MESSAGES_ONLY = frozenset(
    {
        "markdown", "table", "data_visualization", "card", "carousel", "container",
        "context_actions",
    }
)  # fmt: skip
_KNOWN = _MESSAGES_ONLY | {
    "section", "header", "divider", "context", "actions", "image", "input", "rich_text",
    "video", "file", "call", "alert",
}  # fmt: skip


def check_view(view: Json, kind: str = "modal") -> None:
    """Refuse a view that Slack would refuse where a `modal` or `home` is wanted."""
    if view.get("type") != kind:
        told = f"must be {kind} [json-pointer:/view/type]"
        raise SlackError("invalid_arguments", response_metadata={"messages": [told]})
    faults = []
    blocks = view.get("blocks") or []
    if kind == "modal":
        faults += plain(view.get("title"), "view/title", 24, needed=True)
        faults += plain(view.get("submit"), "view/submit", 24)
        faults += plain(view.get("close"), "view/close", 24)
    faults += name(view, "callback_id", "/view")
    faults += name(view, "external_id", "/view")
    if len(view.get("private_metadata") or "") > 3000:  # noqa: PLR2004 - Slack's limit
        faults.append("private_metadata is too long [json-pointer:/view/private_metadata]")
    if any(block.get("type") == "input" for block in blocks) and not (
        view.get("submit") or kind == "home"
    ):
        faults.append("submit is needed with input blocks [json-pointer:/view/submit]")
    if faults:
        raise SlackError("invalid_arguments", response_metadata={"messages": faults})
    check_blocks(blocks, kind)
    if len(json.dumps(view)) > _VIEW_MOST:
        raise SlackError("view_too_large")


def check_blocks(blocks: list[Json], surface: str) -> None:
    """Refuse blocks that Slack would refuse, saying where."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    if faults := problems(blocks, surface):
        raise SlackError("invalid_blocks", response_metadata={"messages": faults})


def problems(blocks: Any, surface: str = "message") -> list[str]:
    """What Slack would refuse of blocks on a `message`, `modal` or `home`, in its words.

    Each names its place, as `… [json-pointer:/blocks/0/text]`; none means that Slack takes them.
    """
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["must be a list of blocks [json-pointer:/blocks]"]
    faults = []
    if len(blocks) > _BLOCKS_MOST[surface]:
        faults.append("too many blocks [json-pointer:/blocks]")
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"/blocks/{number}"
        faults += _block(block, at, surface)
        named = block.get("block_id")
        if named in seen:
            faults.append(f"block_id already exists [json-pointer:{at}/block_id]")
        if named:
            seen.add(named)
    faults += _over_all(blocks)
    return faults


def _over_all(blocks: list[Json]) -> Iterator[str]:
    for kind, most in _FEW.items():
        if sum(block.get("type") == kind for block in blocks) > most:
            yield f"only {most} {kind} [json-pointer:/blocks]"
    words = sum(len(each.get("text", "")) for each in blocks if each.get("type") == "markdown")
    if words > _MARKDOWN_MOST:
        yield "too much markdown [json-pointer:/blocks]"


def _block(block: Json, at: str, surface: str) -> list[str]:
    kind = block.get("type")
    if kind not in _KNOWN or (kind in _MESSAGES_ONLY and surface != "message"):
        return [f"unsupported type: {kind} [json-pointer:{at}/type]"]
    if kind == "alert" and surface != "modal":
        return [f"unsupported type: {kind} [json-pointer:{at}/type]"]
    faults = name(block, "block_id", at)
    check = _CHECKS.get(kind)
    return [*faults, *(check(block, at) if check else [])]


def _section(block: Json, at: str) -> Iterator[str]:
    if not (block.get("text") or block.get("fields")):
        yield f"text or fields needed [json-pointer:{at}]"
    if block.get("text"):
        yield from text(block["text"], f"{at}/text", 3000)
    fields = block.get("fields") or []
    if len(fields) > 10:  # noqa: PLR2004 - Slack's limit
        yield f"at most 10 fields [json-pointer:{at}/fields]"
    for number, field in enumerate(fields):
        yield from text(field, f"{at}/fields/{number}", 2000)
    if block.get("accessory"):
        yield from check_element(block["accessory"], f"{at}/accessory", "section")


def _header(block: Json, at: str) -> Iterator[str]:
    yield from plain(block.get("text"), f"{at}/text", 150, needed=True)


def _context(block: Json, at: str) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 10:  # noqa: PLR2004 - Slack's limit
        yield f"1 to 10 elements [json-pointer:{at}/elements]"
    for place, element in enumerate(elements):
        here = f"{at}/elements/{place}"
        image = element.get("type") == "image"
        yield from picture(element, here) if image else text(element, here, 2000)


def _actions(block: Json, at: str) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 25:  # noqa: PLR2004 - Slack's limit
        yield f"1 to 25 elements [json-pointer:{at}/elements]"
    for place, element in enumerate(elements):
        yield from check_element(element, f"{at}/elements/{place}", "actions")
    names = [each["action_id"] for each in elements if each.get("action_id")]
    if len(names) != len(set(names)):
        yield f"action_id already exists [json-pointer:{at}/elements]"


def _input(block: Json, at: str) -> Iterator[str]:
    yield from plain(block.get("label"), f"{at}/label", 2000, needed=True)
    yield from plain(block.get("hint"), f"{at}/hint", 2000)
    yield from check_element(block.get("element") or {}, f"{at}/element", "input")


def _image(block: Json, at: str) -> Iterator[str]:
    yield from picture(block, at)
    yield from plain(block.get("title"), f"{at}/title", 2000)


_CHECKS = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
}
