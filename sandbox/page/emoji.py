"""Emoji by the names that Slack gives them: those one is likely to use, in emoji.txt."""

from pathlib import Path

_LISTED = (Path(__file__).parent / "emoji.txt").read_text(encoding="utf-8").split()
SIGNS = dict(zip(_LISTED[::2], _LISTED[1::2], strict=True))
ALIASES = {"thumbsup": "+1", "thumbsdown": "-1", "simple_smile": "slightly_smiling_face"}


def sign(name: str) -> str:
    """The emoji of a name, or the name between colons where there is none here."""
    return SIGNS.get(ALIASES.get(name, name), f":{name}:")
