"""Slack's text as somebody typed it: names in place of references."""

import html
import re

from sandbox.page.mrkdwn import Reader

_REFERENCE = re.compile(r"<([@#!])([^<>|]+)(?:\|([^<>]*))?>|<([^<>|]+)(?:\|([^<>]*))?>")


def typed_as(text: str, reader: Reader) -> tuple[str, dict[str, str]]:
    """The text with names, and the ids by these names."""
    picked: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        sign, which, label, address, shown = found.groups()
        if not sign:
            return str(shown or address)
        if sign == "!":
            return f"@{which}"
        known = reader.people if sign == "@" else reader.channels
        name = f"{sign}{known.get(which, label or which)}"
        picked[name] = which
        return name

    return html.unescape(_REFERENCE.sub(named, text)), picked
