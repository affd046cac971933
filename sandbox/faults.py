"""Ways in which the workspace can misbehave, asked for by tests, the command line and the page."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from itertools import count as numbers
from typing import Any

# What can happen to a call of the Web API, to an answer by `response_url` or to an `upload`.
CALL_KINDS = {
    "rate_limited": "429 with `retry_after`, no effect",
    "error_before": "HTTP `status`, no effect",
    "error_after": "HTTP `status`, after it took effect",
    "reset_before": "the connection is reset, no effect",
    "reset_after": "the connection is reset after it took effect",
    "hang_before": "never answered, no effect",
    "hang_after": "never answered, after it took effect",
    "slow": "answered after `seconds`",
    "html": "a page instead of JSON, after it took effect",
    "truncated": "JSON that breaks off, after it took effect",
    "slack_error": "`ok: false` with `error`, no effect",
}
# What can happen to what the app is sent: `events_api`, `slash_commands`, `interactive`, or one of
# their own names, such as `message`, `/mentor` or `view_submission`.
DELIVERY_KINDS = {
    "duplicate": "comes twice",
    "disorder": "comes after the next one of its kind, `seconds` later at most",
    "delay": "comes `seconds` later",
    "lost": "the first does not come, a retry does",
    "unheard": "comes, and its acknowledgement is lost",
}
# What can happen to a Socket Mode link; its name is `link`.
LINK_KINDS = {
    "refused": "the link is refused as it is opened",
    "half_open": "the link opens, and nothing comes through any more",
    "link_reset": "the link is reset as soon as it is open",
}
KINDS: Mapping[str, str] = CALL_KINDS | DELIVERY_KINDS | LINK_KINDS
# How long something is late where nobody says so, in seconds.
_LATE = {"slow": 5.0, "delay": 5.0, "disorder": 2.0}
ANY = "*"
FOR_EVER = "all"


@dataclass(slots=True)
class Fault:
    """What happens to the next `count` calls of `method`, deliveries of that kind, or links.

    `method`: `*` stands for any that can have this kind of fault. `count`: None lets it happen
    until it is cleared. The first `after` of them are spared; with a `chance` below 1 each of
    the others is struck with that chance, the same ones for the same `seed`. `retry_after` goes
    out as it is, None leaves the header out. `seconds` None: as long as is usual for the kind.
    """

    method: str
    kind: str
    count: int | None = 1
    retry_after: str | None = "1"
    status: int = 503
    seconds: float | None = None
    error: str = "channel_not_found"
    chance: float = 1.0
    seed: int = 0
    after: int = 0
    number: int = field(default=0, compare=False)
    _dice: random.Random = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what makes no sense. Raises ValueError."""
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if not self.method:
            raise ValueError("method is missing")
        if not 0 < self.chance <= 1:
            raise ValueError("chance is above 0 and at most 1")
        if self.after < 0 or (self.count is not None and self.count < 1):
            raise ValueError("count is at least 1, after at least 0")
        if self.seconds is None:
            self.seconds = _LATE.get(self.kind, 0.0)
        if self.seconds < 0:
            raise ValueError("seconds is at least 0")
        self._dice = random.Random(f"{self.seed} {self.method} {self.kind}")  # noqa: S311 - no secret

    @property
    def late(self) -> float:
        """How long something is late, in seconds."""
        return self.seconds or 0.0

    def fits(self, names: tuple[str, ...], family: Mapping[str, str]) -> bool:
        """Whether it is meant for something of these names."""
        return self.kind in family and (self.method == ANY or self.method in names)

    def strikes(self) -> bool:
        """Whether it strikes this time; each asking is one time."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.chance < 1 and self._dice.random() >= self.chance:
            return False
        if self.count is not None:
            self.count -= 1
        return True

    @property
    def over(self) -> bool:
        """Whether it has happened as often as was wanted."""
        return self.count is not None and self.count <= 0

    def told(self) -> dict[str, Any]:
        """As the control API and the page tell of it."""
        return {each: getattr(self, each) for each in _NAMES} | {"number": self.number}


_NAMES = tuple(each.name for each in fields(Fault) if each.name not in ("number", "_dice"))


class Faults:
    """The faults still to come. `wait`: how something is late (seconds), instant in tests."""

    def __init__(self) -> None:
        self.coming: list[Fault] = []
        self.wait: Callable[[float], Any] = asyncio.sleep
        self._numbers = numbers(1)
        self._cleared = asyncio.Event()
        self._listeners: list[Callable[[], None]] = []

    def add(self, fault: Fault) -> None:
        """Let it happen from the next time on."""
        fault.number = next(self._numbers)
        self.coming.append(fault)

    def drop(self, number: int) -> bool:
        """Let one fault not happen any more; False if there is none of this number."""
        found = [each for each in self.coming if each.number == number]
        self.coming = [each for each in self.coming if each.number != number]
        return bool(found)

    def clear(self) -> None:
        """Let nothing go wrong any more; what hangs breaks off, what is half open wakes up."""
        self.coming.clear()
        self._cleared.set()
        self._cleared = asyncio.Event()
        for listener in self._listeners:
            listener()

    def when_cleared(self, listener: Callable[[], None]) -> None:
        """Call `listener` each time everything is cleared."""
        self._listeners.append(listener)

    async def cleared(self) -> None:
        """Wait until everything is cleared."""
        await self._cleared.wait()

    def take(self, *names: str, among: Mapping[str, str] = CALL_KINDS) -> Fault | None:
        """The fault that strikes something of these names, if one does."""
        for fault in list(self.coming):
            if fault.fits(names, among) and fault.strikes():
                if fault.over:
                    self.coming.remove(fault)
                return fault
        return None

    async def wait_or_cleared(self, seconds: float) -> None:
        """Wait so long, or until everything is cleared."""
        waits = [asyncio.ensure_future(each) for each in (self.wait(seconds), self.cleared())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await each


def parse(line: str) -> Fault:
    """A fault as it is typed: `METHOD KIND [name=value …]`. Raises ValueError, in one line.

    `count=all`: until it is cleared; `retry_after=none`: no such header.
    """
    method, kind, *rest = [*line.split(), "", ""][: max(len(line.split()), 2)]
    if not kind:
        raise ValueError(f"a fault is METHOD KIND [name=value …], not {line!r}")
    return Fault(method, kind, **dict(_named(each) for each in rest))


def from_json(wanted: Mapping[str, Any]) -> Fault:
    """A fault from a JSON object. Raises ValueError, in one line."""
    unknown = [name for name in wanted if name not in _NAMES]
    if unknown:
        raise ValueError(f"{unknown[0]} is none of {', '.join(_NAMES)}")
    if "method" not in wanted or "kind" not in wanted:
        raise ValueError("method and kind are needed")
    for name, value in wanted.items():
        if not isinstance(value, _TYPES[name]) or isinstance(value, bool):
            raise ValueError(f"{name} can't be {value!r}")  # noqa: TRY004 - one kind for all
    return Fault(**wanted)


_TYPES: Mapping[str, Any] = {
    "method": str,
    "kind": str,
    "count": int | None,
    "retry_after": str | None,
    "status": int,
    "seconds": int | float | None,
    "error": str,
    "chance": int | float,
    "seed": int,
    "after": int,
}


def _named(word: str) -> tuple[str, Any]:
    name, sign, value = word.partition("=")
    if not sign or name not in _NAMES[2:]:
        raise ValueError(f"{word!r} is none of {', '.join(f'{each}=' for each in _NAMES[2:])}")
    if (name, value) == ("count", FOR_EVER) or (name, value) == ("retry_after", "none"):
        return name, None
    if name in ("retry_after", "error"):
        return name, value
    try:
        return name, (float if name in ("seconds", "chance") else int)(value)
    except ValueError as error:
        raise ValueError(f"{name} is a number, not {value!r}") from error
