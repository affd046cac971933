"""What a method of the Web API is handed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.refusal import SlackError

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]
PAGE = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method, its token checked."""

    sandbox: "Sandbox"
    arguments: Json

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

    def page(self, rows: list[Json]) -> tuple[list[Json], Json]:
        """One page of the rows, and the cursor to the next."""
        cursor = self.get("cursor")
        start = int(cursor.removeprefix("at:")) if cursor.startswith("at:") else 0
        limit = min(int(self.get("limit") or PAGE), 1000)
        following = f"at:{start + limit}" if start + limit < len(rows) else ""
        return rows[start : start + limit], {"next_cursor": following}


@dataclass(frozen=True, slots=True)
class Method:
    """A method, the scope it needs (None: any token) and whether it is for the app-level token."""

    run: Callable[[Call], Json]
    scope: str | None = None
    app_level: bool = False
