"""What Slack refuses of the blocks of a message or view as a whole."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.blocks import BLOCKS
from sandbox.block_kit.kinds import Items, Json, Tagged, told

BLOCKS_MOST = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_MOST = 12_000  # characters over all of a message
CHARTS_MOST = 2


def faults(blocks: Any, on: str, at: str) -> list[str]:
    """What is refused of blocks on a `message`, `modal` or `home`, each with its place."""
    found = list(Items(Tagged(BLOCKS), most=BLOCKS_MOST[on]).faults(blocks, at, on))
    if not isinstance(blocks, list):
        return found
    placed = list(_all(blocks, at))
    return [
        *found,
        *_named_twice(placed),
        *_acting_twice(placed),
        *_focused_twice(placed),
        *_too_many(placed),
    ]


def _all(blocks: list[Any], at: str) -> Iterator[tuple[Json, str]]:
    """Each block, those inside others too, and its place."""
    for number, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        yield block, f"{at}/{number}"
        inner = "child_blocks" if block.get("type") == "container" else "elements"
        if block.get("type") in ("container", "carousel") and isinstance(block.get(inner), list):
            yield from _all(block[inner], f"{at}/{number}/{inner}")


def elements(block: Json, at: str) -> Iterator[tuple[Json, str]]:
    """The elements of a block that somebody can use, and the place of each."""
    for name in ("elements", "actions"):
        several = block.get(name)
        if isinstance(several, list) and block.get("type") not in ("carousel", "rich_text"):
            for number, element in enumerate(several):
                if isinstance(element, dict):
                    yield element, f"{at}/{name}/{number}"
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name], f"{at}/{name}"


def _twice(named: Iterator[tuple[Any, str]], field: str) -> Iterator[str]:
    seen = set()
    for name, at in named:
        if isinstance(name, str) and name in seen:
            yield told(f'`{field}` "{name}" already exists', f"{at}/{field}")
        elif isinstance(name, str) and name:
            seen.add(name)


def _named_twice(placed: list[tuple[Json, str]]) -> Iterator[str]:
    yield from _twice(((block.get("block_id"), at) for block, at in placed), "block_id")


def _acting_twice(placed: list[tuple[Json, str]]) -> Iterator[str]:
    for block, at in placed:
        acting = ((each.get("action_id"), here) for each, here in elements(block, at))
        yield from _twice(acting, "action_id")


def _focused_twice(placed: list[tuple[Json, str]]) -> Iterator[str]:
    focused = [
        here
        for block, at in placed
        for each, here in elements(block, at)
        if each.get("focus_on_load") is True
    ]
    for here in focused[1:]:
        yield told("only one element can have `focus_on_load`", f"{here}/focus_on_load")


def _too_many(placed: list[tuple[Json, str]]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    words = 0
    for block, at in placed:
        kind = block.get("type")
        if not isinstance(kind, str):
            continue
        counts[kind] += 1
        if kind == "table" and counts[kind] > 1:
            yield told("only_one_table_allowed", at)
        if kind == "data_visualization" and counts[kind] > CHARTS_MOST:
            yield told(f"no more than {CHARTS_MOST} data_visualization blocks allowed", at)
        if kind == "markdown" and isinstance(block.get("text"), str):
            before, words = words, words + len(block["text"])
            if before <= MARKDOWN_MOST < words and before:
                yield told(f"must be less than {MARKDOWN_MOST + 1} characters", f"{at}/text")
