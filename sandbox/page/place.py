"""How a control on the page is known, and what it holds."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Changed = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Place:
    """How a control is known: its id and name, the ids of what tells more, and how it stands.

    `labelled`: the id of a label that is on the page; without one the name is its own.
    """

    id: str
    name: str
    about: str = ""
    needed: bool = False
    wrong: bool = False
    labelled: str = ""
    block_id: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """One thing to put in or pick: `read` gives it as a plain value."""

    read: Callable[[], Any]


def slug(name: str) -> str:
    """A name as part of an id."""
    return re.sub(r"\W", "-", name)


def attributes(place: Place, *, group: bool = False) -> Json:
    """What makes a control known to screen readers."""
    found: Json = {"id": place.id} if group else {"for": place.id}
    if group and place.labelled:
        found["aria-labelledby"] = place.labelled
    else:
        found["aria-label"] = place.name
    if place.about:
        found["aria-describedby"] = place.about
    if place.wrong:
        found["aria-invalid"] = "true"
    if place.needed and not group:
        found["aria-required"] = "true"
    return found
