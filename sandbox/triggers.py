"""Trigger ids: good for three seconds and one view."""

import secrets
import time

from sandbox.refusal import SlackError

GOOD_FOR = 3.0  # seconds of real time


class Triggers:
    """The ids handed out, and whom each opens a view for; `good_for` real seconds."""

    def __init__(self) -> None:
        self.good_for = GOOD_FOR
        self._open: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def new(self, user: str) -> str:
        """An id by which a view can be opened for this person."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._open[trigger] = (user, time.monotonic())
        return trigger

    def use(self, trigger: str) -> str:
        """The person; refused when it is used, too old or unknown."""
        if trigger in self._used:
            raise SlackError("exchanged_trigger_id")
        if trigger not in self._open:
            raise SlackError("invalid_trigger_id")
        user, since = self._open.pop(trigger)
        self._used.add(trigger)
        if time.monotonic() - since > self.good_for:
            raise SlackError("expired_trigger_id")
        return user
