"""Where one writes: messages, commands, replies, files. The field itself is js/composer.js."""

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from nicegui import ui
from nicegui.events import GenericEventArguments

from sandbox.page.faces import colour, initials
from sandbox.page.seat import Seat
from sandbox.page.toast import refused
from sandbox.refusal import SlackError

Json = dict[str, Any]

_JS = Path(__file__).parent / "js"
_EVERYBODY = (
    ("channel", "Notify everybody in this channel"),
    ("here", "Notify everybody who is here now"),
)


class Composer(ui.element, component=_JS / "composer.js"):
    """The field of a conversation, or of the thread that is open."""

    def __init__(self, seat: Seat, *, thread: bool) -> None:
        super().__init__()
        self._seat = seat
        self._thread = thread
        self.props["test"] = "thread-composer" if thread else "composer"
        self.props["thread"] = thread
        self.props["commands"] = commands(seat)
        self.on("send", self._send)
        self.on("wanted", self.refresh, args=[])
        self.refresh()

    def set_visibility(self, visible: bool) -> Self:  # noqa: FBT001 - as NiceGUI has it
        """Show or hide it, for the place that is looked at now."""
        self.refresh()
        return super().set_visibility(visible)

    def refresh(self) -> None:
        """Write to where one looks now, with the names that are known now."""
        seat = self._seat
        channel = seat.channel
        where = [seat.user, seat.place, *([seat.thread] if self._thread else [])]
        name = seat.name(channel) if channel else ""
        wanted = {
            "where": "/".join(where),
            "user": seat.user,
            "base": urlsplit(seat.space.address).path,
            "label": "Reply" if self._thread else f"Message {name.replace('# ', '#')}",
            "too_where": name.replace("# ", "#"),
            "people": people(seat, everybody=channel is not None and not channel.is_direct),
            "channels": rooms(seat),
        }
        if any(self.props.get(key) != value for key, value in wanted.items()):
            for key, value in wanted.items():
                self.props[key] = value
            self.update()

    async def _send(self, event: GenericEventArguments) -> None:
        said = event.args
        try:
            done = await self._say(said)
        except SlackError as error:
            refused(error.code)
            done = False
        if not done:
            self.run_method("back", said)

    async def _say(self, said: Json) -> bool:
        """Say it; False for a command that did not get through."""
        # What somebody did before this has been done by now: they write where they are.
        user, channel = self._seat.user, self._seat.place
        thread = self._seat.thread if self._thread else ""
        act, text, picked = self._seat.sandbox.actions, said["text"], said["picked"]
        files = [each["id"] for each in said["files"]]
        if text.startswith("/") and not files:
            command, _, rest = text.partition(" ")
            typed = act.command(user, channel, command, rest, thread_ts=thread, picked=picked)
            return (await typed).acknowledged
        text, too = text.strip(), bool(said["too"])
        if files:
            for each in said["files"]:
                self._seat.space.files[each["id"]].alt = each["alt"]
            await act.share(
                user, channel, files, text=text, ts=thread, broadcast=too, picked=picked
            )
        elif thread:
            await act.reply(user, channel, thread, text, broadcast=too, picked=picked)
        else:
            await act.post(user, channel, text, picked=picked)
        return True


def draw_composer(seat: Seat, *, thread: bool) -> Composer:
    """Draw the field to write in, for the conversation or for the thread that is open."""
    return Composer(seat, thread=thread)


def commands(seat: Seat) -> list[Json]:
    """The app's commands, with what its manifest says of them."""
    return [
        {name: each.get(name, "") for name in ("command", "description", "usage_hint")}
        for each in seat.sandbox.manifest["features"].get("slash_commands", [])
    ]


def people(seat: Seat, *, everybody: bool = False) -> list[Json]:
    """Whom one can mention; `everybody`: also all of a channel at once."""
    bot = seat.space.bot
    found = [
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
        for each in [*seat.people.values(), bot]
    ]
    if everybody:
        found += [
            {"id": name, "name": f"@{name}", "about": about, "insert": f"@{name}", "find": name}
            for name, about in _EVERYBODY
        ]
    return found


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
        if (each.kind == "channel" or (each.kind == "group" and seat.user in each.members))
        and not each.archived
    ]
