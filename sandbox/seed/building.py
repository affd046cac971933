"""A workspace made of what a seed describes."""

import html
import re
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.seed.reading import APP, EVERYBODY, Seed
from sandbox.workspace import Channel, Message, User, Workspace

Json = dict[str, Any]

_MINUTE = 60
_REFERENCE = re.compile(r"(?<![\w&])([@#])([\w.-]*\w)")
_GUESTS = ("guest", "guest of one channel")


def built(seed: Seed, clock: SandboxClock, *, app: str = "app") -> Workspace:
    """The workspace; `app` is what its app is called where the seed does not say.

    Everybody who is a full member has a direct message with the app.
    """
    known = seed.app
    name: str = known.get("name", app)
    bot = User(
        known.get("id", "U0APP"),
        re.sub(r"[^\w-]+", "-", name.lower()).strip("-"),
        known.get("real_name", name),
        known.get("tz", "UTC"),
        is_bot=True,
    )
    space = Workspace(seed.workspace.get("id", "T0SANDBOX"), seed.workspace["name"], clock, bot)
    for person in seed.people:
        space.add_user(_person(space, person))
    space.add_user(bot)
    ids = {each.name: each.id for each in space.users.values()} | {APP: bot.id}
    full = [user.id for user in space.users.values() if _is_full(user)]
    for channel in seed.channels:
        _add_channel(space, channel, ids, full)
    for user in full:
        space.direct([user, bot.id])
    _say(space, seed.messages, ids)
    return space


def _person(space: Workspace, known: Json) -> User:
    role = known.get("role", "member")
    return User(
        known.get("id") or space.new_id("U"),
        known["name"],
        known["real_name"],
        known.get("tz", "UTC"),
        known.get("title", ""),
        known.get("email", ""),
        is_admin=role == "admin",
        is_owner=role == "owner",
        is_restricted=role in _GUESTS,
        is_ultra_restricted=role == _GUESTS[1],
        deleted=known.get("deactivated", False),
    )


def _is_full(user: User) -> bool:
    return not (user.is_bot or user.deleted or user.is_restricted)


def _add_channel(space: Workspace, known: Json, ids: dict[str, str], full: list[str]) -> None:
    members: list[str] = []
    for each in known.get("members", []):
        members += full if each == EVERYBODY else [ids[each]]
    kind = "group" if known.get("private") else "channel"
    channel = space.add_channel(known["name"], list(dict.fromkeys(members)), kind=kind)
    channel.general = known.get("general", False)
    channel.archived = known.get("archived", False)
    channel.topic, channel.purpose = known.get("topic", ""), known.get("purpose", "")


def _say(space: Workspace, messages: list[Json], ids: dict[str, str]) -> None:
    """Put the messages where they belong, each at its time, none of them told to the app."""
    start, said = space.clock.time(), dict[str, Message]()
    in_order = sorted(
        enumerate(messages), key=lambda each: (-each[1].get("minutes_ago", 0), each[0])
    )
    for number, each in in_order:
        at = start - each.get("minutes_ago", 0) * _MINUTE - (len(messages) - number) * 0.000_1
        parent = said.get(each.get("reply_to", ""))
        message = Message(
            f"{at:.6f}",
            ids[each["from"]],
            _text(space, each["text"]),
            thread_ts=parent.ts if parent else None,
            by_app=ids[each["from"]] == space.bot.id,
            reactions={
                name: [ids[user] for user in users]
                for name, users in each.get("reactions", {}).items()
            },
        )
        said[each.get("key", "")] = message
        _where(space, each["in"], ids).messages.append(message)


def _where(space: Workspace, place: str | list[str], ids: dict[str, str]) -> Channel:
    if isinstance(place, str):
        return space.find_channel(place)
    return space.direct([ids[each] for each in place])


def _text(space: Workspace, text: str) -> str:
    """Words as Slack keeps them: entities escaped, people and channels as references."""
    people = {each.name: f"<@{each.id}>" for each in space.users.values()}
    rooms = {each.name: f"<#{each.id}|{each.name}>" for each in space.channels.values()}

    def named(found: re.Match[str]) -> str:
        return (people if found[1] == "@" else rooms).get(found[2], found[0])

    return _REFERENCE.sub(named, html.escape(text, quote=False))
