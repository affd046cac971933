"""What tests ask of Slack's answers: the code of a refusal, and fields that Slack does not have."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Any) -> str:
    """The code with which a call is refused."""
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


def unknown(ours: Any, slacks: Any, at: str = "") -> list[str]:
    """The fields of ours that Slack's sample does not have, by path."""
    if isinstance(ours, list) and isinstance(slacks, list):
        return [path for each in ours for path in unknown(each, slacks[0], at)] if slacks else []
    if not isinstance(ours, dict) or not isinstance(slacks, dict):
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
