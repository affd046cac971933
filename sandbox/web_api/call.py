"""What a method of the Web API is handed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
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
            raise SlackError(
                "invalid_arguments", response_metadata={"messages": [f"{name} missing"]}
            )
        return value

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

    def page(self, rows: list[Json], *, default: int = PAGE) -> tuple[list[Json], Json]:
        """One page of the rows, and the cursor to the next."""
        cursor, asked = self.get("cursor"), self.get("limit", "0")
        asked = str(default) if asked in ("", "0") else asked
        if cursor and not cursor.removeprefix("at:").isdigit():
            raise SlackError("invalid_cursor")
        if not asked.isdigit() or not 0 < int(asked) <= PAGE_MOST:
            raise SlackError("invalid_limit")
        start, limit = int(cursor.removeprefix("at:") or 0), int(asked)
        following = f"at:{start + limit}" if start + limit < len(rows) else ""
        return rows[start : start + limit], {"next_cursor": following}


@dataclass(frozen=True, slots=True)
class Method:
    """A method, the scope it needs (None: any token) and whether it is for the app-level token."""

    run: Callable[[Call], Json]
    scope: str | None = None
    app_level: bool = False
