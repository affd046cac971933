"""The messages of a conversation: each drawn once, and again only when it has changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from nicegui import ui

from sandbox import reading
from sandbox.page.messages import Messages, Shown
from sandbox.page.seat import Seat
from sandbox.page.tags import Scroll, Tag, button
from sandbox.workspace import Channel, Message

Marks = tuple[str, bool]  # the day that begins with it; whether what is new does
Stands = tuple[object, Marks]

WINDOW = 50  # messages; as many more each time the earlier ones are asked for


class Stream:
    """The latest messages of one conversation; `scroll` is where they stand."""

    def __init__(self, seat: Seat, messages: Messages, scroll: Scroll) -> None:
        self._seat = seat
        self._messages = messages
        self._scroll = scroll
        self._slots: dict[str, tuple[ui.element, Stands | None, Shown]] = {}
        self._of = ""
        self._most = WINDOW
        self._new_from = self._read = self._latest = ""

    def leave(self) -> None:
        """Forget the conversation: something else is drawn here now."""
        self._of = ""

    def forget(self) -> None:
        """Draw all of it anew, whatever has changed."""
        self._slots = {ts: (slot, None, made) for ts, (slot, _, made) in self._slots.items()}

    def refresh(self, channel: Channel) -> list[Message]:
        """Show what has changed; gives what others said since the last time."""
        entering = self._of != f"{self._seat.user}/{channel.id}"
        if entering:
            self._enter(channel)
        seen = self._seat.space.stream(channel.id, self._seat.user)
        came = [] if entering else self._came(seen)
        self._latest = seen[-1].ts if seen else ""
        self._draw_earlier(len(seen))
        self._draw(channel, seen[-self._most :])
        self._have_read(channel, entering=entering, came=bool(came))
        if entering:
            self._scroll.begin(f"Messages in {self._seat.name(channel)}", "bottom")
        return [each for each in came if each.user != self._seat.user]

    def _enter(self, channel: Channel) -> None:
        user = self._seat.user
        self._of, self._most = f"{user}/{channel.id}", WINDOW
        mine = user in channel.members
        self._new_from = reading.first_unread(channel, user) if mine else ""
        self._slots.clear()
        self._scroll.clear()
        with self._scroll:
            self._more = button("Earlier messages", self._earlier, "earlier")
            with ui.element("div").classes("begins") as self._begins:
                Tag("h2", f"This is where {self._seat.name(channel)} begins")
                Tag("p", channel.purpose)
            self._list = ui.element("div").classes("messages")

    def _came(self, seen: list[Message]) -> list[Message]:
        came = []
        for message in reversed(seen):
            if message.ts <= self._latest:
                break
            came.append(message)
        return came[::-1]

    def _have_read(self, channel: Channel, *, entering: bool, came: bool) -> None:
        """Who looks at messages has read them, but for those they mark as unread."""
        user = self._seat.user
        if user not in channel.members:
            return
        stands = channel.read.get(user, "")
        if not entering and float(stands or 0) < float(self._read or 0):
            self._new_from = reading.first_unread(channel, user)
            self._read = stands
            self._seat.changed = True
        elif (entering or came) and reading.mark_read(channel, user):
            self._seat.space.changed()
        self._read = channel.read.get(user, "")

    def _draw_earlier(self, known: int) -> None:
        self._more.set_visibility(known > self._most)
        self._begins.set_visibility(known <= self._most)
        hidden = known - self._most
        self._more.text = f"Earlier messages ({hidden})" if hidden > 0 else ""

    def _earlier(self) -> None:
        self._most += WINDOW
        self._scroll.run_method("hold")
        self._seat.changed = True

    def _draw(self, channel: Channel, shown: list[Message]) -> None:
        for ts in self._slots.keys() - {each.ts for each in shown}:
            self._slots.pop(ts)[0].delete()
        threads = _threads(channel)
        day, before, zone = "", "", ZoneInfo(self._seat.person.tz)
        for number, message in enumerate(shown):
            at = f"{datetime.fromtimestamp(float(message.ts), zone):%A, %-d %B %Y}"
            marks = (at if at != day else "", message.ts == self._new_from)
            stands = ((repr(message), threads.get(message.ts), before, channel.archived), marks)
            day, before = at, message.ts
            self._draw_one(channel, message, number, stands)

    def _draw_one(self, channel: Channel, message: Message, number: int, stands: Stands) -> None:
        slot, stood, made = self._slots.get(message.ts, (None, None, None))
        # What has not changed is left alone: a click on something being redrawn is lost.
        if slot and stood == stands:
            return
        marks = stands[1]
        if slot and made and stood and stood[1] == marks:
            self._messages.renew(made, channel, message, in_thread=False)
            self._slots[message.ts] = (slot, stands, made)
            return
        if slot is None:
            with self._list:
                slot = ui.element("div").props(f'data-slot="{message.ts}"')
            if number < len(self._slots):
                slot.move(target_index=number)
        slot.clear()
        with slot:
            if marks[0]:
                Tag("h3", marks[0], "day")
            if marks[1]:
                Tag("div", "New", "new-line", role="separator", aria_label="New messages")
            made = self._messages.draw(channel, message, in_thread=False)
        self._slots[message.ts] = (slot, stands, made)


def _threads(channel: Channel) -> dict[str, tuple[int, str]]:
    """Of each message with a thread: how many replies, and the last one's ts."""
    found: dict[str, tuple[int, str]] = {}
    for each in channel.messages:
        if each.thread_ts and each.is_reply and each.only_for is None:
            found[each.thread_ts] = (found.get(each.thread_ts, (0, ""))[0] + 1, each.ts)
    return found
