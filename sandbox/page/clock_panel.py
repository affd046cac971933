"""What time it is in the workspace, and how it moves: skipped, played, paused, stopped."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from nicegui import ui

from sandbox.page.inspector import Drawer
from sandbox.page.seat import Seat
from sandbox.page.tags import Tag, button
from sandbox.play import SPEEDS
from sandbox.steering import DAY, HOUR, seconds_to_next

_SKIPS = (("Skip an hour", HOUR), ("Skip a day", DAY), ("To the next thing due", None))


class ClockPanel:
    """The clock on one page; every page shows the same time and the same state."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._player = seat.sandbox.player
        ui.label("Time here").classes("group")
        self._clock = ui.label().props("data-testid=clock")
        self._state = Tag("p", "", "clock-state", data_testid="clock-state", role="status")
        with Tag("div", "", "play", role="group", aria_label="Play time"):
            self._plays = {
                speed: button(
                    f"×{speed}", partial(self._play, speed), "play-button",
                    aria_label=f"Play time at ×{speed}", data_testid=f"play-{speed}",
                )
                for speed in SPEEDS
            }  # fmt: skip
            self._pause = button("Pause", self._hold, "play-button", aria_label="Pause time")
            button("Stop", self._stop, "play-button", aria_label="Let time run as it does")
        for words, seconds in _SKIPS:
            button(words, partial(self._skip, seconds), "foot-button")
        drawer = Drawer(seat.sandbox)
        button("Inspector", drawer.toggle, "foot-button", data_testid="inspector-open")
        self.tick()

    def tick(self) -> None:
        """Say what time it is, and how it moves."""
        now, zone = self._seat.sandbox.clock.now(), ZoneInfo(self._seat.person.tz)
        self._clock.set_text(f"{datetime.fromtimestamp(now, zone):%a %d %b %Y, %H:%M}")
        self._state.text = self._words()
        player = self._player
        for speed, made in self._plays.items():
            _press(made, pressed=player.state == "playing" and player.speed == speed)
        _press(self._pause, pressed=player.state == "paused")

    def _words(self) -> str:
        if self._player.failed:
            return "Stopped: the app failed on the way"
        return {
            "playing": f"Plays at ×{self._player.speed}",
            "paused": "Paused",
            "running": "",
            "still": "Stands still",
        }[self._player.state]

    def _play(self, speed: int) -> None:
        self._player.play(speed)
        self.tick()

    def _hold(self) -> None:
        self._player.pause()
        self.tick()

    async def _stop(self) -> None:
        await self._player.stop()
        self.tick()

    async def _skip(self, seconds: int | None) -> None:
        sandbox = self._seat.sandbox
        await sandbox.advance(await seconds_to_next(sandbox) if seconds is None else seconds)
        self._seat.changed = True


def _press(made: Tag, *, pressed: bool) -> None:
    """Show a button as pressed or not, without drawing it anew where nothing changes."""
    wanted = "true" if pressed else "false"
    if made.props.get("aria-pressed") != wanted:
        made.props["aria-pressed"] = wanted
        made.update()
