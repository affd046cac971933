"""Ways in which the workspace can misbehave, asked for by tests and developers."""

from dataclasses import dataclass, field

KINDS = (
    "rate_limited",  # 429 with `retry_after`, no effect
    "error_before",  # HTTP `status`, no effect
    "error_after",  # HTTP `status`, after it took effect
    "reset_before",  # the connection closes, no effect
    "reset_after",  # the connection closes after it took effect
    "slow",  # answers after `seconds`
    "html",  # a page instead of JSON, after it took effect
    "slack_error",  # `ok: false` with `error`
)


@dataclass(slots=True)
class Fault:
    """What happens to the next `count` calls of `method` (`*`: any)."""

    method: str
    kind: str
    count: int = 1
    retry_after: str | None = "1"
    status: int = 503
    seconds: float = 0.0
    error: str = "channel_not_found"

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist."""
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")


@dataclass(slots=True)
class Faults:
    """The faults still to come."""

    coming: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Let it happen from the next call on."""
        self.coming.append(fault)

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self.coming.clear()

    def take(self, method: str) -> Fault | None:
        """The fault of this call, if one is due."""
        for fault in self.coming:
            if fault.method in (method, "*"):
                fault.count -= 1
                if fault.count <= 0:
                    self.coming.remove(fault)
                return fault
        return None
