"""How the workspace says no, in Slack's words."""

from typing import Any


class SlackError(Exception):
    """A refusal: `ok: false` with this code, and more fields where Slack has them."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more
