"""What a call to Slack came to: the thing is shown, or it failed."""

from dataclasses import dataclass

from bot.delivery.answers import Failure


class CallFailed(Exception):
    """A call to Slack did not bring what was asked for."""

    def __init__(self, method: str, failure: Failure) -> None:
        super().__init__(failure.code)
        self.method = method
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Shown:
    """Slack shows the row: where, if it is a message."""

    channel: str | None = None
    ts: str | None = None


NOTHING = Shown()  # there is nothing to show, or nothing that has a place to remember
