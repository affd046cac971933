"""Emoji in texts: signs in the place of their names, with the tone of a skin where one is told."""

import re
from pathlib import Path

from sandbox.page.emoji import sign

# What texts hold besides what one is likely to react with.
_LISTED = Path(__file__).with_name("more_emoji.txt").read_text(encoding="utf-8").split()
MORE = dict(zip(_LISTED[::2], _LISTED[1::2], strict=True))
_TONES = "🏻🏼🏽🏾🏿"
_NAMED = re.compile(r":([a-z0-9+][\w+'-]*|-1):(?::skin-tone-([2-6]):)?")


def toned(name: str, tone: int = 0) -> str:
    """The sign of an emoji, of a skin tone from 2 to 6 if there is one; its name if unknown."""
    found = MORE.get(name) or sign(name)
    known = not found.startswith(":")
    return found + (_TONES[tone - 2] if known and tone in range(2, 7) else "")


def with_signs(text: str) -> str:
    """The text with a sign in the place of each name that is known."""
    return _NAMED.sub(lambda found: toned(found[1], int(found[2] or 0)), text)
