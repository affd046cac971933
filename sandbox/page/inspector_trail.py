"""What passes between app and workspace, live: found, and unfolded."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nicegui import ui

from sandbox.trail import CALL, Entry, Wanted

if TYPE_CHECKING:
    from nicegui.events import GenericEventArguments

    from sandbox.app import Sandbox

Json = dict[str, Any]

_SHOWN = 100  # at a time; more on request


class TrailPanel(ui.element, component=Path(__file__).parent / "js" / "trail.js"):
    """The list, its filters, and the details of what is unfolded."""

    def __init__(self, sandbox: "Sandbox") -> None:
        super().__init__()
        self._sandbox = sandbox
        self._wanted, self._most = Wanted(), _SHOWN
        self._seen: object = None
        self.props["people"] = [
            {"id": each.id, "name": each.real_name} for each in sandbox.workspace.users.values()
        ]
        self.props["details"] = {}
        self.on("filter", self._filter)
        self.on("unfold", self._unfold)
        self.on("more", self._more)
        self.on("forget", self._forget, args=[])
        self.refresh()

    def refresh(self) -> None:
        """Show what has passed since."""
        trail = self._sandbox.trail
        seen = (trail.newest, self._wanted, self._most)
        if seen == self._seen:
            return
        self._seen = seen
        found = trail.matching(self._wanted, self._most + 1)
        self.props["rows"] = [self._row(each) for each in found[: self._most]]
        self.props["more"] = len(found) > self._most
        self.props["kept"] = len(trail)
        self.update()

    def _row(self, entry: Entry) -> Json:
        names = self._sandbox.workspace.users
        people = [names[each].real_name for each in entry.people if each in names]
        place = self._sandbox.workspace.channels.get(entry.place)
        if place and not place.is_direct:
            people.append(f"in #{place.name}")
        return {
            "number": entry.number,
            "at": f"{datetime.fromtimestamp(entry.at, UTC):%a %H:%M:%S}",
            "call": entry.way == CALL,
            "kind": entry.kind,
            "what": entry.what,
            "who": ", ".join(people),
            "to": entry.to,
            "status": entry.status,
            "took": f"{entry.seconds * 1000:,.0f} ms",
            "error": entry.error,
            "effect": entry.took_effect,
            "retry": entry.retry,
            "fault": entry.fault,
            "failed": entry.failed,
        }

    def _filter(self, event: "GenericEventArguments") -> None:
        asked: Json = event.args
        self._wanted = Wanted(
            str(asked.get("way", "")),
            str(asked.get("kind", "")).strip(),
            str(asked.get("person", "")),
            bool(asked.get("failed")),
            str(asked.get("words", "")).strip(),
        )
        self._most = _SHOWN
        self.refresh()

    def _unfold(self, event: "GenericEventArguments") -> None:
        number = int(event.args)
        found = next(
            (each for each in self._sandbox.trail.matching(Wanted()) if each.number == number), None
        )
        # Only what is unfolded goes to the browser, and not for ever.
        kept = dict(list(self.props["details"].items())[-9:])
        gone = "It is not kept any more."
        told = {"sent": found.sent, "answer": found.answer} if found else {"sent": gone}
        self.props["details"] = kept | {str(number): told}
        self.update()

    def _more(self) -> None:
        self._most += _SHOWN
        self.refresh()

    def _forget(self) -> None:
        self._sandbox.trail.clear()
        self.refresh()
