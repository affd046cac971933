"""Who is in a conversation, what it is for, and coming, going and closing it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.page.dialogs import Dialogs
from sandbox.page.seat import Seat
from sandbox.page.tags import Finder, Tag, button, dialog
from sandbox.workspace import Channel, User

Json = dict[str, Any]


class Members:
    """The dialogs of one conversation; `left` is called once one is out of it."""

    def __init__(self, seat: Seat, dialogs: Dialogs, left: Callable[[], Awaitable[None]]) -> None:
        self._seat = seat
        self._dialogs = dialogs
        self._left = left

    async def show(self, channel: Channel) -> None:
        """Who is in it; inviting, taking out, leaving."""
        seat, act = self._seat, self._seat.sandbox.actions

        async def picked(user: str, what: str) -> None:
            if what == "remove":
                await seat.attempt(act.remove(seat.user, channel.id, user))
            else:
                made.close()
                await self._write(user)

        with dialog(f"Members of {seat.name(channel)}") as made:
            for words in (channel.topic, channel.purpose):
                if words:
                    Tag("p", words, "hint")
            Tag("p", self._began(channel), "hint")
            finder = Finder("Search members", picked, none="Nobody of that name")
            self._draw_foot(channel, made.close)
        self._dialogs.following(made, lambda: finder.show(self._inside(channel)))

    def _draw_foot(self, channel: Channel, close: Callable[[], object]) -> None:
        seat, act = self._seat, self._seat.sandbox.actions

        async def invite() -> None:
            close()
            await self.invite(channel)

        async def leave() -> None:
            if await seat.attempt(act.leave(seat.user, channel.id)):
                close()
                await self._left()

        async def archive() -> None:
            doing = act.unarchive if channel.archived else act.archive
            if await seat.attempt(doing(seat.user, channel.id)):
                close()

        if channel.is_direct or seat.user not in channel.members:
            return
        with Tag("div", "", "sheet-foot"):
            if not channel.archived:
                button("Invite…", invite, "block-button primary")
            button("Leave", leave, "block-button")
            if not seat.is_guest:
                words = "Open it again" if channel.archived else "Archive"
                button(words, archive, "block-button danger")

    async def invite(self, channel: Channel) -> None:
        """Let people into it, the app too."""
        seat, act = self._seat, self._seat.sandbox.actions

        async def picked(user: str, _what: str) -> None:
            await seat.attempt(act.invite(seat.user, channel.id, user))

        with dialog(f"Invite to {seat.name(channel)}") as made:
            finder = Finder("Search people", picked, none="Everybody is in it")
        self._dialogs.following(made, lambda: finder.show(self._outside(channel)))

    async def _write(self, user: str) -> None:
        await self._dialogs.open_direct([user])

    def _began(self, channel: Channel) -> str:
        zone = ZoneInfo(self._seat.person.tz)
        at = f"{datetime.fromtimestamp(channel.created, zone):%-d %B %Y}"
        by = self._seat.space.users.get(channel.creator)
        return f"Created on {at}{f' by {by.real_name}' if by else ''}"

    def _inside(self, channel: Channel) -> list[Json]:
        seat, acts = self._seat, [{"id": "write", "label": "Message", "look": ""}]
        more = [{"id": "remove", "label": "Remove", "look": "danger"}]
        removes = seat.user in channel.members and not channel.is_direct and not seat.is_guest
        people = [seat.space.users[each] for each in channel.members]
        return [
            self._described(each)
            | {"acts": [] if each.id == seat.user else acts + (more if removes else [])}
            for each in sorted(people, key=lambda each: each.real_name)
        ]

    def _outside(self, channel: Channel) -> list[Json]:
        acts = [{"id": "invite", "label": "Invite", "look": "primary"}]
        everybody = [*self._seat.acquaintances(), self._seat.space.bot]
        return [
            self._described(each) | {"acts": acts}
            for each in sorted(everybody, key=lambda each: each.real_name)
            if each.id not in channel.members
        ]

    def _described(self, user: User) -> Json:
        """Somebody, with what the workspace says of them and how they are just now."""
        now = self._seat.sandbox.clock.now()
        quiet = bool(user.dnd and user.dnd[0] <= now < user.dnd[1])
        marks = (
            (user.id == self._seat.user, "you"), (user.is_bot, "app"),
            (user.is_owner, "owner"), (user.is_admin and not user.is_owner, "admin"),
            (user.is_restricted or user.is_ultra_restricted, "guest"),
            (user.deleted, "deactivated"), (quiet, "do not disturb"),
            (user.is_stranger, "from outside"), (user.away, "away"),
        )  # fmt: skip
        at = "" if user.is_bot else f"{datetime.fromtimestamp(now, ZoneInfo(user.tz)):%H:%M} there"
        return {
            "id": user.id, "name": user.real_name, "sign": user.real_name[:1],
            "kind": "app" if user.is_bot else "one",
            "marks": [words for true, words in marks if true],
            "about": " · ".join(filter(None, (user.title, at))),
        }  # fmt: skip
