"""Where one writes: messages, commands, replies, files. The field itself is js/composer.js."""

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from nicegui import ui
from nicegui.events import GenericEventArguments

from sandbox.page.seat import Seat
from sandbox.page.toast import refused
from sandbox.refusal import SlackError

Json = dict[str, Any]

_JS = Path(__file__).parent / "js"


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
        self.refresh()

    def set_visibility(self, visible: bool) -> Self:  # noqa: FBT001 - as NiceGUI has it
        """Show or hide it, for the place that is looked at now."""
        self.refresh()
        return super().set_visibility(visible)

    def refresh(self) -> None:
        """Write to where one looks now."""
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
            "everybody": channel is not None and not channel.is_direct,
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
