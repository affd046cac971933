"""Keeps what belongs in one place in the order it was asked for, also where something had to wait.

Known to one process only: two processes on one store may overtake each other, never double.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

# Seconds after which a row that was to come back has been settled elsewhere (another process, an
# admin who discarded it).
GONE_AFTER = 5


@dataclass(slots=True)
class Order:
    """Which rows of each place wait to be tried again, and until when (UTC seconds)."""

    _waiting: dict[Hashable, dict[int, int]] = field(default_factory=dict)

    def put_back(self, place: Hashable, row_id: int, due_at: int) -> None:
        """Note that the row comes back at `due_at`; later ones of its place stay behind it."""
        self._waiting.setdefault(place, {})[row_id] = due_at

    def behind(self, place: Hashable, row_id: int, now: int) -> int | None:
        """When this row may be tried, if it has to stay behind an earlier one; None: now."""
        waiting = {
            each: due_at
            for each, due_at in self._waiting.get(place, {}).items()
            if due_at + GONE_AFTER >= now and each != row_id
        }
        ahead = [due_at for each, due_at in waiting.items() if each < row_id]
        if ahead:
            waiting[row_id] = max(now + 1, *ahead)
        if waiting:
            self._waiting[place] = waiting
        else:
            self._waiting.pop(place, None)
        return waiting.get(row_id)
