"""What the inspector shows: the newest calls and deliveries, in order, tokens hidden."""

import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.outcome import Outcome

Json = dict[str, Any]

KEPT = 2000  # calls and deliveries
CHARACTERS_KEPT = 8_000_000  # of all their details together
LONGEST = 40_000  # characters of one detail
CALL, DELIVERY = "call", "delivery"

_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+")
_SECRETS = ("token", "bot_token", "app_token", "access_token", "refresh_token", "client_secret")
_ID = re.compile(r"\b[UWCDG][A-Z0-9]{3,}\b")
_PLACES = ("C", "D", "G")


@dataclass(frozen=True, slots=True)
class Entry:
    """One call of the app's, or one delivery to it.

    `at`: UTC seconds of the workspace's clock. `kind`: the method, or the kind of delivery, with
    its `what`. `place`: the conversation it is about. `to`: the link or address. `status` 0 is
    no answer. `seconds`: until the answer. `retry`: the how-manieth time again. `sent` and
    `answer` are JSON, cut where they are long.
    """

    number: int
    at: float
    way: str
    kind: str
    what: str
    people: tuple[str, ...]
    place: str
    to: str
    status: int
    seconds: float
    error: str
    took_effect: bool
    retry: int
    fault: str
    sent: str
    answer: str

    @property
    def failed(self) -> bool:
        """Whether anything went wrong with it."""
        return bool(self.error or self.fault) or not self.took_effect


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries one looks for; empty is any. `words` are looked for in all of an entry."""

    way: str = ""
    kind: str = ""
    person: str = ""
    failed: bool = False
    words: str = ""

    def fits(self, entry: Entry) -> bool:
        """Whether it is one of those."""
        kinds = f"{entry.kind} {entry.what}".lower()
        text = f"{kinds} {entry.error} {entry.fault} {entry.to} {entry.sent} {entry.answer}"
        return (
            self.way in ("", entry.way)
            and self.kind.lower() in kinds
            and (not self.person or self.person in entry.people)
            and (entry.failed or not self.failed)
            and self.words.lower() in text.lower()
        )


class Trail:
    """The newest entries, bounded in number and in size.

    `people_of` gives the people that an id stands for: somebody, or those in a direct message.
    """

    def __init__(self, clock: SandboxClock, people_of: Callable[[str], Iterable[str]]) -> None:
        self._clock = clock
        self._people_of = people_of
        self._entries: deque[Entry] = deque()
        self._characters = 0
        self._numbers = count(1)
        self._seen: Counter[str] = Counter()
        self.newest = 0

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._entries)

    def matching(self, wanted: Wanted, most: int = KEPT) -> list[Entry]:
        """The newest first, at most so many."""
        found: Iterator[Entry] = filter(wanted.fits, reversed(self._entries))
        return [entry for entry, _ in zip(found, range(most), strict=False)]

    def clear(self) -> None:
        """Forget all."""
        self._entries.clear()
        self._characters = 0
        self.newest = next(self._numbers)

    def retries(self, payload: Json) -> int:
        """How often an event has been sent before, or lost on the way."""
        return self._seen[str(payload["event_id"])] if "event_id" in payload else 0

    def call(  # noqa: PLR0913 - what is to be seen of a call
        self,
        method: str,
        arguments: Json,
        answer: Any,
        *,
        took_effect: bool,
        error: str,
        fault: str,
        status: int,
        seconds: float,
    ) -> None:
        """Write a call down."""
        self._add(
            way=CALL, kind=method, what="", of=arguments, to="", status=status, seconds=seconds,
            error=error, took_effect=took_effect, retry=0, fault=fault, answer=answer,
        )  # fmt: skip

    def delivery(  # noqa: PLR0913 - what is to be seen of a delivery
        self,
        kind: str,
        names: tuple[str, ...],
        payload: Json,
        outcome: Outcome,
        *,
        to: str,
        fault: str,
    ) -> None:
        """Write a delivery down."""
        retry = self.retries(payload)
        if "event_id" in payload:
            self._remember(str(payload["event_id"]))
        error = "" if outcome.acknowledged else str(getattr(outcome, "why", "") or "no answer")
        self._add(
            way=DELIVERY, kind=kind, what=" ".join(names), of=payload, to=to,
            status=outcome.status, seconds=outcome.seconds, error=error,
            took_effect=outcome.acknowledged, retry=retry, fault=fault, answer=outcome.body,
        )  # fmt: skip

    def _remember(self, event_id: str) -> None:
        self._seen[event_id] += 1
        if len(self._seen) > KEPT:
            del self._seen[next(iter(self._seen))]

    def _add(self, *, of: Json, answer: Any, **known: Any) -> None:
        self.newest = next(self._numbers)
        sent, answered = _text(of), "" if answer is None else _text(answer)
        ids = _ID.findall(_about(of))
        people = tuple(dict.fromkeys(user for each in ids for user in self._people_of(each)))
        place = next((each for each in ids if each.startswith(_PLACES)), "")
        entry = Entry(
            self.newest, self._clock.time(), people=people, place=place, sent=sent,
            answer=answered, **known,
        )  # fmt: skip
        self._entries.append(entry)
        self._characters += len(sent) + len(answered)
        while len(self._entries) > KEPT or (
            self._characters > CHARACTERS_KEPT and len(self._entries) > 1
        ):
            gone = self._entries.popleft()
            self._characters -= len(gone.sent) + len(gone.answer)


def hidden(value: Any) -> Any:
    """The same with tokens and secrets hidden; strings show what kind of token it was."""
    if isinstance(value, dict):
        return {
            name: "(hidden)" if name in _SECRETS and inner else hidden(inner)
            for name, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [hidden(each) for each in value]
    return _TOKEN.sub(lambda found: f"{found[0][:5]}(hidden)", value) if _is_text(value) else value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _text(value: Any) -> str:
    text = json.dumps(hidden(value), ensure_ascii=False, indent=2, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… {len(text) - LONGEST} more"


def _about(of: Json) -> str:
    """Where whoever it is about is named: not in texts and blocks, which may name anybody."""
    event = of.get("event") if isinstance(of.get("event"), dict) else {}
    places = (of, event or {})
    names = ("user", "user_id", "users", "channel", "channel_id", "item")
    return " ".join(str(place.get(name, "")) for place in places for name in names)
