"""A workspace described in a file, read and checked: every fault named at once, each in a line."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Json = dict[str, Any]

EVERYBODY = "everybody"  # who is a full member
APP = "app"
ROLES = ("owner", "admin", "member", "guest", "guest of one channel")


class SeedFaults(ValueError):
    """What is wrong with a file; `lines` has one for each fault."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Seed:
    """What a file describes, checked: `[workspace]` and `[app]`, and its lists of things."""

    workspace: Json
    app: Json
    people: list[Json]
    channels: list[Json]
    messages: list[Json]


# What each kind of thing has: the field's type, and whether it must be there.
_FIELDS: Mapping[str, Mapping[str, tuple[type, bool]]] = {
    "workspace": {"name": (str, True), "id": (str, False)},
    "app": {
        "id": (str, False),
        "name": (str, False),
        "real_name": (str, False),
        "tz": (str, False),
    },
    "people": {
        "name": (str, True),
        "real_name": (str, True),
        "id": (str, False),
        "tz": (str, False),
        "title": (str, False),
        "email": (str, False),
        "role": (str, False),
        "deactivated": (bool, False),
    },
    "channels": {
        "name": (str, True),
        "members": (list, False),
        "private": (bool, False),
        "general": (bool, False),
        "archived": (bool, False),
        "topic": (str, False),
        "purpose": (str, False),
    },
    "messages": {
        "in": (str | list, True),  # type: ignore[dict-item] # a union is as good as a type here
        "from": (str, True),
        "text": (str, True),
        "minutes_ago": (int, False),
        "key": (str, False),
        "reply_to": (str, False),
        "reactions": (dict, False),
    },
}


def read_seed(file: Path) -> Seed:
    """The workspace that a TOML or JSON file describes. Raises SeedFaults, or OSError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        found = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise SeedFaults(["it is no UTF-8 text"]) from error
    except ValueError as error:
        kind = "JSON" if file.suffix.lower() == ".json" else "TOML"
        raise SeedFaults([f"it is no {kind}: {' '.join(str(error).split())}"]) from error
    return checked(found)


def checked(found: Any) -> Seed:
    """What is described, once everything about it makes sense. Raises SeedFaults."""
    faults = list(_misshapen(found))
    if faults:
        raise SeedFaults(faults)
    parts: Json = {name: found.get(name, []) for name in ("people", "channels", "messages")}
    seed = Seed(found["workspace"], found.get("app", {}), **parts)
    faults = [*_people(seed), *_channels(seed), *_messages(seed)]
    if faults:
        raise SeedFaults(faults)
    return seed


def _misshapen(found: Any) -> Iterator[str]:
    if not isinstance(found, dict):
        yield "it holds no [workspace]"
        return
    yield from (f"{name} is none of {', '.join(_FIELDS)}" for name in found if name not in _FIELDS)
    if "workspace" not in found:
        yield "[workspace] is missing"
    for name, value in found.items():
        if name in ("workspace", "app"):
            if isinstance(value, dict):
                yield from _fields(name, name, value)
            else:
                yield f"{name} is no table"
        elif name in _FIELDS:
            yield from _each(name, value)
    if not found.get("people"):
        yield "there are no people"


def _each(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        yield f"{name} is no list of tables"
        return
    for number, each in enumerate(value, 1):
        yield from _fields(_place(name, number, each), name, each)


def _fields(place: str, kind: str, thing: Json) -> Iterator[str]:
    known = _FIELDS[kind]
    for name, value in thing.items():
        if name not in known:
            yield f"{place}: {name} is none of {', '.join(known)}"
        elif not isinstance(value, known[name][0]) or (
            isinstance(value, bool) and known[name][0] is not bool
        ):
            yield f"{place}: {name} can't be {value!r}"
    for name, (_, needed) in known.items():
        if needed and thing.get(name) in (None, ""):
            yield f"{place}: {name} is missing"


def _place(name: str, number: int, thing: Json) -> str:
    one = {"people": "person", "channels": "channel", "messages": "message"}[name]
    called = thing.get("name") or thing.get("key")
    return f"{one} {number} ({called})" if isinstance(called, str) else f"{one} {number}"


def _people(seed: Seed) -> Iterator[str]:
    zone = seed.app.get("tz")
    if zone is not None and not _is_zone(zone):
        yield f"app: tz {zone!r} is no time zone"
    yield from _twice("people", seed.people, "name")
    yield from _twice("people", seed.people, "id")
    for number, person in enumerate(seed.people, 1):
        place = _place("people", number, person)
        if person["name"] in (EVERYBODY, APP):
            yield f"{place}: name {person['name']!r} stands for something else"
        if not _is_zone(person.get("tz", "UTC")):
            yield f"{place}: tz {person['tz']!r} is no time zone"
        if person.get("role", "member") not in ROLES:
            yield f"{place}: role is one of {', '.join(ROLES)}"
        wanted = str(person.get("id", "U0"))
        if not (wanted[0] in "UW" and wanted.isalnum() and wanted.isupper()):
            yield f"{place}: id is like U012AB3CD"


def _channels(seed: Seed) -> Iterator[str]:
    yield from _twice("channels", seed.channels, "name")
    known = {each["name"] for each in seed.people} | {EVERYBODY, APP}
    for number, channel in enumerate(seed.channels, 1):
        place = _place("channels", number, channel)
        if not all(each.isalnum() or each in "-_" for each in channel["name"]) or (
            channel["name"] != channel["name"].lower()
        ):
            yield f"{place}: name holds lower-case letters, digits, - and _ only"
        for member in channel.get("members", []):
            if member not in known:
                yield f"{place}: there is no {member!r} to be a member"


def _messages(seed: Seed) -> Iterator[str]:
    people = {each["name"] for each in seed.people} | {APP}
    channels = {each["name"] for each in seed.channels}
    keys: set[str] = set()
    for number, message in enumerate(seed.messages, 1):
        place, where = _place("messages", number, message), message["in"]
        if isinstance(where, str) and where not in channels:
            yield f"{place}: there is no channel {where!r}"
        strangers = [each for each in where if each not in people] if _is_list(where) else []
        reacting = message.get("reactions", {}).values()
        strangers += [each for users in reacting for each in users if each not in people]
        if message["from"] not in people:
            strangers.append(message["from"])
        yield from (f"{place}: there is no {each!r}" for each in dict.fromkeys(map(str, strangers)))
        if message.get("minutes_ago", 0) < 0:
            yield f"{place}: minutes_ago is at least 0"
        if message.get("reply_to", "") not in keys | {""}:
            yield f"{place}: reply_to names the key of no message before it"
        keys.add(message.get("key", ""))


def _twice(name: str, things: list[Json], field: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, each in enumerate(things, 1):
        if each.get(field) in seen:
            yield f"{_place(name, number, each)}: {field} {each[field]!r} is there twice"
        if field in each:
            seen.add(each[field])


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
