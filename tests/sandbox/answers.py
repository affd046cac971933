"""What tests ask of Slack's answers: the code of a refusal, and fields that Slack does not have."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Any) -> str:
    """The code with which a call is refused."""
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


def differs(ours: Any, slacks: Any, at: str = "") -> list[str]:
    """Where ours is of another type than Slack's sample, by path. Nothing may stand anywhere."""
    if ours is None or slacks is None:
        return []
    if type(ours) is not type(slacks):
        return [f"{at}: {type(ours).__name__} for {type(slacks).__name__}"]
    if isinstance(ours, list):
        return [path for each in ours for path in differs(each, slacks[0], at)] if slacks else []
    if not isinstance(ours, dict):
        return []
    by_id = set(slacks) & {"U00000000", "C00000000"}
    known = dict.fromkeys(ours, slacks[min(by_id)]) if by_id else slacks
    shared = [name for name in ours if name in known]
    return [path for name in shared for path in differs(ours[name], known[name], f"{at}/{name}")]


def missing(ours: Any, needed: str) -> list[str]:
    """The fields of a list such as `id name topic/value` that ours lacks."""
    found = []
    for path in needed.split():
        place = ours
        for name in path.split("/"):
            place = place.get(name) if isinstance(place, dict) else None
        if place is None:
            found.append(path)
    return found


def unknown(ours: Any, slacks: Any, at: str = "") -> list[str]:
    """The fields of ours that Slack's sample does not have, by path."""
    if isinstance(ours, list) and isinstance(slacks, list):
        return [path for each in ours for path in unknown(each, slacks[0], at)] if slacks else []
    # Some things were emptied in the samples, such as a form's state.
    if not isinstance(ours, dict) or not isinstance(slacks, dict) or not slacks:
        return []
    if set(slacks) & {"U00000000", "C00000000"}:  # not fields, but things by their ids
        slacks = dict.fromkeys(ours, next(iter(slacks.values())))
    found = []
    for name, value in ours.items():
        if name not in slacks:
            found.append(f"{at}/{name}")
        else:
            found += unknown(value, slacks[name], f"{at}/{name}")
    return found
