"""Everything the workspace accepted and delivered, for tests and for looking at."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call. `took_effect`: also when its answer was then lost by a fault."""

    method: str
    arguments: dict[str, Any]
    error: str | None
    at: float
    took_effect: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """One thing sent to the app, and how it answered; `status` 504 is not at all."""

    kind: str
    payload: dict[str, Any]
    answered: dict[str, Any] | None
    status: int
    seconds: float


@dataclass(slots=True)
class Ledger:
    """The newest calls and deliveries."""

    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    deliveries: deque[Delivered] = field(default_factory=lambda: deque(maxlen=KEPT))

    def accepted(self, method: str) -> list[Call]:
        """The calls of a method that took effect, in order."""
        return [call for call in self.calls if call.method == method and call.took_effect]
