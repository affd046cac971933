"""What a method of the Web API is handed."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any

from sandbox.refusal import SlackError

if TYPE_CHECKING:
    from sandbox.app import Sandbox
    from sandbox.workspace import User, Workspace

Json = dict[str, Any]
PAGE, PAGE_MOST = 100, 1000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method, its token checked."""

    sandbox: "Sandbox"
    arguments: Json

    @property
    def space(self) -> "Workspace":
        """The workspace it is about."""
        return self.sandbox.workspace

    def get(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """An argument that must be there."""
        value = self.get(name)
        if not value:
            raise invalid(f"missing required field: {name}")
        return value

    def number(self, name: str, default: int, *, most: int) -> int:
        """An argument that is a whole number from 1 on."""
        value = self.get(name) or str(default)
        if not value.isdigit() or not 0 < int(value) <= most:
            raise invalid(f"{name} must be a number from 1 to {most}")
        return int(value)

    def flag(self, name: str) -> bool:
        """An argument that is yes or no."""
        return self.get(name).lower() in ("true", "1")

    def names(self, name: str) -> list[str]:
        """An argument that lists things, split at commas or as JSON has it."""
        value = self.arguments.get(name) or []
        if isinstance(value, str):
            value = value.split(",")
        return [str(each).strip() for each in value if str(each).strip()]

    def data(self, name: str) -> Any:
        """An argument that is JSON, be it as such or as text, as forms have it."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise SlackError(f"invalid_{name}_format") from error

    def person(self, name: str) -> "User":
        """The person an argument names."""
        user = self.space.users.get(self.need(name))
        if user is None:
            raise SlackError("user_not_found")
        return user

    def want(self, *scopes: str) -> None:
        """Refuse if none of the scopes is granted, naming the first."""
        granted = self.sandbox.scopes
        if not any(scope in granted for scope in scopes):
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(granted))

    def page(
        self, rows: list[Json], *, default: int = PAGE, most: int = PAGE_MOST
    ) -> tuple[list[Json], Json]:
        """One page of the rows, and the cursor to the next."""
        asked = self.get("limit", "0")
        asked = str(default) if asked in ("", "0") else asked
        if not asked.isdigit() or not 0 < int(asked) <= most:
            raise SlackError("invalid_limit")
        start, limit = _place_in(self.get("cursor")), int(asked)
        following = _cursor_at(start + limit) if start + limit < len(rows) else ""
        return rows[start : start + limit], {"next_cursor": following}


@dataclass(frozen=True, slots=True)
class Method:
    """A method, and what Slack asks of who calls it.

    `scope` is needed, or one of `scopes`, by the kind of conversation. `tier` is that of its rate
    limit, 0 a special one. `app_level`: with the app-level token; `public`: without a token;
    `for_people`: with a person's, which the app has none of. `takes_json`: whether it reads a
    body of JSON; those that only look something up do not.
    """

    run: Callable[[Call], Json]
    scope: str | None = None
    tier: int = 3
    _: KW_ONLY
    scopes: tuple[str, ...] = ()
    app_level: bool = False
    public: bool = False
    for_people: bool = False
    takes_json: bool = True

    @property
    def accepted(self) -> tuple[str, ...]:
        """The scopes of which one is needed; none if any token will do."""
        return (self.scope,) if self.scope else self.scopes


def invalid(told: str) -> SlackError:
    """The refusal of arguments, with Slack's way of saying which."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {told}"]})


def _cursor_at(place: int) -> str:
    return base64.b64encode(f"at:{place}".encode()).decode()


def _place_in(cursor: str) -> int:
    """Where a cursor points; 0 if there is none."""
    if not cursor:
        return 0
    try:
        kind, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_cursor") from error
    if kind != "at" or not place.isdigit():
        raise SlackError("invalid_cursor")
    return int(place)
