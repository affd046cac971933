"""What Slack would say to blocks, a message or a view that somebody pastes."""

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox.refusal import SlackError
from sandbox.validate import check_view, problems

Json = dict[str, Any]

SURFACES = ("message", "modal", "home")
_POINTER = re.compile(r"^(.*?)\s*\[json-pointer:([^\]]*)\]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: a JSON pointer into what was pasted; empty if it is the whole."""

    words: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`error`: Slack's code, empty if it takes them. `blocks`: those pasted, to draw them."""

    error: str
    problems: tuple[Problem, ...]
    blocks: tuple[Json, ...] = ()

    @property
    def drawable(self) -> bool:
        """Whether there is something to show."""
        return bool(self.blocks)


def verdict(pasted: str, surface: str) -> Verdict:
    """What Slack would say to this JSON on a `message`, `modal` or `home`.

    Blocks may stand alone, in a list, in a message's payload or in a view. Raises ValueError, in
    one line, for what is no JSON or holds no blocks.
    """
    if surface not in SURFACES:
        raise ValueError(f"surface is one of {', '.join(SURFACES)}")
    try:
        found = json.loads(pasted)
    except ValueError as error:
        raise ValueError(f"This is no JSON: {error}") from error
    view = _view_in(found)
    blocks = view.get("blocks", []) if view else _blocks_in(found)
    if view is not None:
        said = _of_view(view, surface)
        if said is not None:
            return Verdict(said.code, _problems(said), _drawable(blocks))
        return Verdict("", (), _drawable(blocks))
    wrong = _of_blocks(blocks, surface)
    return Verdict("invalid_blocks" if wrong else "", wrong, _drawable(blocks))


def _view_in(found: Any) -> Json | None:
    """A view, as it is or as `views.open` takes it."""
    if not isinstance(found, dict):
        return None
    inner = found.get("view")
    if isinstance(inner, dict):
        return inner
    return found if found.get("type") in ("modal", "home") else None


def _blocks_in(found: Any) -> Any:
    if isinstance(found, dict) and "blocks" in found:
        return found["blocks"]
    if isinstance(found, dict) and "type" in found:
        return [found]
    if isinstance(found, list):
        return found
    raise ValueError("There are no blocks in it: paste a list of blocks, a message or a view.")


def _of_blocks(blocks: Any, surface: str) -> tuple[Problem, ...]:
    try:
        return tuple(_problem(each) for each in problems(blocks, surface=surface))
    except (AttributeError, KeyError, TypeError) as error:
        # Of a form so far from Block Kit's that nobody can say more.
        return (Problem(f"{type(error).__name__}: {error}", "/blocks"),)


def _of_view(view: Json, surface: str) -> SlackError | None:
    wanted = surface if surface != "message" else str(view.get("type"))
    try:
        check_view(view, wanted)
    except SlackError as refused:
        return refused
    except (AttributeError, KeyError, TypeError) as error:
        told = f"{type(error).__name__}: {error} [json-pointer:/view]"
        return SlackError("invalid_arguments", response_metadata={"messages": [told]})
    return None


def _problems(refused: SlackError) -> tuple[Problem, ...]:
    told = (refused.more.get("response_metadata") or {}).get("messages") or []
    return tuple(_problem(str(each)) for each in told)


def _problem(told: str) -> Problem:
    """One of Slack's lines, such as `must be shorter [json-pointer:/blocks/0/text/text]`."""
    found = _POINTER.match(told.removeprefix("[ERROR]").strip())
    return Problem(found[1], found[2]) if found else Problem(told, "")


def _drawable(blocks: Any) -> tuple[Json, ...]:
    whole = blocks if isinstance(blocks, list) else []
    return tuple(each for each in whole if isinstance(each, dict))
