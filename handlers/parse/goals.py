"""The form of one's goals as plain values."""

from bot.views.goals import DROPPED, PROGRESS
from handlers import parse


def progress(body: parse.Body) -> dict[int, int | None]:
    """How far each goal is, by id: quarters, or None for one that was dropped."""
    values = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    found: dict[int, int | None] = {}
    for name in values:
        number = name.removeprefix("goal-")
        said = parse.choices(body, name)
        if name == number or not (number.isascii() and number.isdigit()) or not said:
            continue
        if said[0] == DROPPED:
            found[int(number[:18])] = None
        elif said[0] in {str(at) for at in range(len(PROGRESS))}:
            found[int(number[:18])] = int(said[0])
    return found
