"""Block Kit's limits, refused as Slack refuses them."""

from typing import Any

from sandbox.refusal import SlackError

Json = dict[str, Any]

_BLOCKS_MOST = {"message": 50, "modal": 100, "home": 100}
_TEXT_MOST = {"section": 3000, "header": 150}
_KNOWN = frozenset(
    {
        "section", "header", "divider", "context", "actions", "image", "input", "rich_text",
        "markdown", "table", "video", "file", "call", "alert", "card", "carousel", "container",
        "data_visualization", "context_actions",
    }
)  # fmt: skip


def check_view(view: Json) -> None:
    """Refuse a view that Slack would refuse."""
    kind = view.get("type", "")
    if kind not in ("modal", "home"):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["view/type"]})
    faults = []
    if kind == "modal":
        faults += _plain(view.get("title"), "view/title", 24, needed=True)
        faults += _plain(view.get("submit"), "view/submit", 24)
        faults += _plain(view.get("close"), "view/close", 24)
    if len(view.get("private_metadata") or "") > 3000:  # noqa: PLR2004 - Slack's limit
        faults.append("private_metadata is too long [json-pointer:/view/private_metadata]")
    if any(block.get("type") == "input" for block in view["blocks"]) and not (
        view.get("submit") or kind == "home"
    ):
        faults.append("submit is needed with input blocks [json-pointer:/view/submit]")
    if faults:
        raise SlackError("invalid_arguments", response_metadata={"messages": faults})
    check_blocks(view.get("blocks") or [], kind)


def check_blocks(blocks: list[Json], surface: str) -> None:
    """Refuse blocks that Slack would refuse, saying where."""
    faults = []
    if len(blocks) > _BLOCKS_MOST[surface]:
        faults.append("too many blocks [json-pointer:/blocks]")
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        at = f"/blocks/{number}"
        faults += _block(block, at)
        name = block.get("block_id")
        if name in seen:
            faults.append(f"block_id already exists [json-pointer:{at}/block_id]")
        if name:
            seen.add(name)
    if faults:
        raise SlackError("invalid_blocks", response_metadata={"messages": faults})


def _block(block: Json, at: str) -> list[str]:
    kind = block.get("type")
    if kind not in _KNOWN:
        return [f"unsupported type: {kind} [json-pointer:{at}/type]"]
    faults = []
    if kind in _TEXT_MOST and "text" in block:
        faults += _text(block["text"], f"{at}/text", _TEXT_MOST[kind])
    if kind == "section" and not (block.get("text") or block.get("fields")):
        faults.append(f"text or fields needed [json-pointer:{at}]")
    elements = block.get("elements") or []
    if kind == "actions" and not 1 <= len(elements) <= 25:  # noqa: PLR2004 - Slack's limit
        faults.append(f"1 to 25 elements [json-pointer:{at}/elements]")
    if kind == "context" and not 1 <= len(elements) <= 10:  # noqa: PLR2004 - Slack's limit
        faults.append(f"1 to 10 elements [json-pointer:{at}/elements]")
    for place, element in enumerate(elements):
        if kind == "context":
            faults += _text(element, f"{at}/elements/{place}", 2000)
        elif kind == "actions":
            faults += _element(element, f"{at}/elements/{place}")
    if kind == "input":
        faults += _plain(block.get("label"), f"{at}/label", 2000, needed=True)
        faults += _element(block.get("element") or {}, f"{at}/element")
    return faults


def _element(element: Json, at: str) -> list[str]:
    faults = []
    if element.get("type") == "button":
        faults += _plain(element.get("text"), f"{at}/text", 75, needed=True)
        if len(element.get("value") or "") > 2000:  # noqa: PLR2004 - Slack's limit
            faults.append(f"value is too long [json-pointer:{at}/value]")
    options = element.get("options")
    if options is not None and not 1 <= len(options) <= 100:  # noqa: PLR2004 - Slack's limit
        faults.append(f"1 to 100 options [json-pointer:{at}/options]")
    for number, option in enumerate(options or []):
        faults += _text(option.get("text"), f"{at}/options/{number}/text", 75)
    if len(element.get("action_id") or "") > 255:  # noqa: PLR2004 - Slack's limit
        faults.append(f"action_id is too long [json-pointer:{at}/action_id]")
    return faults


def _plain(text: Any, at: str, most: int, *, needed: bool = False) -> list[str]:
    if text is None:
        return [f"missing required field [json-pointer:{at}]"] if needed else []
    if text.get("type") != "plain_text":
        return [f"must be plain_text [json-pointer:{at}]"]
    return _text(text, at, most)


def _text(text: Any, at: str, most: int) -> list[str]:
    if not isinstance(text, dict) or not isinstance(text.get("text", ""), str):
        return [f"must be a text object [json-pointer:{at}]"]
    if text.get("type") == "image":
        return []
    if not 1 <= len(text.get("text", "")) <= most:
        return [f"must be 1 to {most} characters [json-pointer:{at}/text]"]
    return []
