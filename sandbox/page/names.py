"""The names that are completed while one writes: people after `@`, channels after `#`."""

from typing import Any

from sandbox.page.faces import colour, initials
from sandbox.page.seat import Seat

Json = dict[str, Any]


def people(seat: Seat) -> list[Json]:
    """Whom one can mention: those one can find, and the app."""
    return [
        {
            "id": each.id,
            "which": each.id,
            "name": each.real_name,
            "about": f"@{each.name}{f', {each.title}' if each.title else ''}",
            "insert": f"@{each.real_name}",
            "find": f"{each.real_name} {each.name}".lower(),
            "face": initials(each.real_name),
            "colour": colour(each.id),
        }
        for each in [*seat.acquaintances(), seat.space.bot]
    ]


def rooms(seat: Seat) -> list[Json]:
    """The channels one can name."""
    return [
        {
            "id": each.id,
            "which": each.id,
            "name": f"#{each.name}",
            "about": each.topic or ("Private channel" if each.kind == "group" else ""),
            "insert": f"#{each.name}",
            "find": each.name,
        }
        for each in seat.space.channels.values()
        if not each.is_direct and seat.may_see(each.id) and not each.archived
    ]
